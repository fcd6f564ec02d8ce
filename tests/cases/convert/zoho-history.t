# Zoho does not say whether Modified Time is when a stage was entered or left
# (R48). Alone this file proves nothing and is refused until --zoho-history
# says it; the deals beside it prove an entry, since the first row has their
# Created Time; a Created Time in each row that is the Modified Time of the
# row before proves an exit.
# Source: crm-exports.md 5.4; by hand: as entries Qualification began on
# 5 January and Needs Analysis on the 9th; as exits Needs Analysis began on the
# 5th, and Qualification when the deal was created, which the rows may tell.
cat >history.csv <<'EOF'
Deal Name.id,Stage,Moved To,Duration (Days),Modified Time
zcrm_3152079000000171011,Qualification,Needs Analysis,4,2026-01-05 10:00:00
zcrm_3152079000000171011,Needs Analysis,,,2026-01-09 10:00:00
EOF
cat >deals.csv <<'EOF'
Record Id,Deal Name,Stage,Created Time,Closing Date
zcrm_3152079000000171011,Pumps,Needs Analysis,2026-01-05 10:00:30,2026-05-01
EOF
cat >backup.csv <<'EOF'
Deal Name.id,Stage,Moved To,Duration (Days),Modified Time,Created Time
zcrm_3152079000000171011,Qualification,Needs Analysis,4,2026-01-05 10:00:00,2026-01-01 09:00:00
zcrm_3152079000000171011,Needs Analysis,,,2026-01-09 10:00:00,2026-01-05 10:00:00
EOF
entries()
{
	echo "$*"
	funnel-convert -f csv --basis period --period day -m entered "$@" |
		grep -v ',0$' | sed 1d
}
funnel-convert history.csv
echo $?
entries --zoho-history entry history.csv
entries --zoho-history exit history.csv
entries history.csv deals.csv
entries backup.csv
