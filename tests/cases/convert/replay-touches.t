# Rules that count touches. old: a webinar by the time of the MQL; new: two of
# webinar or demo. a had a webinar before and a demo on the day of the MQL (which
# counts, R49), b one webinar before and one after, c a demo before.
cat >old.yaml <<'END'
stages:
  - { name: Lead }
  - { name: MQL, rule: engaged }
  - { name: SQL }
criteria:
  - name: engaged
    all:
      - { name: intent, touch: [Webinar] }
END
sed 's/touch: .Webinar./touch: [Webinar, Demo], at_least: 2/' old.yaml >new.yaml
cat >leads.csv <<'END'
id,email,Lead,MQL,SQL
a,a@x.example,2026-01-01,2026-01-10,
b,b@x.example,2026-01-01,2026-01-10,
c,c@x.example,2026-01-01,2026-01-10,
END
cat >touches.csv <<'END'
email,date,channel
a@x.example,2026-01-02,webinar
a@x.example,2026-01-10,demo
b@x.example,2026-01-02,Webinar
b@x.example,2026-01-11,Webinar
c@x.example,2026-01-02,Demo
END
run()
{
	funnel-convert -q -f csv --stage MQL --touches touches.csv \
		--map stage:Lead=Lead --map stage:MQL=MQL --map stage:SQL=SQL \
		"$@" leads.csv
	echo "$?"
}
run -r replay --against old.yaml -d new.yaml -m n
run -r flips --against old.yaml -d new.yaml -m set,why
run -r qualification -d new.yaml -m n,passed,failed
# By record alone, an address finds nobody.
run -r replay --against old.yaml -d new.yaml --join record -m n
# Of three leads two became an MQL by the old file and one by the new; before,
# there were none, and no change.
funnel-convert -q -f csv -r change --step Lead:MQL --touches touches.csv \
	--map stage:Lead=Lead --map stage:MQL=MQL --map stage:SQL=SQL \
	--against old.yaml -d new.yaml --from 2026-01-01 --to 2026-01-05 \
	-m before_naive,after_old_naive,after_naive,definition_effect,change \
	leads.csv

# Without touches: which rule wants them, of which file.
funnel-convert -r replay --against old.yaml -d new.yaml leads.csv
sed 's/, rule: engaged//' new.yaml >plain.yaml
funnel-convert -r replay --against old.yaml -d plain.yaml leads.csv
funnel-convert -r qualification -d new.yaml leads.csv
# And touches that nothing looks at.
run -r replay --against plain.yaml -d plain.yaml
run -r qualification -d plain.yaml
