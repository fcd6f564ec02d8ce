-- The ladder of samples/w1.yaml.
CREATE TABLE ladder (rank, stage, kind);
INSERT INTO ladder VALUES
	(1, 'Lead', 'open'),
	(2, 'MQL', 'open'),
	(3, 'SAL', 'open'),
	(4, 'SQL', 'open'),
	(5, 'Opportunity', 'open'),
	(6, 'Closed Won', 'won'),
	(NULL, 'Closed Lost', 'lost');
