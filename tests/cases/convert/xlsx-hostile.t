# Names reach a workbook as text: no formula, no markup, nothing that breaks
# the file. Controls and what XML cannot hold become U+FFFD, what looks like an
# escape of the format stays what it is, a text that no cell holds is cut and
# the notes say so.
# Source: by hand; ECMA-376 part 1, 22.4.2.4; Excel's limit of 32,767.
command -v unzip >/dev/null || { echo 'no unzip' >&2; exit 77; }
cat >log.csv <<'EOF'
id,stage,stage_entered,Squad
a,Lead,2026-01-01,=cmd|' /C calc'!A0
b,Lead,2026-01-01,+1+2
c,Lead,2026-01-01,-1-2
d,Lead,2026-01-01,@SUM(A1)
e,Lead,2026-01-01,</t></si><script>&amp;
f,Lead,2026-01-01,a_x0041_b
g,Lead,2026-01-01,https://example.com/
k,Lead,2026-01-01,"two
lines	and a tab"
EOF
printf 'h,Lead,2026-01-01,c\001\033[2J\177\377\n' >>log.csv
printf 'l,Lead,2026-01-01,d\357\277\276\357\277\277\342\200\256e\n' >>log.csv
printf 'i,Lead,2026-01-01,{=1}\n' >>log.csv
awk 'BEGIN { printf "j,Lead,2026-01-01,z"; for (i = 0; i < 40000; i++)
	printf "y"; print "" }' >>log.csv
funnel-convert -q --stages Lead --by Squad -m entered -o x.xlsx log.csv
"$ROOT/tests/sheet" x.xlsx 1 | grep -E '^A[0-9]*	' | cut -c 1-60
"$ROOT/tests/sheet" x.xlsx 1 | grep -c '	formula	'
"$ROOT/tests/sheet" x.xlsx 1 | awk -F '\t' 'length($4) > 30000 {
	print substr($4, 1, 2), substr($4, 32766) }'
"$ROOT/tests/sheet" x.xlsx 2 | cut -f 4 | grep -A 1 '^cut$'
for part in '[Content_Types].xml' $(unzip -Z1 x.xlsx | grep -v '^\['); do
	unzip -p x.xlsx "$(echo "$part" | sed 's/[][]/?/g')" >part.xml
	[ -s part.xml ] || echo "$part is empty"
	command -v xmllint >/dev/null || continue
	xmllint --noout part.xml
done
# A header and a title are names, too.
sed '1s/Squad/=1+1/' log.csv >formula.csv
funnel-convert -q --stages Lead --by '=1+1' -m entered -o y.xlsx formula.csv
"$ROOT/tests/sheet" y.xlsx 1 | grep '^A1	'
