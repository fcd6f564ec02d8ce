# A redefinition of the MQL: volumes and load, the records that flip and why, the
# criteria of the new rule. Source: samples/oracle/replay-*.csv, which the case
# `oracle` recomputes in SQL and which print six digits; by hand in
# samples/README.md.
same()
{
	oracle=samples/oracle/$1.csv
	shift
	funnel-convert -q -f csv -d samples/replay-new.yaml --stage MQL "$@" \
		samples/replay-leads.csv >got || exit
	awk -F , -v OFS=, 'NR > 1 { for (i = 1; i <= NF; i++)
		if ($i ~ /^[0-9]*[.][0-9]*$/)
			$i = sprintf("%.6g", $i) } 1' got |
		diff "$oracle" - || echo "$oracle differs"
}
same replay-qualification --report qualification \
	-m n,passed,pass_rate,failed,blank,unread,alone \
	-m passed_rate,failed_rate
set -- --against samples/replay-old.yaml
same replay-flips "$@" --report flips -m set,why,advanced,won
same replay-leads "$@" --report replay -m n,owners,load,advanced,rate,won
