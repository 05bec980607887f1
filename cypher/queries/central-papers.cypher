// Which papers matter most to the others: by PageRank over the citations of this graph, beside how many cite them?
// params: limit=20
MATCH (p:Paper)
WHERE p.pagerank IS NOT NULL
RETURN p.id AS paper, p.title AS title, p.year AS year, p.pagerank AS pagerank, coalesce(p.inCorpusCitations, 0) AS citations
ORDER BY pagerank DESC, paper
LIMIT $limit
