# Several files in any order give the same bytes, the notes but for the list
# of the files too: a log in three parts with stages and sources that nobody
# agreed on, and a record list.
# Source: house law; nothing is in conflict here (R42).
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
			--period month "$@" >all || exit
		if [ $format = json ]; then
			sed '/"input":/d' all >got
		else
			sed '/^input  /d;/^  *list.csv:/d;/^  *[abc].csv:/d' \
				all >got
		fi
		[ -f first ] || cp got first
		diff first got || echo "$format: $files"
	done
done
# By hand: x from Pigeon reached Won, y from Web too, z from Ant is a lead,
# w in the list alone is an MQL of unknown source.
funnel-convert -q -f csv -d agreed.yaml --by source -m entered a.csv b.csv \
	c.csv list.csv
