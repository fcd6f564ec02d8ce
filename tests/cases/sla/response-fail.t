# What the reports on one clock and on one record cannot do, each with the way
# out.
cat >funnel.yaml <<'END'
timezone: UTC
stages:
  - { name: SAL }
  - { name: SQL }
  - { name: Lost, outcome: lost }
sla:
  - { name: follow-up, start: SAL, stop: sales touch, within: 24h }
  - { name: second, start: SQL, stop: sales touch, within: 24h }
  - { name: created, start: created, stop: sales touch, within: 24h }
  - { name: resume, start: SAL, stop: SQL, within: 24h, cycles: resume }
  - { name: worked, share_of: SAL, touched: true }
  - { name: context, at: SAL, filled: [Owner] }
END
sed '/second/d; /created/d' funnel.yaml >one.yaml
sed '/sales touch/d' funnel.yaml >none.yaml
cat >leads.csv <<'END'
id,created,stage,Owner
anna1,2026-03-02,SAL,Asha
anna2,2026-04-02,SAL,Ravi
END
printf 'id,date,type\nanna1,2026-03-02T10:05:00Z,call\n' >calls.csv
sla()
{
	funnel-sla -q -f csv --activities calls.csv "$@" leads.csv
	echo $?
}
sla -d funnel.yaml -r response
sla -d none.yaml -r response-times
sla -d funnel.yaml -r response -c worked
sla -d funnel.yaml -r response-times -c follow-up,second
sla -d funnel.yaml -r response -c folow-up
sla -d funnel.yaml -r response -c second
sla -d funnel.yaml -r response -c created
sla -d one.yaml -r response --conversion SAL
sla -d one.yaml -r response -c resume
sla -d one.yaml -r response --conversion Lost
sla -d one.yaml -r response --conversion SQLL
sla -d one.yaml -r response --conversion won
sla -d one.yaml -r response-times --dimension weekdays
sla -d one.yaml -r response-times --conversion SQL
sla -d one.yaml -r response --dimension all
sla -d one.yaml -r explain
sla -d one.yaml -r scorecard --explain anna1
sla -d one.yaml --explain anna1 --period month
sla -d one.yaml --explain anna3
sla -d one.yaml --explain zzzzzz
sla -d one.yaml --explain anna1 --where 'Owner=Ravi'
sla -d one.yaml --explain anna2 --as-of 2026-03-31
