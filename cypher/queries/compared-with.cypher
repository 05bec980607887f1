// Which methods is a method set against, in the papers that proposed it and in those that proposed the other?
// params: method="BERT", limit=20
MATCH (m:Method)<-[r:PROPOSES|COMPARES_WITH]-(p:Paper)-[s:PROPOSES|COMPARES_WITH]->(other:Method)
WHERE any(name IN [m.name] + coalesce(m.aliases, []) WHERE toLower(name) = toLower($method)) AND other.id <> m.id AND type(r) <> type(s)
RETURN other.name AS method, count(DISTINCT p) AS papers
ORDER BY papers DESC, method
LIMIT $limit
