# Touches as points: seconds since 1970 (2026-01-01 is 1767225600), the line of
# the record, a block a channel.
cat >deals.csv <<'EOF'
id,created,close_date,outcome,stage
X,2026-01-01,2026-02-01,won,Won
Y,2026-01-01,2026-02-01,lost,Lost
EOF
cat >touches.csv <<'EOF'
id,date,channel
X,2026-01-01,Ads
X,2026-01-03,Mail
Y,2026-01-02,Ads
EOF
funnel-attribution -q -r timeline --touches touches.csv -o table.csv \
	--chart-script script deals.csv
sed -n '/^\$d1/,/^set multiplot/p; /^\$marks/,/^END/p' script
