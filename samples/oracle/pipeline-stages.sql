.read samples/oracle/pipeline-stages.load
CREATE TABLE duration AS
SELECT stay AS segment, rank AS line, 0.0 AS entered, days,
	CASE WHEN ended THEN 'ended' ELSE 'open' END AS how
FROM stay_of;
.read samples/oracle/durations.sql
SELECT s.column1 AS stay, l.stage, coalesce(n, 0) AS n, (
		SELECT count(*) FROM duration u
		WHERE u.segment = s.column1 AND u.line = l.rank
			AND u.how = 'open'
	) AS n_open,
	CASE WHEN n > 0 THEN printf('%.6f', mean) END AS mean,
	CASE WHEN n > 0 THEN printf('%.6f', p25) END AS p25,
	CASE WHEN n > 0 THEN printf('%.6f', median) END AS median,
	CASE WHEN n > 0 THEN printf('%.6f', p75) END AS p75,
	CASE WHEN n > 0 THEN printf('%.6f', p90) END AS p90,
	CASE WHEN km_median IS NOT NULL AND s.column1 NOT IN ('total', 'max')
	THEN printf('%.6f', km_median) END AS km_median,
	coalesce((SELECT sum(records) FROM entered e WHERE e.rank = l.rank), 0)
		AS records,
	coalesce((SELECT sum(returned) FROM entered e WHERE e.rank = l.rank), 0)
		AS returned
FROM (VALUES ('each'), ('first'), ('last'), ('total'), ('max')) s
JOIN ladder l ON l.kind = 'open'
LEFT JOIN described d ON d.segment = s.column1 AND d.line = l.rank
LEFT JOIN halved h ON h.segment = s.column1 AND h.line = l.rank
ORDER BY instr('each first last total max', s.column1), l.rank;
