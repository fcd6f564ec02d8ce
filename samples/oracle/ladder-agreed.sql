-- The ladder of samples/funnel.yaml.
CREATE TABLE ladder (rank, stage, kind);
INSERT INTO ladder VALUES
	(1, 'Lead', 'open'),
	(2, 'MQL', 'open'),
	(3, 'SAL', 'open'),
	(4, 'SQL', 'open'),
	(5, 'Opportunity', 'open'),
	(6, 'Proposal', 'open'),
	(7, 'Closed Won', 'won'),
	(NULL, 'Closed Lost', 'lost'),
	(NULL, 'Disqualified', 'rejected'),
	(NULL, 'Nurture', 'recycled');
