# Every note that the library can write stands in NOTES of a command's page,
# and every note of a page is one. The keys are read from the source: no input
# gives all of them. What a command adds to the notes of all reports stands in its
# page, all others in that of convert. Silence when they agree.
keys()
{
	cat "$@" | tr -s ' \t\n' ' ' |
		grep -oE '(table_note|note_count)\( ?(sheet\.|m->|m\.)?(table|out), "[a-z_]*"' |
		sed 's/.*"\(.*\)"/\1/' | sort -u
}
page()
{
	awk '
	/^\.Sh / { inside = /NOTES/ }
	inside && /^\.It Cm / {
		for (i = 3; i <= NF; i++)
			if ($i != "," && $i != "Cm")
				print $i
	}' "$ROOT/man/funnel-$1.1" | sort -u
}

mkdir velocity.own attribution.own sla.own pack.own
for file in "$ROOT"/libfunnel/*.c; do
	case ${file##*/} in
	velocity*.c | durations.c | pipeline.c | forecast.c)
		cp "$file" velocity.own
		;;
	attribution*.c) cp "$file" attribution.own ;;
	sla*.c | commitment.c) cp "$file" sla.own ;;
	pack.c | moved.c | findings.c) cp "$file" pack.own ;;
	convert*.c) keys "$file" >>convert ;;
	*) keys "$file" >>all ;;
	esac
done
sort -u all -o all
sort -u all convert >library
[ -s library ] || echo 'no note found in the library'
page convert | diff library -
for command in velocity attribution sla pack; do
	keys $command.own/*.c >own
	sort -u all own >either
	page $command >page
	comm -23 page either | sed "s/^/only in the page of $command: /"
	sort -u page all | comm -13 - own |
		sed "s/^/not in the page of $command: /"
done
