# What rows say of other records: the deal of the later modification wins and
# the other is a conflict (R42); `Merged Deal IDs` names records under the same
# forms as an id column does (`zcrm_` off). By hand: L became D1, which is won,
# and D2 stands alone; then 2 is part of 1, in either form.
cat >leads.csv <<'END'
id,created,deal,modified
L,2026-01-01,D1,2026-02-01
L,2026-01-01,D2,2026-01-15
END
cat >deals.csv <<'END'
id,stage,created
D1,Won,2026-01-03
D2,Lost,2026-01-04
END
sed -n '1p;3p' leads.csv >first.csv
sed -n '1p;2p' leads.csv >second.csv
for files in leads.csv 'first.csv second.csv'; do
	funnel-convert -f csv --stages Open,won:Won,lost:Lost \
		--map converted_id=deal --map modified=modified \
		--report outcomes --by id -m won,lost $files deals.csv
done
funnel-convert --dup error -f csv --stages Open,won:Won,lost:Lost \
	--map converted_id=deal --map modified=modified leads.csv
echo $?
for id in 2 zcrm_2; do
	printf 'Record Id,Stage,Created,Merged Deal IDs\n1,Open,2026-01-01,%s\n' \
		$id >deals.csv
	echo 2,Open,2026-01-02, >>deals.csv
	funnel-convert -q -f csv --stages Open,won:Won --report outcomes \
		--map merged_ids='Merged Deal IDs' --map id='Record Id' \
		-m records deals.csv
done
