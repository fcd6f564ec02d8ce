# Wrong command lines and definitions of commitments: one error that names the
# word and says what to do, nothing on stdout. 2 where the command line is
# wrong, 3 where a file is.
cat >log.csv <<'END'
id,stage,stage_entered,source
A,Lead,2026-03-02T10:00:00Z,Web
A,MQL,2026-03-03T10:00:00Z,Web
END
cat >calls.csv <<'END'
id,date,type
A,2026-03-03T12:00:00Z,call
END
cat >funnel.yaml <<'END'
stages:
  - { name: Lead }
  - { name: MQL }
  - { name: Won, outcome: won }
sla:
  - { name: follow-up, start: MQL, stop: sales touch, within: 24h }
  - { name: called, start: MQL, stop: "touch:call", within: 24h }
  - { name: decided, start: MQL, stop: disposition, within: 72h }
  - { name: volume, count: MQL, per: month, at_least: 1 }
END
say()
{
	code=$?
	echo "$*: $code"
}

# The command line alone: the files are absent.
try()
{
	funnel-sla -d absent.yaml "$@" absent.csv
	say "$@"
}
funnel-sla
say no file
for option in --nonsense --report=score --void=never --ci=wald \
	--confidence=2 --join=account --touch-date=associated --fail-below=most --fail-below=101% \
	--fail-below=0 --due=4h; do
	try "$option"
done
for due in soon -4h 3bd; do
	try --report breaches --due $due
done
try --report breaches --fail-below promise
try --report breaches --ci cp
try --report breaches --confidence 0.9
try --report breaches --period month
try --report volume --period month
try --report volume --void late
try --report volume --due 4h

# What the definitions have, and which files there are.
agreed()
{
	funnel-sla -q -d funnel.yaml "$@" log.csv
	say "$@"
}
funnel-sla log.csv
say no definitions
funnel-sla --stages Lead,MQL log.csv
say no sla
agreed -c folow-up
agreed -c xyz
agreed -c decided --report volume
agreed -c decided --fail-below promise
agreed -c decided -m verdikt
agreed -c follow-up
agreed -c called
agreed -c follow-up --touches calls.csv
agreed -c follow-up --activities log.csv
agreed -c follow-up --activities absent.csv
agreed -c follow-up --activities calls.csv --join name
agreed -c follow-up --activities calls.csv --touch-date created

# A commitment that cannot be read, or means nothing.
wrong()
{
	cat >wrong.yaml <<-END
		stages:
		  - { name: Lead }
		  - { name: MQL }
		  - { name: Won, outcome: won }
		  - { name: Junk, outcome: rejected }
		calendars:
		  - { name: india, hours: [Mon-Fri 09:30-18:30] }
		$more
		sla:
		  - { name: x, $1 }
	END
	funnel-sla -q -d wrong.yaml --activities calls.csv log.csv
	say "$1"
}
more=
for entry in 'owner: sales' 'start: MQL, stop: Won' 'start: MQL, within: 3h' \
	'start: MQL, stop: Won, attempts: 3, within: 3h' \
	'start: MQL, attempts: 0, within: 3h' \
	'start: MQL, attempts: 2, within: 3h, cycles: each' \
	'start: MQL, stop: Won, within: 3h, channels: [call]' \
	'start: MQL, stop: Won, within: 3h, count: MQL' \
	'start: MQL, stop: Won, within: soon' \
	'start: MQL, stop: Won, within: 0h' \
	'start: MQL, stop: Won, within: 3d, calendar: india' \
	'start: MQL, stop: Won, within: 3bd' \
	'start: MQL, stop: Won, within: 3bd, calendar: india, pause: [Lead]' \
	'start: MQL, stop: Won, within: 3bd, calendar: india, cycles: resume' \
	'start: MQL, stop: Won, within: 3h, cycles: often' \
	'start: MQL, stop: Won, within: 3h, calendar: indai' \
	'start: MQL, stop: Won, within: 3h, calendar: owner' \
	'start: MQL, stop: Won, within: 3h, promise: 90' \
	'start: MQL, stop: Won, within: 3h, pause: [Nurture]' \
	'start: MQL, stop: sales touhc, within: 3h' \
	'start: MQL, stop: "column:Nowhere", within: 3h' \
	'start: disposition, stop: Won, within: 3h' \
	'start: MQL, stop: Won, within: 3h, where: [Region=South]' \
	'start: MQL, stop: Won, within: 3h, where: [Region]' \
	'start: MQL, stop: Won, within: 3h, unless: x' \
	'count: MQL, at_least: 3' 'count: MQL, per: month' \
	'count: MQL, at_least: 3, per: fortnight' \
	'count: MQL, at_least: 3, per: month, passing: icp' \
	'count: MQL, at_least: 3, per: month, within: 3h' \
	'count: disposition, at_least: 3, per: month' \
	'at: MQL' 'at: MQL, filled: [Nowhere]' \
	'at: MQL, filled: [source], calendar: india' \
	'share_of: MQL' 'share_of: MQL, touched: false' \
	'share_of: MQL, touched: true, within: 3bd' \
	'rejected_with: rejection_reasons' \
	'disposed: Junk' 'disposed: Nowhere' 'routed: MQL' \
	'routed: MQL, stop: Won' 'routed: MQL, attempts: 3' \
	'at: MQL, filled: [source], per: month' \
	'at: MQL, filled: [source], at_least: 3' \
	'at: MQL, filled: [source], passing: icp' \
	'at: MQL, filled: [source], touched: true' \
	'disposed: MQL, filled: [source]' \
	'order: [Lead]' 'order: [Lead, MQL, Lead]' 'order: [Lead, Nowhere]'; do
	wrong "$entry"
done
more='routing: [ { name: south, where: [Region=South], owners: [Asha] } ]'
wrong 'routed: MQL'
more='routing: [ { name: south } ]'
wrong 'routed: MQL'
