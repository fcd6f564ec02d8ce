# Engagement per account (metrics.md 3.3.8, product.md A08). Expected by hand,
# in the comments.
attribute()
{
	funnel-attribution -q -f csv -d funnel.yaml --touches touches.csv \
		--touches tasks.csv --report accounts --join account "$@" \
		deals.csv
	echo "exit $?"
}
columns=account,touches,marketing,sales,both_sides,people,channels
columns=$columns,first_touch,last_touch,days_since_last,deals,won
cat >deals.csv <<'END'
id,created,close date,outcome,stage,amount,account,region
d1,2026-01-01,2026-02-20,won,Won,100,acme_ltd,North
d2,2026-01-05,,open,Offer,,Acme Ltd,South
d3,2026-01-06,2026-02-11,lost,Lost,50,Beta,North
d4,2026-01-06,,open,Offer,50,,North
d5,2026-01-06,,open,Offer,50,Gamma,North
END
cat >touches.csv <<'END'
deal id,email,date,channel,account
,ann@acme.example,2026-02-01,Mail,ACME LTD
d1,Ann@Acme.example,2026-02-09,Fair,
d2,bob@acme.example,2026-02-28,newsletter,
d3,cat@beta.example,2026-02-03,Ads,
d4,,2026-02-04,Ads,
d4,,2026-02-05,,Delta
END
cat >tasks.csv <<'END'
Activity ID,Subject,Activity Date,Status,Who ID,What ID,Task Subtype
t1,Call,2026-01-20,Completed,,d1,Call
t2,Call,2026-03-10,Completed,c9,d4,Call
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
# As of 10 March, the last call. Acme, three spellings: the mail of 1 February
# belongs to d1 and d2 and is one touch; with the fair and the newsletter 3 of
# marketing, and the call; Ann (twice) and Bob; Mail and Fair; 20 January to 28
# February, 10 days ago; two deals, one won. (blank): d4 with its ads and call,
# by c9. Beta: 1 touch, 35 days ago. Delta: a touch of d4 that names it, no
# channel, no deal, 33 days ago. Gamma: a deal that nobody touched.
attribute -m $columns
# By segment: North has d1, South d2; the mail stands in both. North: mail,
# fair, call; South: mail, newsletter.
attribute --by region -m region,account,touches,people,deals,won
# From 5 February to 1 March: Acme's fair and newsletter, and Delta.
attribute --from 2026-02-05 --to 2026-03-01 \
	-m account,touches,sales,both_sides,first_touch,last_touch,deals
# Rows in another order change nothing.
attribute >straight
for f in deals touches tasks; do
	cp $f.csv kept
	(head -n 1 kept; tail -n +2 kept | sort -r) >$f.csv
done
attribute | cmp straight - && echo same
attribute --period month
