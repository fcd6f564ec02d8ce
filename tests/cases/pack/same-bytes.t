# The same inputs give the same bytes: again, under another zone and another
# locale, into another directory, after the clock went on, whatever the order
# of the files.
. "$ROOT/tests/pack.sh"
for rhythm in weekly monthly quarterly; do
	# shellcheck disable=SC2086 # options are words
	funnel-pack -q --$rhythm $all -o one || exit
	sleep 1
	# shellcheck disable=SC2086
	TZ=America/New_York LC_ALL=de_DE.UTF-8 \
		funnel-pack -q --$rhythm $all -o elsewhere || exit
	diff -r one elsewhere && rm -r elsewhere
done
