# Two leads of one person were merged after each had become a deal: they count
# as one record. The newest deal says the outcome and the amount and a note
# counts the other one, in whatever order the rows stand. By hand: L1 became D1
# (won, 100), created before D2 of L2, which is lost.
cat >deals.csv <<'END'
id,stage,created,amount
D1,Won,2026-01-03,100
D2,Lost,2026-01-04,70
END
cat >leads.csv <<'END'
id,created,deal,into
L1,2026-01-01,D1,L2
L2,2026-01-02,D2,
END
{ sed -n 1p leads.csv; sed -n 3p leads.csv; sed -n 2p leads.csv; } >swapped.csv
{ sed -n 1p deals.csv; sed -n 3p deals.csv; sed -n 2p deals.csv; } >reversed.csv
for files in 'leads.csv deals.csv' 'swapped.csv deals.csv' \
	'leads.csv reversed.csv' 'swapped.csv reversed.csv'; do
	funnel-convert -q -f json --stages Open,won:Won,lost:Lost \
		--map converted_id=deal --map merged_into=into \
		--report outcomes -m records,won,lost,lost_value $files |
		jq -c '[.rows[0] | .records, .won, .lost, .lost_value],
			.notes.further_deals'
done
