# The list of commands in samples/README.md: each runs, prints a report, and
# uses a row of every file that it names.
for name in funnel-convert funnel-velocity funnel-attribution funnel-sla; do
	cp "$(command -v funnel)" $name
done
awk '/^```sh$/ { on = 1; next } /^```$/ { on = 0 } on' \
	"$ROOT/samples/README.md" >commands
[ "$(wc -l <commands)" -gt 9 ] || echo 'the list is gone'
while read -r command; do
	eval "$command -f json --ledger ledger.csv" >report 2>said ||
		{ echo "exit $?: $command"; cat said; }
	grep -q '"rows"' report || echo "no rows: $command"
	for file in $(echo "$command" | grep -o 'samples/[a-z0-9-]*\.csv'); do
		grep -q "^$file,used,row,[1-9]" ledger.csv ||
			echo "not used: $file: $command"
	done
done <commands
