# What holds of the change between any two files, on the company of company.awk:
# the parts add up, on each row and down the table; of a file against itself
# there is no definition; mix, rate and maturity are those of the old file
# against itself, and so is the rate before; the rate after is that of the new
# file against itself; where no file has a rule and both are one, all is as
# without --against. Neither the order of rows nor a second file matters.
data=$ROOT/tests/data
awk -v seed=2 -v n=3000 -f "$data/company.awk" >leads.csv
cp "$data/company-old.yaml" old
cp "$data/company-new.yaml" new
sed 's/, rule: mql//' new >none
change()
{
	funnel-convert -q -f csv -r change --map stage:Lead=Lead \
		--map stage:MQL=MQL --map stage:SQL=SQL --map stage:Won=Won \
		--map stage:Lost=Lost --from 2025-06-01 --to 2025-12-01 \
		--before 2024-09-01..2025-03-01 --horizon 50d "$@"
}
parts=change,mix_effect,rate_effect,maturity_effect,definition_effect
cat >laws.awk <<'LAWS'
function close_to(a, b)
{
	return a - b < 1e-15 && b - a < 1e-15
}
NR > 1 {
	first = NF - 4
	sum = 0
	for (i = first + 1; i <= NF; i++) {
		if ($i == "")
			print name ": no part: " $0
		sum += $i
	}
	if (!close_to(sum, $first))
		print name ": parts: " $0
	if (name ~ /(old old|new new)$/ && $NF != 0)
		print name ": definition: " $0
	moved += $NF != 0
	if (first == 2)
		next
	for (i = first; i <= NF; i++)
		down[$2, i] += $1 == "(all)" ? -$i : $i
}
END {
	for (k in down)
		if (!close_to(down[k], 0))
			print name ": down the table: " k, down[k]
	if (NR < 5 || (name !~ /(old old|new new)$/ && !moved))
		print name ": rows " NR ", moved " moved + 0
}
LAWS
for options in '' '--by owner' '--by score' '--by owner --mode strict'; do
	for pair in 'old new' 'new old' 'old old' 'new new' 'none old'; do
		# shellcheck disable=SC2086 # options are words
		change --against "${pair% *}" -d "${pair#* }" $options \
			-m "$parts" leads.csv >table
		awk -F , -v name="$options $pair" -f laws.awk table
	done
done

# Rows in the order of their keys: ranks differ from file to file.
only()
{
	change --by owner --against "$1" -d "$2" -m "$3" leads.csv | sort
}
for columns in mix_effect,rate_effect,maturity_effect before_naive,before_rate \
	mix_lo,mix_hi,rate_lo,rate_hi,maturity_lo,maturity_hi,p,q; do
	only old old "$columns" >theirs
	only old new "$columns" | diff - theirs
done
only new new after_naive,after_entered >theirs
only old new after_naive,after_entered | diff - theirs
only old old after_naive,after_entered >theirs
only old new after_old_naive,after_old_entered | sed 's/_old//g' | diff - theirs

columns=$parts,change_lo,change_hi,mix_lo,mix_hi,simpson,after_naive,after_share,q
change --by owner -d none -m "$columns" leads.csv |
	sed 's/\(.*\)/\1,/' | awk -F , -v OFS=, 'NR > 1 { $7 = 0 } 1' >alone
change --by owner -d none --against none -m "$columns" leads.csv |
	sed 's/\(.*\)/\1,/' >itself
awk -F , '
NR == FNR { row[FNR] = $0; n = NR; next }
{
	split(row[FNR], was)
	for (i = 1; i <= NF; i++)
		if ($i != was[i] && !($i - was[i] < 1e-14 && was[i] - $i < 1e-14))
			print "not as alone: " $0
}
END { if (FNR != n || n < 50) print "rows: " n, FNR }' alone itself

head -n 1 leads.csv >sorted.csv
sed 1d leads.csv | sort -t , -k 3,3 -k 1,1r >>sorted.csv
head -n 1 leads.csv >rest.csv
sed -n '1001,$p' sorted.csv >>rest.csv
head -n 1000 sorted.csv >first.csv
for files in leads.csv sorted.csv 'first.csv rest.csv'; do
	# shellcheck disable=SC2086 # files are words
	change --by owner --against old -d new $files >"of $files"
	cmp 'of leads.csv' "of $files"
done
