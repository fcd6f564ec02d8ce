# A quarterly pack of 8,800 opportunities of Maven Analytics' CRM challenge: won
# deals and their value by quarter of the close, and the days that a product
# takes, as others published them, stand in its tables and in its summary.
# Source: README.md of the data set; velocity/shared-maven-published has the
# rest of the same numbers.
maven="$SHARED/data/crm-maven"
if ! [ -d "$maven" ]; then
	echo 'the data set crm-maven is not here' >&2
	exit 77
fi
ln -s "$maven/sales_pipeline.csv" deals.csv
funnel-pack -q --quarterly --no-charts --stages \
	'Prospecting,Engaging,won:Won,lost:Lost' --map created=engage_date \
	--by product -o review deals.csv || exit
sed -n 3p review/summary.md
awk -F , 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
	{ print $1, $at["won"], $at["won_value"] }' review/tables/velocity.csv
grep -E '^\* \*\*Won' review/summary.md
awk -F , 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
	$at["outcome"] == "won" {
		printf "%s %s %.0f\n", $1, $at["n"], $at["mean"]
	}' review/tables/cycle.csv
