# Commas, semicolons and tabs are told apart by the header; --delimiter says
# it where the header misleads, and another separator is a usage error. In
# the last file the header has more commas than semicolons.
for delimiter in ',' ';' '	'; do
	printf 'id,stage,created\na,Won,2026-01-01\n' |
		tr , "$delimiter" >deals.csv
	funnel-convert -f csv --stages Open,won:Won --report outcomes \
		-m records,won deals.csv | sed 1d
done
cat >mixed.csv <<'EOF'
id;stage;"created, in local time, by the CRM"
a;Won;2026-01-01
EOF
funnel-convert -f csv --stages Open,won:Won --report outcomes \
	--delimiter semicolon -m records,won mixed.csv | sed 1d
funnel-convert -f csv --stages Open,won:Won --delimiter colon mixed.csv
echo $?
