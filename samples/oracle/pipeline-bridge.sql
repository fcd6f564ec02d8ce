-- The bridge of the pipeline, one line a window and box, in plain SQL.
--
-- In:  pipeline.load; window(segment, period, a, b, ahead), b not included;
--      ahead: seconds that the clock of the zone is ahead of UTC
-- Out: bridge(segment, period, no, flow, deals, value, moves, unvalued)
--
-- A deal opens with its first save, which is the one that created it. What
-- one save does at once is an amount change first, then the move: who is won
-- at 720,000 after 750,000 is 30,000 down and won for 720,000. Beside the
-- bridge stand deals that were there before the window, by their last value
-- in it; `advanced` is a higher furthest stage without those that end lost,
-- `regressed` any move to an earlier one.
CREATE TABLE change AS
SELECT *, lag(kind) OVER o AS kind_0, lag(amount) OVER o AS amount_0,
	lag(rank) OVER o AS rank_0
FROM save JOIN (SELECT record, source, owner FROM deal) USING (record)
WINDOW o AS (PARTITION BY record ORDER BY n);

CREATE TABLE flowed AS
SELECT 'generated' AS flow, record, source, at, amount AS value,
	amount IS NULL AS unvalued
FROM change WHERE kind_0 IS NULL
UNION ALL SELECT 'reopened', record, source, at, amount, amount IS NULL
FROM change WHERE kind_0 <> 'open' AND kind = 'open'
UNION ALL SELECT kind, record, source, at, amount, amount IS NULL
FROM change WHERE kind <> 'open' AND coalesce(kind_0, 'open') = 'open'
UNION ALL SELECT 'amount up', record, source, at,
	amount - coalesce(amount_0, 0), 0
FROM change WHERE kind_0 = 'open' AND amount > coalesce(amount_0, 0)
UNION ALL SELECT 'amount down', record, source, at,
	coalesce(amount_0, 0) - coalesce(amount, 0), 0
FROM change WHERE kind_0 = 'open' AND coalesce(amount, 0) < amount_0;

-- A deal as it stood just before an instant.
CREATE TABLE instant AS
SELECT a AS x FROM window UNION SELECT b FROM window;
CREATE TABLE state AS
SELECT x, s.record, d.source, s.kind, s.amount, s.closes, s.rank, (
	SELECT max(rank) FROM save f
	WHERE f.record = s.record AND f.n <= s.n
) AS furthest
FROM instant JOIN save s JOIN deal d USING (record)
WHERE s.n = (SELECT max(n) FROM save e WHERE e.record = s.record AND e.at < x);
CREATE INDEX state_at ON state (x, record);

-- A deal that existed before the window, at its two ends.
CREATE TABLE both AS
SELECT w.segment, w.period, w.a, w.b, w.ahead, p.record, p.furthest AS furthest_a,
	p.kind AS kind_a, p.closes AS closes_a, q.furthest, q.kind, q.closes,
	q.amount, q.amount IS NULL AS unvalued
FROM window w
JOIN state p ON p.x = w.a AND w.segment IN ('all', p.source)
JOIN state q ON q.x = w.b AND q.record = p.record;

-- Another close date than before. Saves of one instant are one: the first of
-- two dates never stood. The new date of a re-opened deal is no later one: the
-- old one was that of the loss. Nor is that of a close a sooner one: the CRM
-- sets it.
CREATE TABLE dated AS
SELECT record, at, kind, closes, lag(closes) OVER o AS closes_0,
	lag(kind) OVER o AS kind_0
FROM (SELECT record, at, closes, kind, max(n) FROM save GROUP BY record, at)
WINDOW o AS (PARTITION BY record ORDER BY at);
CREATE TABLE moved AS
SELECT w.segment, w.period, CASE WHEN d.closes > closes_0
		THEN 'close date later' ELSE 'close date sooner' END AS flow,
	record, count(*) AS moves
FROM window w JOIN dated d ON d.at >= w.a AND d.at < w.b
JOIN deal USING (record)
WHERE d.closes <> closes_0 AND kind_0 = 'open' AND d.kind = 'open'
	AND w.segment IN ('all', source)
GROUP BY w.segment, w.period, flow, record;

CREATE TABLE box (no, flow);
INSERT INTO box VALUES (1, 'open at start'), (2, 'generated'), (3, 'reopened'),
	(4, 'won'), (5, 'lost'), (6, 'amount up'), (7, 'amount down'),
	(8, 'difference'), (9, 'open at end'), (10, 'advanced'),
	(11, 'regressed'), (12, 'close date later'), (13, 'close date sooner'),
	(14, 'slipped');

CREATE TABLE fact AS
SELECT w.segment, w.period, 'open at start' AS flow, s.record,
	amount AS value, amount IS NULL AS unvalued, NULL AS moves
FROM window w JOIN state s ON s.x = w.a AND s.kind = 'open'
	AND w.segment IN ('all', s.source)
UNION ALL SELECT w.segment, w.period, 'open at end', s.record, amount,
	amount IS NULL, NULL
FROM window w JOIN state s ON s.x = w.b AND s.kind = 'open'
	AND w.segment IN ('all', s.source)
UNION ALL SELECT w.segment, w.period, flow, record, value, unvalued, NULL
FROM window w JOIN flowed f ON f.at >= w.a AND f.at < w.b
	AND w.segment IN ('all', f.source)
UNION ALL SELECT segment, period, 'advanced', record, amount, unvalued, NULL
FROM both WHERE furthest > furthest_a AND kind <> 'lost'
UNION ALL SELECT b.segment, b.period, 'regressed', b.record, b.amount,
	unvalued, NULL
FROM both b WHERE EXISTS (
	SELECT 1 FROM change c WHERE c.record = b.record
		AND c.at >= b.a AND c.at < b.b AND c.rank < c.rank_0
)
UNION ALL SELECT m.segment, m.period, m.flow, m.record, s.amount,
	s.amount IS NULL, moves
FROM moved m JOIN window w USING (segment, period)
JOIN state s ON s.x = w.b AND s.record = m.record
UNION ALL SELECT segment, period, 'slipped', record, amount, unvalued, NULL
FROM both b WHERE kind_a = 'open'
	AND closes_a >= date(a + ahead, 'unixepoch')
	AND closes_a < date(b + ahead, 'unixepoch')
	AND closes >= date(b + ahead, 'unixepoch');

CREATE TABLE counted AS
SELECT w.segment, w.period, no, flow, count(DISTINCT record) AS deals,
	total(value) AS value, sum(moves) AS moves,
	count(record) AS changes, coalesce(sum(unvalued), 0) AS unvalued
FROM window w JOIN box LEFT JOIN fact f USING (segment, period, flow)
GROUP BY w.segment, w.period, no;

-- What the boxes leave unexplained.
CREATE TABLE sign (flow, of_deals, of_value);
INSERT INTO sign VALUES ('open at start', 1, 1), ('generated', 1, 1),
	('reopened', 1, 1), ('won', -1, -1), ('lost', -1, -1),
	('amount up', 0, 1), ('amount down', 0, -1), ('open at end', -1, -1);
UPDATE counted AS c SET (deals, value) = (
	SELECT sum(deals * of_deals), sum(value * of_value)
	FROM counted o JOIN sign USING (flow)
	WHERE o.segment = c.segment AND o.period = c.period
) WHERE flow = 'difference';

CREATE VIEW bridge AS
SELECT segment, period, no, flow, deals,
	-- No value where none of the deals has one.
	CASE WHEN deals = 0 OR unvalued < deals THEN printf('%.0f', value) END
		AS value,
	CASE WHEN flow LIKE 'close date%' THEN coalesce(moves, 0)
		WHEN flow LIKE 'amount%' THEN changes END AS moves,
	CASE WHEN flow NOT LIKE 'amount%' THEN unvalued END AS unvalued
FROM counted;

.mode list
.separator ,
.headers on
