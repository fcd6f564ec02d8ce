# The options that commands share read the same in all of them, in the same
# order; a pack has only the input in common. Silence when they do.
for command in $(funnel --help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
	end=Examples
	[ "$command" != pack ] || end=Selection
	"funnel-$command" --help | sed -n "/^Input:/,/^$end:/p" |
		sed '$d' >"shared.$command"
	[ -s "shared.$command" ] || echo "$command has no shared options"
	[ -f first ] || cp "shared.$command" first
	lines=$(wc -l <"shared.$command")
	head -n "$lines" first | diff - "shared.$command"
done
