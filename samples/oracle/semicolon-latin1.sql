-- The file with semicolons.
.read samples/oracle/semicolon-latin1.load
CREATE VIEW outcome AS
SELECT 'all' AS segment, kind FROM one;
.read samples/oracle/outcomes.sql
SELECT records, won, lost, rejected, recycled, open, win_closed, win_created
FROM outcomes;
