# The tour says nothing on standard error, ends well, every command in it prints
# a table, and it ends with the summary of a pack.
for name in funnel funnel-convert funnel-velocity funnel-pack; do
	ln -s "$(command -v $name)" $name
done
sh samples/demo >tour || echo "exit $?"
grep -q '^# Example Industries: Quarterly review$' tour || echo 'no summary'
commands=$(grep '^\$ \./funnel-' tour | grep -vc funnel-pack)
tables=$(grep -c '^as_of ' tour)
[ "$commands" -gt 2 ] && [ "$commands" = "$tables" ] ||
	echo "$commands commands, $tables tables"
