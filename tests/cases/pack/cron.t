# The script for cron of the manual, as it stands there, with stand-ins for mail
# and for the clock: the first week the summary, the second with what moved, and
# where a file is missing who looks after it hears so and the pack stays.
# The shares by hand: samples/README.md and the case summary.
sed -n '/^\.\\" cron:/,/^\.Ed/p' "$ROOT/man/funnel-pack.1" |
	sed -e '/^\./d' -e 's/\\e/\\/g' >weekly
[ "$(head -n 1 weekly)" = '#!/bin/sh' ] || echo 'the script is gone'

mkdir bin
cat >bin/mail <<'END'
#!/bin/sh
echo "mail $*"
grep -E '^(# |2026|funnel|..\*\*Both|..\*\*What moved)'
END
cat >bin/date <<'END'
#!/bin/sh
[ "$*" = '-u +%Y-%m-%dT%H:%M:%SZ' ] || echo "date $*" >&2
cat "$HOME/now"
END
chmod +x bin/mail bin/date
PATH=$PWD/bin:$PATH
cp samples/promises.yaml funnel.yaml
cp samples/promises-leads.csv leads.csv
cp samples/promises-calls.csv calls.csv

echo '# the first week'
echo 2026-03-09T00:30:00Z >now
sh weekly
echo '# the second'
echo 2026-03-16T00:30:00Z >now
sh weekly
echo '# a file is missing'
rm calls.csv
sh weekly
ls -d review*
