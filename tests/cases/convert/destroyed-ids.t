# Ids that a spreadsheet rounded join nothing: 3.15208E+18, and a column of
# ten long ids that kept 15 digits and end in zeros. Each is named; what is left
# is counted.
# Source: crm-exports.md 5 (Zoho ids); a double keeps 15 digits in a sheet.
cat >one.csv <<'EOF'
Record Id,Stage,Created Time
3.15208E+18,Closed Won,2026-01-01 10:00:00
zcrm_3152079000000171011,Closed Won,2026-01-01 10:00:00
EOF
funnel-convert -f csv --report outcomes -m records one.csv
{
	echo Record Id,Stage,Created Time
	for i in 01 02 03 04 05 06 07 08 09 10; do
		echo "3152079000${i}7${i}0000,Closed Won,2026-01-$i 10:00:00"
	done
} >all.csv
funnel-convert -f csv --report outcomes -m records all.csv
echo $?
# A rounded id of another record loses the link, which is counted, not the row.
cat >leads.csv <<'EOF'
id,created,deal,merged
L1,2026-01-01,3.15208E+18,
L2,2026-01-01,,x;3.15208E+18;zcrm_9
EOF
funnel-convert -f csv --stages Open,won:Won --map converted_id=deal \
	--map merged_ids=merged --report outcomes -m records leads.csv
