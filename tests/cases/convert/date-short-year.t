# 26/09/13 is the 26th of September 2013 where the day comes first and the
# 13th of September 2026 where the year does (Zoho offers both): refused until
# the column shows that it cannot begin with the year, or --date-order says.
# By hand.
as_of()
{
	funnel-convert -q -f csv --stages Open,won:Won -m entered,as_of "$@" |
		sed -n 2p
}
head=id,stage,stage_entered
printf '%s\na,Open,26/09/13\n' $head >short.csv
printf '%s\na,Open,26/09/13\nb,Open,14/02/98\n' $head >proved.csv
as_of short.csv
as_of --date-order dmy short.csv
as_of --date-order ymd short.csv
as_of proved.csv
