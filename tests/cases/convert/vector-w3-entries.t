# W3: step 1 on 1, 5 and 20 January, step 2 on 2 and 6 January, one person.
# Counted by person the funnel converts at 100 %; counted by entry at 100 % on
# the 1st and the 5th and 0 % on the 20th. On the 2nd and the 6th nothing
# entered the first step: no rate, and neither 0 nor 100 %.
# The 20th is the last day of the data, and both steps took a day: of it nothing
# is known yet, and it is immature.
# Source: metrics.md 3.1.3 (Amplitude's example).
cat >log.csv <<'END'
id,stage,stage_entered
u,One,2026-01-01
u,Two,2026-01-02
u,One,2026-01-05
u,Two,2026-01-06
u,One,2026-01-20
END
funnel-convert -f csv --stages One,Two -m entered,converted,rate log.csv
funnel-convert -f csv --stages One,Two --count entries --period day \
	-m entered,converted,rate,open log.csv | grep -v ',Two,'
funnel-convert -f csv --stages One,Two --count entries --period day \
	-m naive,resolved,matured,horizon_days,verdict log.csv |
	grep -v -e ',Two,' -e ',,,,'
