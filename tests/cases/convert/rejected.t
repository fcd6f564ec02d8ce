# The newest rejections first: of one day those with a time by it, then those
# without, ties by id, the undated last. Reason, where it was rejected from,
# and who gave none.
cat >agreed.yaml <<'END'
stages:
  - { name: Lead, owner: marketing }
  - { name: MQL, owner: marketing }
  - { name: SAL, owner: sales }
  - { name: Disqualified, outcome: rejected }
sources:
  - { name: Paid Search, team: marketing, aliases: [cpc] }
  - { name: Outbound, team: sales }
rejection_reasons: [Poor timing]
END
cat >log.csv <<'END'
id,stage,stage_entered
b,MQL,2026-02-01
b,Disqualified,2026-02-03
a,SAL,2026-02-01
a,Disqualified,2026-02-03
c,MQL,2026-02-02T09:00:00Z
c,Disqualified,2026-02-03T10:00:00Z
d,MQL,2026-02-02T09:00:00Z
d,Disqualified,2026-02-03T09:30:00Z
e,Lead,2026-01-02
e,Disqualified,2026-01-09
END
cat >leads.csv <<'END'
id,created,stage,source,campaign,owner,reject reason
a,2026-01-01,,cpc,Brand,Tara,Poor timing
b,2026-01-01,,fb,,Tara,poor  timing
c,2026-01-01,,cpc,Brand,Udit,
d,2026-01-01,,Outbound,,Udit,Budget
e,2026-01-01,,,,,Poor timing
f,2026-01-01,Disqualified,cpc,Brand,,Budget
END
list()
{
	funnel-convert -d agreed.yaml -f md "$@" log.csv leads.csv |
		grep -v -E '^- (definitions|input):'
}
list -r rejected
# The number alone chooses the report.
list --last-rejected 2 -m id,reason
list --last-rejected 1 --where team=marketing --by campaign -m reason,date
# Refused: what has no meaning here.
try()
{
	funnel-convert -d agreed.yaml "$@" log.csv leads.csv
	echo "$*: $?"
}
try -r rejected -p month
try --last-rejected ten
try -r rejections --last-rejected 10
try -r rejected --outcome won
