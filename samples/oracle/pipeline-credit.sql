-- Wins of the pipeline by the channel of their touches: all to the first, all
-- to the last, the same to every one (metrics.md 3.3.3). A touch on the day of
-- the close is before it (R49); dates are dates of the report zone, UTC.
.import --csv samples/pipeline-deals.csv raw
.import --csv samples/pipeline-touches.csv touched
CREATE TABLE won AS
SELECT Id AS record, CloseDate AS closed, CAST(Amount AS REAL) AS value
FROM raw WHERE IsWon = 'true';
CREATE TABLE step AS
SELECT record, value, Channel AS channel,
	row_number() OVER (PARTITION BY record ORDER BY "Touch Date", t.rowid)
		AS i,
	count(*) OVER (PARTITION BY record) AS n
FROM won JOIN touched t ON t."Deal Id" = record AND "Touch Date" <= closed;
CREATE TABLE credit AS
SELECT channel, total(i = 1) AS first, total((i = 1) * value) AS first_value,
	total(i = n) AS last, total((i = n) * value) AS last_value,
	total(1.0 / n) AS linear, total(value / n) AS linear_value
FROM step GROUP BY channel;
.mode list
.separator ,
.headers on
SELECT channel, printf('%.6f', first) AS first,
	printf('%.4f', first_value) AS first_value,
	printf('%.6f', last) AS last, printf('%.4f', last_value) AS last_value,
	printf('%.6f', linear) AS linear,
	printf('%.4f', linear_value) AS linear_value
FROM (
	SELECT *, 1 AS no FROM credit
	UNION ALL SELECT '(unmapped)', 0, 0, 0, 0, 0, 0, 2
	UNION ALL SELECT '(none)', n, v, n, v, n, v, 3 FROM (
		SELECT count(*) AS n, total(value) AS v FROM won
		WHERE record NOT IN (SELECT record FROM step)
	)
) ORDER BY no, CAST(first AS REAL) DESC, channel;
