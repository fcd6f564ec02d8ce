# What a person reads first: the promises of one week that were not kept, and
# what lacks an input, in a page of Markdown.
# Source: samples/promises-*.csv, by hand, as of the end of Monday 9 March (no
# clock runs any more), with 4 March off. follow-up within 4 h of work: P-1 3 h,
# P-2 2 + 2 h, P-9 0.5 h; P-3 2 + 2.5 h, its mail being automated; P-4 an
# automated mail only, P-5 nothing: 3 of 6. disposition: late P-6 (72.25 h), never
# P-7, P-8 not with an agreed reason: 6 of 9. reasons: P-6, not P-8. context: five
# of the six that came to SAL, P-4 has n/a. Wilson's intervals: in R,
# prop.test(3, 6, correct = FALSE) and so on.
funnel-pack -q --weekly -d samples/promises.yaml --as-of 2026-03-09 \
	--activities samples/promises-calls.csv samples/promises-leads.csv \
	-o review
cat review/summary.md
