-- Snapshot log: every row is a save, its stage the one after it. A row
-- without a stage says nothing.
.read samples/oracle/ladder-salesforce.sql
.import --csv "|tail -c +4 samples/salesforce-opportunity-history.csv" raw
CREATE VIEW event AS
SELECT OpportunityId AS record, CreatedDate AS at, min(rowid) AS line,
	StageName AS stage
FROM raw WHERE StageName <> '' GROUP BY Id;
CREATE VIEW cohort AS
SELECT DISTINCT 'all' AS segment, OpportunityId AS record FROM raw;
.read samples/oracle/stages.sql
SELECT stage, entered, converted, lost, rejected, recycled, open, imputed
FROM stages ORDER BY rank;
