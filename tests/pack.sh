# shellcheck shell=sh
# pack.sh: the samples of a full pack, for the cases that source it: $all.
# shellcheck disable=SC2034 # they use it
all="-d samples/review.yaml --leads samples/handoff-leads.csv
	--history samples/handoff-history.csv samples/pipeline-history.csv
	--deals samples/pipeline-deals.csv --touches samples/pipeline-touches.csv
	--activities samples/review-calls.csv --spend samples/review-costs.csv
	--lists samples/review-marketing.csv,samples/review-sales.csv
	--as-of 2026-03-31"
