# Every column of every report, of the long form and of --period stands in
# COLUMNS of the command's page, and every column of the page in a report: one
# direction is `<`, the other `>`. Silence when they agree.
compare()
{
	[ -s reports ] || echo "no column found in a report of $1"
	awk '
	/^\.Sh / { inside = /COLUMNS/ }
	inside && /^\.It Ic / {
		for (i = 3; i <= NF; i++)
			if ($i != "," && $i != "Ic")
				print $i
	}' "$ROOT/man/funnel-$1.1" | sort -u >page
	diff reports page
}
ids()
{
	sed -n 's/^    {"id": "\([a-z_0-9]*\)".*/\1/p'
}

cat >log.csv <<'END'
id,stage,stage_entered,source
x,Lead,2026-01-01,web
END
cat >agreed.yaml <<'END'
stages:
  - { name: Lead, rule: any }
  - { name: Won, outcome: won }
criteria:
  - { name: any, all: [ { name: id, column: id, matches: . } ] }
END
for options in --long '-p month' '-p month --report outcomes' \
	'-r passport' '-r segments --by source' \
	'-r split --step Lead:Won --split 2026-01-01 --horizon 1d' \
	'-r change --from 2025-12-01 --to 2026-01-01' \
	'-r change --from 2025-12-01 --to 2026-01-01 --against agreed.yaml' \
	'-r transitions' \
	'-r moves' '-r gap --expect Lead=30%' \
	'-r acceptance --handoff Lead:Won' '-r rejections' '-r rejected' \
	'-r vocabulary' '-r qualification' '-r replay --against agreed.yaml' \
	'-r flips --against agreed.yaml'; do
	# shellcheck disable=SC2086 # options are words
	funnel-convert -d agreed.yaml $options -f json log.csv | ids
done | sort -u >reports
compare convert

for options in --long '-p month --split 2026-02-01' '-r stages' \
	'-r velocity -p month' '-r week' '-r stalled' \
	'-r plan --target 1000 --by StageName' '-r forecast' \
	'-r forecast --backtest'; do
	# shellcheck disable=SC2086 # options are words
	funnel-velocity -q $options -f json \
		"$ROOT/samples/salesforce-opportunity-history.csv" | ids
done | grep -v -x StageName | sort -u >reports
compare velocity

# The columns of a model are called by it: MODEL stands for all. The record is X,
# which is no column.
echo 'id,date,channel' >touches.csv
echo 'X,2026-01-01,a' >>touches.csv
printf 'source,month,cost\na,2026-01,10\n' >spend.csv
cat >deals.csv <<'END'
id,created,close_date,outcome,stage
X,2026-01-01,2026-02-01,won,Won
END
for options in --long '-p month --model linear --bootstrap 2' '-r paths' \
	'-r removal' '-r transitions' '-r order' \
	'-r money --spend spend.csv' '-r sourced' '-r sourced_deals' \
	'-r quality' '-r timeline' '-r unjoined' '-r accounts'; do
	# shellcheck disable=SC2086 # options are words
	funnel-attribution -q $options -f json --touches touches.csv \
		deals.csv | ids
done | sed 's/^linear/MODEL/' >own
printf 'account\nAcme\n' >a.csv
funnel-attribution -q -r overlap --lists a.csv,a.csv -f json | ids >>own
sort -u own >reports
compare attribution

printf 'id,date,type\nx,2026-01-01,call\n' >calls.csv
cat >agreed.yaml <<'END'
stages: [{ name: Lead, rule: fit }, { name: Won, outcome: won }]
criteria: [{ name: fit, all: [{ name: web, column: source, any_of: [web] }] }]
rejection_reasons: [Out of ICP]
rejection_criteria: [{ reason: Out of ICP, rule: fit }]
sla:
  - { name: decided, start: Lead, stop: disposition, within: 1h }
  - { name: leads, count: Lead, at_least: 1, per: month }
  - { name: context, at: Lead, filled: [source] }
  - { name: answered, start: Lead, stop: sales touch, within: 1h }
END
for options in --long '-p month' '-r breaches' '-r volume' '-r response' \
	'-r response-times' '-r completeness' '-r rejections' '-r rejected' \
	'-r qualification -p month' '--explain x'; do
	# shellcheck disable=SC2086 # options are words
	funnel-sla -q -d agreed.yaml $options --activities calls.csv -f json \
		log.csv | ids
done | sort -u >reports
compare sla

# The sections of a pack have the columns of their commands.
printf 'id,stage,created\nx,Won,2026-01-01\n' >won.csv
for pack in one two; do
	funnel-pack -q --weekly --no-charts -o $pack ${other:+--compare "$other"} \
		won.csv
	other=$pack
done
ids <two/manifest.json >own
head -q -n 1 two/tables/findings.csv two/tables/moved.csv | tr , '\n' >>own
sort -u own >reports
compare pack
# And every section stands in the page.
sed -n '/agenda\[\] = {$/,/{ NULL,/s/^	{ "\([a-z-]*\)", .*/\1/p' \
	"$ROOT/libfunnel/agenda.c" | sort >sections
sed -n 's/^\.It Ic \([a-z-]*\) Ta .*/\1/p' "$ROOT/man/funnel-pack.1" | sort |
	diff sections - && [ -s sections ] || echo 'SECTIONS are others'
