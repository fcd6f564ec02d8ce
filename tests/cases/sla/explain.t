# W28 of metrics.md: Friday 17:45 to Tuesday 10:15 over a holiday is 1.5 h of
# the calendar and 88.5 h in all; the hour is used up on Tuesday at 10:00 - 0:15
# = 09:45, so at Friday 18:30 + 0:15. In UTC all is 5:30 earlier. The call at
# 11:00 comes after 0:45 + 1:30 = 2.25 h, as_of on Wednesday at 12:00 after
# 0.75 + 9 + 2.5 = 12.25. Two working days after Friday 17:45 are Wednesday
# 17:45: 0.75 + 9 + 8.25 = 18 h.
cat >funnel.yaml <<'END'
timezone: Asia/Kolkata
stages:
  - { name: MQL }
  - { name: SAL }
  - { name: SQL }
  - { name: Won, outcome: won }
  - { name: Disqualified, outcome: rejected }
rejection_reasons: [Poor timing]
criteria:
  - name: icp
    all:
      - { name: size, column: Employees, at_least: 50 }
      - { name: role, column: Title, matches: "head" }
calendars:
  - name: india
    timezone: Asia/Kolkata
    hours: [Mon-Fri 09:30-18:30]
    holidays: [2026-01-26]
sales_touches:
  by: { column: Team, any_of: [Sales] }
  automated: { column: Automated }
routing:
  - { name: all, owners: [Asha, Mira] }
sla:
  - { name: follow-up, start: SAL, stop: sales touch, within: 1h, calendar: india }
  - { name: attempts, start: SAL, attempts: 2, within: 2bd, channels: [call], calendar: india }
  - { name: disposition, start: MQL, stop: disposition, within: 72h }
  - { name: volume, count: MQL, passing: icp, per: month, at_least: 10 }
  - { name: context, at: SAL, filled: [Employees, Notes] }
  - { name: routed, routed: SAL }
  - { name: qualified, start: SQL, stop: sales touch, within: 1h }
END
cat >history.csv <<'END'
id,stage,stage entered
00Q000000000001AAA,MQL,2026-01-23T12:00:00+05:30
00Q000000000001AAA,SAL,2026-01-23T17:45:00+05:30
r1,MQL,2026-01-23T12:00:00+05:30
r1,Disqualified,2026-01-24T12:00:00+05:30
END
cat >leads.csv <<'END'
id,created,Owner,Employees,Title,Notes,Reject Reason
00Q000000000001AAA,2026-01-23T11:00:00+05:30,Ravi,20,,,
r1,2026-01-23T11:00:00+05:30,Ravi,80,head,,Bored
END
cat >calls.csv <<'END'
id,date,type,Team,Automated,Activity Owner
00Q000000000001AAA,2026-01-23T17:00:00+05:30,call,Sales,,Ravi
00Q000000000001AAA,2026-01-23T17:46:00+05:30,email,Sales,true,
00Q000000000001AAA,2026-01-23T18:00:00+05:30,email,Marketing,,Mira
00Q000000000001AAA,2026-01-27T10:15:00+05:30,email,Sales,,Ravi
00Q000000000001AAA,2026-01-27T11:00:00+05:30,call,Sales,,Ravi
00Q000000000001AAA,2026-02-27T11:00:00+05:30,call,Sales,,Ravi
END
explain()
{
	funnel-sla -d funnel.yaml --activities calls.csv -q \
		--as-of 2026-01-28T12:00:00+05:30 "$@" history.csv leads.csv
}
explain --explain 00Q000000000001AAA -f csv \
	-m detail,effect,hours,all_hours,status,row |
	sed 's/\(\.[0-9]\{4\}\)[0-9]*/\1/g'
# A rejection without an agreed reason disposes of nothing: 72 h after Friday
# 12:00 is Monday 12:00, and on Wednesday at 12:00 120 h have passed.
explain --report explain --explain r1 --commitment disposition -f csv \
	-m detail,effect,hours,status
explain --explain r1 --commitment disposition -f md | grep '^- [ro][ew]'
# In Salesforce the same record by 15 characters and by 18.
cat >sf.csv <<'END'
Lead ID,Lead Status,Created Date
00Q000000000001,MQL,2026-01-23
00Q000000000002,MQL,2026-01-24
END
for id in 00Q000000000002 00Q000000000002EAA; do
	funnel-sla -d funnel.yaml --preset salesforce --explain $id -q \
		--commitment disposition --as-of 2026-01-28 -f md sf.csv |
		grep '^- record:'
done
