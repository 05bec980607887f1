// Which results are reported on a dataset, by whom and with what?
// params: dataset="ImageNet", limit=50
MATCH (p:Paper)-[:REPORTS]->(r:Result)-[:ON]->(d:Dataset)
WHERE any(name IN [d.name] + coalesce(d.aliases, []) WHERE toLower(name) = toLower($dataset))
OPTIONAL MATCH (r)-[:`IN`]->(metric:Metric)
OPTIONAL MATCH (r)-[:BY]->(method:Method)
RETURN coalesce(metric.name, r.metric) AS metric, r.value AS value, r.unit AS unit, r.kind AS kind, method.name AS method,
       p.title AS title, p.year AS year, r.sentence AS sentence
ORDER BY CASE WHEN metric IS NULL THEN 1 ELSE 0 END, coalesce(metric, ""), coalesce(r.number, 0.0) DESC, r.id
LIMIT $limit
