# Columns of a look-up file join on its first column, or on the one named
# after a colon; a key that it does not have is blank. By hand.
cat >deals.csv <<'EOF'
id,stage,owner
a,Won,Ravi
b,Lost,Asha
c,Won,Zoya
d,Won,Tara
EOF
cat >teams.csv <<'EOF'
Manager,owner,Region
Meena,Ravi,North
Meena,Asha,South
Kiran,Zoya,North
EOF
sed 's/^\([^,]*\),\([^,]*\),/\2,\1,/' teams.csv >owners.csv
report()
{
	funnel-convert -f csv --stages Open,won:Won,lost:Lost \
		--report outcomes -m records,won deals.csv "$@"
}
report --lookup teams.csv:owner --by Manager
report --lookup owners.csv --by Manager
report --lookup owners.csv --by Region,Manager
report --lookup owners.csv --where Region=North
report --lookup teams.csv:Owner --by manager --where region=North
