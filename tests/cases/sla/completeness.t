# What goes over with a lead, by hand. Six reached SAL; 5 never did. Source is
# filled in 5 of 6 (3 has none), notes in 3 (n/a and blanks are none), amount
# in 2 (an amount of 0 is none). All three: 1 and 6, 2 of 6; filled cells
# 5 + 3 + 2 = 10 of 18. The bounds are the formula of metrics.md 3.5.1 in Python.
cat >agreed.yaml <<'END'
stages:
  - { name: MQL, owner: marketing }
  - { name: SAL, owner: sales }
sla:
  - { name: context, owner: marketing, at: SAL, filled: [source, Notes, amount], promise: 95% }
  - { name: north, owner: marketing, at: SAL, filled: [Notes], where: ["Region=north"] }
END
cat >log.csv <<'END'
id,stage,stage_entered
1,MQL,2026-01-01
1,SAL,2026-01-05
2,SAL,2026-01-06
3,MQL,2026-01-02
3,SAL,2026-01-20
4,SAL,2026-02-01
5,MQL,2026-02-02
6,SAL,2026-02-03
7,SAL,2026-02-28
END
cat >leads.csv <<'END'
id,created,stage,source,Notes,amount,Region
1,2026-01-01,,Web,met at fair,100,north
2,2026-01-01,,Web,n/a,0,north
3,2026-01-01,,,wants a demo,,north
4,2026-01-01,,Fair,-,,south
5,2026-01-01,,Fair,,,south
6,2026-01-01,,Fair,call on Monday,5,south
7,2026-01-01,,Fair, ,0.00,south
END
sla()
{
	funnel-sla -d agreed.yaml -r completeness "$@" log.csv leads.csv
}
sla -f md | grep -v -E '^- (definitions|input):'
sla -q -f csv -m at,lo,hi -c context
# Of each of the two months one of three has all, and 5 of 9 cells are filled.
sla -q -f csv -c context -p month -m n,filled,mean_filled
sla -q -f csv -c context --by Region -m n,filled,fill_rate,blank,mean_filled
# Nobody was handed over: nothing is filled, and nothing is 0 %.
sla -q -f csv -c context --as-of 2026-01-04 -m n,filled,fill_rate,mean_filled
# The scorecard says the same of the last line.
funnel-sla -d agreed.yaml -q -f csv -m attained,n,met log.csv leads.csv
# Leads that go back to marketing with notes (L17): an outcome is a stage to be
# entered. Of three that were recycled two have notes; 4 came back since.
cat >recycled.yaml <<'YAML'
stages:
  - { name: MQL, owner: marketing }
  - { name: SAL, owner: sales }
  - { name: Nurture, outcome: recycled }
sla:
  - { name: notes, owner: sales, at: Nurture, filled: [Notes], promise: 90% }
YAML
cat >back.csv <<'CSV'
id,stage,stage_entered
1,SAL,2026-01-05
1,Nurture,2026-01-09
3,Nurture,2026-01-10
4,Nurture,2026-01-11
4,SAL,2026-02-01
6,SAL,2026-02-03
CSV
funnel-sla -d recycled.yaml -q -r completeness -f csv back.csv leads.csv \
	-m n,filled,fill_rate
funnel-sla -d recycled.yaml -q -r scorecard -f csv back.csv leads.csv \
	-m attained,verdict,na
# A list of leads without a history.
printf 'id,stage,Notes\nx,Nurture,call in May\ny,Nurture,\nz,SAL,\n' >list.csv
funnel-sla -d recycled.yaml -q -r completeness -f csv -m n,filled list.csv
# Commitments of other kinds need not be left out, though they need touches.
sed '$a\  - { name: worked, share_of: SAL, touched: true }' recycled.yaml >two.yaml
funnel-sla -d two.yaml -q -r completeness -f csv -m n,filled list.csv
# Refused: no commitment is about filled fields.
sed 's/at: .*/share_of: SAL, touched: true }/' recycled.yaml >none.yaml
funnel-sla -d none.yaml -r completeness list.csv
echo $?
funnel-sla -d two.yaml -r completeness -c worked list.csv
echo $?
