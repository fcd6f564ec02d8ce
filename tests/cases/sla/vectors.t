# W23 to W29 of the specification (metrics.md 3.4.4, 3.4.6), through the
# command. Elapsed hours of clocks that stopped; due times of those that did
# not. Expected are the numbers of the specification: 51; 23, 25 and 2; 96,800
# s; 1.5, 10.5 and, all hours, 88.5; Mon 16:00, Mon 10:00, next day 12:00; Thu
# 11:00; 57,608 s by the calendars of both owners, 41,408 s by the last alone.
cat >d.yaml <<'END'
stages:
  - name: MQL
  - name: SAL
columns:
  - { stage: MQL, column: Start }
  - { stage: SAL, column: Stop }
calendars:
  - name: biz
    timezone: America/Los_Angeles
    hours: [Mon 09:00-17:00, Tue 00:00-24:00, Wed 09:00-17:00,
      Thu 09:00-12:00, Thu 13:00-17:00, Sat 10:00-14:00]
  - { name: day, timezone: America/Los_Angeles, hours: [Mon-Sun 00:00-24:00] }
  - { name: los, timezone: America/Los_Angeles, hours: [Mon-Fri 09:00-17:00] }
  - { name: week, timezone: UTC, hours: [Mon-Fri 00:00-24:00] }
  - { name: office, timezone: UTC, hours: [Mon-Fri 09:00-17:00] }
  - name: uneven
    timezone: UTC
    hours: [Mon 09:00-17:00, Tue 09:00-16:00, Thu 08:00-17:00]
  - name: india
    timezone: Asia/Kolkata
    hours: [Mon-Fri 09:30-18:30]
    holidays: [2026-01-26]
  - name: open
    timezone: Asia/Kolkata
    hours: [Mon-Fri 09:30-18:30]
sla:
  - { name: w23, start: MQL, stop: SAL, within: 60h, calendar: biz,
      where: [V=w23] }
  - { name: w24a, start: MQL, stop: SAL, within: 60h, calendar: day,
      where: [V=w24a] }
  - { name: w24b, start: MQL, stop: SAL, within: 60h, calendar: day,
      where: [V=w24b] }
  - { name: w24c, start: MQL, stop: SAL, within: 60h, calendar: los,
      where: [V=w24c] }
  - { name: w25, start: MQL, stop: SAL, within: 60h, calendar: week,
      where: [V=w25] }
  - { name: w28, start: MQL, stop: SAL, within: 60h, calendar: india,
      where: [V=w28] }
  - { name: w28-open, start: MQL, stop: SAL, within: 60h, calendar: open,
      where: [V=w28] }
  - { name: w28-all, start: MQL, stop: SAL, within: 60h, where: [V=w28] }
  - { name: w26-8h, start: MQL, stop: SAL, within: 8h, calendar: office,
      where: [V=w26] }
  - { name: w26-2h, start: MQL, stop: SAL, within: 2h, calendar: office,
      where: [V=w26] }
  - { name: w26-4h, start: MQL, stop: SAL, within: 4h, calendar: office,
      where: [V=w26b] }
  - { name: w27, start: MQL, stop: SAL, within: 16h, calendar: uneven,
      where: [V=w27] }
END
cat >leads.csv <<'END'
Id,V,Start,Stop
1,w23,2015-01-10T10:00:00Z,2015-01-17T10:00:00Z
2,w24a,2014-03-09T08:00:00Z,2014-03-10T07:00:00Z
3,w24b,2014-11-02T07:00:00Z,2014-11-03T08:00:00Z
4,w24c,2014-03-08T00:00:00Z,2014-03-10T17:00:00Z
5,w25,2019-06-08T23:07:02Z,2019-06-11T02:53:20Z
6,w28,2026-01-23T12:15:00Z,2026-01-27T04:45:00Z
7,w26,2026-01-09T16:00:00Z,
8,w26b,2026-01-07T16:00:00Z,
9,w27,2026-01-05T11:00:00Z,
END
funnel-sla -q -d d.yaml --as-of 2026-02-01T00:00:00Z -f csv \
	-c w23,w24a,w24b,w24c,w25,w28,w28-open,w28-all \
	-m elapsed_median,met,late leads.csv |
	awk -F , 'NR > 1 {
		print $1, sprintf("%.6f", $3) + 0, $3 * 3600, $4, $5 }'
funnel-sla -q -d d.yaml --as-of 2026-02-01T00:00:00Z -f csv \
	-c w26-8h,w26-2h,w26-4h,w27 --report breaches -m due leads.csv |
	sort
cat >w29.yaml <<'END'
stages:
  - name: MQL
  - name: SAL
calendars:
  - name: first
    timezone: UTC
    hours: [Tue-Wed 12:00-24:00, Wed-Thu 00:00-02:00]
    owners: [First]
  - name: second
    timezone: UTC
    hours: [Tue-Wed 15:00-24:00, Wed-Thu 00:00-00:30]
    owners: [Second]
sla:
  - { name: by-period, start: MQL, stop: SAL, within: 16h, calendar: owner }
  - { name: by-last, start: MQL, stop: SAL, within: 16h, calendar: second }
END
cat >history.csv <<'END'
id,stage,stage entered,owner
1,MQL,2026-01-06T17:01:38Z,First
1,MQL,2026-01-07T19:01:25Z,Second
1,SAL,2026-01-07T19:01:46Z,Second
END
funnel-sla -q -d w29.yaml --as-of 2026-02-01T00:00:00Z -f csv \
	-m elapsed_median,late_median,met,late history.csv |
	awk -F , 'NR > 1 { print $1, $3 * 3600, $4 * 3600, $5, $6 }'
