-- From/To log: a row is an entry to its To Stage, unless nothing moved.
-- 07/01/2026, 9:22 AM is 7 January. Totals and legal lines have no id.
.read samples/oracle/ladder-salesforce.sql
.import --csv "|sh samples/oracle/plain samples/salesforce-history-report.csv" raw
CREATE VIEW event AS
SELECT "Opportunity ID" AS record, "To Stage" AS stage, rowid AS line,
	substr(d, 7, 4) || substr(d, 4, 2) || substr(d, 1, 2) || printf('%02d',
		clock % 12 + 12 * (d LIKE '%PM')) || substr(d, -5, 2) AS at
FROM (SELECT rowid, *, "Last Modified" AS d,
	CAST(substr("Last Modified", 13) AS INTEGER) AS clock FROM raw)
WHERE "Opportunity ID" <> '' AND "From Stage" <> "To Stage";
CREATE VIEW cohort AS
SELECT DISTINCT 'all' AS segment, record FROM event;
.read samples/oracle/stages.sql
SELECT stage, entered, converted, lost, rejected, recycled, open, imputed
FROM stages ORDER BY rank;
