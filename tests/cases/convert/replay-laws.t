# What holds of any two files, on the company of company.awk: a file against
# itself drops and adds nothing; kept + dropped = old, kept + added = new, of
# volumes and of SQLs; the other way round, dropped and added change places and
# so do old and new, with their rates; a file without rules has the volumes of
# the report stages; every record stands in one of four sets; neither the order
# of rows nor a second file changes a byte.
data=$ROOT/tests/data
awk -v seed=2 -v n=3000 -f "$data/company.awk" >leads.csv
against()
{
	old=$1 new=$2
	shift 2
	funnel-convert -q -f csv --against "$old" -d "$new" \
		--map stage:Lead=Lead --map stage:MQL=MQL --map stage:SQL=SQL \
		--map stage:Won=Won --map stage:Lost=Lost "$@"
}
cat >laws.awk <<'LAWS'
function check(key, law, a, b, c)
{
	if (a + 0 != b + c)
		print name ": " law ": " key, a, b, c
}
NR == 1 {
	for (i = 1; i <= NF; i++)
		at[$i] = i
	next
}
{
	key = (("owner" in at) ? $at["owner"] : "") "," $at["stage"]
	stages[key]
	n[key, $at["set"]] = $at["n"]
	sql[key, $at["set"]] = $at["advanced"]
}
END {
	for (k in stages) {
		check(k, "old", n[k, "old"], n[k, "kept"], n[k, "dropped"])
		check(k, "new", n[k, "new"], n[k, "kept"], n[k, "added"])
		check(k, "old sql", sql[k, "old"], sql[k, "kept"],
			sql[k, "dropped"])
		check(k, "new sql", sql[k, "new"], sql[k, "kept"],
			sql[k, "added"])
		stage = substr(k, index(k, ",") + 1)
		all[stage] += n[k, "old"] + n[k, "added"] + n[k, "neither"]
		dropped += n[k, "dropped"]
		added += n[k, "added"]
	}
	for (s in all)
		check(s, "all", all[s], 3000, 0)
	if (name ~ /old old/ ? dropped + added : !dropped || !added)
		print name ": dropped " dropped ", added " added
}
LAWS
for options in '' '--by owner' '--mode strict' \
	'--from 2024-03-01 --to 2024-12-01' '--members rule'; do
	for pair in 'old new' 'new old' 'old old'; do
		# shellcheck disable=SC2086 # options are words
		against "$data/company-${pair% *}.yaml" \
			"$data/company-${pair#* }.yaml" -r replay $options \
			-m n,advanced,won,matured,matured_lo,matured_hi \
			leads.csv >"$pair"
		awk -F , -v name="$options, $pair" -f laws.awk "$pair"
	done
	sed 's/,old,/,NEW,/; s/,new,/,old,/; s/,NEW,/,new,/
		s/,dropped,/,ADDED,/; s/,added,/,dropped,/; s/,ADDED,/,added,/' \
		'new old' | sort >swapped
	sort 'old new' | diff - swapped
done

sed 's/, rule: mql//' "$data/company-old.yaml" >plain.yaml
against plain.yaml "$data/company-new.yaml" -r replay -m n leads.csv |
	sed -n 's/^\([^,]*\),old,/\1,/p' >old
funnel-convert -q -f csv -d plain.yaml --map stage:Lead=Lead \
	--map stage:MQL=MQL --map stage:SQL=SQL --map stage:Won=Won \
	--map stage:Lost=Lost -m entered leads.csv | sed '1d; s/,,/,/' |
	diff - old

head -n 1 leads.csv >sorted.csv
sed 1d leads.csv | sort -t , -k 3,3 -k 1,1r >>sorted.csv
head -n 1 leads.csv >rest.csv
sed -n '1001,$p' sorted.csv >>rest.csv
head -n 1000 sorted.csv >first.csv
for report in replay flips; do
	for files in leads.csv sorted.csv 'first.csv rest.csv'; do
		# shellcheck disable=SC2086 # files are words
		against "$data/company-old.yaml" "$data/company-new.yaml" \
			-r $report $files >"$report of $files"
		cmp "$report of leads.csv" "$report of $files"
	done
done
[ "$(wc -l <'flips of leads.csv')" -gt 100 ] || echo 'few flips'

awk -F , -v OFS=, 'NR == 1 { print; next }
$5 <= "2024-12-31" {
	for (i = 6; i <= NF; i++)
		if ($i > "2024-12-31")
			$i = ""
	print
}' leads.csv >then.csv
for report in replay flips; do
	for file in leads.csv then.csv; do
		against "$data/company-old.yaml" "$data/company-new.yaml" \
			--as-of 2024-12-31 -r $report $file >"then $file"
	done
	cmp 'then leads.csv' 'then then.csv'
done
