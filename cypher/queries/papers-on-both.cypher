// Which papers are about two concepts at once?
// params: a="BERT", b="question answering", limit=50
MATCH (x:Concept)<-[r]-(p:Paper)-[s]->(y:Concept)
WHERE any(name IN [x.name] + coalesce(x.aliases, []) WHERE toLower(name) = toLower($a)) AND any(name IN [y.name] + coalesce(y.aliases, []) WHERE toLower(name) = toLower($b))
RETURN p.id AS paper, p.title AS title, p.year AS year, type(r) AS first, type(s) AS second
ORDER BY coalesce(p.year, 0) DESC, paper, first, second
LIMIT $limit
