# One row a channel from leads to revenue (A11): volume hides no quality.
# Expected by hand, in the comments.
attribute()
{
	funnel-attribution -q -f csv -d funnel.yaml --touches touches.csv \
		--report quality "$@" deals.csv
	echo "exit $?"
}
cat >funnel.yaml <<'END'
stages:
  - { name: Lead }
  - { name: SAL }
  - { name: SQL }
  - { name: Opportunity }
  - { name: Won, outcome: won }
  - { name: Lost, outcome: lost }
columns:
  - { stage: Lead, column: Lead Date }
  - { stage: SAL, column: SAL Date }
  - { stage: SQL, column: SQL Date }
  - { stage: Opportunity, column: Opp Date }
  - { stage: Won, column: Won Date }
  - { stage: Lost, column: Lost Date }
sources:
  - { name: Ads, team: marketing }
  - { name: Fair, team: marketing }
END
# Ads q1-q4: 4 leads, 3 accepted, 2 SQL, 2 opportunities, both won in 10 and 20
# days, 400. Fair q5 q6 q9: q5 and q6 skipped SAL and SQL, which counts as
# reached; one lost, one won in 5 days without an amount, q9 open. Radio is
# (unmapped), q8 has no touch.
cat >deals.csv <<'END'
id,created,amount,Lead Date,SAL Date,SQL Date,Opp Date,Won Date,Lost Date
q1,2026-01-01,100,2026-01-01,2026-01-05,2026-01-10,2026-01-15,2026-01-25,
q2,2026-01-02,300,2026-01-02,2026-01-06,2026-01-11,2026-01-20,2026-02-09,
q3,2026-01-03,,2026-01-03,2026-01-06,,,,
q4,2026-01-03,,2026-01-03,,,,,
q5,2026-02-01,90,2026-02-01,,,2026-02-02,,2026-02-10
q6,2026-02-01,,2026-02-01,,,2026-02-03,2026-02-08,
q7,2026-02-01,50,2026-02-01,,2026-02-02,,,
q8,2026-02-01,50,2026-02-01,,,,,
q9,2026-02-03,40,2026-02-03,2026-02-04,2026-02-05,2026-02-06,,
END
cat >touches.csv <<'END'
deal id,date,channel
q1,2026-01-01,Ads
q1,2026-01-10,Fair
q2,2026-01-01,ads
q3,2026-01-01,Ads
q4,2026-01-01,Ads
q5,2026-01-20,Fair
q6,2026-01-21,Fair
q6,2026-02-01,Ads
q7,2026-01-21,Radio
q9,2026-01-20,Fair
END
attribute
# by month of creation: Ads in January, the others in February
attribute --period month -m leads,wins
attribute --from 2026-02-01 -m leads
# Without a stage SAL nobody knows who was accepted.
cp funnel.yaml agreed.yaml
grep -v SAL agreed.yaml >funnel.yaml
attribute -m leads,accepted,sql
grep -vE 'SAL|SQL' agreed.yaml >funnel.yaml
funnel-attribution -q -f md -d funnel.yaml --touches touches.csv \
	--report quality -m leads,accepted,sql deals.csv |
	grep -E '^- (quality|no.*(sal|sql))'
for options in '--influence close' '--conversion won' '--lookback 30d' \
	'--transform unique' '--model first'; do
	# shellcheck disable=SC2086 # options are words
	attribute $options
done
# A ladder that nobody wins by, and without an opportunity, is no reason to stop
# (--conversion, which would name the stage, says nothing here): both leads are
# opportunities then, as a note says.
cat >leads.csv <<'END'
id,Lead,SQL
l1,2026-01-02,2026-01-09
l2,2026-01-03,
END
printf 'id,date,channel\nl1,2026-01-01,Ads\n' >touches.csv
ladder='--stages Lead,SQL --map stage:Lead=Lead --map stage:SQL=SQL'
# shellcheck disable=SC2086 # options are words
funnel-attribution -q -f md $ladder --touches touches.csv --report quality \
	-m leads,sql,opportunities,wins leads.csv |
	grep -E '^([|]|- no.*opp)'
