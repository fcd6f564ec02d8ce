-- The bridge by quarter of India, whose days begin 5 h 30 min before those of
-- UTC: the deal that was won at 19:00 UTC on 31 December belongs to January.
.read samples/oracle/pipeline.load
CREATE TABLE window AS
SELECT 'all' AS segment, column1 AS period, 19800 AS ahead,
	CAST(strftime('%s', column2) AS INTEGER) - 19800 AS a,
	CAST(strftime('%s', column3) AS INTEGER) - 19800 AS b
FROM (VALUES ('2025-Q4', '2025-10-01', '2026-01-01'),
	('2026-Q1', '2026-01-01', '2026-04-01'));
.read samples/oracle/pipeline-bridge.sql
SELECT period, flow, deals, value, moves, unvalued FROM bridge WHERE flow <> 'regressed'
ORDER BY period, no;
