-- From where to where the records of W1 went.
.read samples/oracle/w1-history.load
CREATE VIEW top AS SELECT max(rank) AS top FROM ladder;
CREATE TABLE state AS
SELECT record, 'all' AS segment,
	row_number() OVER (PARTITION BY record ORDER BY from_the_end DESC) AS n,
	CASE kind WHEN 'open' THEN l.stage ELSE kind END AS name, l.rank,
	kind <> 'open' AS ends, at
FROM step s JOIN ladder l USING (kind)
WHERE l.rank IS s.rank;
.read samples/oracle/moves.sql
SELECT a AS "from", b AS "to", n,
	CASE WHEN kind IN ('advanced', 'ended') THEN 'yes'
	WHEN kind <> 'stayed' THEN 'no' END AS conforming
FROM passage p
WHERE EXISTS (
	SELECT 1 FROM passage q WHERE q.a = p.a AND q.b <> '(closed)'
)
ORDER BY place_a, place_b;
