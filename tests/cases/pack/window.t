# The period under review: the last one that is over as of the last day that is
# known, or the one that holds --review, which may run. Weeks go from Monday to
# Sunday, also across the new year; quarters are the fiscal ones.
# Source: cal(1); ISO 8601 for the weeks; April as the first month for the
# quarters, named by both years.
cat >fiscal.yaml <<'END'
fiscal_year_starts: April
timezone: Asia/Kolkata
stages: [{ name: Open }, { name: Won, outcome: won }]
END
echo 'id,stage,created,close_date
d1,Won,2025-11-05T20:00:00Z,2025-12-20
d2,Open,2026-01-31T17:00:00Z,' >deals.csv
when()
{
	printf '%s: ' "$*"
	funnel-pack -q --no-charts "$@" deals.csv -o review || return
	sed -n 3p review/summary.md
}
when --weekly --as-of 2026-01-04
when --weekly --as-of 2026-01-05
when --weekly --as-of 2026-01-05 --review 2026-01-05
when --weekly --as-of 2026-01-11 --review 2025-12-31
when --monthly --as-of 2025-12-31
when --monthly --as-of 2025-12-30
when --monthly --as-of 2025-12-31T23:00:00Z
when --monthly -d fiscal.yaml
when --monthly -d fiscal.yaml --as-of 2026-01-31T18:30:00Z
when --quarterly -d fiscal.yaml --as-of 2026-01-31
when --quarterly -d fiscal.yaml --review 2026-01-31
when --quarterly -d fiscal.yaml --as-of 2026-02-01 --review 2026-04-01
grep -o 'report change [^"]*--before [^ ]*' review/manifest.json
