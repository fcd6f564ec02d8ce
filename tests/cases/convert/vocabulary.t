# Every value as it was typed. By hand: of eight leads three came by `cpc` and
# two by other spellings of it, all agreed as Paid Search; the campaign is on
# no list, so that only spellings are told, of which the more frequent stands.
cat >agreed.yaml <<'END'
stages:
  - { name: MQL, owner: marketing, aliases: [Qualified] }
  - { name: SAL, owner: sales }
sources:
  - { name: Paid Search, team: marketing, aliases: [cpc] }
rejection_reasons: [Poor timing]
END
cat >leads.csv <<'END'
id,stage,source,campaign,reject reason,Disposition
1,MQL,cpc,Spring Fair,Poor timing,rework
2,mql,cpc,Spring Fair,poor timing,Rework
3,Qualified,cpc,spring fair,poor timing,nurture
4,SAL,CPC,Spring_Fair,Budget,
5,Sal,paid search,,N,
6,Won?,Paid Search,Autumn,,
7,MQL,fb,,,
8,MQL,,,,Rework
END
words()
{
	funnel-convert -d agreed.yaml -r vocabulary "$@" leads.csv
}
words --by Disposition -f md | grep -v -E '^- (definitions|input):'
words -q -f csv --where source=fb -m n,share,finding
# What is no column of the file is not looked at; without stages nothing stops.
echo 'id,created' >bare.csv
echo 'a,2026-01-01' >>bare.csv
funnel-convert -r vocabulary -f md bare.csv | grep vocabulary
words -p month
echo "$?"
words --from 2026-01-01
echo "$?"
