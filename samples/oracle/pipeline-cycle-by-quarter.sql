-- Cycles by quarter of their end. For the Kaplan-Meier median a deal is under
-- watch in each quarter that it was open in: from the first day of the quarter
-- or its own start, to its end or the last day. What went on before the
-- quarter counts as age, not as time at risk.
.read samples/oracle/pipeline.load
CREATE TABLE quarter AS
SELECT column1 AS period, CAST(strftime('%s', column2) AS INTEGER) AS a,
	min(CAST(strftime('%s', column3) AS INTEGER), as_of + 1) AS b
FROM (VALUES ('2025-Q4', '2025-10-01', '2026-01-01'),
	('2026-Q1', '2026-01-01', '2026-04-01')), known;
CREATE TABLE duration AS
SELECT period AS segment, 'all' AS line,
	max(0, (a - start) / 86400.0) AS entered,
	CASE WHEN end < b THEN days ELSE (min(b, as_of) - start) / 86400.0 END
		AS days,
	CASE WHEN end < b THEN how ELSE 'open' END AS how
FROM quarter JOIN cycle ON start < b AND (end IS NULL OR end >= a), known
UNION ALL SELECT period, how, 0.0, days, how
FROM quarter JOIN cycle ON end >= a AND end < b;
.read samples/oracle/durations.sql
SELECT d.segment AS period, d.line AS outcome, n,
	CASE WHEN d.line = 'all' THEN (
		SELECT count(*) FROM duration o
		WHERE o.segment = d.segment AND o.how = 'open'
	) END AS n_open,
	printf('%.6f', mean) AS mean, printf('%.6f', median) AS median,
	CASE WHEN d.line = 'all' AND km_median IS NOT NULL
	THEN printf('%.6f', km_median) END AS km_median,
	CASE WHEN d.line = 'all' AND km_lo IS NOT NULL
	THEN printf('%.6f', km_lo) END AS km_lo,
	CASE WHEN d.line = 'all' AND km_hi IS NOT NULL
	THEN printf('%.6f', km_hi) END AS km_hi
FROM described d JOIN halved USING (segment, line)
ORDER BY d.segment, instr('won lost all', d.line);
