# --expect: exit code 1 when a rate is surely below what was agreed (C04: MQL
# to SQL, 30 %). By hand: 100 records at MQL, 12 of them at SAL, 10 at SQL, so
# 10/100 from MQL to SQL and 10/12 from SAL. North has 2 of 60 at SQL, South 8
# of 40. Wilson's bounds in Python: 10/100 5.5 to 17.4, 10/12 55.2 to 95.3, so
# that 90 % is not refuted; 2/60 0.9 to 11.4, 8/40 10.5 to 34.8.
awk 'BEGIN {
	print "id,region,stage,stage_entered"
	for (i = 0; i < 100; i++) {
		r = sprintf("%03d,%s", i, i < 60 ? "North" : "South")
		print r ",MQL,2026-01-01"
		if (i < 2 || i >= 90) print r ",SAL,2026-01-02"
		if (i < 2 || i >= 92) print r ",SQL,2026-01-03"
	}
}' >log.csv
run()
{
	funnel-convert --stages MQL,SAL,SQL,won:Won -m entered "$@" log.csv
	echo "exit $?"
}
run -f md --expect MQL:SQL=30%,SAL=90%,MQL=12%,sql=0.1 | sed -n '/expect/p;/exit/p'
run -f md -b region --expect MQL:SQL=30% | sed -n '/expect/p;/exit/p'
# Too many bad rows come before it: the rate itself is in doubt.
echo x,North,Flying,2026-01-04 >>log.csv
run -q -f csv --expect MQL=30% --max-bad 0
run -q -f csv --long --expect SAL=90% | tail -n 1

# What is no step, no rate, or no rate of these records.
for expect in MQL MQL=0 MQL=1.5 Lead=20% SQL:MQL=20% Won=20% MQL:MQL=20%; do
	run -q -f csv --expect $expect
done
run -q -f csv --expect MQL=20% --basis period
run -q -f csv --expect MQL:SQL=20% --horizon 30d
run -q -f csv --expect MQL=20% --report outcomes
