// Which methods and datasets tie two tasks together: in papers on the one and in papers on the other?
// params: a="question answering", b="machine translation", limit=20
MATCH (x:Task)<-[:ADDRESSES]-(p:Paper)-[:PROPOSES|USES|COMPARES_WITH|EVALUATES_ON]->(c:Concept)
WHERE any(name IN [x.name] + coalesce(x.aliases, []) WHERE toLower(name) = toLower($a))
WITH c, count(DISTINCT p) AS first
MATCH (c)<-[:PROPOSES|USES|COMPARES_WITH|EVALUATES_ON]-(q:Paper)-[:ADDRESSES]->(y:Task)
WHERE any(name IN [y.name] + coalesce(y.aliases, []) WHERE toLower(name) = toLower($b))
WITH c.name AS name, c.kind AS kind, first, count(DISTINCT q) AS second
RETURN name, kind, first, second
ORDER BY first + second DESC, name, kind
LIMIT $limit
