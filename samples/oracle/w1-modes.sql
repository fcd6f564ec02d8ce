-- W1 in its six modes. `converted` is what `entered` of the next stage is,
-- but for `direct`: the moves from this stage to the next that no later
-- return took back, over those that entered this stage at all.
.read samples/oracle/w1-history.load

-- strict: the earliest chain 1, 2, .. k; other events may lie between.
CREATE TEMP VIEW strict AS
WITH RECURSIVE chain(record, rank, at) AS (
	SELECT record, 1, min(at) FROM step WHERE rank = 1 GROUP BY record
	UNION ALL
	SELECT record, rank + 1, (
		SELECT min(s.at) FROM step s WHERE s.record = chain.record
		AND s.rank = chain.rank + 1 AND s.at >= chain.at
	) FROM chain WHERE at IS NOT NULL
)
SELECT record, rank FROM chain WHERE at IS NOT NULL;

-- current: the rank of the last open position, or of the win.
CREATE TEMP VIEW current AS
SELECT record, rank, min(from_the_end) FROM step WHERE rank IS NOT NULL
GROUP BY record;

-- exact: from the first entry to stage 1, one event a rank and none between.
CREATE TEMP TABLE numbered AS
SELECT record, rank,
	row_number() OVER (PARTITION BY record ORDER BY from_the_end DESC) AS n
FROM step;
CREATE TEMP VIEW exact AS
WITH RECURSIVE run(record, rank, n) AS (
	SELECT record, 1, min(n) FROM numbered WHERE rank = 1 GROUP BY record
	UNION ALL
	SELECT s.record, s.rank, s.n FROM run
	JOIN numbered s ON s.record = run.record AND s.n = run.n + 1
		AND s.rank = run.rank + 1
)
SELECT record, rank FROM run;

-- direct: moves to the very next rank and never below it again.
CREATE TEMP VIEW direct AS
SELECT DISTINCT a.record, a.rank FROM numbered a
JOIN numbered b ON b.record = a.record AND b.n = a.n + 1
	AND b.rank = a.rank + 1
WHERE NOT EXISTS (
	SELECT 1 FROM numbered c
	WHERE c.record = a.record AND c.n > b.n AND c.rank <= a.rank
);

CREATE TEMP VIEW entries AS
SELECT 1 AS no, 'strict' AS mode, record, rank FROM strict
UNION SELECT 2, 'any', record, rank FROM step
UNION SELECT 3, 'reached', record, rank FROM reached
UNION SELECT 4, 'current', c.record, l.rank FROM current c
	JOIN ladder l ON l.rank <= c.rank
UNION SELECT 5, 'exact', record, rank FROM exact
UNION SELECT 6, 'direct', record, rank FROM step;

CREATE TEMP VIEW entered AS
SELECT no, mode, rank, count(DISTINCT record) AS n FROM entries
WHERE rank IS NOT NULL GROUP BY no, rank;

SELECT mode, stage, n AS entered,
	CASE WHEN mode = 'direct' AND rank < 6 THEN
		(SELECT count(*) FROM direct d WHERE d.rank = e.rank)
	ELSE lead(n) OVER (PARTITION BY no ORDER BY rank) END AS converted
FROM entered e JOIN ladder USING (rank) ORDER BY no, rank;
