# Which criterion fails at a stage, by hand.
#
#   a  industry Software  size 100    a demo before it was an MQL
#   b  Software           80          a demo two days after
#   c  Software           60
#   d  Retail             200
#   e  Retail             10
#   f  Software           (blank)
#   g  n/a                51-200
#   h  Software           90          a lead, never an MQL
#   i  Software           70          SQL without a date as MQL
#
# 7 MQLs. industry: d e g fail, d alone, g blank. size: e f g fail, f alone and
# blank, g is no number. (all): 4 of 7 fail, of which d and f fail one thing; f
# by blanks only. Of the SQLs a, b and i, which a volume counts by another rule, b
# and i are below its 90; the other volume has the rule of the stage itself.
# Wilson of 4 and 3 of 7, 2 of 3 by Python: 0.2505 0.8418, 0.1582 0.7495, 0.2077
# 0.9385.
cat >agreed.yaml <<'END'
timezone: UTC
stages:
  - { name: Lead }
  - { name: MQL, rule: icp }
  - { name: SQL, aliases: [Sales Qualified] }
criteria:
  - name: icp
    all:
      - { name: industry, column: Industry, any_of: [Software, Banking] }
      - { name: size, column: Employees, at_least: 50 }
  - name: large
    all:
      - { name: large, column: Employees, at_least: 90 }
  - name: engaged
    all:
      - { name: demo, touch: [Demo request] }
sla:
  - { name: sqls, count: Sales Qualified, passing: large, at_least: 3, per: month }
  - { name: mqls, count: mql, passing: ICP, at_least: 3, per: month }
  - { name: weekly, count: "touch:meeting", at_least: 1, per: week }
columns:
  - { stage: Lead, column: Lead }
  - { stage: MQL, column: MQL }
  - { stage: SQL, column: SQL }
END
cat >leads.csv <<'END'
id,Industry,Employees,Lead,MQL,SQL
a,Software,100,2026-01-01,2026-01-02,2026-01-03
b,Software,80,2026-01-01,2026-01-02,2026-01-03
c,Software,60,2026-01-01,2026-01-02,
d,Retail,200,2026-01-01,2026-01-02,
e,Retail,10,2026-01-01,2026-01-02,
f,Software,,2026-01-01,2026-01-02,
g,n/a,51-200,2026-01-01,2026-01-02,
h,Software,90,2026-01-01,,
i,Software,70,2026-01-01,,2026-01-03
END
judge()
{
	funnel-sla -q -f csv -r qualification "$@" leads.csv | awk -F , -v OFS=, '
		{ for (i = 3; i <= NF; i++)
			if ($i ~ /[.][0-9]/)
				$i = sprintf("%.4f", $i) } 1'
}
judge -d agreed.yaml -m n,failed,fail_rate,fail_lo,fail_hi,blank,unread,alone
funnel-sla -d agreed.yaml -r qualification -f md leads.csv |
	grep -E '^- (judged|tests|undecided)'
# Criteria that count touches count those up to the entry: of a alone.
sed 's/rule: icp/rule: engaged/; /passing/d' agreed.yaml >engaged.yaml
cat >touches.csv <<'END'
id,date,channel
a,2026-01-02,Demo request
b,2026-01-04,Demo request
c,2026-01-01,Newsletter
END
judge -d engaged.yaml --touches touches.csv -m passed,failed
judge -d engaged.yaml -m passed,failed
# A window leaves the SQLs alone; a condition d, of industry alone, and e, of both.
judge -d agreed.yaml --from 2026-01-03 -m n,failed
judge -d agreed.yaml --where Industry=Retail -m n,failed,alone
# Without a rule there is nothing to judge.
sed 's/, rule: icp//; /passing/d' agreed.yaml >none.yaml
judge -d none.yaml
