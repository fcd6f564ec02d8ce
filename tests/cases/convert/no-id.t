# Without an id column a file is refused, since names are not unique; with
# --no-id every row is a record of its own, the same name twice too, and rows
# that are the same to the letter are two. A history needs ids all the same.
cat >report.csv <<'EOF'
Opportunity Name,Stage,Created Date
Pumps,Closed Won,2026-01-01
Pumps,Closed Lost,2026-01-02
Valves,Closed Won,2026-01-03
Valves,Closed Won,2026-01-03
EOF
funnel-convert --report outcomes report.csv
echo $?
funnel-convert -f csv --no-id --report outcomes -m records,won,lost report.csv
