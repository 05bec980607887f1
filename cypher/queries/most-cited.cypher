// Which papers do the papers of this graph cite most, whether we have their records or not?
// params: limit=20
MATCH (p:Paper)-[:CITES]->(cited:Paper)
RETURN cited.id AS paper, cited.title AS title, cited.year AS year, cited.stub AS stub, count(p) AS citations
ORDER BY citations DESC, paper
LIMIT $limit
