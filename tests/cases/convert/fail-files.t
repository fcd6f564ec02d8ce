# Inputs that are no CSV: each is refused in one line that says what it is and
# what to do, with nothing on stdout. 3: the data is wrong, 4: the system.
try()
{
	funnel-convert -f csv --stages Open,won:Won "$1" 2>err
	echo "$1: $?"
	[ "$(wc -l <err)" -eq 1 ] || echo "$1: not one line"
	cat err >&2
}
: >empty.csv
printf '\n\n\n' >blank.csv
echo id,stage,created >header.csv
mkdir directory.csv
printf 'PK\003\004\024\000\006\000\010\000!\000rest' >xlsx.csv
printf '\037\213\010\000\000\000\000\000\000\003rest' >gzip.csv
printf '%%PDF-1.7\n1 0 obj\n' >pdf.csv
printf '<html><body><table><tr><td>id</td></tr></table>' >html.csv
printf '\320\317\021\340\241\261\032\341rest' >xls.csv
printf 'id,stage\na,W\000n\n' >nul.csv
printf 'id,stage,created\na,Won,"2026-01-01\nb,Won,2026-01-02\n' >unclosed.csv
for file in empty blank header directory xlsx gzip pdf html xls nul unclosed \
	absent; do
	try $file.csv
done
