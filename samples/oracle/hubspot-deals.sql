-- HubSpot deals.
.read samples/oracle/ladder-hubspot-deals.sql
.read samples/oracle/hubspot-deals.load
CREATE VIEW dated(record, stage, at) AS
SELECT record, 'Appointment Scheduled',
	"Date entered ""Appointment Scheduled (Sales Pipeline)""" FROM deal
UNION SELECT record, 'Qualified To Buy',
	"Date entered ""Qualified To Buy (Sales Pipeline)""" FROM deal
UNION SELECT record, 'Presentation Scheduled',
	"Date entered ""Presentation Scheduled (Sales Pipeline)""" FROM deal
UNION SELECT record, 'Decision Maker Bought-In',
	"Date entered ""Decision Maker Bought-In (Sales Pipeline)""" FROM deal
UNION SELECT record, 'Contract Sent',
	"Date entered ""Contract Sent (Sales Pipeline)""" FROM deal
UNION SELECT record, 'Closed Won',
	"Date entered ""Closed Won (Sales Pipeline)""" FROM deal
UNION SELECT record, 'Closed Lost',
	"Date entered ""Closed Lost (Sales Pipeline)""" FROM deal;
CREATE VIEW event AS
SELECT record, 0 AS line, stage, at FROM dated WHERE at <> '';
CREATE VIEW cohort AS SELECT 'all' AS segment, record FROM survivor;
.read samples/oracle/stages.sql
SELECT stage, entered, converted, lost, rejected, recycled, open, imputed
FROM stages ORDER BY rank;
