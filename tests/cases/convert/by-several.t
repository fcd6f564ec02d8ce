# Segments by two columns, one of them named by a comma list; a blank value is
# a row of its own, rows are in the order of their bytes and add up to the
# total. By hand.
cat >deals.csv <<'EOF'
id,stage,owner,Lead Source,Region
a,Won,Ravi,Web,North
b,Lost,Ravi,Web,North
c,Won,Asha,,North
d,Open,Ravi,Web,South
e,Won,Asha,Partner,
f,Won,asha,Partner,
EOF
report()
{
	funnel-convert -f csv --stages Open,won:Won,lost:Lost \
		--report outcomes -m records,won,lost,open "$@" deals.csv
}
report --by owner,source
report --by Region --by owner
report
