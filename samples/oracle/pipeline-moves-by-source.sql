-- What happened to the stays in each stage, by source of the deal.
.read samples/oracle/pipeline-states.load
CREATE TEMP VIEW place AS
SELECT '(start)' AS name, 0 AS place
UNION SELECT CASE kind WHEN 'open' THEN stage ELSE 'won' END, rank FROM ladder
WHERE rank IS NOT NULL
UNION SELECT a, place_a FROM passage WHERE kind = 'reopened';
SELECT s.segment AS source, name AS stage,
	coalesce(sum(n), 0) AS entries,
	coalesce(sum(n * (kind = 'advanced')), 0) AS advanced,
	coalesce(sum(n * (kind = 'skipped')), 0) AS skipped,
	coalesce(sum(n * (kind = 'regressed')), 0) AS regressed,
	coalesce(sum(n * (kind = 'ended')), 0) AS ended,
	coalesce(sum(n * (kind = 'reopened')), 0) AS reopened,
	coalesce(sum(n * (kind = 'stayed')), 0) AS stayed,
	(SELECT coalesce(sum(o.n), 0) FROM passage o, top
	WHERE o.segment = s.segment AND place <= top AND o.place_a < place
	AND o.place_b > place AND o.place_b <= top) AS jumped_over,
	coalesce(sum(zero), 0) AS zero_dwell
FROM (SELECT DISTINCT segment FROM passage) s CROSS JOIN place
LEFT JOIN passage p ON p.segment = s.segment AND a = name
GROUP BY s.segment, place
HAVING place <= (SELECT top FROM top) OR sum(kind = 'reopened') > 0
ORDER BY s.segment, place;
