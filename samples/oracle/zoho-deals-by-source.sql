-- Zoho deals by lead source.
.read samples/oracle/zoho-deals.load
CREATE VIEW outcome AS
SELECT source AS segment, kind FROM one;
.read samples/oracle/outcomes.sql
SELECT segment, records, won, lost, rejected, recycled, open, win_closed,
	win_created
FROM outcomes ORDER BY segment;
