// Which papers cite the paper that proposed a concept, and in their abstract use, measure on or name nothing that it proposed?
// params: paper=null, limit=50
MATCH (p:Paper)-[:CITES]->(origin:Paper)-[:PROPOSES]->(c:Concept)
WHERE c.introducedBy = origin.id AND ($paper IS NULL OR origin.id = $paper)
WITH DISTINCT p, origin, c
ORDER BY p.id, origin.id, c.name, c.id
WITH p, origin, collect(c.name) AS proposed, collect(c.id) AS ids
OPTIONAL MATCH (p)-[:PROPOSES|EVALUATES_ON|ADDRESSES|MEASURES|COMPARES_WITH|USES|MENTIONS]->(d:Concept)
WHERE d.id IN ids
WITH p, origin, proposed, count(d) AS spokenOf
WHERE spokenOf = 0
RETURN p.id AS paper, p.title AS title, p.year AS year, origin.id AS cites, origin.title AS cited, proposed
ORDER BY coalesce(year, 0) DESC, paper, cites
LIMIT $limit
