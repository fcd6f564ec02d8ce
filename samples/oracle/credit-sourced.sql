-- The three rules of metrics.md 3.3.4, R22: up to the opportunity, presales
-- strictly before the first call.
.read samples/oracle/credit.load
CREATE TABLE ruled AS
SELECT opp.*,
	(SELECT team FROM source WHERE raw = raw_source) = 'marketing' AS field,
	coalesce((SELECT team FROM (
		SELECT at, team FROM touch WHERE id = opp.id
		UNION ALL SELECT at, 'sales' FROM call WHERE id = opp.id)
		WHERE at <= opp.at ORDER BY at LIMIT 1), '')
		= 'marketing' AS first,
	EXISTS (SELECT 1 FROM touch t WHERE id = opp.id AND team = 'marketing'
		AND t.at <= opp.at AND NOT EXISTS (
			SELECT 1 FROM call c
			WHERE c.id = opp.id AND c.at <= t.at)) AS presales,
	EXISTS (SELECT 1 FROM touch t WHERE id = opp.id AND team = 'marketing'
		AND t.at <= opp.at) AS influenced
FROM opp;
CREATE TABLE member AS
SELECT 1 AS no, 'all' AS rule, * FROM ruled
UNION ALL SELECT 2, 'field', * FROM ruled WHERE field
UNION ALL SELECT 3, 'first', * FROM ruled WHERE first
UNION ALL SELECT 4, 'presales', * FROM ruled WHERE presales
UNION ALL SELECT 5, 'influenced', * FROM ruled WHERE influenced
UNION ALL SELECT 6, 'field/first', * FROM ruled WHERE field <> first
UNION ALL SELECT 7, 'field/presales', * FROM ruled WHERE field <> presales
UNION ALL SELECT 8, 'first/presales', * FROM ruled WHERE first <> presales
UNION ALL SELECT DISTINCT 9, 'influenced: ' || name, ruled.*
	FROM ruled JOIN touch t ON t.id = ruled.id AND t.at <= ruled.at
	WHERE t.team = 'marketing';
SELECT rule, count(*) AS deals, printf('%.0f', total(value)) AS value,
	sum(won <> '') AS won,
	printf('%.0f', total(iif(won <> '', value, 0))) AS won_value
FROM member GROUP BY no, rule ORDER BY no, rule;
