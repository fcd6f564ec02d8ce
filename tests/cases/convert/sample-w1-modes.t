# The worked example W1 in its six modes: one data set, win conversions of
# 2/8, 5/8, 5/10, 5/10, 1/8. For `direct` the converted are the moves to the
# next stage that no later return took back, 4 of 7 from MQL to SAL.
# Source: metrics.md 3.1.1, recomputed by samples/oracle/w1-modes.sql.
echo mode,stage,entered,converted >table
for mode in strict any reached current exact direct; do
	funnel-convert -q -f csv -d samples/w1.yaml --map id=record \
		--map stage_entered=time --mode $mode -m entered,converted \
		samples/w1-history.csv >got || exit
	sed "1d;s/^/$mode,/" got >>table
done
diff samples/oracle/w1-modes.csv table
