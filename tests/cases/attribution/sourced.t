# Three rules by which marketing sourced an opportunity, and those that it
# influenced (metrics.md 3.3.4, R22, R49, R51). Expected by hand, in the
# comments.
attribute()
{
	funnel-attribution -q -f csv -d funnel.yaml --touches touches.csv \
		--report "$@" deals.csv
	echo "exit $?"
}
cat >funnel.yaml <<'END'
stages:
  - { name: SQL }
  - { name: Opportunity }
  - { name: Won, outcome: won }
  - { name: Lost, outcome: lost }
columns:
  - { stage: SQL, column: SQL Date }
  - { stage: Opportunity, column: Opp Date }
  - { stage: Won, column: Won Date }
  - { stage: Lost, column: Lost Date }
sales_touches:
  by: { column: Team, any_of: [Sales] }
  automated: { column: Auto }
sources:
  - { name: Ads, team: marketing, aliases: [cpc] }
  - { name: Fair, team: Marketing }
  - { name: Outbound, team: sales }
  - { name: Partner }
END
# l1 never became an opportunity. Of d1 to d7:
#                field first presales influenced, until the close
# d1  100 won     yes   yes   yes      Ads
# d2  200 lost                         Ads, once
# d3  400 open    yes                  no touch
# d4  800 won           yes            Ads        and Fair; Ads and sales came
#                                                 on one day: not before it
# d5    ? open                yes      Fair       Partner was first
# d6 1600 lost                                    Ads; Radio is not agreed
# d7   50 won                 yes      Ads        an automated mail was first
cat >deals.csv <<'END'
id,created,source,amount,SQL Date,Opp Date,Won Date,Lost Date
d1,2026-01-01,CPC,100,,2026-03-01,2026-03-20,
d2,2026-01-01,Outbound,200,,2026-03-02,,2026-03-25
d3,2026-01-01,Fair,400,,2026-03-03,,
d4,2026-01-01,Partner,800,,2026-03-04,2026-03-30,
d5,2026-01-01,,,,2026-03-05,,
d6,2026-01-01,Radio,1600,,2026-03-06,,2026-03-28
d7,2026-01-01,Outbound,50,,2026-04-02,2026-04-20,
l1,2026-01-01,Ads,70,2026-02-01,,,
END
cat >touches.csv <<'END'
deal id,date,channel,Team,Auto
d1,2026-02-01,cpc,,
d1,2026-02-10,Outbound,Sales,
d2,2026-02-01,Outbound,Sales,
d2,2026-02-05,Ads,,
d2,2026-02-06,Ads,,
d4,2026-02-10,Ads,,
d4,2026-02-10,Outbound,Sales,
d4,2026-03-10,Fair,,
d5,2026-02-01,Partner,,
d5,2026-02-15,Fair,,
d5,2026-02-20,Outbound,Sales,
d6,2026-03-10,Ads,,
d7,2026-03-01,Outbound,Sales,yes
d7,2026-03-05,Ads,,
d7,2026-03-20,Outbound,Sales,
l1,2026-01-20,Ads,,
END
# all 7: 3150, won d1 d4 d7 950. field d1 d3: 500, won 100. first d1 d4: 900.
# presales d1 d5 d7: 150. influenced d1 d2 d4 d5 d7: 1150, won 950.
# field/first d3 d4: 1200, won 800. field/presales d3 d5 d7: 450, won 50.
# first/presales d4 d5 d7: 850, won 850. Ads d1 d2 d4 d7: 1150. Fair d5.
attribute sourced
# until the close also d6 by Ads, d4 by Fair: 6 with 2750, Ads 5, Fair 2 with
# 800
attribute sourced --influence close -m deals,value,won,won_value
# d4, d3, d7, and d5 of which nobody knows the amount
attribute sourced_deals
# 30 days back d5 begins with Fair (Partner is 32 days old), d7 with Ads (the
# mail is 32 days old): first d1 d4 d5 d7
attribute sourced --lookback 30d -m deals | grep '^first,'
# six in March, d7 in April
attribute sourced --period month -m deals | grep -E '(all|presales),'
# of the won alone: d1, d4, d7
attribute sourced --conversion won -m deals,value | grep -E '^(all|first),'
# As of March 24 only d1 is won; d7 is there since its creation, open, and so
# its touches count as d6's do: all but d3 are influenced.
attribute sourced --as-of 2026-03-24 --influence close -m deals,won |
	grep -E '^(all|influenced),'

# Where no team is agreed, field is not known and every touch but those by
# sales counts: first d1 d4 d5, presales d1 d5 d7; so does a column.
cp funnel.yaml agreed.yaml
sed '/^sources/,$d' agreed.yaml >funnel.yaml
attribute sourced -m deals
attribute sourced_deals -m field,first,presales
cp agreed.yaml funnel.yaml
attribute sourced --key Auto -m deals | grep -E '^(first|presales),'
funnel-attribution -q -f md -d funnel.yaml --touches touches.csv \
	--report sourced -m deals deals.csv |
	grep -E '^- (chan|field|first|pres|infl|mark|oppo|conv|unmapped.*sourc)'

# Of Salesforce's tasks those that are done are sales: A had a call on the 3rd,
# before the Fair on the 4th, and B only one that is planned: first and presales
# say B. No stage is the opportunity: both are one since January 20.
cat >sf.csv <<'END'
id,created,stage,outcome,amount
0065g00000PiP02AAF,2026-01-20,Offer,open,10
0065g00000PiP03AAF,2026-01-20,Offer,open,30
END
cat >tasks.csv <<'END'
Id,WhoId,WhatId,Subject,ActivityDate,Status,IsClosed,CreatedDate
00T5g00000PiP02AAF,,0065g00000PiP02AAF,Call,2026-01-03,Completed,true,2026-01-03
00T5g00000PiP03AAF,,0065g00000PiP03AAF,Call,2026-01-03,Open,false,2026-01-03
END
cat >fair.csv <<'END'
deal id,date,channel
0065g00000PiP02AAF,2026-01-04,Fair
0065g00000PiP03AAF,2026-01-04,Fair
END
funnel-attribution -q -f csv --stages Offer,won:Won,lost:Lost \
	--touches tasks.csv --touches fair.csv --report sourced \
	-m deals,value sf.csv
funnel-attribution -q -f md --stages Offer,won:Won,lost:Lost \
	--touches tasks.csv --touches fair.csv --report sourced_deals sf.csv |
	grep -E '^(- (no.*field|from|mark|conv|sales|listed)|\| 006)'

# The same bytes, however the rows come.
(head -n 1 deals.csv; tail -n +2 deals.csv | sort -r) >deals2.csv
for report in sourced sourced_deals; do
	for file in deals.csv deals2.csv; do
		funnel-attribution -q -d funnel.yaml --touches touches.csv \
			--report $report -f csv $file >$file.out
	done
	cmp deals.csv.out deals2.csv.out
done

attribute sourced --influence won
attribute credit --influence close
attribute sourced --model first
echo 'path,conversions' >paths.csv
echo 'Ads,1' >>paths.csv
for report in sourced sourced_deals; do
	funnel-attribution -q --report $report --path-file paths.csv
	echo "exit $?"
done
