# Chances by stage and by time. As of 31 January, days in Opportunity: a 10
# won, e 15 open, b 20 lost, c 20 recycled, f 25 open, d 30 won. By hand, with
# F of the wins (Aalen-Johansen):
#	t = 10: 6 at risk, S 5/6, F 1/6; 20: 4, S 5/12, F 1/6; 30: 1, S 0, F 7/12
# Stage: 2 of 4, so e (1000) and f (300) each with 1/2: 650, sd
# sqrt(0.25 (1000^2 + 300^2)) = 522.015, P10 0, P90 1300.
# Time, until 4 February: e is 19 then, f 29: 0, which is known. Until the 5th
# f is 30: (7/12 - 1/6) / (5/12) = 1. Until the 15th e is 30, too:
# (7/12 - 1/6) / (5/6) = 1/2: 500 + 300, sd 500, P10 300, P90 1300.
# Won since 1 January a 100 and d 200; since the 20th only d. By default until
# the end of March; of a fiscal year from February on until 31 January.
cat >history.csv <<'END'
id,stage,stage entered
a,Opportunity,2026-01-01
a,Won,2026-01-11
b,Opportunity,2026-01-01
b,Lost,2026-01-21
c,Opportunity,2026-01-01
c,Nurture,2026-01-21
d,Opportunity,2026-01-01
d,Won,2026-01-31
e,Opportunity,2026-01-16
f,Opportunity,2026-01-06
g,Lead,2026-01-05
END
cat >deals.csv <<'END'
id,created,amount
a,2026-01-01,100
d,2026-01-01,200
e,2026-01-01,1000
f,2026-01-01,300
END
forecast()
{
	echo "$@"
	funnel-velocity -q -f csv --report forecast \
		--stages Lead,Opportunity,won:Won,lost:Lost,recycled:Nurture \
		-m deals,expected,sd,p10,p90,wins,won_so_far,until "$@" \
		history.csv deals.csv | grep -v field
}
forecast --until 2026-02-04
forecast --until 2026-02-05
forecast --until 2026-02-15 --from 2026-01-20
forecast
cat >agreed.yaml <<'END'
fiscal_year_starts: 2
stages:
  - { name: Opportunity }
  - { name: Won, outcome: won }
  - { name: Lost, outcome: lost }
  - { name: Lead, outcome: recycled, aliases: [Nurture] }
END
funnel-velocity -q -f csv --report forecast -d agreed.yaml -m until \
	history.csv deals.csv | sed -n 2p
