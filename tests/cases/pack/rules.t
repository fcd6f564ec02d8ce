# Every column that a rule of the findings names is one of its section.
# Source: the headers of the CSVs of the packs.
. "$ROOT/tests/pack.sh"
for rhythm in weekly quarterly; do
	# shellcheck disable=SC2086 # options are words
	funnel-pack -q --no-charts --$rhythm $all -o $rhythm || exit
done
awk '
/\.section = "/ { split($0, part, "\""); section = part[2] }
/\.(where|low|high|some) = "/ { split($0, part, "\""); print section, part[2] }
section && /{[a-z]/ {
	rest = $0
	while (match(rest, /{[a-z_0-9]+[.]?}/)) {
		id = substr(rest, RSTART + 1, RLENGTH - 2)
		sub(/[.]$/, "", id)
		if (id != "by")
			print section, id
		rest = substr(rest, RSTART + RLENGTH)
	}
}
/^#define N_RULES/ { exit }' "$ROOT/libfunnel/findings.c" >named
[ "$(wc -l <named)" -gt 40 ] || echo 'the rules are gone'
while read -r section id; do
	table=weekly/tables/$section.csv
	[ -f "$table" ] || table=quarterly/tables/$section.csv
	head -n 1 "$table" | tr , '\n' | grep -qx "$id" ||
		echo "$section has no column $id"
done <named
