-- HubSpot contacts.
.read samples/oracle/hubspot-contacts.load
CREATE VIEW cohort AS SELECT 'all' AS segment, "Record ID" AS record FROM raw;
.read samples/oracle/stages.sql
SELECT stage, entered, converted, lost, rejected, recycled, open, imputed
FROM stages ORDER BY rank;
