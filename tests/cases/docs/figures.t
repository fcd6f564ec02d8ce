# The columns that a figure names are columns of the command's page; every report
# has a figure, but for the lists of records and of events and the two whose rows
# are spellings and accounts. Silence when both hold.
awk '
/^	\{ "[a-z]*", "[a-z_ -]*",$/ { split($0, part, "\""); command = part[2] }
command {
	text = $0
	while (match(text, /\.[a-z_]+ = "[a-z_0-9]*"/)) {
		found = substr(text, RSTART, RLENGTH)
		text = substr(text, RSTART + RLENGTH)
		split(found, part, "\"")
		if (found !~ /^\.(name|target_name|axis|is|young_is|young_means|first|last|x_name) /)
			print command, part[2]
	}
}' "$ROOT/libfunnel/figures.c" | sort -u |
	# The points of curves are no report; a model is called by its name.
	grep -v -x -E 'velocity (curve|days|surviving(_lo|_hi)?|censored)' |
	grep -v -x 'attribution linear' >named
[ -s named ] || echo 'no figure found'
while read -r command id; do
	grep -qE "^\.It Ic (.* )?$id( |\$)" "$ROOT/man/funnel-$command.1" ||
		echo "$command: no column $id"
done <named
for file in convert velocity attribution sla; do
	sed -n "/${file}_reports\[\] = {/,/^};/p" "$ROOT/libfunnel/$file.c" |
		grep -o '^	{ "[a-z_-]*"' | cut -d'"' -f 2 |
		while read -r report; do
			grep -q "{ \"$file\", \"$report\"," \
				"$ROOT/libfunnel/figures.c" || echo "$report"
		done
done | sort >lists
printf '%s\n' breaches explain flips overlap rejected rejected sourced_deals \
	unjoined vocabulary |
	diff - lists
