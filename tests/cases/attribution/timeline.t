# Touches and activities of each record in one list (product.md A13), and the
# touches of no record. Expected by hand, in the comments.
attribute()
{
	funnel-attribution -q -f csv --touches touches.csv --touches tasks.csv \
		"$@" deals.csv
	echo "exit $?"
}
cat >deals.csv <<'END'
id,created,close date,outcome,stage,amount,account,email
d2,2026-01-05,,open,Offer,,Beta GmbH,bea@beta.example
d1,2026-01-01,2026-02-20,won,Won,100,Acme Ltd,ann@acme.example
d3,2026-01-06,2026-02-11,lost,Lost,50,,ann@acme.example
END
cat >touches.csv <<'END'
deal id,email,date,channel,campaign,account
d1,,2026-02-09,Fair,Expo,
,ann@acme.example,2026-02-01,mail,Spring,Acme
,bea@beta.example,2026-03-09,Ads,,
x9,,2026-02-03,Ads,Spring,
,zoe@zeta.example,2026-02-04,Mail,,
END
cat >tasks.csv <<'END'
Activity ID,Subject,Activity Date,Status,Who ID,What ID,Task Subtype,Assigned
t1,Call,2026-02-05,Completed,,d1,Call,Priya
t2,Call,2026-03-10,Completed,,d2,Call,
t3,Call,2026-02-06,Not Started,,d2,Call,Sam
END
cat >funnel.yaml <<'END'
stages:
  - { name: Offer }
  - { name: Won, outcome: won }
  - { name: Lost, outcome: lost }
sources:
  - { name: Ads }
  - { name: Mail, aliases: [newsletter] }
  - { name: Fair }
END
# d1: mail on 1 February (by its agreed name), Priya's call on the 5th, fair on
# the 9th. d2: ads on 9 March, call on the 10th; the call that was not made is
# none. d3 shares Ann, so her mail too, of the touch's account for want of its
# own.
attribute -d funnel.yaml --report timeline
# As of 5 February, from the 2nd: the call only.
attribute -d funnel.yaml --report timeline --as-of 2026-02-05 \
	--from 2026-02-02 -m id,time,kind
# The record x9 and Zoe belong to nothing.
attribute -d funnel.yaml --report unjoined
# Rows in another order change nothing but their lines, which stand in front of
# what belongs to no record.
without_lines()
{
	sed 's/^[a-z]*\.csv,[0-9]*,//' | case $report in
	unjoined*) sort ;;
	*) cat ;;
	esac
}
for report in 'timeline -m id,time,kind,channel,campaign,person,account' \
	'unjoined -m time,key,channel'; do
	for f in deals touches tasks; do
		cp $f.csv $f.kept
	done
	attribute -d funnel.yaml --report $report | without_lines >straight
	for f in deals touches tasks; do
		(head -n 1 $f.kept; tail -n +2 $f.kept | sort -r) >$f.csv
	done
	attribute -d funnel.yaml --report $report | without_lines | cmp straight - &&
		echo same
	for f in deals touches tasks; do
		mv $f.kept $f.csv
	done
done
# What makes journeys says nothing here.
attribute --report timeline --lookback 3d
attribute --report timeline --model first
funnel-attribution -f md -d funnel.yaml --touches touches.csv \
	--touches tasks.csv --report timeline --as-of 2026-02-05 \
	--from 2026-02-02 deals.csv |
	grep -E '^- (touches|unj|later|out|sales|conv)'
