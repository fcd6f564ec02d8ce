# What replay, flips and qualification refuse, and with which way out.
cat >old.yaml <<'END'
stages:
  - { name: Lead }
  - { name: MQL, rule: mql }
  - { name: SAL }
  - { name: Lost, outcome: lost }
criteria:
  - name: mql
    all:
      - { name: score, column: Score, at_least: 50 }
  - name: icp
    all:
      - { name: size, column: Employes, at_least: 50 }
END
cat >new.yaml <<'END'
stages:
  - { name: Lead }
  - { name: MQL }
  - { name: Lost, outcome: lost }
END
cat >log.csv <<'END'
id,score,employees,stage,stage_entered
a,80,10,MQL,2026-01-01
END
try()
{
	funnel-convert "$@"
	echo "$*: $?"
}
try -r replay -d new.yaml log.csv
try -r flips -d new.yaml log.csv
try -r stages --against old.yaml -d new.yaml log.csv
try --against old.yaml -d new.yaml log.csv
try -r replay --against old.yaml -d new.yaml --period month log.csv
try -r replay --against old.yaml -d new.yaml - <log.csv
try -r replay --against old.yaml -d new.yaml --mode direct log.csv
try -r replay --against old.yaml -d new.yaml --members all log.csv
try -r replay --against none.yaml -d new.yaml log.csv
try -r replay --against new.yaml -d old.yaml --stage MQLL log.csv
try -r replay --against new.yaml -d old.yaml --stage SAL log.csv
try -r replay --against old.yaml -d old.yaml --stage Lost log.csv
try -r replay --against old.yaml -d new.yaml --rule mql log.csv
try -r replay --against old.yaml -d new.yaml --rule mql --stage MQL log.csv
try -r replay --against new.yaml -d old.yaml --rule mql --stage MQL log.csv
try -r replay --against old.yaml -d old.yaml --rule icp --stage MQL log.csv
try -r replay --against old.yaml -d new.yaml --join contact log.csv
try -r flips --against old.yaml -d new.yaml --mature 30d log.csv
try -r qualification -d new.yaml log.csv
try -r qualification -d old.yaml --stage SAL log.csv
try -r qualification -d old.yaml --stage Lost --rule mql log.csv
try -r qualification -d old.yaml --stage SAL --rule mqll log.csv
try -r qualification -d old.yaml --against new.yaml log.csv
try -r qualification --rule mql --stage MQL log.csv
try -r qualification log.csv
