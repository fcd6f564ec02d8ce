-- MQLs a month, by the first one of a lead and the days of India: what was
-- agreed, what is due by the days that are over, and at this pace at the end.
.read samples/oracle/promise.load
CREATE TABLE month (month, days, over);
INSERT INTO month VALUES ('2026-02', 28, 28), ('2026-03', 31, 12);
SELECT month AS volume_period, sum(Employees + 0 >= 50) AS counted,
	count(*) AS raw, 30 AS target,
	printf('%.6f', 30.0 * over / days) AS due,
	printf('%.6f', 1.0 * sum(Employees + 0 >= 50) * days / over) AS projected,
	CASE WHEN sum(Employees + 0 >= 50) >= 30 THEN 'met'
	WHEN over < days THEN 'pending' ELSE 'breached' END AS status
FROM (SELECT lead, strftime('%Y-%m', min(at), 'unixepoch', '+330 minutes')
		AS month FROM event WHERE stage = 'MQL' GROUP BY lead)
JOIN month USING (month) JOIN lead ON "Lead Id" = lead
GROUP BY month ORDER BY month;
