# Conditions that cannot be read: usage, code 2, nothing on stdout, one line
# that says what to write instead. What the C library says of a regular
# expression is cut off.
cat >deals.csv <<'EOF'
id,stage,owner,Seats
a,Open,Asha,90
EOF
for condition in owner '=Asha' 'Ownr=Asha' 'Seat>1' 'owner~(' 'campaign=x'; do
	funnel-convert --stages Open,won:Won --where "$condition" deals.csv \
		2>err
	echo $?
	sed 's/expression: .*/expression/' err >&2
done
