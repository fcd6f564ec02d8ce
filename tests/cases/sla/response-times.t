# By hand; Kolkata is UTC + 5:30, its calendar Mon-Fri 09:30-18:30, 26 January
# (a Monday) is a holiday, and the report is in UTC.
#   p1 Fri 23 Jan 17:45 -> Tue 27 Jan 10:15   88.5 h, 1.5 of work (W28)
#   p2 Mon  2 Feb 10:00 -> 11:00              1 h, 1
#   p3 Mon  2 Feb 10:00 -> 14:00              4 h, 4
#   p4 Mon  2 Feb 01:30 -> 10:00              8.5 h, 0.5; in UTC a Sunday
#   p5 Mon  2 Feb 10:00, by Tue 10:00 nobody  24 h, 9
# Of 1 4 8.5 88.5 the median is 6.25, and p75 p90 p95 lie 0.25 0.7 0.85 of the
# way from the third to the fourth: 28.5, 64.5, 76.5. Of 0.5 1 1.5 4: 1.25, 2.125
# 3.25, 3.625. Kaplan and Meier: 0.8, 0.6, 0.4 at the third of five: 8.5; 1.5.
# Kept in 4 h of work: all but p5, 0.8.
# Asha has p1 p2 p5: median 44.75; KM 2/3 at 1, then p5 leaves: 88.5; of work
# 1.25, 1.5; kept 2/3. Ravi has p3 p4: 6.25, KM 4; of work 2.25, 0.5.
# Monday p2 p3 p4 p5: median 4, KM 0.5 at 4; of work 1 and 1.
cat >funnel.yaml <<'END'
timezone: UTC
stages:
  - { name: SAL }
  - { name: SQL }
sources:
  - { name: Paid Search, team: marketing, aliases: [google_ads] }
calendars:
  - name: india
    timezone: Asia/Kolkata
    hours: [Mon-Fri 09:30-18:30]
    holidays: [2026-01-26]
sla:
  - name: follow-up
    start: SAL
    stop: sales touch
    within: 4h
    calendar: india
  - { name: qualify, start: SAL, stop: SQL, within: 2d }
END
cat >history.csv <<'END'
id,stage,stage entered,owner,source
p1,SAL,2026-01-23T17:45:00+05:30,Asha,google_ads
p2,SAL,2026-02-02T10:00:00+05:30,Asha,Paid Search
p3,SAL,2026-02-02T10:00:00+05:30,Ravi,Referral
p4,SAL,2026-02-02T01:30:00+05:30,Ravi,
p5,SAL,2026-02-02T10:00:00+05:30,Asha,
p6,SQL,2026-02-02T10:00:00+05:30,Asha,
END
cat >calls.csv <<'END'
id,date,type
p1,2026-01-27T10:15:00+05:30,call
p2,2026-02-02T11:00:00+05:30,call
p3,2026-02-02T14:00:00+05:30,call
p4,2026-02-02T10:00:00+05:30,call
END
response_times()
{
	funnel-sla -d funnel.yaml --report response-times \
		--activities calls.csv --as-of 2026-02-03T10:00:00+05:30 -q \
		"$@" history.csv
}
response_times -f csv -m started,n,unanswered,attained,median,p75,p90,p95,km_median \
	-m work_median,work_p75,work_p90,work_p95,work_km_median |
	sed 's/\(\.[0-9]\{4\}\)[0-9]*/\1/g'
# Named dimensions come in the order above; --by and --period cut them.
response_times -f csv --dimension hour,all --by owner --period month -m n
# Another clock, not of sales touches: nobody was qualified, and without a
# calendar there are no hours of work. Its weekdays are those of the report.
response_times -f csv --commitment qualify --dimension weekday \
	-m started,n,median,work_median
response_times -f md -m n | grep -e '^- zone' -e '^- na'
