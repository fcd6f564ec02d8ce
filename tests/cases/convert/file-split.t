# A file cut in three, each part with the header, counts as the whole; and so
# do its rows in another order (metrics.md 3.6). A row that is there twice is
# dropped across files, too.
for sample in salesforce-opportunity-history hubspot-deals \
	salesforce-opportunities; do
	file=samples/$sample.csv
	funnel-convert -q -f csv --period month $file >whole || exit
	# Records, not lines, since cells hold line ends: an even number of
	# quotes ends one.
	awk '
	{ record = record == "" ? $0 : record "\n" $0 }
	gsub(/"/, "\"", record) % 2 == 0 {
		if (n++ == 0)
			print record | "tee a.csv b.csv >c.csv"
		else
			line[n] = record
		record = ""
	}
	END {
		close("tee a.csv b.csv >c.csv")
		for (i = 2; i <= n; i++)
			print line[i] >>(i % 3 == 0 ? "a" : i % 3 == 1 ? "b" : "c") ".csv"
	}' $file
	funnel-convert -q -f csv --period month a.csv b.csv c.csv >parts || exit
	cmp whole parts || echo "$sample differs in parts"
	funnel-convert -q -f csv --period month $file $file >twice || exit
	cmp whole twice || echo "$sample differs when read twice"
done
