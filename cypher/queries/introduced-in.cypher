// Which concepts were introduced in a year, and by which paper?
// params: year=2018
MATCH (p:Paper)-[:PROPOSES]->(c:Concept)
WHERE p.year = $year AND (c.firstYear IS NULL OR c.firstYear = $year)
RETURN c.kind AS kind, c.name AS name, p.id AS paper, p.title AS title
ORDER BY kind, name, paper
