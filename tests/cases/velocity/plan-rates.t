# A rate is that of the records which went on or ended in the window, by the
# day on which they did.
#
# As of 30 June 2026. Lead: a, b, c and g went on, d was rejected: 4/5; e is
# open and in neither. Opportunity: a and b were won and c was lost in the
# window; f was won two years before it, g is open: 2/3. So 2,000 at a mean of
# (1,000 + 500) / 2 = 750 take 3 wins, ceil(3 x 3/2) = 5 opportunities and
# ceil(5 x 5/4) = 7 leads. Wilson at 95%, by metrics.md 3.5.1: 4/5 0.3755 to
# 0.9638, 2/3 0.2077 to 0.9385 (Python, (p + z^2/2n -+ z sqrt(p(1-p)/n +
# z^2/4n^2)) / (1 + z^2/n)), so that 3 wins take 3/0.9385 = 3.2: 4 to
# 3/0.2077 = 14.4: 15 opportunities, and those 4/0.9638 = 4.2: 5 to
# 15/0.3755 = 39.9: 40 leads.
# Days Lead to Opportunity: a 9, b 19, c 20, g 40: 19.5; Opportunity to Won:
# a 20, b 41: 30.5. The quarter ends on 30 June: 30.5 days before it is 30.5
# May, the earlier day 30 May; 50 days before it 11 May.
# Run rate: 6 Leads (a to e, g) in the 365 days of the window, which begins on
# 1 July 2025, for a quarter of 91 days: 1.4959; Opportunity a, b, c, g 4:
# 0.9973; Won a, b 2: 0.4986.
#
# --trailing 90d begins on 2 April: b is won, c is lost: 1/2; no Lead was
# left in it but g's and c's: 2/2.
cat >log.csv <<'END'
id,stage,stage entered
a,Lead,2026-01-01
a,Opportunity,2026-01-10
a,Won,2026-01-30
b,Lead,2026-02-01
b,Opportunity,2026-02-20
b,Won,2026-04-02
c,Lead,2026-03-20
c,Opportunity,2026-04-09
c,Lost,2026-05-20
d,Lead,2026-01-05
d,Junk,2026-01-06
e,Lead,2026-06-01
f,Lead,2024-01-05
f,Opportunity,2024-01-06
f,Won,2024-01-07
g,Lead,2026-03-01
g,Opportunity,2026-04-10
END
printf '%s\n' id,stage,amount a,Won,1000 b,Won,500 c,Lost,70 f,Won,9000 \
	>amounts.csv
format=csv
plan()
{
	funnel-velocity -q -f $format --report plan --as-of 2026-06-30 \
		--stages Lead,Opportunity,won:Won,lost:Lost,rejected:Junk \
		--target 2000 "$@" log.csv amounts.csv
}
plan -m needed,needed_low,needed_high,rate,rate_lo,rate_hi,rate_n \
	-m median_days,needed_by
plan -m run_rate,gap | awk -F , -v OFS=, '
	NR > 1 { $2 = sprintf("%.4f", $2); $3 = sprintf("%.4f", $3) } 1'
plan -m rate,rate_n --trailing 90d
# The same window by --from; --to 2026-05-20 leaves the loss of c out: 1/1.
plan -m rate,rate_n --from 2026-04-02
plan -m rate,rate_n --from 2026-04-02 --to 2026-05-20
# The median of 500 and 1,000, and of the three with f: 1,000.
plan -m amount --stat median
plan -m amount --stat median --trailing 1000d
# 99% is wider: from 0.1442.
plan -m rate_lo --confidence 99% | sed -n 3p | cut -c 1-18
# Both stages should have been entered before as-of.
format=md
plan -m needed | grep '^- late'
