# A redefinition of MQL by hand, as of 31 March. MQL on 1 January but for k4 (21
# March); days from there, and what happened:
#
#   k1 ann score 80 SQL 10, won 30     d1 ann 60 lost 5     a1 cid 95 SQL 8
#   k2 ann 90 SQL 20                   d2 bob 55 SQL 25        (South)
#   k3 bob 85 lost 15                  d3 cid 50 open       n1 ann 30 open
#   k4 bob 75 open, 10 days old                             l1 a lead only
#
# old: score 50 or more in the North; new: 70 or more. Volumes 7 and 5: kept k,
# dropped d, added a1, neither n1 and l1. SQLs 3 and 3. Owners of either: three.
#
# Aalen and Johansen at 30 days, at risk x: kept, next: 10 (4) 1/4, S 3/4; 15 (2)
# lost, S 3/8; 20 (1) 1/4 + 3/8 = 5/8. New, a1 first: 1/5, 2/5, S 3/5, 3/10,
# 7/10. Dropped: S 2/3 at 5, 25 (2): 1/3. Old: S 6/7; 1/7, S 5/7; 15 (4), S
# 15/28; 20 (3) 9/28, S 10/28; 25 (2) 1/2. Won: kept, 15 (3) S 2/3, 30 (2) 1/3;
# new 15 (4), 30 (3) 1/4; old S 6/7, 15 (5) 24/35, 30 (4) 6/35. The intervals:
# the variance of metrics.md 3.5.4, worked out beside in Python.
cat >old.yaml <<'END'
version: old
stages:
  - { name: Lead }
  - { name: MQL, rule: mql }
  - { name: SQL }
  - { name: Won, outcome: won }
  - { name: Lost, outcome: lost }
criteria:
  - name: mql
    all:
      - { name: score, column: Score, at_least: 50 }
      - { name: region, column: Region, any_of: [North] }
END
sed '/region/d; s/at_least: 50/at_least: 70/; s/^version: .*/version: new/' \
	old.yaml >new.yaml
cat >leads.csv <<'END'
id,owner,score,region,Lead,MQL,SQL,Won,Lost
k1,ann,80,North,2026-01-01,2026-01-01,2026-01-11,2026-01-31,
k2,ann,90,North,2026-01-01,2026-01-01,2026-01-21,,
k3,bob,85,North,2026-01-01,2026-01-01,,,2026-01-16
k4,bob,75,North,2026-01-01,2026-03-21,,,
d1,ann,60,North,2026-01-01,2026-01-01,,,2026-01-06
d2,bob,55,North,2026-01-01,2026-01-01,2026-01-26,,
d3,cid,50,North,2026-01-01,2026-01-01,,,
a1,cid,95,South,2026-01-01,2026-01-01,2026-01-09,,
n1,ann,30,North,2026-01-01,2026-01-01,,,
l1,ann,20,North,2026-01-01,,,,
END
replay()
{
	funnel-convert -q -f csv --against old.yaml -d new.yaml \
		--map stage:Lead=Lead --map stage:MQL=MQL --map stage:SQL=SQL \
		--map stage:Won=Won --map stage:Lost=Lost \
		--as-of 2026-03-31 --stage MQL "$@" leads.csv
}
replay -r replay -m n,n_of_old,entered,owners,load,load_most,load_of_old \
	-m advanced,advanced_of_old,rate,won,won_of_old,won_rate |
	awk -F , -v OFS=, '{ for (i = 3; i <= NF; i++)
		if ($i ~ /[.]/)
			$i = sprintf("%.4f", $i) } 1'
replay -r replay --mature 30d \
	-m matured,matured_lo,matured_hi,matured_n,horizon_days \
	-m won_matured,won_matured_lo,won_matured_hi,won_matured_n |
	awk -F , -v OFS=, '{ for (i = 3; i <= NF; i++)
		if ($i ~ /[.]/)
			$i = sprintf("%.6f", $i) } 1'
replay -r flips -m owner,stage,set,why,at,advanced,won
