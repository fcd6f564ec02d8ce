-- Every week, Monday to Sunday, from the first deal to the last event. A week
-- belongs to the year that its Thursday lies in.
.read samples/oracle/pipeline.load
CREATE TABLE window AS
WITH RECURSIVE week(a) AS (
	SELECT CAST(strftime('%s', '2025-09-29') AS INTEGER)
	UNION ALL SELECT a + 7 * 86400 FROM week, known WHERE a + 7 * 86400 <= as_of
)
SELECT 'all' AS segment, strftime('%Y', a + 3 * 86400, 'unixepoch')
	|| printf('-W%02d', (strftime('%j', a + 3 * 86400, 'unixepoch') + 6) / 7)
	AS period, a, a + 7 * 86400 AS b, 0 AS ahead
FROM week;
.read samples/oracle/pipeline-bridge.sql
SELECT period, flow, deals, value, moves, unvalued FROM bridge
ORDER BY period, no;
