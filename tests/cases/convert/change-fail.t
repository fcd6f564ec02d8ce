# What change refuses of --against, and with which way out.
cat >old.yaml <<'END'
stages:
  - { name: Lead }
  - { name: MQL, rule: mql }
  - { name: SAL }
  - { name: Won, outcome: won }
criteria:
  - name: mql
    all:
      - { name: score, column: Score, at_least: 50 }
END
cat >new.yaml <<'END'
stages:
  - { name: SQL }
  - { name: SAL }
  - { name: Lead }
  - { name: Deal, outcome: won }
END
cat >other.yaml <<'END'
stages:
  - { name: MQL }
  - { name: Lead }
END
cat >log.csv <<'END'
id,score,stage,stage_entered
a,80,Lead,2026-01-01
a,80,MQL,2026-02-01
b,80,Lead,2026-03-01
END
printf 'id,date\na,2026-01-15\n' >touches.csv
try()
{
	funnel-convert -r change --from 2026-02-01 --to 2026-02-10 "$@"
	echo "$*: $?"
}
try --against old.yaml -d old.yaml - <log.csv
try --against none.yaml -d old.yaml log.csv
try --against old.yaml -d old.yaml --mode direct log.csv
try --against old.yaml -d old.yaml --members rule log.csv
try --against old.yaml -d old.yaml --stage MQL log.csv
try --against old.yaml -d old.yaml --touches touches.csv log.csv
try --against old.yaml -d old.yaml --join contact log.csv
try -d old.yaml --touches touches.csv log.csv
try -d old.yaml --join contact log.csv
try --against old.yaml -d new.yaml --step SQL:SAL log.csv
try --against old.yaml -d new.yaml --step SAL:Lead log.csv
try --against old.yaml -d new.yaml --step MQL:SAL log.csv
try --against other.yaml -d old.yaml log.csv
# What is left is from Lead to the one that is won; SAL to Lead goes the other way.
try --against old.yaml -d new.yaml -f csv -m before_entered log.csv
try --against old.yaml -d new.yaml -f md -m before_entered log.csv | grep unpaired
