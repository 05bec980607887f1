// Which papers cite the same works as a paper, and how many of them?
// params: paper="arxiv:1706.03762", limit=20
MATCH (p:Paper)-[:CITES]->(shared:Paper)<-[:CITES]-(other:Paper)
WHERE p.id = $paper AND other.id <> p.id
RETURN other.id AS paper, other.title AS title, other.year AS year, count(DISTINCT shared) AS shared
ORDER BY shared DESC, paper
LIMIT $limit
