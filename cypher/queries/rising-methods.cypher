// Which methods are in more papers since a year than before it?
// params: year=2020, limit=20
MATCH (p:Paper)-[:PROPOSES|USES|COMPARES_WITH]->(m:Method)
WHERE p.year IS NOT NULL
WITH m.name AS method, m.id AS id,
     sum(CASE WHEN p.year >= $year THEN 1 ELSE 0 END) AS since,
     sum(CASE WHEN p.year < $year THEN 1 ELSE 0 END) AS before
WHERE since > before
RETURN method, before, since, since - before AS rise
ORDER BY rise DESC, since DESC, method, id
LIMIT $limit
