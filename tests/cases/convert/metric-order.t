# --metric shows these columns in this order, repeated or as a list; what the
# row is about stays in front, also when it is named itself. By hand: two leads,
# one MQL.
cat >log.csv <<'EOF'
id,stage,stage_entered,owner
x,Lead,2026-01-01,Asha
x,MQL,2026-01-02,Asha
y,Lead,2026-01-01,Asha
EOF
report()
{
	funnel-convert -f csv --stages Lead,MQL "$@" log.csv | head -n 2
}
report -m rate,entered
report -m rate -m entered
report -m rate,entered --by owner
report -m entered,stage,rate
report --metric=mode,basis,tz,entered
