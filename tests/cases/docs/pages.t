# Every command has a page; every page is called as its file in .Dt, in .Nm
# and in the SYNOPSIS; every page of this program that is referred to exists,
# and so does every command in the page of the index. Silence when all hold.
for command in $(funnel --help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
	[ -f "$ROOT/man/funnel-$command.1" ] || echo "no page of $command"
	"funnel-$command" --help | head -n 1 |
		grep -qx "Usage: funnel-$command \[OPTION...\] FILE..." ||
		echo "funnel-$command --help begins otherwise"
done
for page in "$ROOT"/man/*.[1-9]; do
	name=${page##*/}
	section=${name##*.}
	name=${name%.*}
	awk -v name="$name" -v section="$section" '
	function expect(what, is, should) {
		if (is != should)
			print FILENAME ": " what " is \047" is "\047"
	}
	/^\.Dt / { expect(".Dt", $2 " " $3, toupper(name) " " section) }
	/^\.Sh / { heading = $2 }
	/^\.Nm/ && NF > 1 { expect(".Nm of " heading, $2, name) }
	heading == "SYNOPSIS" && /^\.Nm/ { synopsis = 1 }
	END { if (section == 1) expect("SYNOPSIS", synopsis, 1) }
	' "$page"
	grep -ho '^\.Xr funnel[a-z-]* [1-9]' "$page" |
	while read -r _ other number; do
		[ -f "$ROOT/man/$other.$number" ] ||
			echo "$page: there is no $other($number)"
	done
done
