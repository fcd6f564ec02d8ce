-- Linear credit of wins and of opportunities, beside the costs (metrics.md
-- 3.3.5): each journey ends with its own step.
.read samples/oracle/credit.load
CREATE TABLE ends AS
SELECT id, 'win' AS step, won AS at, value FROM opp WHERE won <> ''
UNION ALL SELECT id, 'opportunity', at, value FROM opp;
CREATE TABLE credit AS
SELECT step, name, total(1.0 / n) AS n, total(value / n) AS value FROM (
	SELECT e.step, t.name, e.value,
		count(*) OVER (PARTITION BY e.id, e.step) AS n
	FROM ends e JOIN touch t ON t.id = e.id AND t.at <= e.at)
GROUP BY step, name;
CREATE TABLE paid AS
SELECT Source AS name, total(Cost) AS spend FROM cost GROUP BY Source;
SELECT w.name AS channel, printf('%.0f', spend) AS spend,
	printf('%.6f', w.n) AS wins, printf('%.4f', w.value) AS value,
	printf('%.6f', w.value / spend) AS roas,
	printf('%.4f', spend / o.n) AS cost_per_opportunity,
	printf('%.4f', spend / w.n) AS cac
FROM credit w JOIN paid ON paid.name = w.name
	JOIN credit o ON o.name = w.name AND o.step = 'opportunity'
WHERE w.step = 'win' ORDER BY paid.spend DESC;
