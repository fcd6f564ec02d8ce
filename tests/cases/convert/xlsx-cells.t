# Every cell of a workbook is the cell of the CSV: text the same, numbers to 15
# digits (all that Excel keeps), times the same second, and an empty one is no
# cell. Over reports that have every unit.
command -v unzip >/dev/null || { echo 'no unzip' >&2; exit 77; }
compare()
{
	name=$1
	shift
	"$@" -q -f xlsx >book.xlsx || exit
	"$@" -q -f tsv >table.tsv || exit
	"$ROOT/tests/sheet" book.xlsx 1 >cells
	awk -F '\t' -v name="$name" '
	function letters(n) {
		return n > 26 ? letters(int((n - 1) / 26)) letters((n - 1) % 26 + 1) \
			: substr("ABCDEFGHIJKLMNOPQRSTUVWXYZ", n, 1)
	}
	# The day of a count of days since 1970 (Hinnant, days from civil).
	function date(days,   z, era, doe, yoe, doy, mp, d, m) {
		z = days + 719468
		era = int(z / 146097)
		doe = z - era * 146097
		yoe = int((doe - int(doe / 1460) + int(doe / 36524) - \
			int(doe / 146096)) / 365)
		doy = doe - (365 * yoe + int(yoe / 4) - int(yoe / 100))
		mp = int((5 * doy + 2) / 153)
		d = doy - int((153 * mp + 2) / 5) + 1
		m = mp < 10 ? mp + 3 : mp - 9
		return sprintf("%04d-%02d-%02d", yoe + era * 400 + (m <= 2), m, d)
	}
	function time(serial,   seconds) {
		seconds = int((serial - 25569) * 86400 + 0.5)
		return date(int(seconds / 86400)) sprintf("T%02d:%02d:%02dZ",
			seconds / 3600 % 24, seconds / 60 % 60, seconds % 60)
	}
	function near(a, b,   d) {
		d = a > b ? a - b : b - a
		return d <= 1e-15 * (a < 0 ? -a : a)
	}
	function shown(at) {
		if (what[at] == "number" && format[at] ~ /hh:mm:ss/)
			return time(value[at])
		if (what[at] == "number" && format[at] ~ /^yyyy/)
			return date(value[at] - 25569)
		return value[at]
	}
	FNR == NR {
		what[$1] = $2
		format[$1] = $3
		value[$1] = $4
		if ($1 !~ /[A-Z]1$/)
			left++
		next
	}
	FNR > 1 {
		for (i = 1; i <= NF; i++) {
			at = letters(i) FNR
			if ($i == "" && !(at in what))
				continue
			compared++
			left--
			is = shown(at)
			if ((is "") == ($i "") || (what[at] == "number" &&
			    format[at] !~ /^yyyy/ && near(is, $i)))
				continue
			print name, at, "is", is, "not", $i
		}
	}
	END {
		result = compared ? "compared" : "nothing to compare"
		print name ": " result (left ? ", cells too many" : "")
	}' cells table.tsv
}
compare stages funnel-convert "$SAMPLES/salesforce-opportunity-history.csv" \
	-p month
compare outcomes funnel-convert "$SAMPLES/hubspot-deals.csv" -r outcomes
compare long funnel-convert "$SAMPLES/hubspot-deals.csv" -r outcomes --long
compare stalled funnel-velocity "$SAMPLES/hubspot-deals.csv" -r stalled
compare week funnel-velocity -r week \
	"$SAMPLES/salesforce-opportunity-history.csv"
compare empty funnel-convert "$SAMPLES/hubspot-deals.csv" -r outcomes \
	--by source -w source=nobody
