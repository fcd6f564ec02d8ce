-- Period log: a row is one stay, its Modified Time the entry: the oldest row
-- of every deal has the time at which the deal was created (the second query
-- proves it: no deal is further off than a minute).
.read samples/oracle/ladder-zoho.sql
.import --csv samples/zoho-stage-history.csv raw
.import --csv samples/zoho-deals.csv deal
CREATE VIEW event AS
SELECT "Deal Name.id" AS record, "Modified Time" AS at, rowid AS line,
	"Stage" AS stage
FROM raw;
CREATE VIEW cohort AS
SELECT 'all' AS segment, "Record Id" AS record FROM deal;
.read samples/oracle/stages.sql
SELECT stage, entered, converted, lost, rejected, recycled, open, imputed
FROM stages ORDER BY rank;
.headers off
SELECT 'not entry times: ' || d."Record Id"
FROM deal d JOIN raw r ON r."Deal Name.id" = d."Record Id"
GROUP BY d."Record Id"
HAVING abs(julianday(min(r."Modified Time"))
	- julianday(d."Created Time")) * 86400 > 60;
