# A table that has ids but neither stage nor outcome, creation nor close is no
# list of leads or deals: it is refused, and not counted as open deals. With a
# creation date alone what became of the records is unknown, not open.
cat >users.csv <<'EOF'
id,name,title,email
u1,Asha Udaharan,Rep,asha@example.in
EOF
funnel-convert -f csv users.csv 2>err
echo "$? $(wc -l <err)"
cat >deals.csv <<'EOF'
id,name,created
d1,Pumps,2026-01-01
EOF
funnel-convert -q -f csv --report outcomes -m records,open,unknown deals.csv
