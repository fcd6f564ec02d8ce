# Who is compared with whom, by hand from seven records:
#   January  web 2, both won; fair 2, one won; one without a source, not won
#   February web 1 won, alone: it has no rest, so no test and no verdict
#   g        entered nothing
# The rest is that of the same period and step. Fisher, January: web 2 of 2
# against 1 of 3 has P = 3/10, only 0 of 2 is rarer, 1/10: p 0.4; blank 0 of 1
# against 3 of 4 is 4/10, the other 6/10: 0.4. By region north and west are
# level at 1, east and south at 0: ranks 1, 1, 3, 3. --horizon 5d leaves out who
# came less than 5 days before 9 February, and the win of b after 7 days.
cat >leads.csv <<'END'
id,source,region,Lead,Won
a,web,north,2026-01-01,2026-01-02
b,web,west,2026-01-02,2026-01-09
c,fair,north,2026-01-03,2026-01-04
d,fair,south,2026-01-03,
e,,east,2026-01-04,
f,web,north,2026-02-08,2026-02-09
g,web,south,,
END
report()
{
	funnel-convert --stages Lead,won:Won --map stage:Lead=Lead \
		--map stage:Won=Won --report segments "$@"
}
report -f csv leads.csv --by source --period month \
	-m rank,entered,converted,rest_entered,rest_rate,p,verdict
report -f csv leads.csv --by region --to 2026-02-01 \
	-m rank,entered,converted,open,imputed,basis
report -f csv leads.csv --by source --horizon 5d \
	-m entered,converted,rest_entered,basis,horizon
report -f md leads.csv --by source --horizon 5d -m entered |
	grep -E 'tests|undated|not'
# A stage can hold a colon; the step of --step is the only one.
printf 'id,source,stage,stage_entered\na,web,A:B,2026-01-01\n' >colon.csv
steps() { funnel-convert -f csv --report segments --by source "$@"; }
steps --stages 'A:B,C,won:D' --step A:B:C -m entered colon.csv
