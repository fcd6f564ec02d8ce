-- From where to where the records went, in plain SQL.
--
-- In:  state(record, segment, n, name, rank, ends, at)   the states of a
--          record in order, no state twice running; rank null for what is not
--          on the ladder; ends is 1 for won, lost, rejected, recycled
--      top                                       the highest rank
-- Out: passage(segment, a, b, place_a, place_b, kind, n, zero)
CREATE TEMP VIEW hop AS
SELECT segment, record, 0 AS n, '(start)' AS a, 0 AS rank_a, 0 AS ends_a,
	name AS b, rank AS rank_b, ends AS ends_b, 0 AS zero
FROM state WHERE n = 1
UNION ALL
SELECT segment, record, n, name, rank, ends,
	coalesce(lead(name) OVER deal_order,
		CASE ends WHEN 1 THEN '(closed)' ELSE '(open)' END),
	lead(rank) OVER deal_order, lead(ends) OVER deal_order,
	coalesce(lead(at) OVER deal_order = at, 0)
FROM state
WINDOW deal_order AS (PARTITION BY record ORDER BY n);

CREATE TEMP VIEW ending AS
SELECT 'lost' AS ending, top + 1 AS place FROM top
UNION SELECT 'rejected', top + 2 FROM top
UNION SELECT 'recycled', top + 3 FROM top;

CREATE TEMP TABLE passage AS
SELECT segment, a, b, coalesce(rank_a, x.place) AS place_a,
	coalesce(rank_b, y.place, 1000) AS place_b,
	CASE WHEN ends_b IS NULL THEN 'stayed'
	WHEN ends_a THEN 'reopened'
	WHEN rank_b IS NULL THEN 'ended'
	WHEN rank_b = rank_a + 1 THEN 'advanced'
	WHEN rank_b > rank_a THEN 'skipped'
	ELSE 'regressed' END AS kind, count(*) AS n, sum(zero) AS zero
FROM hop LEFT JOIN ending x ON x.ending = a LEFT JOIN ending y ON y.ending = b
GROUP BY segment, a, b;

.mode list
.separator ,
.headers on
