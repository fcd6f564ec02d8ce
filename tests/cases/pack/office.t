# LibreOffice opens the workbook of a pack without repair, sheet by sheet, and
# gives back the numbers of the CSVs: all cells that are numbers there.
# Source: the CSVs of the same pack.
command -v python3 >/dev/null || { echo 'no Python' >&2; exit 77; }
command -v soffice >/dev/null || { echo 'no LibreOffice' >&2; exit 77; }
. "$ROOT/tests/pack.sh"
# shellcheck disable=SC2086 # options are words
funnel-pack -q --no-charts --quarterly $all -o review || exit
# All sheets (-1), separator 44, quote 34, UTF-8, cells as they are.
soffice -env:UserInstallation="file://$PWD/office" --headless \
	--convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1' \
	review/review.xlsx >log 2>&1 || cat log
compared=0
for table in review/tables/*.csv; do
	id=${table##*/}
	sheet=review-${id%.csv}.csv
	[ -f "$sheet" ] || { echo "no sheet ${id%.csv}"; continue; }
	python3 - "$table" "$sheet" <<'END' && compared=$((compared + 1))
import csv, sys
ours, theirs = [list(csv.reader(open(name, newline="", encoding="utf-8")))
                for name in sys.argv[1:]]
numbers = 0
for a, b in zip(ours[1:], theirs[1:]):
    for x, y in zip(a, b):
        try:
            value = float(x)
        except ValueError:
            continue
        numbers += 1
        y = y.rstrip("%")
        try:
            same = abs(float(y) - value) <= 1e-9 * max(1, abs(value))
        except ValueError:
            same = x == y
        if not same and not (y and abs(float(y) / 100 - value) <= 1e-6):
            print(sys.argv[1], x, y)
if len(ours) > len(theirs):
    print(sys.argv[1], len(ours), len(theirs))
print(numbers, file=open("numbers", "a"))
END
done
[ "$(paste -s -d + numbers | bc)" -gt 1000 ] &&
	[ "$compared" = "$(find review/tables -name '*.csv' | wc -l)" ] &&
	echo 'every sheet has the numbers of its table'
