// Which concepts stand in the same papers as a concept, the most telling first?
// params: concept="BERT", limit=20
MATCH (c:Concept)-[r:CO_OCCURS]-(other:Concept)
WHERE any(name IN [c.name] + coalesce(c.aliases, []) WHERE toLower(name) = toLower($concept))
RETURN other.name AS name, other.kind AS kind, r.papers AS papers, r.npmi AS npmi
ORDER BY npmi DESC, papers DESC, name, kind
LIMIT $limit
