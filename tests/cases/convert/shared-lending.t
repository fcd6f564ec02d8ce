# 58,822 events of 10,000 loan applications as a funnel of their steps; the
# steps that are taken in any order or skipped are left out, and are in the
# ledger. The header repeats two columns; the first `activity` is read.
# Source: an awk that knows nothing of this program: the furthest step a case
# ever took and its last event (the file is in order of time within a case).
log="$SHARED/data/event-log/lending.csv"
if ! [ -f "$log" ]; then
	echo 'the event log lending.csv is not here' >&2
	exit 77
fi
awk -F , -v OFS=, '
BEGIN {
	n = split("Request Appointment/Set Appointment/" \
		"Hand In Credit Appliaction/Verify Borrowers Information/" \
		"Submit File to Underwriter/Sign Loan Agreement", step, "/")
	for (k = 1; k <= n; k++)
		rank[step[k]] = k
	end["Loan Denied"] = "lost"
	end["Application Rejected"] = end["Appointment Denied"] = "rejected"
}
NR > 1 {
	if (rank[$11] > top[$1])
		top[$1] = rank[$11]
	seen[$1, rank[$11]] = 1
	if ($11 in end)
		ended[$1] = end[$11]
	else if ($11 in rank)
		ended[$1] = "open"
}
END {
	for (id in top) {
		for (k = 1; k <= top[id]; k++) {
			entered[k]++
			imputed[k] += !seen[id, k]
		}
		count[top[id], ended[id]]++
	}
	print "stage,entered,converted,lost,rejected,open,imputed"
	for (k = 1; k <= n; k++)
		print step[k], entered[k], k < n ? entered[k + 1] : "",
			count[k, "lost"] + 0, count[k, "rejected"] + 0,
			k < n ? count[k, "open"] + 0 : 0, imputed[k] + 0
}' "$log" >expected
cat >lending.yaml <<'EOF'
stages:
  - name: Request Appointment
  - name: Set Appointment
  - name: Hand In Credit Appliaction
  - name: Verify Borrowers Information
  - name: Submit File to Underwriter
  - name: Sign Loan Agreement
    outcome: won
  - name: Loan Denied
    outcome: lost
  - name: Application Rejected
    outcome: rejected
  - name: Appointment Denied
    outcome: rejected
EOF
funnel-convert -q -f csv -d lending.yaml --map id=case_id \
	--map stage=activity --map stage_entered=timestamp --ledger ledger.csv \
	-m entered,converted,lost,rejected,open,imputed "$log" >got || exit
diff expected got
cat expected
cut -d , -f 2-4 ledger.csv
# An event log is known without --map, too.
funnel-convert -q -f csv -d lending.yaml \
	-m entered,converted,lost,rejected,open,imputed "$log" | diff expected -
