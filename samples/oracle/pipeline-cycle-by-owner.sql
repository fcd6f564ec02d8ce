.read samples/oracle/pipeline-cycle.load
SELECT segment AS owner, outcome, n, n_open, mean, p25, median, p75, p90,
	km_median, km_lo, km_hi, by_horizon, by_horizon_lo, by_horizon_hi
FROM outcomes WHERE segment IN (SELECT owner FROM deal);
