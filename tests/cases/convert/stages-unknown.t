# A stage that the definitions do not name is never guessed: its rows are in
# the ledger, and the notes name it with how often it occurs and the nearest
# name. Names match without regard to case, blanks and underscores (R52).
cat >log.csv <<'EOF'
id,stage,stage_entered
a,open,2026-01-01
a,Proposel,2026-01-02
b,OPEN,2026-01-01
b,proposal_sent,2026-01-03
c,Moon Landing,2026-01-01
EOF
funnel-convert -f table --stages 'Open,Proposal Sent,Proposal,won:Won' \
	-m entered log.csv | sed -n '/^Stage  /,/^Won/p;/^unknown/p'
# Without any definitions nobody knows the order of these stages.
funnel-convert log.csv 2>err
echo $?
sed 's/; the data has.*//' err >&2
