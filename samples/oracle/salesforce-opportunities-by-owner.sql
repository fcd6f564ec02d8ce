-- Salesforce opportunities by owner.
.read samples/oracle/salesforce-opportunities.load
CREATE VIEW outcome AS
SELECT owner AS segment, kind FROM one;
.read samples/oracle/outcomes.sql
SELECT segment, records, won, lost, rejected, recycled, open, win_closed,
	win_created
FROM outcomes ORDER BY segment;
