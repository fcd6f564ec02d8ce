# funnel without a command, or with one that it does not know: 2, and the list
# of commands on stderr; the two spellings of a command are the same.
funnel
echo $?
funnel converge
echo $?
funnel convert --nonsense
echo $?
funnel convert -f csv -m entered samples/hubspot-deals.csv >first
funnel-convert -f csv -m entered samples/hubspot-deals.csv | cmp first -
funnel --version | sed 's/[0-9][0-9.]*/N/'
funnel-convert --version | sed 's/[0-9][0-9.]*/N/'
