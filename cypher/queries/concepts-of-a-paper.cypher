// What does a paper propose, use, evaluate on and measure, and in which sentence does it say so?
// params: paper="arxiv:1706.03762"
MATCH (p:Paper)-[r:PROPOSES|EVALUATES_ON|ADDRESSES|MEASURES|COMPARES_WITH|USES|MENTIONS]->(c:Concept)
WHERE p.id = $paper
RETURN type(r) AS role, c.kind AS kind, c.name AS name, r.confidence AS confidence, r.sentence AS sentence
ORDER BY role, kind, name
