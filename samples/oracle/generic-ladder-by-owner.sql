-- The main sample by account manager.
.read samples/oracle/generic-ladder.load
CREATE VIEW cohort AS
SELECT "Account Manager" AS segment, "Enquiry No" AS record FROM enquiry;
.read samples/oracle/stages.sql
SELECT segment, stage, entered, converted, lost, rejected, recycled, open,
	imputed
FROM stages ORDER BY segment, rank;
