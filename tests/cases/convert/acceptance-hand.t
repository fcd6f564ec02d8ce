# Nine MQLs by hand (metrics.md 3.1.7). As of 10 February, 12:00 UTC:
#
#   a  accepted after 2 days
#   b  rejected, accepted after 10 days: accepted, reversed
#   c  recycled, MQL again, then accepted (31 days after it first was an MQL)
#      and rejected in the end: the first accept stands
#   d  recycled, MQL again, nothing since: recycled, never undecided
#   e  rejected        h  lost without an answer: a class of its own
#   f  MQL on 8 February: undecided, 2 days within the 72 hours of `sla`
#   g  MQL on 7 February: 3 days, and equality is within
#   j  accepted after 4 days, by a later stage than SAL
#   i  never an MQL: not accepted, not handed over      k  a Lead only
#
# accepted 4, rejected 1, recycled 1, lost 1, undecided 2: 9. SAL rate 4/5, of
# all 4/9; with --recycled decided 4/6. Days 2 4 10 31: median 7. Recycled at
# some time c and d, of 7 that anything was decided on; again both, accepted
# then c: 1/2. Opportunities: c and i were SQL, i went on, c was rejected: 1/2.
cat >agreed.yaml <<'END'
stages:
  - { name: Lead, owner: marketing }
  - { name: MQL, owner: Marketing }
  - { name: SAL, owner: sales }
  - { name: SQL, owner: sales }
  - { name: Opportunity, owner: sales }
  - { name: Closed Won, owner: sales, outcome: won }
  - { name: Closed Lost, outcome: lost }
  - { name: Disqualified, outcome: rejected }
  - { name: Nurture, owner: marketing, outcome: recycled }
  - { name: Rework, owner: marketing, outcome: recycled }
sla:
  - { name: disposition, start: MQL, stop: Disposition, within: 72h }
END
cat >log.csv <<'END'
id,stage,stage_entered
a,MQL,2026-01-01
a,SAL,2026-01-03
b,MQL,2026-01-01
b,Disqualified,2026-01-02
b,SAL,2026-01-11
c,MQL,2026-01-02
c,Nurture,2026-01-04
c,MQL,2026-02-01
c,SAL,2026-02-02
c,SQL,2026-02-03
c,Disqualified,2026-02-05
d,MQL,2026-01-02
d,Rework,2026-01-05
d,MQL,2026-02-09
e,MQL,2026-01-05
e,Disqualified,2026-01-06
f,MQL,2026-02-08
g,MQL,2026-02-07
h,MQL,2026-01-08
h,Closed Lost,2026-01-10
i,SQL,2026-01-09
i,Opportunity,2026-01-12
j,MQL,2026-01-10
j,Opportunity,2026-01-14
k,Lead,2026-02-10T12:00:00Z
END
accept()
{
	funnel-convert -r acceptance -d agreed.yaml "$@" log.csv
}
accept -f md | grep -v -E '^- (definitions|input):'
accept -q -f csv -m decided,sal_rate,recycled_ever,recycle_rate,re_mql,re_mql_rate,second_rate,opp_handed,opp_accepted,opp_rejected,opp_rate
accept -q -f csv --recycled decided -m recycled,decided,sal_rate
# With 24 hours both are overdue; a day later g is, after four days, not f.
accept -q -f csv --target 24h -m undecided,undecided_within,undecided_past
accept -q -f csv --as-of 2026-02-11 -m undecided_within,undecided_past
# The month is that of the hand-over, the window too.
accept -q -f csv -p month -m mqls,accepted,undecided,opp_handed
accept -q -f csv --from 2026-01-02 --to 2026-01-06 -m mqls,accepted,rejected
# Another hand-off: of opportunities.
accept -q -f csv --handoff SQL:Opportunity -m mqls,accepted,rejected,sal_rate
# The same rows backwards: the same bytes.
{ head -n 1 log.csv; tail -n +2 log.csv | tac; } >back.csv
accept -f csv -q >forth
funnel-convert -r acceptance -d agreed.yaml -q -f csv back.csv | diff forth -
