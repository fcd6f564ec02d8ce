# What is a step and when it is done, at a horizon of 10 days; all by hand.
# a goes from Lead to MQL in 2 days. b skips MQL: it counts there from the third
# day on, when it is SQL. c has no entry to Lead of its own: in naive, in no
# duration (R2). d is recycled and e rejected after a day: both compete. f's MQL
# is dated before its Lead: in counts, in no duration. g is open for 31 days, i
# for none. h is won after 7 days without MQL.
# reached: a b c f h of 9 go on, g and i are open: 5/9 and 5/7; of a b d e g h,
# followed for 10 days, a b h in time: 3/6.
# strict: c is no Lead, and only a goes on: 1/8; b f g i are open: 1/4; the win of
# h competes: of a b d e f g h only a: 1/7.
cat >wide.csv <<'END'
id,Lead,MQL,SQL,Won,Nurture,Junk
a,2026-01-01,2026-01-03,,,,
b,2026-01-01,,2026-01-04,,,
c,,2026-01-05,,,,
d,2026-01-01,,,,2026-01-02,
e,2026-01-01,,,,,2026-01-02
f,2026-01-09,2026-01-04,,,,
g,2026-01-01,,,,,
h,2026-01-01,,,2026-01-08,,
i,2026-02-01,,,,,
END
maps=
for stage in Lead MQL SQL Won Nurture Junk; do
	maps="$maps --map stage:$stage=$stage"
done
for mode in reached strict; do
	# shellcheck disable=SC2086 # options are words
	funnel-convert -q -f csv $maps --mode $mode --mature 10d \
		--stages Lead,MQL,SQL,won:Won,recycled:Nurture,rejected:Junk \
		-m entered,naive,resolved,matured,matured_n,open wide.csv |
	sed -n 2p
done
