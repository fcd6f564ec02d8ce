.read samples/oracle/pipeline-velocity.load
SELECT period, deals, win_rate, value, cycle, velocity, change, by_deals,
	by_win_rate, by_value, by_cycle, largest_share, won, closed, won_value
FROM velocity WHERE segment = 'all' ORDER BY period;
