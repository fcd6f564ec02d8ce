-- The other bridge, by month: the open deals whose close date lies in the
-- month. What one save does at once is an amount change first, then the new
-- date, then the move: the close date that a CRM sets to the day of the win
-- pulls a deal in before it is won. Of the dates of one instant the last stands.
-- No loss that was re-opened fell due in the month of the re-opening, so that
-- box is left out.
.read samples/oracle/pipeline.load
CREATE TABLE month AS
SELECT substr(column1, 1, 7) AS period, column1 AS a,
	date(column1, '+1 month') AS b
FROM (VALUES ('2025-10-01'), ('2025-11-01'), ('2025-12-01'), ('2026-01-01'),
	('2026-02-01'), ('2026-03-01'));

CREATE TABLE turn AS
SELECT period, record, date(at, 'unixepoch') AS day, kind, kind_0, amount,
	amount_0, closes >= a AND closes < b AS due,
	closes_0 >= a AND closes_0 < b AS due_0, a, b
FROM month, (
	SELECT *, lag(kind) OVER o AS kind_0, lag(amount) OVER o AS amount_0,
		lag(closes) OVER o AS closes_0
	FROM (
		SELECT record, at, n, kind, amount, last_value(closes) OVER (
			PARTITION BY record, at ORDER BY n
			ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
		) AS closes
		FROM save
	)
	WINDOW o AS (PARTITION BY record ORDER BY n)
);

CREATE TABLE fact AS
SELECT period, 'generated' AS flow, record, amount AS value,
	amount IS NULL AS unvalued
FROM turn WHERE day >= a AND day < b AND kind_0 IS NULL AND due
UNION ALL SELECT period, 'reopened', record, amount, amount IS NULL
FROM turn WHERE day >= a AND day < b AND kind_0 <> 'open' AND kind = 'open'
	AND due
UNION ALL SELECT period, 'pulled in', record, amount, amount IS NULL
FROM turn WHERE day >= a AND day < b AND kind_0 = 'open' AND due AND NOT due_0
UNION ALL SELECT period, 'pushed out', record, amount, amount IS NULL
FROM turn WHERE day >= a AND day < b AND kind_0 = 'open' AND due_0 AND NOT due
UNION ALL SELECT period, kind, record, amount, amount IS NULL
FROM turn WHERE day >= a AND day < b AND coalesce(kind_0, 'open') = 'open'
	AND kind <> 'open' AND due
UNION ALL SELECT period, 'amount up', record, amount - coalesce(amount_0, 0), 0
FROM turn WHERE day >= a AND day < b AND kind_0 = 'open' AND due_0
	AND amount > coalesce(amount_0, 0)
UNION ALL SELECT period, 'amount down', record, amount_0 - coalesce(amount, 0),
	0
FROM turn WHERE day >= a AND day < b AND kind_0 = 'open' AND due_0
	AND coalesce(amount, 0) < amount_0
UNION ALL SELECT period, 'open at start', record, amount, amount IS NULL
FROM month JOIN save s ON closes >= a AND closes < b AND kind = 'open'
	AND n = (SELECT max(n) FROM save e WHERE e.record = s.record
		AND date(e.at, 'unixepoch') < a)
UNION ALL SELECT period, 'open at end', record, amount, amount IS NULL
FROM month JOIN save s ON closes >= a AND closes < b AND kind = 'open'
	AND n = (SELECT max(n) FROM save e WHERE e.record = s.record
		AND date(e.at, 'unixepoch') < b);

CREATE TABLE box (no, flow, of_value);
INSERT INTO box VALUES (1, 'open at start', 1), (2, 'generated', 1),
	(3, 'reopened', 1), (4, 'pulled in', 1), (5, 'won', -1),
	(6, 'lost', -1), (7, 'pushed out', -1), (8, 'amount up', 1),
	(9, 'amount down', -1), (10, 'difference', 0), (11, 'open at end', -1);
CREATE TABLE counted AS
SELECT period, no, flow, of_value, count(DISTINCT record) AS deals,
	total(value) AS value, coalesce(sum(unvalued), 0) AS unvalued
FROM month JOIN box LEFT JOIN fact USING (period, flow) GROUP BY period, no;
UPDATE counted AS c SET (deals, value) = (
	SELECT sum(CASE WHEN flow NOT LIKE 'amount%' THEN deals * of_value END),
		sum(value * of_value)
	FROM counted o WHERE o.period = c.period
) WHERE flow = 'difference';

.mode list
.separator ,
.headers on
SELECT period, flow, deals, CASE WHEN deals = 0 OR unvalued < deals
	THEN printf('%.0f', value) END AS value,
	CASE WHEN flow NOT LIKE 'amount%' THEN unvalued END AS unvalued
FROM counted ORDER BY period, no;
