# W9: R4 of W1 with the days L0 M2 A5 M6 A9 S12 O15 X30. MQL and SAL were
# visited twice: first, last, total and longest stay differ. The totals add up
# to the 30 days from the first event to the close; the cycle begins at the
# opportunity and has 15. Where a deal is re-opened, the closed gap is in no
# stay: W9 again as R5, opened on day 40 at O and won on day 44, has the cycle
# 29 and 19 open days, and O has 15 and 4.
# Source: metrics.md 3.2.2; R5 by hand.
cat >w9.csv <<END
record,stage,time
R4,Lead,2026-01-01
R4,MQL,2026-01-03
R4,SAL,2026-01-06
R4,MQL,2026-01-07
R4,SAL,2026-01-10
R4,SQL,2026-01-13
R4,Opportunity,2026-01-16
R4,Closed Lost,2026-01-31
END
w9()
{
	funnel-velocity -q -f csv -d samples/w1.yaml --map id=record \
		--map stage_entered=time "$@"
}
for stay in first last total max each; do
	echo "$stay:"
	w9 --report stages --stay $stay -m n,n_open,mean w9.csv
done
w9 --report stages --stay total -m mean w9.csv |
	awk -F , '{ sum += $2 } END { print sum, "days in all" }'
w9 -m n,mean,zero_dur,reopened,open_days w9.csv
{
	sed 's/^R4/R5/' w9.csv
	echo R5,Opportunity,2026-02-10
	echo R5,Closed Won,2026-02-14
} >w9-reopened.csv
w9 -m n,mean,reopened,open_days w9-reopened.csv
w9 -m n,mean,reopened,open_days --cycles split w9-reopened.csv
w9 --report stages --stay each -m n,mean w9-reopened.csv | tail -n 1
w9 --report stages --stay total -m n,mean w9-reopened.csv | tail -n 1
w9 --start MQL --end SQL -m n,mean w9.csv
