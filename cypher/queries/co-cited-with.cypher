// Which papers are cited together with a paper, and how often?
// params: paper="arxiv:1706.03762", limit=20
MATCH (p:Paper)<-[:CITES]-(citing:Paper)-[:CITES]->(other:Paper)
WHERE p.id = $paper AND other.id <> p.id
RETURN other.id AS paper, other.title AS title, other.year AS year, count(DISTINCT citing) AS together
ORDER BY together DESC, paper
LIMIT $limit
