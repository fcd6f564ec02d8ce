-- Old/New log with the record list beside it: a row about the stage is an
-- entry to its New Value. The stage at creation is the oldest Old Value, or
-- for a record that never moved its stage in the list.
.read samples/oracle/ladder-salesforce.sql
.import --csv "|sh samples/oracle/plain samples/salesforce-field-history.csv" raw
.import --csv "|sh samples/oracle/plain samples/salesforce-field-history-records.csv" list
CREATE VIEW change AS
SELECT "Opportunity ID" AS record, "Old Value" AS old, "New Value" AS stage,
	rowid AS line,
	substr(d, 7, 4) || substr(d, 4, 2) || substr(d, 1, 2) || printf('%02d',
		clock % 12 + 12 * (d LIKE '%PM')) || substr(d, -5, 2) AS at
FROM (SELECT rowid, *, "Edit Date" AS d,
	CAST(substr("Edit Date", 13) AS INTEGER) AS clock FROM raw)
WHERE "Field / Event" = 'Stage';
CREATE VIEW event AS
SELECT record, at, line, stage FROM change
UNION ALL
SELECT "Opportunity ID", substr(d, 7, 4) || substr(d, 4, 2) || substr(d, 1, 2),
	0, coalesce((SELECT old FROM change WHERE record = "Opportunity ID"
		ORDER BY at, line LIMIT 1), "Stage")
FROM (SELECT *, "Created Date" AS d FROM list WHERE "Stage" <> '');
CREATE VIEW cohort AS
SELECT DISTINCT 'all' AS segment, record FROM event;
.read samples/oracle/stages.sql
SELECT stage, entered, converted, lost, rejected, recycled, open, imputed
FROM stages ORDER BY rank;
