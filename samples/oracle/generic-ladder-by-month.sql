-- The main sample by month of the enquiry.
.read samples/oracle/generic-ladder.load
CREATE VIEW cohort AS
SELECT substr(at, 1, 7) AS segment, record FROM start;
.read samples/oracle/stages.sql
SELECT segment, stage, entered, converted, lost, rejected, recycled, open,
	imputed
FROM stages ORDER BY segment, rank;
