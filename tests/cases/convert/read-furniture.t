# What a report prints above and below its table is no data: two title lines,
# two blank ones, a total with sums, a grand total, the confidentiality and
# the copyright line and the company's name. An account called Total Energies
# and one that is `Total` are deals all the same, since they have id and stage
# (R43).
# Source: crm-exports.md 3.1; by hand.
cat >report.csv <<'EOF'
My Opportunities
As of 2026-03-01

Opportunity ID,Account Name,Stage,Amount,Created Date
006A000000aaaaA,Total Energies,Open,10,2026-01-01
006A000000aaaaB,Total,Won,20,2026-01-02

Total,,,30,
Grand Totals (2 records),,,30,
"Confidential Information - Do Not Distribute"
"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."
Namuna Machines
EOF
funnel-convert -f csv --stages Open,won:Won --report outcomes \
	-m records,won --ledger ledger.csv report.csv
cut -d , -f 1-4 ledger.csv
