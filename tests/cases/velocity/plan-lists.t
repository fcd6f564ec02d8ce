# Record lists, which know no history.
#
# Of closed deals nobody knows the stage before: lost ones count from the
# opportunity stage on, so that its rate is won / (won + lost) = 2/3 and not
# 2/2. d is open. What lies before the first stage that some record was seen
# at has no rate, for every record passed it by definition only. Without any
# date of a close the deals count all the same: 2/3; e, created after --to,
# does not.
# By hand: 100 at a mean of 50 are 2 wins, 3 opportunities. The deals were
# created in January and the window of --as-of 2026-03-31 has begun with them:
# 4 in 90 days, for a quarter of 90 days: 4. Won is entered when it was won.
cat >deals.csv <<'END'
id,stage,created,close date,amount
a,Won,2026-01-01,2026-02-01,40
b,Won,2026-01-02,2026-02-20,60
c,Lost,2026-01-03,2026-03-01,10
d,Opportunity,2026-01-04,2026-12-01,10
END
cat >stages.yaml <<'END'
stages:
  - { name: Lead, owner: marketing }
  - { name: Opportunity, owner: sales }
  - { name: Won, outcome: won, owner: sales }
  - { name: Lost, outcome: lost }
END
plan()
{
	funnel-velocity -q --report plan -d stages.yaml --target 100 "$@"
}
plan -f csv --as-of 2026-03-31 -m needed,rate,rate_n,run_rate,needed_by \
	deals.csv
plan -f md --as-of 2026-03-31 -m needed deals.csv |
	grep -E '^- (unseen|unstaged|undated|unplaced|run_rate)'
cut -d , -f 1-3,5 deals.csv >undated.csv
echo 'e,Lost,2026-02-02,5' >>undated.csv
plan -f csv --as-of 2026-03-31 -m rate,rate_n undated.csv
plan -f csv -m rate,rate_n --to 2026-02-01 undated.csv
plan -f md -m needed undated.csv |
	grep -E '^- (unseen|unstaged|undated|unplaced|run_rate)'
