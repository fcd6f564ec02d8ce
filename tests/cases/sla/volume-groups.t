# A volume beside --by: nobody said which part of the number is whose, so each
# group is held against all of it, and a note says so. Three leads in January,
# two agreed: kept as a whole; Asha has two of them, Ravi one, so that of the
# groups only Asha's is met.
cat >leads.csv <<'END'
id,owner,MQL
1,Asha,2026-01-05
2,Asha,2026-01-06
3,Ravi,2026-01-07
END
cat >funnel.yaml <<'END'
stages:
  - name: MQL
  - { name: Won, outcome: won }
columns:
  - { stage: MQL, column: MQL }
sla:
  - { name: leads, count: MQL, per: month, at_least: 2 }
END
volume() {
	funnel-sla -q -d funnel.yaml --as-of 2026-02-01 "$@" leads.csv
}
for report in volume scorecard; do
	volume -r $report -f md --by owner | grep volumes
	volume -r $report -f md | grep volumes || echo 'no note'
done
volume -r volume -m counted,target,status --by owner
volume -r volume -m counted,target,status
