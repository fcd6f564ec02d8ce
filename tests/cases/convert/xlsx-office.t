# LibreOffice opens a workbook without repair, gives back the numbers of the CSV
# and shows them as people read them: lakh groups of amounts below 0, too.
# Source: by hand; the file without formats is compared with -f csv.
command -v soffice >/dev/null || { echo 'no LibreOffice' >&2; exit 77; }
cat >agreed.yaml <<'EOF'
currency: INR
stages: [{ name: Open }, { name: Won, outcome: won },
  { name: Lost, outcome: lost }]
EOF
cat >deals.csv <<'EOF'
id,stage,created,close_date,amount,owner
a,Won,2026-01-01,2026-02-01,12345678.5,crore
b,Won,2026-01-03,2026-02-01,-2345678.25,minus lakh
c,Won,2026-01-03,2026-02-01,-12345678,minus crore
d,Won,2026-01-03,2026-02-01,-99,minus
e,Won,2026-01-03,2026-02-01,123456789012.25,many
f,Won,2026-01-03,2026-02-01,-5000000000,minus many
g,Won,2026-01-03,2026-02-01,99999.99,thousands
h,Lost,2026-01-03,2026-02-01,,"=1+1"
EOF
report()
{
	funnel-convert -q -d agreed.yaml -r outcomes --by owner \
		-m won,win_closed_lo,won_value,cycle_median "$@" deals.csv
}
report -o book.xlsx
# convert AS_SHOWN FILE: separator 44, quote 34, UTF-8 76, the first sheet
convert()
{
	soffice -env:UserInstallation="file://$PWD/office" --headless \
		--convert-to "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,$1,false,false,1" \
		book.xlsx >log 2>&1 || cat log
	mv book-*.csv "$2"
}
convert true shown.csv
convert false plain.csv
cat shown.csv
# A share is in per cent to LibreOffice without the format as well.
report -f csv | sed 1d | cut -d , -f 1,2,4,5 >ours
sed 1d plain.csv | cut -d , -f 1,2,4,5 | diff ours - && echo 'the same numbers'
