-- The steps under the medians: who was at risk, who closed, who is left.
.read samples/oracle/pipeline-cycle.load
SELECT segment, t AS days, at_risk, ended,
	printf('%.6f', survival) AS survival
FROM step WHERE line = 'all'
	AND (segment = 'all' OR segment IN (SELECT source FROM deal))
ORDER BY segment, i;
