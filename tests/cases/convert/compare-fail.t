# What segments, split and change refuse, each with what to do: 2, nothing on
# stdout. Before files are read, as far as it can be told without them.
cat >log.csv <<'END'
id,stage,stage_entered
a,Lead,2026-01-01
a,MQL,2026-01-02
b,Lead,2026-02-01
END
try()
{
	funnel-convert --stages Lead,MQL,won:Won,lost:Lost "$@"
	echo "$*: $?"
}
try -r segments absent.csv
try -r segments --by source --adjust fdr absent.csv
try -r segments --by source --step MQL absent.csv
try -r segments --by source --basis cohort absent.csv
try -r split absent.csv
try -r split --split soon absent.csv
try -r split --split 2026-02-01 --gap much absent.csv
try -r split --split 2026-02-01 --period month absent.csv
try -r change absent.csv
try -r change --from 2026-02-01 --to 2026-03-01 --before 2026-01-01 absent.csv
try -r change --from 2026-02-01 --to 2026-03-01 \
	--before 2026-02-01..2026-01-01 absent.csv
try -r stages --split 2026-02-01 absent.csv
try --split 2026-02-01 log.csv
try -r change --from 2026-02-01 --to 2026-03-01 --before \
	2026-01-15..2026-02-15 log.csv
try -r change --from 2026-01-20 --to 2026-03-01 log.csv
try -r split --split 2026-01-15 log.csv
try -r split --split 2026-01-15 --to 2026-01-10 log.csv
try -r split --split 2026-01-15 --step Lead:MQ log.csv
try -r split --split 2026-01-15 --step MQL:Lead log.csv
try -r split --split 2026-01-15 --step Lead:Lost log.csv
funnel-convert --stages Lead,Qualified,won:Won -r split --split 2026-01-15 \
	log.csv
echo "no MQL: $?"
