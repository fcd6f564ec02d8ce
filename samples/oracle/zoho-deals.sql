-- Zoho deals.
.read samples/oracle/zoho-deals.load
CREATE VIEW outcome AS
SELECT 'all' AS segment, kind FROM one;
.read samples/oracle/outcomes.sql
SELECT records, won, lost, rejected, recycled, open, win_closed, win_created
FROM outcomes;
