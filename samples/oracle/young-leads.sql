-- The matured rate of Lead to MQL by month: Aalen and Johansen's incidence at
-- the least number of days within which nine tenths of the steps were done.
.import --csv samples/young-leads.csv lead

CREATE TABLE as_of AS
SELECT max(date) AS date FROM (
	SELECT "Lead" AS date FROM lead UNION ALL SELECT "MQL" FROM lead
	UNION ALL SELECT "Lost" FROM lead);

-- Days to the end, or to as_of; cause 1 is the next stage, 2 a loss.
CREATE TABLE spell AS
SELECT substr("Lead", 1, 7) AS month,
	CASE WHEN "MQL" <> '' THEN 1 WHEN "Lost" <> '' THEN 2 ELSE 0 END
		AS cause,
	julianday(coalesce(nullif("MQL", ''), nullif("Lost", ''), date))
		- julianday("Lead") AS days,
	julianday(date) - julianday("Lead") AS age
FROM lead, as_of;

CREATE TABLE horizon AS
SELECT min(a.days) AS h FROM spell a
WHERE cause = 1 AND 0.9 * (SELECT count(*) FROM spell WHERE cause = 1)
	<= (SELECT count(*) FROM spell b WHERE b.cause = 1 AND b.days <= a.days);

-- The times with an end, numbered, and who was at risk.
CREATE TABLE step AS
SELECT month, days, sum(cause = 1) AS reached, count(*) AS ends,
	(SELECT count(*) FROM spell r
		WHERE r.month = e.month AND r.days >= e.days) AS at_risk,
	row_number() OVER (PARTITION BY month ORDER BY days) AS i
FROM spell e, horizon WHERE cause > 0 AND days <= h GROUP BY month, days;

CREATE TABLE curve AS
WITH RECURSIVE walk(month, i, survival, incidence) AS (
	SELECT DISTINCT month, 0, 1.0, 0.0 FROM spell
	UNION ALL
	SELECT month, s.i, survival * (at_risk - ends) / at_risk,
		incidence + survival * reached / at_risk
	FROM walk w JOIN step s USING (month) WHERE s.i = w.i + 1
)
SELECT month, incidence, max(i) FROM walk GROUP BY month;

.mode csv
.headers on
SELECT month AS period, 'Lead' AS stage, count(*) AS entered,
	sum(cause = 1) AS converted,
	printf('%.6g', 1.0 * sum(cause = 1) / count(*)) AS naive,
	printf('%.6g', 1.0 * sum(cause = 1) / sum(cause > 0)) AS resolved,
	printf('%.6g', incidence) AS matured,
	sum(age >= h) AS matured_n,
	CAST(h AS INTEGER) AS horizon_days,
	CASE WHEN sum(cause > 0 OR age >= h) >= 0.95 * count(*)
		THEN 'mature' ELSE 'immature' END AS verdict
FROM spell JOIN curve USING (month), horizon GROUP BY month;
