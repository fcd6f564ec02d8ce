-- The main sample: 50,000,000 by 31 March 2027 worked backward to leads, as
-- of 5 May 2026. All of the sample lies in the year before that day, which
-- is the default window; its first date is 2 January 2026, so that entries
-- were seen for 124 days, and the plan is for the 90 from 1 January 2027.
.read samples/oracle/generic-ladder.load
CREATE VIEW cohort AS
SELECT 'all' AS segment, "Enquiry No" AS record FROM enquiry;
.read samples/oracle/stages.sql

CREATE TEMP VIEW first_entry AS
SELECT record, l.rank, min(at) AS at
FROM event JOIN ladder l USING (stage) WHERE l.rank IS NOT NULL
GROUP BY record, l.rank;

-- Went on, of those that went on or ended; the bounds by Wilson.
CREATE TEMP VIEW share AS
SELECT rank, stage, entered, coalesce(converted, 0) AS x,
	coalesce(converted, 0) + lost + rejected + recycled AS n,
	1.959963984540054 AS z
FROM stages;
CREATE TABLE passage AS
SELECT rank, stage, entered, x, n,
	(x + z*z/2 - z*sqrt(1.0*x*(n - x)/n + z*z/4)) / (n + z*z) AS lo,
	(x + z*z/2 + z*sqrt(1.0*x*(n - x)/n + z*z/4)) / (n + z*z) AS hi
FROM share;

-- Days from one entry to that of the next stage; the middle of them.
CREATE TEMP VIEW stay AS
SELECT a.rank, julianday(b.at) - julianday(a.at) AS days,
	row_number() OVER (PARTITION BY a.rank
		ORDER BY julianday(b.at) - julianday(a.at)) AS i,
	count(*) OVER (PARTITION BY a.rank) AS n
FROM first_entry a JOIN first_entry b
	ON b.record = a.record AND b.rank = a.rank + 1 AND b.at >= a.at;
CREATE TABLE middle AS
SELECT rank, avg(days) AS days FROM stay
WHERE i IN ((n + 1) / 2, (n + 2) / 2) GROUP BY rank;

CREATE TEMP VIEW deal AS
SELECT avg(CAST(replace("Deal Value (INR)", ',', '') AS REAL)) AS size
FROM enquiry WHERE "Won Date" <> '';

CREATE TABLE plan AS
WITH RECURSIVE back(rank, needed, low, high, days) AS (
	SELECT 7, CAST(ceil(50000000 / size) AS INTEGER),
		ceil(50000000 / size), ceil(50000000 / size), 0
	FROM deal
	UNION ALL
	SELECT s.rank, (needed * s.n + s.x - 1) / s.x, ceil(low / s.hi),
		ceil(high / s.lo), back.days + middle.days
	FROM back JOIN passage s ON s.rank = back.rank - 1
	JOIN middle ON middle.rank = s.rank
)
SELECT * FROM back;

SELECT stage, plan.needed, CAST(low AS INTEGER) AS needed_low,
	CAST(high AS INTEGER) AS needed_high,
	CASE WHEN rank < 7 THEN printf('%.6g', 1.0*x/n) END AS rate,
	CASE WHEN rank < 7 THEN printf('%.6g', lo) END AS rate_lo,
	CASE WHEN rank < 7 THEN printf('%.6g', hi) END AS rate_hi,
	CASE WHEN rank < 7 THEN n END AS rate_n,
	CASE WHEN rank >= 5 THEN printf('%.10g', plan.needed * size) END
		AS value,
	CASE WHEN rank = 5
		THEN printf('%.6g', plan.needed * size / 50000000) END
		AS coverage,
	date('2027-03-31', '-' || CAST(ceil(plan.days) AS INTEGER) || ' days')
		AS needed_by,
	CASE WHEN rank < 7 THEN printf('%.6g', middle.days) END AS median_days,
	printf('%.6g', entered * 90.0 / 124) AS run_rate,
	printf('%.6g', needed - entered * 90.0 / 124) AS gap
FROM plan JOIN passage USING (rank) LEFT JOIN middle USING (rank) JOIN deal
ORDER BY rank;
