-- The five newest rejections.
.read samples/oracle/handoff-reasons.load
CREATE VIEW given AS SELECT 'all' AS segment, reason FROM ended;
SELECT record AS id, source, date(at) AS date, reason,
	CASE WHEN reason IN (SELECT name FROM agreed_reason) THEN 'yes' END
		AS listed, CASE WHEN reason = '(blank)' THEN 'yes' END AS missing
FROM ended ORDER BY at DESC, record LIMIT 5;
