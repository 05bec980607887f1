// Which datasets do papers on a task evaluate on or use most?
// params: task="question answering", limit=20
MATCH (t:Task)<-[:ADDRESSES|PROPOSES]-(p:Paper)-[:EVALUATES_ON|USES|PROPOSES]->(d:Dataset)
WHERE any(name IN [t.name] + coalesce(t.aliases, []) WHERE toLower(name) = toLower($task))
RETURN d.name AS dataset, count(DISTINCT p) AS papers, min(p.year) AS since, max(p.year) AS until
ORDER BY papers DESC, dataset
LIMIT $limit
