// Which papers build on one another: who uses what whom proposed, and through which concepts?
// params: limit=50
MATCH (p:Paper)-[r:BUILDS_ON]->(earlier:Paper)
UNWIND r.via AS id
MATCH (c:Concept {id: id})
WITH p, earlier, c ORDER BY c.name, c.id
WITH p, earlier, collect(c.name) AS through
RETURN p.id AS paper, p.title AS title, p.year AS year, earlier.id AS earlier, earlier.title AS earlierTitle, earlier.year AS earlierYear, through
ORDER BY coalesce(year, 0) DESC, paper, earlier
LIMIT $limit
