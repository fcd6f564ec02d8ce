-- The main sample.
.read samples/oracle/generic-ladder.load
CREATE VIEW cohort AS
SELECT 'all' AS segment, "Enquiry No" AS record FROM enquiry;
.read samples/oracle/stages.sql
SELECT stage, entered, converted, lost, rejected, recycled, open, imputed
FROM stages ORDER BY rank;
