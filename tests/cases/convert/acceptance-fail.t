# What the acceptance report refuses, and with which way out.
cat >log.csv <<'END'
id,stage,stage_entered
a,MQL,2026-01-01
END
echo 'id,stage' >list.csv
echo 'a,MQL' >>list.csv
try()
{
	funnel-convert -r acceptance "$@"
	echo "$*: $?"
}
stages=Lead,MQL,SAL,won:Won,lost:Lost
try --stages $stages log.csv
try --stages $stages --handoff MQL log.csv
try --stages $stages --handoff :SAL log.csv
try --stages $stages --handoff MQLL:SAL log.csv
try --stages $stages --handoff MQL:Lost log.csv
try --stages $stages --handoff SAL:MQL log.csv
try --stages $stages --handoff MQL:SAL list.csv
try --stages $stages --target soon log.csv
try --stages $stages --recycled yes log.csv
try --stages $stages --mode any log.csv
cat >agreed.yaml <<'END'
stages:
  - { name: Lead, owner: sales }
  - { name: MQL, owner: marketing }
END
try -d agreed.yaml log.csv
funnel-convert --stages $stages --handoff MQL:SAL log.csv
echo "no report: $?"
