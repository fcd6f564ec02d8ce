# The buckets against awk, which reads the same rows: 600 leads of 1 to 28 June,
# answered and converted or closed after so many seconds as a small generator
# says. Nobody is missing either: the buckets that are no part of another add
# up to all that started, and so they do over --by.
awk 'BEGIN {
	seed = 7
	asof = 86400 * 28
	print "id,stage,stage entered,owner" >"history.csv"
	print "id,date,type" >"calls.csv"
	print "bucket,n,converted,started,converted_before,closed_before,young"
	split("0-5 min,5-30 min,30-60 min,1-4 h,4-24 h,none in 24 h,> 24 h," \
		"never", name, ",")
	n_edges = split("300,1800,3600,14400,86400", edge, ",")
	for (i = 1; i <= 600; i++) {
		at = 86400 * int(28 * random()) + 3600 * int(24 * random())
		row("L" i, "SAL", at)
		answer = random() < 0.2 ? -1 : int(exp(12.5 * random()))
		if (answer >= 0 && at + answer > asof) answer = -1
		if (answer >= 0)
			print "L" i "," time(at + answer) ",call" >"calls.csv"
		end = int(exp(9 + 4.5 * random()))
		kind = int(3 * random())
		if (kind) row("L" i, kind == 1 ? "SQL" : "Lost", at + end)
		if (at + end > asof) kind = 0
		count(bucket(answer), at, kind, end)
	}
	for (b = 1; b <= 8; b++)
		print name[b] "," n[b] + 0 "," won[b] + 0 "," all[b] + 0 "," \
			before[b] + 0 "," closed[b] + 0 "," young[b] + 0
}
function random()
{
	seed = (seed * 16807) % 2147483647
	return seed / 2147483647
}
function time(s)
{
	return sprintf("2026-06-%02dT%02d:%02d:%02dZ", 1 + int(s / 86400),
		int(s / 3600) % 24, int(s / 60) % 60, s % 60)
}
function row(id, stage, s)
{
	if (s < 86400 * 30)
		print id "," stage "," time(s) "," \
			(id ~ /[0-4]$/ ? "Asha" : "Ravi") >"history.csv"
}
function bucket(answer, b)
{
	if (answer < 0) return 8
	for (b = 1; b <= n_edges; b++)
		if (answer <= edge[b]) return b
	return 7
}
function count(b, at, kind, end)
{
	add(b, at, kind, end)
	if (b > 6) add(6, at, kind, end)
}
function add(b, at, kind, end)
{
	all[b]++
	if (at + 86400 > asof) young[b]++
	else if (kind && end <= 86400) {
		if (kind == 1) before[b]++; else closed[b]++
	} else {
		n[b]++
		if (kind == 1) won[b]++
	}
}' >expected.csv
cat >funnel.yaml <<'END'
timezone: UTC
stages:
  - { name: SAL }
  - { name: SQL }
  - { name: Won, outcome: won }
  - { name: Lost, outcome: lost }
sla:
  - { name: follow-up, start: SAL, stop: sales touch, within: 24h }
END
response()
{
	funnel-sla -d funnel.yaml --report response --activities calls.csv \
		--as-of 2026-06-29T00:00:00Z -q -f csv "$@" history.csv
}
columns=n,converted,started,converted_before,closed_before,young
response -m $columns | cut -d, -f1,3-8 | cmp - expected.csv
response -m $columns |
	awk -F, '!$2 && NR > 1 { all += $5; parts += $3 + $6 + $7 + $8 }
		END { print all, parts }'
response --by owner -m $columns |
	awk -F, 'NR > 1 && !$3 { all += $6 } END { print all }'
