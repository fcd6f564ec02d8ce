# A company that has redefined its MQL, made from a seed: leads with the date on
# which each entered a stage, to standard output, and what was planted to the
# file `truth`: the volumes, by the rules below and by nothing else.
#
#	awk -v seed=1 -v n=20000 -f company.awk >leads.csv
#
# Leads come in over 720 days. Marketing made MQLs of those with a score of 50 or
# more (the old rule), the day after, and by hand of two in five of the others. The
# new rule wants a score of 40 and a pricing page. The chances to become a SQL are
# 2 in 5 with it and 1 in 10 without, of a SQL to be won 1 in 4, and nothing
# depends on the score. A SQL is one 1 to 60 days after the MQL, a win comes 1 to
# 30 days later; half of those that become no SQL are lost after 1 to 90 days. What
# lies after the last day nobody knows yet.
#
# The random numbers are those of Park and Miller (1988): exact in the doubles of
# every awk.

function uniform()
{
	state = state * 16807 % 2147483647
	return state / 2147483647
}

function below(k)
{
	return int(uniform() * k)
}

# Days since 2024-01-01, as a date; the civil calendar of a leap year and more.
function date(day, year, month, length_)
{
	for (year = 2024; day >= 365 + (year % 4 == 0); year++)
		day -= 365 + (year % 4 == 0)
	for (month = 1; ; month++) {
		length_ = substr("312831303130313130313031", 2 * month - 1, 2)
		length_ += month == 2 && year % 4 == 0
		if (day < length_)
			return sprintf("%d-%02d-%02d", year, month, day + 1)
		day -= length_
	}
}

function known(day)
{
	return day >= 0 && day <= last ? date(day) : ""
}

# To the truth, what is known of a lead that one of the rules takes.
function plant(set, owner)
{
	count[set, "n"]++
	count[set, "advanced"] += sql >= 0 && sql <= last
	count[set, "won"] += won >= 0 && won <= last
}

BEGIN {
	state = seed
	last = 720
	print "id,owner,score,pricing,Lead,MQL,SQL,Won,Lost"
	for (i = 1; i <= n; i++) {
		lead = below(last)
		score = below(100)
		pricing = uniform() < 0.5
		mql = score >= 50 || uniform() < 0.4 ? lead + 1 : -1
		sql = won = lost = -1
		if (mql >= 0 && uniform() < (pricing ? 0.4 : 0.1)) {
			sql = mql + 1 + below(60)
			if (uniform() < 0.25)
				won = sql + 1 + below(30)
		} else if (mql >= 0 && uniform() < 0.5)
			lost = mql + 1 + below(90)
		printf "L%05d,rep %d,%d,%s,%s,%s,%s,%s,%s\n", i, i % 20, score,
			pricing ? "yes" : "no", date(lead), known(mql),
			known(sql), known(won), known(lost)
		old = score >= 50
		new = score >= 40 && pricing
		if (mql < 0) {
			count["neither", "n"]++
			continue
		}
		if (old)
			plant("old")
		if (new)
			plant("new")
		if (old || new)
			plant(!new ? "dropped" : !old ? "added" : "kept")
		else
			count["neither", "n"]++
	}
	split("old new kept dropped added neither", sets, " ")
	for (i = 1; i <= 6; i++) {
		s = sets[i]
		printf "%s,%d,%s,%s\n", s, count[s, "n"],
			s == "neither" ? "" : count[s, "advanced"] + 0,
			s == "neither" ? "" : count[s, "won"] + 0 >"truth"
	}
}
