# Whether the data bear out why leads were rejected, by hand. Of five that are
# out of the ICP, 1 fails industry and 4 size (its blank industry does not
# matter), 2 holds both, 3 has no size and 10 one that is no number; of two
# wrong personas 5 is a director and 6 is not; no criterion goes with timing,
# and without a listed reason there is nothing to bear out. So 3 of 10 are
# agreed, 2 disputed, 3 undecided.
cat >agreed.yaml <<'END'
stages:
  - { name: MQL, owner: marketing }
  - { name: SAL, owner: sales }
  - { name: Closed Lost, outcome: lost }
  - { name: Disqualified, outcome: rejected }
criteria:
  - name: icp
    all:
      - { name: industry, column: Industry, any_of: [Manufacturing, Software] }
      - { name: size, column: Employees, between: [50, 5000] }
      - { name: role, column: Title, matches: "(?i)director|head" }
  - name: engaged
    all:
      - { name: demo, touch: [Demo request] }
sources:
  - { name: Web, team: marketing }
rejection_reasons: [Poor timing, Out of ICP, Wrong persona, No active need]
rejection_criteria:
  - { reason: Out of ICP, rule: icp, criteria: [industry, size] }
  - { reason: wrong_persona, rule: icp, criteria: [role] }
  - { reason: No active need, rule: engaged }
END
cat >leads.csv <<'END'
id,created,stage,reject reason,source,amount,currency,close date,owner,Industry,Employees,Title
1,2026-01-01,Disqualified,Out of ICP,web,100,INR,2026-01-05,Tara,Retail,100,Director
2,2026-01-01,Disqualified,Out of ICP,web,50,INR,2026-01-06,Udit,Software,5000,Director
3,2026-01-01,Disqualified,out_of_icp,Fair,,,2026-01-07,Udit,Software,n/a,Intern
4,2026-01-01,Disqualified,Out of ICP,Fair,10,INR,2026-01-08,Tara,,10,Head of HR
5,2026-01-01,Disqualified,Wrong persona,web,,,2026-01-09,Udit,Retail,10,director
6,2026-01-01,Disqualified,Wrong Persona,Fair,,,2026-01-10,Tara,Software,100,Intern
7,2026-01-01,Disqualified,Poor timing,web,,,2026-01-11,Tara,Retail,1,Intern
8,2026-01-01,Disqualified,too small,web,,,2026-01-12,Tara,Software,1,Intern
9,2026-01-01,Disqualified,,web,,,2026-01-13,,Retail,1,Intern
10,2026-01-01,Disqualified,Out of ICP,web,,,2026-01-14,Udit,Software,about ten,Head
11,2026-01-01,Closed Lost,Wrong persona,web,,,2026-01-14,Udit,Software,100,Intern
12,2026-01-01,SAL,Out of ICP,web,,,,Udit,Software,100,Intern
END
sla()
{
	funnel-sla -d agreed.yaml "$@" leads.csv
}
sla -r rejections -f md | grep -v -E '^- (definitions|input):'
sla -q -r rejections -f csv --by source -m reason,n,share,cumulative,agreed,disputed,undecided,value
sla -q -r rejections -f csv --outcome lost -m reason,n,agreed
# One by one, the newest first: why, and whose.
sla -q -r rejected -f csv -m id,owner,reason,standing,why
sla -f md --last-rejected 1 -m id,standing | grep -E '^\||^- (last|standing)'
# A criterion that counts touches counts those before the rejection: a's came
# before, b's after it, c has none. Without their file it cannot be told.
cat >need.csv <<'END'
id,created,stage,reject reason,close date,Industry,Employees,Title
a,2026-01-01,Disqualified,No active need,2026-01-05,,,
b,2026-01-01,Disqualified,No active need,2026-01-05,,,
c,2026-01-01,Disqualified,No active need,2026-01-05,,,
END
cat >touches.csv <<'END'
id,date,channel
a,2026-01-04,Demo request
b,2026-01-06,Demo request
c,2026-01-02,Newsletter
END
funnel-sla -d agreed.yaml -q -r rejected -f csv -m id,standing,why \
	--touches touches.csv need.csv
funnel-sla -d agreed.yaml -r rejections -f md -m reason,n,agreed,undecided \
	need.csv | grep -E '^\||^- undecided'
# No criteria go with reasons: no column says what the data say.
grep -v -E '^(rejection_criteria|  - . reason)' agreed.yaml >plain.yaml
funnel-sla -d plain.yaml -r rejections -f md leads.csv |
	grep -E '^\| (Reason|Out)|^- standing'
# The same rows backwards: the same bytes.
sla -q -r rejected -f csv >forth
{ head -n 1 leads.csv; tail -n +2 leads.csv | tac; } >back.csv
funnel-sla -d agreed.yaml -q -r rejected -f csv back.csv | diff forth -
# Refused.
try()
{
	sla "$@"
	echo "$*: $?"
}
try --last-rejected ten
try -r rejections --last-rejected 3
try -r rejections --commitment context
try -r scorecard --outcome lost
try -r rejected --period month
