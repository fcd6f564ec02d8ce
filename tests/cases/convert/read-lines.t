# The line of a ledger entry is the physical one, as an editor counts, also
# after cells that hold line ends and a title above the header. By hand:
# line 7 is ragged.
printf '%s\n' 'A report' 'id,stage,created,note' \
	'a,Open,2026-01-01,"first' 'second' 'third"' 'b,Open,2026-01-01,' \
	'c,Open' >deals.csv
funnel-convert -f csv --stages Open,won:Won --report outcomes -m records \
	deals.csv
