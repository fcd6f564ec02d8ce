# Every operator of --where: equal, unequal, bounds by number and by date, a
# regular expression that ignores case; several hold together. A blank cell is
# neither more nor less. Numbers are compared as numbers (90 is less than 100).
# By hand: the ids that each leaves, counted; ids are a to e.
cat >deals.csv <<'EOF'
id,stage,owner,amount,created,Seats
a,Open,Asha Udaharan,100,2026-01-01,90
b,Won,Asha Udaharan,250.50,2026-02-01,100
c,Lost,Ravi Namuna,1000,2026-03-01,
d,Won,Zoya Test,,2026-02-01,1000
e,Open,,40,2026-04-01,9
EOF
left()
{
	ids=$(funnel-convert -q -f csv --stages Open,won:Won,lost:Lost \
		--report outcomes --by id -m records "$@" deals.csv |
		sed '1d;s/,1$//' | tr '\n' ' ')
	echo "$*: $ids"
}
left --where 'owner=Asha Udaharan'
left --where 'owner!=Asha Udaharan'
left --where 'owner=asha udaharan'
left --where 'Seats<100'
left --where 'Seats<=100'
left --where 'Seats>90'
left --where 'Seats>=90'
left --where 'amount>=250.5'
left --where 'created>=2026-02-01' --where 'created<2026-04-01'
left --where 'created=2026-02-01'
left --where 'owner~^(asha|ravi)'
left --where 'stage=Won'
left --where 'stage=Won' --where 'Seats>100'
left --where 'owner='
left --where 'owner!='
left -w ' Seats >= 100 '
