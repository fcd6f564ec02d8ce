# A column that the report does not have is a usage error that names the
# nearest one and lists all (cut off here: a new metric changes the list); a
# column of the other report is one too.
cat >log.csv <<'EOF'
id,stage,stage_entered
x,Lead,2026-01-01
EOF
try()
{
	funnel-convert --stages Lead,MQL "$@" log.csv 2>err
	echo $?
	sed 's/(columns: [a-z_, ]*)/(columns: ...)/' err >&2
}
for metric in entred win_closed entered,wrong ''; do
	try -m "$metric"
done
try --report outcomes -m entered
