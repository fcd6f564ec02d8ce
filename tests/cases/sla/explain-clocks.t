# Clocks that stand still, go on and change their calendar, by hand.
# p: SAL Mon 10:00, Nurture 11:00 to 13:00 where the clock stands still, touch
#    14:00: 2 h of 4. resume: touched at 14:00, a start again at 16:00, touched
#    at 17:00: 2 + 1 = 3 h, 7 h in all but for the pause and the gap: 3.
# o: Asha works 09-17, Ravi 12-20. SAL Mon 16:00 with Asha, at 18:00 Ravi,
#    touch Mon 19:00: 1 h of Asha, 1 h of Ravi: 2 of 3.
#    Assigned: owned since it was created, so at the start.
# c: closed on Monday at 12:00, before the 4 hours ran out: void after 2 h; at
#    as_of it does not run any more.
cat >funnel.yaml <<'END'
timezone: UTC
stages:
  - { name: SAL }
  - { name: Waiting }
  - { name: SQL }
  - { name: Lost, outcome: lost }
calendars:
  - { name: early, hours: [Mon-Fri 09:00-17:00], owners: [Asha] }
  - { name: late, hours: [Mon-Fri 12:00-20:00], owners: [Ravi] }
sla:
  - { name: paused, start: SAL, stop: sales touch, within: 4h, pause: [Waiting] }
  - { name: resume, start: SAL, stop: sales touch, within: 4h, cycles: resume, pause: [Waiting] }
  - { name: shifts, start: SAL, stop: sales touch, within: 4h, calendar: owner }
  - { name: assigned, start: SAL, stop: assigned, within: 1h }
  - { name: demo, start: "column:Asked", stop: "column:Done", within: 4h }
  - { name: worked, share_of: SAL, touched: true }
END
cat >history.csv <<'END'
id,stage,stage entered,owner
p,SAL,2026-03-02T10:00:00Z,Asha
p,Waiting,2026-03-02T11:00:00Z,Asha
p,SAL,2026-03-02T13:00:00Z,Asha
p,SQL,2026-03-02T15:00:00Z,Asha
p,SAL,2026-03-02T16:00:00Z,Asha
o,SAL,2026-03-02T16:00:00Z,Asha
o,SAL,2026-03-02T18:00:00Z,Ravi
c,SAL,2026-03-02T10:00:00Z,Asha
c,Lost,2026-03-02T12:00:00Z,Asha
END
cat >leads.csv <<'END'
id,created,Asked,Done
o,2026-03-01T10:00:00Z,2026-03-02T10:00:00Z,2026-03-02T15:00:00Z
p,2026-03-01T10:00:00Z,,
c,2026-03-01T10:00:00Z,,
END
cat >calls.csv <<'END'
id,date,type
p,2026-03-02T14:00:00Z,call
p,2026-03-02T17:00:00Z,call
o,2026-03-02T19:00:00Z,call
END
explain()
{
	funnel-sla -d funnel.yaml --activities calls.csv -q \
		--as-of 2026-03-03T12:00:00Z -f csv \
		-m detail,effect,hours,all_hours,status \
		"$@" history.csv leads.csv | sed 's/2026-03-//; /^,/d'
}
explain --explain p --commitment paused,resume
explain --explain o --commitment shifts,assigned,demo,worked
explain --explain c --commitment paused,worked
