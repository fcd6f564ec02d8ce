-- HubSpot deals by owner: outcomes.
.read samples/oracle/hubspot-deals.load
CREATE VIEW outcome AS
SELECT "Deal owner" AS segment, CASE "Deal Stage" WHEN 'Closed Won' THEN 'won'
	WHEN 'Closed Lost' THEN 'lost' ELSE 'open' END AS kind
FROM survivor;
.read samples/oracle/outcomes.sql
SELECT segment, records, won, lost, rejected, recycled, open, win_closed,
	win_created
FROM outcomes ORDER BY segment;
