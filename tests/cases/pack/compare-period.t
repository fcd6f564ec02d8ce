# The pack of one month against that of the month before: a bridge beside the
# other one, a series only where both have the period. A list of deals says which
# are new and which are gone.
# Source: the bridges of both packs, by join(1).
. "$ROOT/tests/pack.sh"
pack()
{
	# shellcheck disable=SC2086 # options are words
	funnel-pack -q --no-charts --monthly $all "$@" || exit
}
pack --review 2026-02-10 -o february
pack --review 2026-03-10 --compare february -o march
awk -F , 'FNR > 1 { key = $3; if (NR == FNR) { d[key] = $6 } else if (d[key] != $6)
	print key ",Deals," (d[key] < $6 ? "up" : "down") "," d[key] "," $6 }' \
	february/tables/bridge.csv march/tables/bridge.csv >ours
grep '^The pipeline bridge,.*,Deals,' march/tables/moved.csv |
	cut -d , -f 2-6 | diff ours - && [ -s ours ] && echo 'the same'
grep '^Conversion over time,.*,new' march/tables/moved.csv
grep '^Deals that stand still,.*,\(new\|gone\),' march/tables/moved.csv |
	sort >ours
id()
{
	sed 1d "$1/tables/stalled.csv" | cut -d , -f 1 | sort
}
id february >was
id march >is
[ "$(comm -3 was is | wc -l)" = "$(wc -l <ours)" ] && echo 'the same list'
