-- The standard stages of Salesforce opportunities.
CREATE TABLE ladder (rank, stage, kind);
INSERT INTO ladder VALUES
	(1, 'Prospecting', 'open'),
	(2, 'Qualification', 'open'),
	(3, 'Needs Analysis', 'open'),
	(4, 'Value Proposition', 'open'),
	(5, 'Id. Decision Makers', 'open'),
	(6, 'Perception Analysis', 'open'),
	(7, 'Proposal/Price Quote', 'open'),
	(8, 'Negotiation/Review', 'open'),
	(9, 'Closed Won', 'won'),
	(NULL, 'Closed Lost', 'lost');
