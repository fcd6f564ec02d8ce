# The same workbook whenever, wherever and from whichever order of files it is
# made; through a pipe, too. Nothing but the report: neither the name of the
# output nor the time.
cat >a.csv <<'EOF'
id,stage,stage_entered
x,Lead,2026-01-01
x,MQL,2026-01-02
EOF
sed 's/^x/y/' a.csv >b.csv
make_book()
{
	funnel-convert --stages Lead,MQL,won:Won -p month "$@"
}
make_book -o one.xlsx a.csv b.csv
sleep 2.1 # an archive counts two seconds
TZ=Asia/Kolkata LC_ALL=C make_book -o two.xlsx b.csv a.csv
make_book -f xlsx a.csv b.csv >three.xlsx
make_book --format=xlsx a.csv b.csv | cat >four.xlsx
for book in two three four; do
	cmp one.xlsx $book.xlsx
done
