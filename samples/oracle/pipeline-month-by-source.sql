-- The bridge by month and source.
.read samples/oracle/pipeline.load
CREATE TABLE window AS
SELECT source AS segment, substr(column1, 1, 7) AS period,
	CAST(strftime('%s', column1) AS INTEGER) AS a,
	CAST(strftime('%s', column1, '+1 month') AS INTEGER) AS b, 0 AS ahead
FROM (SELECT DISTINCT source FROM deal), (VALUES ('2025-10-01'),
	('2025-11-01'), ('2025-12-01'), ('2026-01-01'), ('2026-02-01'),
	('2026-03-01'));
.read samples/oracle/pipeline-bridge.sql
SELECT segment AS source, period, flow, deals, value, moves, unvalued
FROM bridge WHERE flow <> 'regressed'
ORDER BY segment, period, no;
