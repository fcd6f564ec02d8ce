-- The funnel by stage, mode `reached`, basis cohort, no window, in plain SQL.
--
-- In:  ladder(rank, stage, kind)       rank null for what is not on the ladder;
--                                      kind open, won, lost, rejected, recycled
--      event(record, at, line, stage)  entries to a stage; at sorts as text
--      cohort(segment, record)         one line a record and table wanted
-- Out: stages(segment, rank, stage, entered, ..., imputed)

CREATE TEMP VIEW step AS
SELECT e.record, e.at, e.line, l.rank, l.kind,
	row_number() OVER (
		PARTITION BY e.record
		-- one instant: in the order of the ladder, what ends comes last
		ORDER BY e.at DESC, coalesce(l.rank, 1000) DESC, e.line DESC
	) AS from_the_end
FROM event e JOIN ladder l ON l.stage = e.stage;

-- The highest rank ever entered, and the state at the end.
CREATE TEMP VIEW fate AS
SELECT record, max(rank) AS top,
	max(CASE WHEN from_the_end = 1 THEN kind END) AS last
FROM step GROUP BY record;

CREATE TEMP VIEW reached AS
SELECT c.segment, l.rank, l.stage, f.record, f.last, f.top = l.rank AS stopped,
	NOT EXISTS (
		SELECT 1 FROM step s WHERE s.record = f.record AND s.rank = l.rank
	) AS imputed
FROM cohort c
JOIN fate f ON f.record = c.record
JOIN ladder l ON l.rank <= f.top;

CREATE TEMP VIEW counted AS
SELECT s.segment, l.rank, l.stage, l.kind = 'won' AS is_last,
	count(r.record) AS entered,
	coalesce(sum(r.stopped AND r.last = 'lost'), 0) AS lost,
	coalesce(sum(r.stopped AND r.last = 'rejected'), 0) AS rejected,
	coalesce(sum(r.stopped AND r.last = 'recycled'), 0) AS recycled,
	coalesce(sum(r.stopped AND r.last = 'open'), 0) AS open,
	coalesce(sum(r.imputed), 0) AS imputed
FROM (SELECT DISTINCT segment FROM cohort) s
JOIN ladder l ON l.rank IS NOT NULL
LEFT JOIN reached r ON r.segment = s.segment AND r.rank = l.rank
GROUP BY s.segment, l.rank;

CREATE TEMP VIEW stages AS
SELECT segment, rank, stage, entered,
	CASE WHEN NOT is_last THEN lead(entered) OVER ladder_down END
		AS converted,
	lost, rejected, recycled, open, imputed,
	first_value(entered) OVER ladder_down AS entered_first
FROM counted
WINDOW ladder_down AS (PARTITION BY segment ORDER BY rank);

.mode list
.separator ,
.headers on
