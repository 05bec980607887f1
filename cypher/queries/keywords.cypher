// Which keywords are the most frequent, and which task goes with each most often, where one goes with it more than once?
// params: limit=20
MATCH (p:Paper)-[:HAS_KEYWORD]->(k:Keyword)
OPTIONAL MATCH (p)-[:ADDRESSES]->(t:Task)
WITH k.name AS keyword, k.id AS id, t.name AS task, count(DISTINCT p) AS together
ORDER BY keyword, id, together DESC, task
WITH keyword, id, collect(CASE WHEN together > 1 THEN task END) AS tasks
MATCH (q:Paper)-[:HAS_KEYWORD]->(l:Keyword)
WHERE l.id = id
RETURN keyword, count(DISTINCT q) AS papers, tasks[0] AS task
ORDER BY papers DESC, keyword
LIMIT $limit
