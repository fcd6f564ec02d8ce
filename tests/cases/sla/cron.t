# The script for cron of the manual, as it stands there, with stand-ins for
# mail and for the clock: on the morning of the examples both letters are sent;
# where less was promised, only the list; where a file is missing, both say so.
# The shares by hand: samples/README.md.
sed -n '/^\.\\" cron:/,/^\.Ed/p' "$ROOT/man/funnel-sla.1" |
	sed -e '/^\./d' -e 's/\\e/\\/g' >morning
[ "$(head -n 1 morning)" = '#!/bin/sh' ] || echo 'the script is gone'

mkdir bin
cat >bin/mail <<'END'
#!/bin/sh
echo "mail $*"
awk '/^funnel-sla:/
	/^(follow-up|disposition|reasons|context|mql-volume) / { print $1, $2 }'
END
cat >bin/date <<'END'
#!/bin/sh
[ "$*" = '-u +%Y-%m-%dT%H:%M:%SZ' ] || echo "date $*" >&2
echo 2026-03-06T03:30:00Z
END
chmod +x bin/mail bin/date
PATH=$PWD/bin:$PATH
cp samples/promises-leads.csv leads.csv
cp samples/promises-calls.csv calls.csv

echo '# as agreed'
cp samples/promises.yaml funnel.yaml
sh morning
echo '# less was promised'
sed 's/promise: [0-9]*%/promise: 40%/' samples/promises.yaml >funnel.yaml
sh morning
echo '# a file is missing'
rm calls.csv
sh morning
