# Leads, opportunities, campaign members, tasks and more as the Salesforce API
# exports them: rows are used or in the ledger, file by file, and as many as
# awk counts; 60 leads and 50 opportunities are records, of which 12 were won
# and 3 lost.
# Source: awk over the files, an odd number of quotes being an open cell; the
# outcomes by IsWon and IsClosed, counted with Python's csv module.
api="$SHARED/data/salesforce-api"
if ! [ -d "$api" ]; then
	echo 'the data set salesforce-api is not here' >&2
	exit 77
fi
funnel-convert -q -f csv --report outcomes -m records,won,lost,won_value \
	--ledger ledger.csv "$api"/*.csv || exit
for file in "$api"/*.csv; do
	rows=$(awk '{ quotes += gsub(/"/, "\"") }
		quotes % 2 == 0 { n++ }
		END { print n - 1 }' "$file")
	awk -F , -v file="$file" -v rows="$rows" '
	$1 == file && $3 == "row" { n += $4 }
	$1 == file && $2 == "used" { used = $4 }
	END {
		sub(/.*\//, "", file)
		print file, rows, "rows,", used, "used"
		if (n != rows)
			print file, n, "in the ledger"
	}' ledger.csv
done
