// How many methods were proposed in each year, and which ones?
// params: none
MATCH (p:Paper)-[:PROPOSES]->(m:Method)
WHERE p.year IS NOT NULL
WITH DISTINCT p.year AS year, m.name AS name
ORDER BY year, name
RETURN year, count(name) AS methods, collect(name) AS names
ORDER BY year
