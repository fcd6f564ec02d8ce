-- The MQLs that only one of the files takes, and the criteria that fail under
-- the other. The score is never one that fails the new file only.
.read samples/oracle/replay-leads.load

.mode list
.separator ,
.headers on
SELECT id, CASE WHEN in_new THEN 'added' ELSE 'dropped' END AS "set",
	CASE WHEN in_new THEN 'score' ELSE
		CASE WHEN industry THEN 'size' WHEN size THEN 'industry'
		ELSE '"industry, size"' END END AS why,
	CASE WHEN sql THEN 'yes' END AS advanced,
	CASE WHEN won THEN 'yes' END AS won
FROM member WHERE in_old <> in_new ORDER BY id;
