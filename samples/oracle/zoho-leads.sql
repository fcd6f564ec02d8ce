-- Zoho leads by lead source: how many, how many converted, how many are junk
-- or lost. A lead has no win; the other leads are open.
.import --csv samples/zoho-leads.csv raw
.mode list
.separator ,
.headers on
SELECT coalesce(nullif("Lead Source", ''), '(blank)') AS segment,
	count(*) AS records, sum("Is Converted" = 'true') AS converted,
	sum("Lead Status" IN ('Junk Lead', 'Lost Lead')) AS rejected,
	sum("Is Converted" <> 'true'
		AND "Lead Status" NOT IN ('Junk Lead', 'Lost Lead')) AS open
FROM raw GROUP BY segment ORDER BY segment;
