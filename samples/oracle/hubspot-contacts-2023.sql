-- A Became date a stage. One contact was merged into another (its dates go
-- to the one that stayed), one row is there twice. A contact that was moved
-- back by hand keeps its dates.
.read samples/oracle/ladder-hubspot-contacts.sql
.import --csv samples/hubspot-contacts-2023.csv raw
CREATE TABLE contact AS
SELECT coalesce((SELECT w."Record ID" FROM raw w
	WHERE instr(w."Merged Contact IDs", r."Record ID")), r."Record ID")
	AS record, r.*
FROM raw r;
CREATE VIEW event AS
SELECT record, 0 AS line, stage, at FROM (
	SELECT record, 'Subscriber' AS stage, "Became a Subscriber Date" AS at
		FROM contact
	UNION SELECT record, 'Lead', "Became a Lead Date" FROM contact
	UNION SELECT record, 'Marketing Qualified Lead',
		"Became a Marketing Qualified Lead Date" FROM contact
	UNION SELECT record, 'Sales Qualified Lead',
		"Became a Sales Qualified Lead Date" FROM contact
	UNION SELECT record, 'Opportunity', "Became an Opportunity Date"
		FROM contact
	UNION SELECT record, 'Customer', "Became a Customer Date" FROM contact
) WHERE at <> '';
CREATE VIEW cohort AS SELECT DISTINCT 'all' AS segment, record FROM contact;
.read samples/oracle/stages.sql
SELECT stage, entered, converted, lost, rejected, recycled, open, imputed
FROM stages ORDER BY rank;
