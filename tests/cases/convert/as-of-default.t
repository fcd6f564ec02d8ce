# Without --as-of the data says how far it reaches (R46): the latest instant at
# which something happened in any input, a task beside the leads or an entry
# to a stage that nobody defined too; never a planned date, such as the close
# of an open deal. By hand.
as_of()
{
	funnel-convert -q -f csv "$@" -m as_of,records | sed -n 2p
}
cat >deals.csv <<'EOF'
Id,StageName,CreatedDate,CloseDate,IsClosed,IsWon
006000000000001AAA,Prospecting,2026-01-05T10:00:00.000Z,2027-12-31,false,false
006000000000002AAA,Closed Won,2026-01-06T10:00:00.000Z,2026-02-01,true,true
EOF
cat >tasks.csv <<'EOF'
Id,WhatId,Subject,ActivityDate,Status,IsClosed,CreatedDate
00T000000000001AAA,006000000000001AAA,Call,2026-02-10,Completed,true,2026-02-09
EOF
as_of deals.csv
as_of deals.csv tasks.csv
cat >log.csv <<'EOF'
id,stage,stage_entered
x,Open,2026-01-01
x,Flying,2026-01-09
EOF
as_of --report outcomes --stages Open,won:Won log.csv
