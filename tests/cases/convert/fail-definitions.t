# Mistakes in a definitions file are named with line and column, and the
# nearest word: 3. A file that is not there: 4.
try()
{
	cat >wrong.yaml
	funnel-convert -d wrong.yaml samples/hubspot-deals.csv
	echo $?
}
try <<'EOF'
stages:
  - name: Lead
    alias: [New]
EOF
try <<'EOF'
stages:
  - name: Lead
  - name: Customer
    outcome: wonn
EOF
try <<'EOF'
version: 1
EOF
try <<'EOF'
stages: Lead
EOF
try <<'EOF'
stages: [Lead
EOF
try </dev/null
try <<'EOF'
timezone: Asia/Bangalore
stages: [{ name: Lead }, { name: MQL }]
EOF
funnel-convert -d absent.yaml samples/hubspot-deals.csv
echo $?
funnel-convert -d . samples/hubspot-deals.csv
echo $?
