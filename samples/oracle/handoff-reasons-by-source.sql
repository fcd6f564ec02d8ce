-- By agreed source.
.read samples/oracle/handoff-reasons.load
CREATE VIEW given AS SELECT source AS segment, reason FROM ended;
SELECT segment AS source, reason, n, share, cumulative, listed FROM pareto;
