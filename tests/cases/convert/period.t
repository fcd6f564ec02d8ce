# Cohorts by period, with a fiscal year from April: the last day of one and
# the first of the next, and New Year's Day 2027, a Friday in ISO week 53 of
# 2026. p never became an MQL, q did.
# Source: the calendar; weeks by Python's date.isocalendar().
cat >log.csv <<'EOF'
id,created,Lead on,MQL on
p,,2026-03-31,
q,,2026-04-01,2026-04-02
r,,2027-01-01,
EOF
cat >april.yaml <<'EOF'
fiscal_year_starts: April
stages:
  - name: Lead
  - name: MQL
EOF
periods()
{
	funnel-convert -f csv --map 'stage:Lead=Lead on' \
		--map 'stage:MQL=MQL on' -m period_start,entered,converted \
		"$@" log.csv | grep -v ,MQL,
}
for period in day week month quarter year; do
	periods -d april.yaml --period $period
done
# Without a definitions file the year begins in January.
periods --stages Lead,MQL --period quarter
periods --stages Lead,MQL --period year
