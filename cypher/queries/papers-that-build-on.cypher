// Which papers build on a method: use it or set themselves against it?
// params: method="BERT", limit=50
MATCH (p:Paper)-[r:USES|COMPARES_WITH]->(m:Method)
WHERE any(name IN [m.name] + coalesce(m.aliases, []) WHERE toLower(name) = toLower($method))
RETURN p.id AS paper, p.title AS title, p.year AS year, type(r) AS role, r.sentence AS sentence
ORDER BY coalesce(p.year, 0) DESC, paper, role
LIMIT $limit
