-- The main sample by agreed source.
.read samples/oracle/generic-ladder.load
CREATE VIEW cohort AS
SELECT coalesce(s.source, nullif(e."Enquiry Source", ''), '(blank)')
	AS segment, e."Enquiry No" AS record
FROM enquiry e LEFT JOIN agreed_source s ON s.raw = e."Enquiry Source";
.read samples/oracle/stages.sql
SELECT segment, stage, entered, converted, lost, rejected, recycled, open,
	imputed
FROM stages ORDER BY segment, rank;
