# The matured rate of two months, one of them young.
# Source: samples/oracle/young-leads.csv (case `oracle`), which prints six
# digits; by hand in samples/README.md.
funnel-convert -q -f csv --stages Lead,MQL,lost:Lost --map stage:Lead=Lead \
	--map stage:MQL=MQL --map stage:Lost=Lost --period month \
	-m entered,converted,naive,resolved,matured,matured_n,horizon_days \
	-m verdict samples/young-leads.csv >got || exit
grep -v ,MQL, got |
	awk -F , -v OFS=, 'NR > 1 {
		for (i = 5; i <= 7; i++)
			$i = sprintf("%.6g", $i)
	} 1' | diff samples/oracle/young-leads.csv -
