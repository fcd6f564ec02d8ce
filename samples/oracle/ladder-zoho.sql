-- The standard stages of Zoho deals.
CREATE TABLE ladder (rank, stage, kind);
INSERT INTO ladder VALUES
	(1, 'Qualification', 'open'),
	(2, 'Needs Analysis', 'open'),
	(3, 'Value Proposition', 'open'),
	(4, 'Identify Decision Makers', 'open'),
	(5, 'Proposal/Price Quote', 'open'),
	(6, 'Negotiation/Review', 'open'),
	(7, 'Closed Won', 'won'),
	(NULL, 'Closed Lost', 'lost'),
	(NULL, 'Closed Lost to Competition', 'lost');
