# Names of strangers stand in blocks of data and nowhere else: without the blocks
# the script is the one of harmless names, to the byte. What would be a control
# sequence to gnuplot (\033) stays the text it is.
names()
{
	cat <<'EOF'
"double" quotes
`touch owned`
$(touch owned) $HOME @macro
<script>alert("x")</script>&amp;
O'Brien'; set output 'owned'
"; system("touch owned"); "
END
\033[31mred\
{/Symbol a}^2
%s%d%n
EOF
	printf '\342\200\256right to left\n'
	printf '\330\271\331\205\331\212\331\204\n'
	printf '%0200d\n' 7
}
# The third argument is a name on two lines.
table()
{
	echo 'id,stage,stage_entered,owner'
	awk -v plain="$1" '{
		name = plain ? "name " NR : $0
		gsub(/"/, "\"\"", name)
		print "a" NR ",Lead,2026-01-01,\"" name "\""
		print "a" NR ",Won,2026-01-0" NR % 8 + 2 ",\"" name "\""
	}'
	printf 'z,Lead,2026-01-01,"%s"\nz,Won,2026-01-02,"%s"\n' "$2" "$2"
}
script()
{
	funnel-convert -q --stages Lead,won:Won -r outcomes --by owner \
		-o table.csv --chart-script "$1.gp" "$1.csv"
}
names | table '' 'two
END
plot 1' >hostile.csv
names | table 1 zzz >plain.csv
script hostile
script plain
for name in hostile plain; do
	awk '/ << END$/ { inside = 1 } !inside { print }
		/^END$/ { inside = 0 }' $name.gp |
		grep -v 'screen\|range\|tics' >$name.bare
done
cmp hostile.bare plain.bare
sed -n '/^\$right/,/^END/p' hostile.gp | cut -f 3 | grep -v '%"$'
