# What a file can change besides rules, by hand. The new one takes Demo for a
# SQL, calls MQL Qualified, counts Signed as won, has a stage Trial of its own,
# and agrees that web is Inbound.
#
#   a  MQL, Demo, Signed    old: MQL; Demo and Signed are no stages
#                           new: Lead, Qualified, SQL, won
#   b  MQL, SQL, Won        SQL and won under both
#   c  MQL, Won             SQL under both, skipped: reached
#   d  Trial                old: not known; new: a Lead, and in Trial
#   e  Lead
#
# Lead 4 and 5, added d (no row of d can be used under the old file). MQL 3 and
# 4, since Trial lies behind Qualified: added d. SQL 2 and 4, added a and d; won
# 2 and 3, added a. By source the words are those of the new file: web of a, d
# and e is Inbound, also under the old one, and so it is where --where asks:
# Lead of a and e, added d.
cat >old.yaml <<'END'
stages:
  - { name: Lead }
  - { name: MQL }
  - { name: SQL }
  - { name: Won, outcome: won }
  - { name: Lost, outcome: lost }
END
cat >new.yaml <<'END'
stages:
  - { name: Lead }
  - { name: Qualified, aliases: [MQL] }
  - { name: SQL, aliases: [Demo] }
  - { name: Trial }
  - { name: Customer, outcome: won, aliases: [Won, Signed] }
  - { name: Lost, outcome: lost }
sources:
  - { name: Inbound, aliases: [web] }
END
cat >log.csv <<'END'
id,source,owner,stage,stage_entered
a,web,ann,Lead,2026-01-01
a,web,ann,MQL,2026-01-02
a,web,ann,Demo,2026-01-05
a,web,ann,Signed,2026-01-20
b,fair,bob,MQL,2026-01-02
b,fair,bob,SQL,2026-01-03
b,fair,bob,Won,2026-01-09
c,fair,bob,MQL,2026-01-02
c,fair,bob,Won,2026-01-08
d,web,ann,Trial,2026-01-04
e,web,ann,Lead,2026-01-04
END
replay()
{
	funnel-convert -q -f csv --against old.yaml -d new.yaml "$@" log.csv
}
replay -r replay -m n,advanced,won
replay -r replay -m n --by source --stage SQL
replay -r replay -m n --stage Qualified
replay -r replay -m n --where source=Inbound --stage Lead
replay -r flips -m stage,owner,set,why,at,advanced,won
echo notes:
funnel-convert -q -f table -r replay --against old.yaml -d new.yaml log.csv |
	grep -E '^(unpaired|old_|replayed|members)'
# Two old stages that the new file makes one: which of them it is, nobody can
# say. Only Lead and the won stage are left.
sed 's/\[MQL\]/[MQL, SQL]/; s/name: SQL, aliases: .Demo./name: Demo/' new.yaml \
	>merged.yaml
funnel-convert -q -f table -r replay --against old.yaml -d merged.yaml log.csv |
	sed -n '/^Lead  *old/p; /^Customer  *old/p; /^Qual/p; /^unpaired/p'
