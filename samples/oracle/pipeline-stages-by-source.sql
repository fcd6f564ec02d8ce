.read samples/oracle/pipeline-stages.load
CREATE TABLE duration AS
SELECT source AS segment, rank AS line, 0.0 AS entered, days,
	CASE WHEN ended THEN 'ended' ELSE 'open' END AS how
FROM stay;
.read samples/oracle/durations.sql
SELECT e.source, l.stage, n, (
		SELECT count(*) FROM duration u
		WHERE u.segment = e.source AND u.line = l.rank
			AND u.how = 'open'
	) AS n_open,
	printf('%.6f', mean) AS mean, printf('%.6f', median) AS median,
	printf('%.6f', p90) AS p90, printf('%.6f', km_median) AS km_median,
	records, returned
FROM entered e JOIN ladder l USING (rank)
JOIN described d ON d.segment = e.source AND d.line = l.rank
JOIN halved h ON h.segment = e.source AND h.line = l.rank
ORDER BY e.source, l.rank;
