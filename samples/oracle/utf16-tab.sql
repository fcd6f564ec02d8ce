-- Snapshot log in UTF-16 with tabs, under title lines. Two stages have their
-- other names from samples/funnel.yaml.
.read samples/oracle/ladder-agreed.sql
.separator "\t" "\n"
.import --skip 3 "|iconv -f UTF-16 -t UTF-8 samples/utf16-tab.csv | tr -d '\r'" raw
CREATE VIEW event AS
SELECT "Record ID" AS record, "Entered On" AS at, rowid AS line,
	CASE "Stage" WHEN 'Marketing Qualified Lead' THEN 'MQL'
		WHEN 'Qualification' THEN 'Opportunity' ELSE "Stage" END AS stage
FROM raw;
CREATE VIEW cohort AS SELECT DISTINCT 'all' AS segment, record FROM event;
.read samples/oracle/stages.sql
SELECT stage, entered, converted, lost, rejected, recycled, open, imputed
FROM stages ORDER BY rank;
