# The tour says nothing on standard error, ends well, and every command in it
# prints a table.
for name in funnel funnel-convert funnel-velocity; do
	ln -s "$(command -v $name)" $name
done
sh samples/demo >tour || echo "exit $?"
commands=$(grep -c '^\$ \./funnel-' tour)
tables=$(grep -c '^as_of ' tour)
[ "$commands" -gt 2 ] && [ "$commands" = "$tables" ] ||
	echo "$commands commands, $tables tables"
