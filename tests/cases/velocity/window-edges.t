# What lies at the edges of a window. Expected by hand, from metrics.md 3.2.1,
# 3.2.4, 3.5.3 and R16, R37.
S='Lead,MQL,Opportunity,Proposal,won:Won,lost:Lost'
velocity()
{
	funnel-velocity -q -f csv --stages "$S" "$@"
}

# Closed on 25 January: over, and not at risk in February. Only b's 10 days.
cat >over.csv <<'END'
id,stage,stage_entered
a,Opportunity,2026-01-05
a,Won,2026-01-25
b,Opportunity,2026-02-10
b,Won,2026-02-20
END
velocity -m n,n_open,km_median --from 2026-02-01 --to 2026-03-01 over.csv
velocity -m n,n_open -r stages --from 2026-02-01 --to 2026-03-01 over.csv |
	grep Opportunity

# Due on 24 and 25 March, open as of 23 March: due in March, though March is
# not over. 100 + 70 at both ends.
cat >due.csv <<'END'
Id,OpportunityId,StageName,Amount,CloseDate,CreatedDate
0085g0000000000AAF,0065g0000000001AAF,Proposal,100,2025-03-24,2025-01-26T10:00:00.000Z
0085g0000000001AAF,0065g0000000002AAF,Proposal,70,2025-03-25,2025-01-27T10:00:00.000Z
0085g0000000002AAF,0065g0000000002AAF,Proposal,70,2025-03-25,2025-03-23T10:00:00.000Z
END
velocity -r week -p month --bridge close-date -m deals,value due.csv |
	grep -E '2025-03,(open|diff)'

# Lost on 10 January, won without an opening on 20 February: what was lost in
# January stays lost, in February it was opened again and won. The cycle lasts
# to the close in force, 46 days, 5 of them open.
cat >corrected.csv <<'END'
id,stage,stage_entered
a,Opportunity,2026-01-05
a,Lost,2026-01-10
a,Won,2026-02-20
END
velocity -r week -p month -m deals corrected.csv | grep -v -E 'gressed|advanced'
velocity -m mean,open_days,reopened corrected.csv | grep won

# The first pass has no entry to Opportunity: no creation is known, no days.
cat >first-pass.csv <<'END'
id,stage,stage_entered
a,Lead,2026-01-01
a,Won,2026-01-03
a,Opportunity,2026-01-05
a,Won,2026-01-09
END
velocity --cycles split -m n,mean,neg_dur,untimed first-pass.csv | grep all

# x is two days old when May begins and was not at risk at an age of 1.2 days,
# at which r, the only one that was, lost: 1 of 1 within 3 days in May.
cat >instants.csv <<'END'
id,stage,stage_entered
r,Opportunity,2025-05-12T18:39:42Z
r,Lost,2025-05-14T00:05:25Z
z,Lead,2025-05-22T10:00:00Z
END
cat >dates.csv <<'END'
id,created,close_date,stage,outcome,amount,source
x,2025-04-29,2025-05-03,Won,won,70,Ads
END
velocity -p month --horizon 3d -m n,by_horizon instants.csv dates.csv |
	grep 2025-05

# The longest stay in Lead, 19 days, ended on 20 January.
cat >longest.csv <<'END'
id,stage,stage_entered
a,Lead,2026-01-01
a,MQL,2026-01-20
a,Lead,2026-02-10
a,MQL,2026-02-12
END
velocity -r stages --stay max -p month -m n,mean longest.csv | grep Lead

# A lead that was won at once: generated and won on that day, not before.
cat >lead.csv <<'END'
id,stage,stage_entered
a,Lead,2026-01-01
a,Won,2026-02-09
END
cat >leads.csv <<'END'
id,created,stage
a,2026-01-01,Won
END
velocity -r week -p month -m deals lead.csv leads.csv | grep -v beside |
	grep -E 'generated|won'

for options in '--start Lead --end lead' '-r velocity --trailing 90d'; do
	# shellcheck disable=SC2086 # options are words
	velocity $options over.csv
	echo "$?"
done
