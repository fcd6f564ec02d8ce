-- Of all.
.read samples/oracle/handoff-reasons.load
CREATE VIEW given AS SELECT 'all' AS segment, reason FROM ended;
SELECT reason, n, share, cumulative, listed FROM pareto;
