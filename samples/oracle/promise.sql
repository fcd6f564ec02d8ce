-- One row a commitment; the volume has its own. Leads that no case is about
-- are n/a: each commitment has one case a lead, but for a second cycle of
-- `acceptance`.
.read samples/oracle/promise.load
SELECT name AS commitment, met, late, breached, pending, paused, void,
	60 + (name = 'acceptance') * 1 - n AS na, bad,
	printf('%.6f', 1.0 * met / (met + late + breached)) AS attained,
	CASE WHEN share IS NOT NULL THEN
		CASE WHEN 1.0 * met / (met + late + breached) >= share
		THEN 'kept' ELSE 'missed' END END AS verdict,
	(SELECT median FROM middle m WHERE m.name = c.name
		AND what = 'elapsed') AS elapsed_median,
	(SELECT median FROM middle m WHERE m.name = c.name
		AND what = 'late') AS late_median
FROM (SELECT name, count(*) AS n, sum(status = 'met') AS met,
	sum(status = 'late') AS late, sum(status = 'breached') AS breached,
	sum(status = 'pending') AS pending, sum(status = 'paused') AS paused,
	sum(status = 'void') AS void, sum(status = 'bad') AS bad
	FROM cases GROUP BY name) c JOIN promise USING (name) ORDER BY i;
