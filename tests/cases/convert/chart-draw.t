# The pictures: gnuplot takes them, XML parsers read the SVG, hostile names have
# run nothing and are text, the same run gives the same bytes whatever the zone
# and the second; a terminal gets no escape sequence.
for tool in gnuplot xmllint; do
	command -v $tool >/dev/null || { echo "$tool is missing" >&2; exit 77; }
done
cat >hostile.csv <<'EOF'
id,stage,stage_entered,owner
a,Lead,2026-01-01,"<script>alert(1)</script>"
a,Won,2026-01-02,"<script>alert(1)</script>"
b,Lead,2026-01-01,`touch owned`$(touch owned)
b,Won,2026-01-03,`touch owned`$(touch owned)
c,Lead,2026-01-01,\033[31m\
c,Won,2026-01-04,\033[31m\
d,Lead,2026-01-01,"""; system(""touch owned""); """
d,Won,2026-01-05,"""; system(""touch owned""); """
EOF
draw()
{
	funnel-convert -q --stages Lead,won:Won -r outcomes --by owner \
		-o table.csv --chart "$@" hostile.csv || echo "exit $?"
}
for kind in svg png pdf; do
	draw one.$kind
done
sleep 1
for kind in svg png pdf; do
	TZ=Asia/Kolkata LC_ALL=C draw two.$kind
	cmp one.$kind two.$kind
done
xmllint --noout one.svg
xmllint --xpath '//*[local-name()="script"]' one.svg 2>/dev/null
xmllint --xpath '//*[local-name()="text"]/text()' one.svg |
	grep 'touch\|script\|033'
head -c 4 one.png | od -An -c
head -c 5 one.pdf
echo
draw -
draw - | tr -d '\n' | grep -c "$(printf '\033')"
ls
