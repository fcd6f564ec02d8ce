# The options that commands share read the same in all of them, in the same
# order. Silence when they do.
for command in $(funnel --help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
	"funnel-$command" --help | sed -n '/^Input:/,/^Examples:/p' |
		sed '$d' >"shared.$command"
	[ -s "shared.$command" ] || echo "$command has no shared options"
	[ -f first ] || cp "shared.$command" first
	diff first "shared.$command"
done
