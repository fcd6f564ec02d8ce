-- The new rule over all MQLs: who passes, which criteria fail, and what became
-- of both.
.read samples/oracle/replay-leads.load

CREATE TABLE criterion AS
SELECT 1 AS i, '(all)' AS name, in_new AS passes,
	NOT in_new AND score AND (industry OR industry_blank)
		AND (size OR size_blank) AS blank,
	NOT in_new AND score AND industry AND size_unread AS unread,
	score + industry + size = 2 AS alone, sql
FROM member WHERE mql
UNION ALL SELECT 2, 'score', score, 0, 0, NOT score AND industry AND size, sql
FROM member WHERE mql
UNION ALL SELECT 3, 'industry', industry, industry_blank, 0,
	NOT industry AND score AND size, sql
FROM member WHERE mql
UNION ALL SELECT 4, 'size', size, size_blank, size_unread,
	NOT size AND score AND industry, sql
FROM member WHERE mql;

.mode list
.separator ,
.headers on
SELECT 'MQL' AS stage, name AS criterion, count(*) AS n, sum(passes) AS passed,
	printf('%.6g', 1.0 * sum(passes) / count(*)) AS pass_rate,
	sum(NOT passes) AS failed, sum(blank) AS blank, sum(unread) AS unread,
	sum(alone) AS alone,
	CASE WHEN sum(passes) THEN printf('%.6g',
		1.0 * sum(passes AND sql) / sum(passes)) END AS passed_rate,
	CASE WHEN sum(NOT passes) THEN printf('%.6g',
		1.0 * sum(NOT passes AND sql) / sum(NOT passes)) END AS failed_rate
FROM criterion GROUP BY i ORDER BY i;
