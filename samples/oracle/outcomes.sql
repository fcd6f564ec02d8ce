-- Outcomes of a record list in plain SQL.
--
-- In:  outcome(segment, kind)  one line a record and table wanted; kind open,
--                              won, lost, rejected, recycled
-- Out: outcomes(segment, records, ..., win_closed, win_created)
--
-- win_closed = won / (won + lost), win_created = won / records; empty where
-- there is nothing to divide by.

CREATE TEMP VIEW tallied AS
SELECT segment, count(*) AS records, sum(kind = 'won') AS won,
	sum(kind = 'lost') AS lost, sum(kind = 'rejected') AS rejected,
	sum(kind = 'recycled') AS recycled, sum(kind = 'open') AS open
FROM outcome GROUP BY segment;

CREATE TEMP VIEW outcomes AS
SELECT *,
	CASE WHEN won + lost > 0
		THEN printf('%.6g', 1.0 * won / (won + lost)) END AS win_closed,
	printf('%.6g', 1.0 * won / records) AS win_created
FROM tallied;

.mode list
.separator ,
.headers on
