-- From where to where the deals of the pipeline sample went; endings only
-- where they were left again.
.read samples/oracle/pipeline-states.load
SELECT a AS "from", b AS "to", sum(n) AS n,
	CASE WHEN kind IN ('advanced', 'ended') THEN 'yes'
	WHEN kind <> 'stayed' THEN 'no' END AS conforming
FROM passage p
WHERE EXISTS (
	SELECT 1 FROM passage q WHERE q.a = p.a AND q.b <> '(closed)'
)
GROUP BY a, b ORDER BY place_a, place_b;
