# Days and months are those of --tz: 18:30 UTC is midnight in India. p comes
# one second before February there, q in it; both are January in UTC. A bare
# date is that day everywhere.
# Source: IST is UTC+5:30; by hand.
cat >log.csv <<'EOF'
id,stage,stage_entered
p,Lead,2026-01-31T18:29:59Z
q,Lead,2026-01-31T18:30:00Z
EOF
cat >days.csv <<'EOF'
id,stage,stage_entered
r,Lead,2026-01-31
EOF
months()
{
	funnel-convert -f csv --stages Lead,MQL --period month \
		-m tz,entered "$@" | grep ,Lead,
}
months log.csv
months --tz Asia/Kolkata log.csv
months --tz Asia/Kolkata days.csv
# Times without an offset are read in --in-tz: the same two instants.
sed 's/T18:29:59Z/ 23:59:59/;s/2026-01-31T18:30:00Z/2026-02-01 00:00:00/' \
	log.csv >local.csv
months --in-tz Asia/Kolkata local.csv
months --in-tz Asia/Kolkata --tz Asia/Kolkata local.csv
