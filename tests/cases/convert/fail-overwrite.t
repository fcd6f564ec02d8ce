# A mistake on the command line leaves the file of -o as it was.
cat >log.csv <<'EOF'
id,stage,stage_entered
x,Lead,2026-01-01
EOF
for mistake in '-f xml' '-m entred' '--mode many' '--where what=1' absent.csv
do
	echo precious >kept.csv
	# Unquoted: an option and its value.
	funnel-convert --stages Lead,MQL -o kept.csv log.csv $mistake 2>err
	echo "$mistake: $? $(cat kept.csv)"
done
