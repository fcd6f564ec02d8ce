-- The stages of HubSpot's default deal pipeline.
CREATE TABLE ladder (rank, stage, kind);
INSERT INTO ladder VALUES
	(1, 'Appointment Scheduled', 'open'),
	(2, 'Qualified To Buy', 'open'),
	(3, 'Presentation Scheduled', 'open'),
	(4, 'Decision Maker Bought-In', 'open'),
	(5, 'Contract Sent', 'open'),
	(6, 'Closed Won', 'won'),
	(NULL, 'Closed Lost', 'lost');
