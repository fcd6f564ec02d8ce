# Which target: --target; else of the definitions the one whose period holds
# as-of, the shortest of several, else the next one; with --until the one that
# holds that day. Its period is fiscal: with April 2026-Q1 is April to June
# 2026, and FY2026-27 Q3 is October to December. Days by the calendar.
cat >deals.csv <<'END'
id,stage,created,close date,amount
a,Won,2026-01-01,2026-02-01,10
END
agree()
{
	cat >agreed.yaml <<-END
	fiscal_year_starts: April
	stages:
	  - { name: Opportunity }
	  - { name: Won, outcome: won }
	targets:
	  - { period: FY2026-27 Q3, revenue: 30 }
	  - { period: 2026, revenue: 100.5 }
	  - { period: 2026-Q1, revenue: 20 }
	  - { period: 2026-11, revenue: 8 }
	END
}
plan()
{
	funnel-velocity -q -f csv --report plan -d agreed.yaml \
		--trailing 1000d -m target,needed,plan_start,plan_end "$@" \
		deals.csv | sed -n '$p'
}
agree
plan --as-of 2026-02-10
plan --as-of 2026-04-01
plan --as-of 2026-06-30
plan --as-of 2026-07-01
plan --as-of 2026-10-31
plan --as-of 2026-11-30
plan --as-of 2027-03-31
plan --as-of 2027-04-01
plan --as-of 2026-02-10 --until 2026-12-24
plan --as-of 2026-04-10 --until 2026-05-15
plan --as-of 2026-02-10 --until 2026-03-01
plan --as-of 2026-02-10 --until 2026-02-09
# The quarter that holds as-of, or the last day.
plan --as-of 2026-02-10 --target 15
plan --as-of 2026-02-10 --target '1,00,00,000'
plan --as-of 2026-02-10 --target 0.5Cr --until 2026-08-31
sed -i '/target/,$d' agreed.yaml
plan --as-of 2026-02-10
cat >>agreed.yaml <<'END'
targets: [{ period: 2026, revenue: 0 }]
END
plan --as-of 2026-04-10
sed -i 's/April/January/; s/2026,/FY2026-27,/' agreed.yaml
plan --as-of 2026-04-10
