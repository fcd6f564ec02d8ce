-- Means, quantiles and Kaplan-Meier of durations, in plain SQL.
--
-- In:  duration(segment, line, entered, days, how)
--                 entered  days that had passed when it came under watch, or 0
--                 how      'open' where it has not ended
-- Out: described  (segment, line, n, mean, p25, median, p75, p90) of the ended
--      step       (segment, line, i, t, at_risk, ended, survival, lo, hi)
--      halved     (segment, line, km_median, km_lo, km_hi)
--
-- Quantiles are of type 7: between the two values next to (n-1)p, counted from
-- 0, each by its nearness.
CREATE TABLE ranked AS
SELECT segment, line, days,
	row_number() OVER (PARTITION BY segment, line ORDER BY days) - 1 AS i,
	count(*) OVER (PARTITION BY segment, line) - 1 AS last
FROM duration WHERE how <> 'open';

CREATE VIEW described AS
SELECT segment, line, count(*) AS n, avg(days) AS mean,
	sum(days * max(0, 1 - abs(i - last * 0.25))) AS p25,
	sum(days * max(0, 1 - abs(i - last * 0.5))) AS median,
	sum(days * max(0, 1 - abs(i - last * 0.75))) AS p75,
	sum(days * max(0, 1 - abs(i - last * 0.9))) AS p90
FROM ranked GROUP BY segment, line;

-- At risk at t: under watch before t (or from the start) and still there.
CREATE TABLE risk AS
SELECT t.*, row_number() OVER (PARTITION BY segment, line ORDER BY t) AS i, (
	SELECT count(*) FROM duration d
	WHERE d.segment = t.segment AND d.line = t.line
		AND (d.entered < t.t OR d.entered = 0) AND d.days >= t.t
) AS at_risk
FROM (
	SELECT segment, line, days AS t, count(*) AS ended,
		sum(how = 'won') AS won, sum(how = 'lost') AS lost
	FROM duration WHERE how <> 'open' GROUP BY segment, line, days
) t;

CREATE TABLE survived AS
WITH RECURSIVE product(segment, line, i, survival, before, greenwood) AS (
	SELECT segment, line, 0, 1.0, 1.0, 0.0 FROM risk WHERE i = 1
	UNION ALL
	SELECT r.segment, r.line, r.i,
		survival * (r.at_risk - r.ended) / r.at_risk, survival,
		greenwood + 1.0 * r.ended / r.at_risk
			/ nullif(r.at_risk - r.ended, 0)
	FROM product p JOIN risk r ON r.segment = p.segment
		AND r.line = p.line AND r.i = p.i + 1
)
SELECT r.*, survival, before, greenwood
FROM product p JOIN risk r USING (segment, line, i);

-- 95 %, log(-log); none where survival is 1 or 0.
CREATE VIEW step AS
SELECT segment, line, i, t, at_risk, ended, survival,
	CASE WHEN survival > 0 AND survival < 1 THEN pow(survival,
		exp(-1.959963984540054 * sqrt(greenwood) / ln(survival)))
	END AS lo,
	CASE WHEN survival > 0 AND survival < 1 THEN pow(survival,
		exp(1.959963984540054 * sqrt(greenwood) / ln(survival)))
	END AS hi
FROM survived;

CREATE VIEW halved AS
SELECT segment, line, min(CASE WHEN survival <= 0.5 + 1e-12 THEN t END)
		AS km_median,
	min(CASE WHEN lo <= 0.5 + 1e-12 THEN t END) AS km_lo,
	min(CASE WHEN hi <= 0.5 + 1e-12 THEN t END) AS km_hi
FROM step GROUP BY segment, line;

.mode list
.separator ,
.headers on
