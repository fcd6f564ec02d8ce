# The waterfall of the two quarters of samples/oracle/pipeline-bridge.sql: levels
# from 0 in the first block, what left in the second, what came in the third:
# 12410000, +500000 = 12910000, -6020000 = 6890000, -1760000 = 5130000, +550000 =
# 5680000, -130000 = 5550000; then +4250000 +540000 -4990000 -1140000 +100000
# -90000 = 4220000.
funnel-velocity -q -r week --period quarter -o table.csv --chart-script script \
	samples/pipeline-deals.csv samples/pipeline-history.csv
sed -n '/^\$d1/,/^set multiplot/p; /^\$left/,/^END/p' script
