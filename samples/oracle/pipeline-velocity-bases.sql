-- Three readings of one velocity: what closed, what was created and what is
-- open, in all; win rate, value and cycle are those of the closed deals, all of
-- which closed within a year. Beside the mean the median of value and cycle.
.read samples/oracle/pipeline.load
CREATE VIEW won AS
SELECT amount, days, row_number() OVER (ORDER BY amount) - 1 AS i,
	row_number() OVER (ORDER BY days) - 1 AS j, count(*) OVER () - 1 AS last
FROM cycle WHERE how = 'won';
CREATE VIEW levers AS
SELECT 'mean' AS stat, avg(amount) AS value, avg(days) AS cycle FROM won
UNION ALL SELECT 'median', sum(amount * max(0, 1 - abs(i - last * 0.5))),
	sum(days * max(0, 1 - abs(j - last * 0.5)))
FROM won;
CREATE VIEW counted AS
SELECT 'closed' AS basis, sum(how <> 'open') AS deals FROM cycle
UNION ALL SELECT 'created', count(*) FROM cycle
UNION ALL SELECT 'open', sum(how = 'open') FROM cycle;
.mode list
.separator ,
.headers on
SELECT basis, stat, deals, printf('%.6f', win_rate) AS win_rate,
	printf('%.6f', value) AS value, printf('%.6f', cycle) AS cycle,
	printf('%.6f', deals * win_rate * value / cycle) AS velocity
FROM counted, levers, (
	SELECT 1.0 * sum(how = 'won') / sum(how <> 'open') AS win_rate FROM cycle
)
ORDER BY basis, stat;
