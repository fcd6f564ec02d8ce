# A re-opened deal is one cycle or several. In the pipeline sample two losses
# were re-opened: PiP07 was lost after 28 days and won 14 days after it came
# back on day 42; PiP31 was lost after 49 days and is open again.
# Source: by hand from samples/oracle/pipeline-cycle.csv. merge: PiP07 is one
# win of 56 days, of which it was open 42, so open_days is 14 / 24 less than the
# mean of the 24 won, 46.776. split: its 56 days become 14 among the won
# (1122.625 - 42) / 24, and 28 and 49 join the 7 lost: (224 + 28 + 49) / 9. By
# creation begin the five that never were in Prospecting (PiP04, 21, 27, 40 and
# 41); of them 40 is open, and 41, which has no log, ends at its close date.
columns=n,n_open,mean,zero_dur,reopened,open_days,from_creation,from_close_date
for cycles in merge split; do
	funnel-velocity -q -f csv --cycles $cycles -m $columns \
		samples/pipeline-deals.csv samples/pipeline-history.csv |
		awk -F , -v OFS=, '
		NR > 1 {
			$4 = sprintf("%.6f", $4)
			$7 = sprintf("%.6f", $7)
		}
		{ print }'
done
