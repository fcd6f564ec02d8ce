# Where deals went from where, against the oracle: samples/oracle/NAME.csv,
# which the case `oracle` recomputes in SQL.
#
# same NAME OPTION... FILE...
same()
{
	oracle=samples/oracle/$1.csv
	shift
	funnel-convert -q -f csv "$@" >got || exit
	diff "$oracle" got || echo "$oracle differs"
}
same w1-transitions -r transitions -m n,conforming -d samples/w1.yaml \
	--map id=record --map stage_entered=time samples/w1-history.csv
same pipeline-transitions -r transitions -m n,conforming \
	samples/pipeline-deals.csv samples/pipeline-history.csv
moves=entries,advanced,skipped,regressed,ended,reopened,stayed,jumped_over
same pipeline-moves-by-source -r moves -b source -m $moves,zero_dwell \
	samples/pipeline-deals.csv samples/pipeline-history.csv
