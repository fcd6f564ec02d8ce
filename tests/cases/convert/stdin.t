# - is standard input, once; the same bytes as by name, but for the name in the
# notes and the ledger.
cp samples/hubspot-deals.csv deals.csv
funnel-convert -f csv deals.csv >named
funnel-convert -f csv - <deals.csv >piped
cmp named piped
cat deals.csv | funnel-convert -f csv -o out.csv -
cmp named out.csv
funnel-convert -f csv - - <deals.csv
echo $?
funnel-convert -f csv - </dev/null
echo $?
