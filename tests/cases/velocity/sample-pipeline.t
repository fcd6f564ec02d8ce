# The pipeline sample, all reports, against its oracles: cycles, stays, levers
# and what of a change each lever makes, and the bridge of every week. Numbers
# with a fraction are cut to the six digits behind the point that the oracles
# print.
# Source: samples/oracle/pipeline-*.csv, which the case `oracle` recomputes in
# SQL; some cells by hand in samples/README.md.
deals=samples/pipeline-deals.csv history=samples/pipeline-history.csv

# report OPTION...: the table as the oracles round it.
report()
{
	funnel-velocity -q -f csv "$@" "$deals" "$history" >got || exit
	awk -F , -v OFS=, -v plain="$plain" '
	BEGIN {
		n = split(plain, words, ",")
		for (i = 1; i <= n; i++)
			whole[words[i]] = 1
	}
	NR == 1 { for (i = 1; i <= NF; i++) name[i] = $i }
	NR > 1 {
		for (i = 1; i <= NF; i++)
			if ($i ~ /^-?[0-9.]+$/ && !(name[i] in whole))
				$i = sprintf("%.6f", $i)
	}
	{ print }' got
}

# same NAME OPTION...
same()
{
	oracle=samples/oracle/pipeline-$1.csv
	shift
	report "$@" | diff "$oracle" - || echo "$oracle differs"
}

plain=n,n_open
cycle=n,n_open,mean,p25,median,p75,p90,km_median,km_lo,km_hi
cycle=$cycle,by_horizon,by_horizon_lo,by_horizon_hi
same cycle -m "$cycle"
same cycle-by-source --by source -m "$cycle"
same cycle-by-owner --by owner -m "$cycle"
same cycle-by-quarter --period quarter \
	-m n,n_open,mean,median,km_median,km_lo,km_hi

plain=n,n_open,records,returned
stages=n,n_open,mean,p25,median,p75,p90,km_median,records,returned
echo "stay,stage,$stages" >table
for stay in each first last total max; do
	report --report stages --stay $stay -m $stages |
		sed "1d;s/^/$stay,/" >>table
done
diff samples/oracle/pipeline-stages.csv table
# The oracle leaves out the stages without a stay.
report --report stages --by source \
	-m n,n_open,mean,median,p90,km_median,records,returned |
	grep -v ',0,0,,,,,0,0$' |
	diff samples/oracle/pipeline-stages-by-source.csv -

plain=deals,won,closed,won_value
levers=deals,win_rate,value,cycle,velocity,change
levers=$levers,by_deals,by_win_rate,by_value,by_cycle
levers=$levers,largest_share,won,closed,won_value
same velocity --report velocity --period quarter -m $levers
same velocity-by-source --report velocity --period quarter --by source \
	-m $levers
echo basis,stat,deals,win_rate,value,cycle,velocity >table
for basis in closed created open; do
	for stat in mean median; do
		report --report velocity --basis $basis --stat $stat \
			-m deals,win_rate,value,cycle,velocity |
			sed "1d;s/^/$basis,$stat,/" >>table
	done
done
diff samples/oracle/pipeline-velocity-bases.csv table
