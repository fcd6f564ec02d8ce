-- HubSpot's lifecycle stages up to the customer.
CREATE TABLE ladder (rank, stage, kind);
INSERT INTO ladder VALUES
	(1, 'Subscriber', 'open'),
	(2, 'Lead', 'open'),
	(3, 'Marketing Qualified Lead', 'open'),
	(4, 'Sales Qualified Lead', 'open'),
	(5, 'Opportunity', 'open'),
	(6, 'Customer', 'won');
