# Several files in any order give the same bytes, the notes too: a log in
# three parts with stages and sources that nobody agreed on, and a record list.
# Files that contradict each other (R42) are read in the order of their names.
# Source: house law.
cat >agreed.yaml <<'EOF'
stages: [{ name: Lead }, { name: MQL }, { name: Won, outcome: won }]
sources: [{ name: Web, team: marketing }]
EOF
echo id,stage,stage_entered,Lead Source | tee a.csv b.csv >c.csv
cat >>a.csv <<'EOF'
x,Lead,2026-01-01,Pigeon
y,Lead,2026-01-01,Web
y,Mars,2026-01-03,Web
EOF
cat >>b.csv <<'EOF'
x,MQL,2026-01-02,Pigeon
z,Lead,2026-01-05,Ant
z,Moon,2026-01-06,Ant
EOF
cat >>c.csv <<'EOF'
y,Won,2026-01-02,Web
x,Won,2026-01-02,Pigeon
EOF
cat >list.csv <<'EOF'
id,stage,created,owner
x,Won,2026-01-01,Asha
y,Won,2026-01-01,Ravi
z,Lead,2026-01-05,Asha
w,MQL,2026-01-07,
EOF
for format in csv table json; do
	rm -f first
	for files in 'a b c list' 'list c b a' 'b list a c' 'c a list b'; do
		set --
		for name in $files; do
			set -- "$@" $name.csv
		done
		funnel-convert -q -f $format -d agreed.yaml --by source,owner \
			--period month "$@" >got || exit
		[ -f first ] || cp got first
		diff first got || echo "$format: $files"
	done
done
# By hand: x from Pigeon reached Won, y from Web too, z from Ant is a lead,
# w in the list alone is an MQL of unknown source.
funnel-convert -q -f csv -d agreed.yaml --by source -m entered a.csv b.csv \
	c.csv list.csv

# Two lists without modification times: that of the last name wins. A list
# that dates the present stage says less than dates of stages in another.
printf 'id,stage,created\nx,Won,2026-01-01\n' >p.csv
printf 'id,stage,created\nx,MQL,2026-01-01\n' >q.csv
printf 'id,created,MQL On\nw,2026-01-01,2026-01-09\n' >wide.csv
printf 'id,stage,created,converted_at\nw,MQL,2026-01-01,2026-02-02\n' >present.csv
for files in 'p.csv q.csv' 'q.csv p.csv'; do
	funnel-convert -q -f csv -d agreed.yaml --report outcomes \
		-m records,won,open $files
done
for files in 'wide.csv present.csv' 'present.csv wide.csv'; do
	funnel-convert -q -f csv -d agreed.yaml --map stage:MQL='MQL On' \
		--map converted_date=converted_at --report stages \
		--period month --basis period -m entered $files
done
