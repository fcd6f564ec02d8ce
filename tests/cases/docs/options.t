# Every option of --help stands in the OPTIONS of the command's page, under
# the same heading, in the same order, with the same name of its argument,
# and the other way round. Silence when they agree.
commands=$(funnel --help | sed -n 's/^  \([a-z]*\) .*/\1/p')
for command in $commands; do
	"funnel-$command" --help | awk '
	/^[A-Z][a-z]+:$/ { heading = substr($0, 1, length($0) - 1) }
	/^Examples:/ { exit }
	/^  +(-|--)[a-zA-Z]/ {
		sub(/   +[^ -].*/, "")
		sub(/^ +/, "")
		gsub(/,\.\.\.|[][]/, "")
		sub(/=/, " ")
		gsub(/[|:=]/, " ")
		print heading ": " $0
	}' >help
	awk '
	/^\.Sh / { inside = /OPTIONS/ }
	inside && /^\.Ss / { heading = $2 }
	inside && /^\.It Fl / {
		sub(/^\.It /, "")
		gsub(/Fl -/, "--")
		gsub(/Fl /, "-")
		gsub(/ ,\.\.\./, "")
		gsub(/ Ns| Ar| Cm| Op/, "")
		gsub(/ , /, ", ")
		gsub(/ [|:=] /, " ")
		print heading ": " $0
	}' "$ROOT/man/funnel-$command.1" >page
	[ -s help ] || echo "no option found in funnel-$command --help"
	diff help page
done
