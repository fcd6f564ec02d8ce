-- MQL under both files: volumes, what went on, what was won, the load of those
-- who own a MQL under either.
.read samples/oracle/replay-leads.load

CREATE TABLE sets AS
SELECT 1 AS i, 'old' AS name, * FROM member WHERE in_old
UNION ALL SELECT 2, 'new', * FROM member WHERE in_new
UNION ALL SELECT 3, 'kept', * FROM member WHERE in_old AND in_new
UNION ALL SELECT 4, 'dropped', * FROM member WHERE in_old AND NOT in_new
UNION ALL SELECT 5, 'added', * FROM member WHERE in_new AND NOT in_old;

.mode list
.separator ,
.headers on
SELECT 'MQL' AS stage, name AS "set", count(*) AS n,
	count(DISTINCT nullif(owner, '')) AS owners,
	printf('%.6g', 1.0 * sum(owner <> '') / (
		SELECT count(DISTINCT owner) FROM member
		WHERE owner <> '' AND (in_old OR in_new))) AS load,
	sum(sql) AS advanced, printf('%.6g', 1.0 * sum(sql) / count(*)) AS rate,
	sum(won) AS won
FROM sets GROUP BY i
UNION ALL SELECT 'MQL', 'neither', count(*), NULL, NULL, NULL, NULL, NULL
FROM member WHERE NOT in_old AND NOT in_new;
