# The rule of a stage over the records that entered it, by hand.
#
#   a  industry Software  size 100   SQL, won      passes
#   b  Software           80         SQL           passes
#   c  Software           60                       passes
#   d  Retail             200        SQL           industry, alone
#   e  Retail             10                       industry and size
#   f  Software           (blank)                  size, blank
#   g  n/a                51-200                   both: blank, undecided
#   h  a lead, never an MQL
#
# 7 MQLs, 3 pass. industry: 4 pass, d e g fail, d alone, g blank. size: 4 pass (a
# b c d), e f g fail, f alone and blank, g is no number. (all): 4 fail, of which
# d and f fail one thing; f fails by blanks only, g by a blank and an undecided
# cell, so that it is neither. Went on: 2 of the 3 that pass, 1 of the 4 others;
# by industry 2/4 and 1/3, by size 3/4 and 0/3. Fisher's exact test, 35 ways to
# choose the three that went on: (all), 0 to 3 of the passed 4 18 12 1, seen 12: p
# 17/35; industry 1 12 18 4, seen 18, the most likely: 1; size, seen 4, as rare
# only 1: 5/35. One family, Benjamini and Hochberg: 3/2 x 17/35, 1, 3 x 5/35; by
# Holm 2 x 17/35, 1, 3 x 5/35.
cat >agreed.yaml <<'END'
stages:
  - { name: Lead }
  - { name: MQL, rule: icp }
  - { name: SQL }
  - { name: Won, outcome: won }
criteria:
  - name: icp
    all:
      - { name: industry, column: Industry, any_of: [Software, Banking] }
      - { name: size, column: Employees, at_least: 50 }
  - name: tiny
    all:
      - { name: tiny, column: Employees, at_most: 90 }
END
cat >leads.csv <<'END'
id,Industry,Employees,Lead,MQL,SQL,Won
a,Software,100,2026-01-01,2026-01-02,2026-01-03,2026-01-09
b,Software,80,2026-01-01,2026-01-02,2026-01-03,
c,Software,60,2026-01-01,2026-01-02,,
d,Retail,200,2026-01-01,2026-01-02,2026-01-03,
e,Retail,10,2026-01-01,2026-01-02,,
f,Software,,2026-01-01,2026-01-02,,
g,n/a,51-200,2026-01-01,2026-01-02,,
h,Software,90,2026-01-01,,,
END
judge()
{
	format=$1
	shift
	funnel-convert -q -f "$format" -r qualification -d agreed.yaml \
		--map stage:Lead=Lead --map stage:MQL=MQL --map stage:SQL=SQL \
		--map stage:Won=Won "$@" leads.csv | awk -F , -v OFS=, '
		{ for (i = 3; i <= NF; i++)
			if ($i ~ /[.][0-9]/)
				$i = sprintf("%.6f", $i) } 1'
}
judge csv -m n,passed,pass_rate,failed,fail_rate,blank,unread,alone
judge csv -m passed_rate,failed_rate,difference,p,q,passed_won,failed_won
# Another rule at another stage: of SQLs a (100), b (80) and d (200), b passes.
judge csv --adjust holm -m q
judge csv --stage SQL --rule tiny -m n,passed
judge table | grep '^undecided'
