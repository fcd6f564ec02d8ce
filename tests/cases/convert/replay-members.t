# Who counts at a stage that has a rule. By the history (default): a and b, of
# whom only a passes the new rule, and d under neither. By the rule: all that
# pass it and had come to the stage before -- c, never an MQL, counts under both
# files, e under the old one; they were never worked, so that they are in volumes
# and in no rate. f passes and has not even been a lead; g came to a later stage.
#
#   a  80  MQL, SQL        c  90  Lead          e  55  Lead
#   b  60  MQL             d  40  MQL           f  99  Lost at once
#   g  70  SQL: MQL, too (reached)
#
# history: old a b g, new a g. rule: old a b c e g, new a c g; entered of them 3
# and 2, of which 2 and 2 went on. A rule for leads is asked of all: f, too.
cat >old.yaml <<'END'
stages:
  - { name: Lead, rule: mql }
  - { name: MQL, rule: mql }
  - { name: SQL }
  - { name: Lost, outcome: lost }
criteria:
  - name: mql
    all:
      - { name: score, column: Score, at_least: 50 }
END
sed 's/at_least: 50/at_least: 70/' old.yaml >new.yaml
cat >log.csv <<'END'
id,score,owner,stage,stage_entered
a,80,ann,Lead,2026-01-01
a,80,ann,MQL,2026-01-02
a,80,ann,SQL,2026-01-03
b,60,ann,Lead,2026-01-01
b,60,ann,MQL,2026-01-02
c,90,ann,Lead,2026-01-01
d,40,ann,Lead,2026-01-01
d,40,ann,MQL,2026-01-02
e,55,ann,Lead,2026-01-01
f,99,ann,Lost,2026-01-01
g,70,ann,SQL,2026-01-04
END
for members in history rule; do
	echo "$members:"
	funnel-convert -q -f csv -r replay --against old.yaml -d new.yaml \
		--members $members --stage MQL -m n,entered,advanced,rate \
		log.csv
	funnel-convert -q -f csv -r flips --against old.yaml -d new.yaml \
		--members $members --stage MQL -m set,why,at log.csv
	funnel-convert -q -f table -r flips --against old.yaml -d new.yaml \
		--members $members --stage MQL log.csv | grep ^not_entered
done
funnel-convert -q -f csv -r replay --against old.yaml -d new.yaml \
	--members rule --stage Lead -m n log.csv
