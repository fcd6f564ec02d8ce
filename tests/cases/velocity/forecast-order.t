# The same bytes however the rows stand and however often it runs; another
# seed, another draw; the number of draws stands in a column.
awk 'BEGIN {
	print "id,stage,created,amount,probability"
	for (i = 1; i <= 12; i++)
		printf "d%d,Proposal,2026-01-%02d,%d,%d\n", i, i,
		    1000 * i * i, 5 * i + 7
}' >deals.csv
{ sed 1q deals.csv && sed 1d deals.csv | tac; } >turned.csv
forecast()
{
	funnel-velocity -q -f csv --report forecast --stages Proposal,won:Won \
		"$@"
}
forecast deals.csv >a
forecast turned.csv | cmp a -
forecast --seed 1 --rho 0 --draws 10000 deals.csv | cmp a -
forecast --seed 2 deals.csv | cmp -s a - && echo 'another seed, the same draw'
forecast --draws 1000 deals.csv | cut -d, -f1,15,16,19 | grep field
