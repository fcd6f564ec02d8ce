# The chances of the CRM: the column as a whole proves whether 1 is one per
# cent or certain. Amounts 100 and 10. By hand: 30 and 1 are 0.30 and 0.01, so
# 30 + 0.1; 0.3 and 1 are shares, so 30 + 10; of 1 and 0 nobody can say; 130 is
# no chance, and the deal is left out; no column, no forecast.
field()
{
	printf 'id,stage,created,amount,probability\na,Proposal,2026-01-01,100,%s
b,Proposal,2026-01-01,10,%s\n' "$1" "$2" >deals.csv
	funnel-velocity -f md --report forecast --stages Proposal,won:Won \
		-m no_odds,expected deals.csv |
		grep -E '^. field|^- (field|unread)'
}
field 30 1
field 0.3 1
field 1 0
field 130 50
field '' ''
