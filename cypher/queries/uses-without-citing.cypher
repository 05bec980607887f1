// Which papers use a concept, or set themselves against it, without citing the paper of this graph that proposed it?
// params: concept=null, least=1, limit=50
MATCH (origin:Paper)-[:PROPOSES]->(c:Concept)
WHERE c.introducedBy = origin.id
  AND ($concept IS NULL OR any(name IN [c.name] + coalesce(c.aliases, []) WHERE toLower(name) = toLower($concept)))
OPTIONAL MATCH (c)<-[:USES|COMPARES_WITH|EVALUATES_ON]-(other:Paper)-[:CITES]->(origin)
WITH origin, c, count(DISTINCT other) AS othersCite
WHERE othersCite >= $least
MATCH (c)<-[r:USES|COMPARES_WITH|EVALUATES_ON]-(p:Paper)
WHERE p.id <> origin.id AND (p)-[:CITES]->() AND NOT (p)-[:CITES]->(origin)
RETURN p.id AS paper, p.title AS title, p.year AS year, type(r) AS role, c.name AS concept, origin.id AS proposedBy, othersCite, r.sentence AS sentence
ORDER BY othersCite DESC, coalesce(year, 0) DESC, paper, concept, role
LIMIT $limit
