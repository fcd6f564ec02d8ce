-- The main sample by agreed source: why Lead to SQL changed from January to
-- February, with a horizon of 20 days (metrics.md 3.1.10). All of both months
-- can be followed so long, to 5 May. mode reached: who got to a later stage
-- than SQL counts as of the first of those. A record without a Lead date has
-- that of its next stage.
.read samples/oracle/generic-ladder.load
CREATE TEMP TABLE lead AS
SELECT coalesce(a.source, nullif(e."Enquiry Source", ''), '(blank)') AS source,
	s.at >= '2026-02-01' AS side, l.at IS NOT NULL AS converted,
	coalesce(julianday(l.at) - julianday(s.at) <= 20, 0) AS in_time
FROM enquiry e
JOIN start s ON s.record = e."Enquiry No"
LEFT JOIN agreed_source a ON a.raw = e."Enquiry Source"
LEFT JOIN (
	SELECT record, min(at) AS at
	FROM event JOIN ladder USING (stage) WHERE rank >= 4 GROUP BY record
) l ON l.record = e."Enquiry No"
WHERE s.at >= '2026-01-01' AND s.at < '2026-03-01';

-- n, y, x: entered, converted by as-of, converted within the horizon.
CREATE TEMP TABLE counted AS
SELECT source,
	sum(1.0 - side) AS n0, sum((1.0 - side) * converted) AS y0,
	sum((1.0 - side) * in_time) AS x0,
	sum(1.0 * side) AS n1, sum(1.0 * side * converted) AS y1,
	sum(1.0 * side * in_time) AS x1
FROM lead GROUP BY source;

CREATE TEMP TABLE part AS
SELECT source, y1 / all1 - y0 / all0 AS change,
	(w1 - w0) * (r0 + r1) / 2 AS mix, (r1 - r0) * (w0 + w1) / 2 AS rate,
	(y1 - x1) / all1 - (y0 - x0) / all0 AS maturity
FROM (
	-- A missing rate is that of the other month.
	SELECT *, n0 / all0 AS w0, n1 / all1 AS w1,
		coalesce(x0 / n0, x1 / n1) AS r0, coalesce(x1 / n1, x0 / n0) AS r1
	FROM counted,
		(SELECT sum(n0) AS all0, sum(n1) AS all1 FROM counted)
);

.mode list
.separator ,
.headers on
SELECT source, printf('%.6f', round(change, 9) + 0.0) AS change,
	printf('%.6f', mix) AS mix_effect, printf('%.6f', rate) AS rate_effect,
	printf('%.6f', maturity) AS maturity_effect
FROM (
	SELECT 0 AS place, '(all)' AS source, sum(change) AS change,
		sum(mix) AS mix, sum(rate) AS rate, sum(maturity) AS maturity
	FROM part
	UNION ALL SELECT 1, source, change, mix, rate, maturity FROM part
) ORDER BY place, round(abs(change), 9) DESC, source;
