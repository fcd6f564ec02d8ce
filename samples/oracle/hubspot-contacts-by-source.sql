-- HubSpot contacts by source.
.read samples/oracle/hubspot-contacts.load
CREATE VIEW cohort AS
SELECT coalesce(nullif("Original Traffic Source", ''), '(blank)') AS segment,
	"Record ID" AS record
FROM raw;
.read samples/oracle/stages.sql
SELECT segment, stage, entered, converted, lost, rejected, recycled, open,
	imputed
FROM stages ORDER BY segment, rank;
