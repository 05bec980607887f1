// Which methods is a method set against, and in how many papers?
// params: method="BERT", limit=20
MATCH (m:Method)<-[:PROPOSES|USES|COMPARES_WITH]-(p:Paper)-[:COMPARES_WITH]->(other:Method)
WHERE any(name IN [m.name] + coalesce(m.aliases, []) WHERE toLower(name) = toLower($method)) AND other.id <> m.id
RETURN other.name AS method, count(DISTINCT p) AS papers
ORDER BY papers DESC, method
LIMIT $limit
