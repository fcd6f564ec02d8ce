# Every note that the library can write stands in NOTES of the page, and every
# note of the page is one. The keys are read from the source: no input gives
# all of them. Silence when they agree.
cat "$ROOT"/libfunnel/*.c | tr -s ' \t\n' ' ' |
	grep -oE '(table_note|note_count)\( ?table, "[a-z_]*"' |
	sed 's/.*"\(.*\)"/\1/' | sort -u >library
awk '
/^\.Sh / { inside = /NOTES/ }
inside && /^\.It Cm / {
	for (i = 3; i <= NF; i++)
		if ($i != "," && $i != "Cm")
			print $i
}' "$ROOT/man/funnel-convert.1" | sort -u >page
[ -s library ] || echo 'no note found in the library'
diff library page
