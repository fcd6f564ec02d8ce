-- The main sample: rates. rate is to the next stage, cumulative from the first.
.read samples/oracle/generic-ladder.load
CREATE VIEW cohort AS
SELECT 'all' AS segment, "Enquiry No" AS record FROM enquiry;
.read samples/oracle/stages.sql
SELECT stage, entered,
	CASE WHEN converted IS NOT NULL
		THEN printf('%.6g', 1.0 * converted / entered) END AS rate,
	printf('%.6g', 1.0 * entered / entered_first) AS cumulative
FROM stages ORDER BY rank;
