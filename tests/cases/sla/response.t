# Everything starts on 2 March at 10:00 but late ones. By hand, with the
# landmark a day later, 3 March 10:00, and as_of 31 March 00:00:
#   a  answered after 5:00 min, SQL on 5 March          0-5 min, converted
#   b  5:01 min, no more                                5-30 min
#   c  1 min, SQL at 12:00 the same day                 0-5 min, before
#   d  24:00:00 h, SQL on 9 March                       4-24 h, converted
#   e  started on 30 March                              never, young
#   f  Lost at 18:00 the same day                       never, closed
#   g  nothing                                          never
#   h  24:00:01 h, skips SQL: Won on 20 March           > 24 h, converted
#   i  4:00:00 h, SQL on 3 March at 10:00:00            1-4 h, before
#   j  4:00:01 h, SQL on 3 March at 10:00:01            4-24 h, converted
#   k  Lost at 11:00, reopened as SAL at 12:00          never: open again
#   l  answered on a bare date                          in no bucket
# followed: from 3 March 10:00 to 31 March is 27 d 14 h = 27.5833. Wilson of
# 1 of 1, z = 1.96: 1 / (1 + z^2) = 0.2065; of 1 of 3: (1/3 + z^2/6 -+ z
# sqrt(2/27 + z^2/36)) / (1 + z^2/3) = 0.0615, 0.7923; of 2 of 2: 0.3424. The
# output is cut after four digits, not rounded.
cat >funnel.yaml <<'END'
timezone: UTC
stages:
  - { name: SAL }
  - { name: Demo, optional: true }
  - { name: SQL }
  - { name: Won, outcome: won }
  - { name: Lost, outcome: lost }
sla:
  - { name: follow-up, start: SAL, stop: sales touch, within: 24h }
END
cat >history.csv <<'END'
id,stage,stage entered
a,SAL,2026-03-02T10:00:00Z
a,SQL,2026-03-05T10:00:00Z
b,SAL,2026-03-02T10:00:00Z
b,Demo,2026-03-05T10:00:00Z
c,SAL,2026-03-02T10:00:00Z
c,SQL,2026-03-02T12:00:00Z
d,SAL,2026-03-02T10:00:00Z
d,SQL,2026-03-09T12:00:00Z
e,SAL,2026-03-30T10:00:00Z
f,SAL,2026-03-02T10:00:00Z
f,Lost,2026-03-02T18:00:00Z
g,SAL,2026-03-02T10:00:00Z
h,SAL,2026-03-02T10:00:00Z
h,Won,2026-03-20T10:00:00Z
i,SAL,2026-03-02T10:00:00Z
i,SQL,2026-03-03T10:00:00Z
j,SAL,2026-03-02T10:00:00Z
j,SQL,2026-03-03T10:00:01Z
k,SAL,2026-03-02T10:00:00Z
k,Lost,2026-03-02T11:00:00Z
k,SAL,2026-03-02T12:00:00Z
l,SAL,2026-03-02T10:00:00Z
END
cat >calls.csv <<'END'
id,date,type
a,2026-03-02T10:05:00Z,call
a,2026-03-02T10:30:00Z,call
b,2026-03-02T10:05:01Z,call
c,2026-03-02T10:01:00Z,call
d,2026-03-03T10:00:00Z,call
h,2026-03-03T10:00:01Z,call
i,2026-03-02T14:00:00Z,call
j,2026-03-02T14:00:01Z,call
l,2026-03-03,call
END
response()
{
	funnel-sla -d funnel.yaml --report response --activities calls.csv \
		--as-of 2026-03-31T00:00:00Z -q "$@" history.csv
}
response -f csv -m n,converted,rate,lo,hi,started,converted_before \
	-m closed_before,young,followed_median | sed 's/\(\.[0-9]\{4\}\)[0-9]*/\1/g'
# --conversion: b came as far as Demo, which the default passes over; d, h and
# j passed it over, so that they came further. Won: h alone.
response -f csv --conversion demo -m converted -m converted_before
response -f csv --conversion won -m converted | grep -v ',0$'
# By month: e of 30 March is of March, too; the notes are for people.
response -f csv --period month -m started | grep -c '^2026-03,'
response -f md -m n | grep '^- [csu][oen][nlm]'
