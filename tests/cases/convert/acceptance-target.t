# Where the target for a decision comes from, and that none is guessed: two
# promises, one in working days, one by a calendar, one with a pause, one for
# some records only, one about another stage.
cat >log.csv <<'END'
id,stage,stage_entered
a,MQL,2026-01-01
b,MQL,2026-01-09
END
target()
{
	{
		echo 'stages:'
		echo '  - { name: MQL, owner: marketing }'
		echo '  - { name: SAL, owner: sales }'
		echo 'calendars: [{ name: office, hours: [Mon-Fri 09:00-17:00] }]'
		echo 'sla:'
		cat
	} >agreed.yaml
	funnel-convert -r acceptance -d agreed.yaml -f md \
		-m undecided_within,undecided_past log.csv |
		grep -E '^- target|[0-9-] \|'
}
target <<'END'
  - { name: first, start: MQL, stop: disposition, within: 3d }
END
target <<'END'
  - { name: first, start: MQL, stop: disposition, within: 3d }
  - { name: second, start: MQL, stop: disposition, within: 4d }
END
target <<'END'
  - { name: first, start: MQL, stop: disposition, within: 3bd, calendar: office }
END
target <<'END'
  - { name: first, start: MQL, stop: disposition, within: 24h, calendar: office }
END
target <<'END'
  - { name: first, start: MQL, stop: disposition, within: 24h, pause: [SAL] }
END
target <<'END'
  - { name: first, start: MQL, stop: disposition, within: 24h, where: [source=Web] }
END
target <<'END'
  - { name: first, start: SAL, stop: disposition, within: 24h }
END
