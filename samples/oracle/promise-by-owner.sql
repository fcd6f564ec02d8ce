-- The same by who owns the lead today, as the record list says.
.read samples/oracle/promise.load
CREATE TABLE leads AS
SELECT "Lead Owner" AS owner, count(*) AS n FROM lead GROUP BY 1;
SELECT CASE owner WHEN '' THEN '(blank)' ELSE owner END AS owner,
	name AS commitment,
	coalesce(sum(status = 'met'), 0) AS met, coalesce(sum(status = 'late'), 0) AS late,
	coalesce(sum(status = 'breached'), 0) AS breached,
	coalesce(sum(status = 'pending'), 0) AS pending, coalesce(sum(status = 'paused'), 0) AS paused,
	coalesce(sum(status = 'void'), 0) AS void,
	-- P57 of Asha is two cases of `acceptance`
	leads.n + (name = 'acceptance' AND owner = 'Asha') - count(status)
		AS na,
	coalesce(sum(status = 'bad'), 0) AS bad
FROM leads CROSS JOIN promise
LEFT JOIN (SELECT cases.*, "Lead Owner" AS owner FROM cases
	JOIN lead ON "Lead Id" = cases.lead) USING (name, owner)
GROUP BY i, owner ORDER BY i, owner;
