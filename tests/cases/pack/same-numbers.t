# Every table of a pack is, byte by byte, what the command prints that stands in
# its notes: whoever asks for a number anywhere gets this one.
. "$ROOT/tests/pack.sh"
for rhythm in weekly monthly quarterly; do
	# shellcheck disable=SC2086 # options are words
	funnel-pack -q --no-charts --$rhythm $all --by source,owner \
		--where 'source!=Cold Call' -o pack || exit
	jq -r '.notes.command[]' pack/manifest.json >commands
	compared=0
	while IFS= read -r line; do
		section=${line%%: *}
		[ -f "pack/tables/$section.csv" ] || continue
		echo "${line#*: } -q -f csv" >line
		sh ./line >own.csv 2>err || { echo "$section fails"; cat err; }
		cmp own.csv "pack/tables/$section.csv" &&
			compared=$((compared + 1))
	done <commands
	[ "$compared" -gt 9 ] &&
		[ "$compared" = "$(jq '[.rows[] | select(.file |
		startswith("tables/"))] | length - 2' pack/manifest.json)" ] ||
		echo "$rhythm: only $compared were compared"
done
