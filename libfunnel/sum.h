/*
 * sum: sums that lose nothing that matters. The error of every addition is
 * kept beside the sum (Knuth 1969, TwoSum; Neumaier 1974), about 106 bits
 * together, so that the last digit of a total does not depend on the order of
 * rows, and parts that were cut from a whole add up to it.
 */
#ifndef FUNNEL_SUM_H
#define FUNNEL_SUM_H

struct sum { /* zeroed, it is 0 */
	double high, low;
};

/* x is finite: after NaN or an infinity the sum is NaN. */
static inline void
sum_add(struct sum *sum, double x)
{
	double high = sum->high + x;
	double added = high - sum->high;

	sum->low += (sum->high - (high - added)) + (x - added);
	sum->high = high;
}

static inline void
sum_join(struct sum *sum, struct sum other)
{
	sum_add(sum, other.high);
	sum_add(sum, other.low);
}

static inline double
sum_value(struct sum sum)
{
	return sum.high + sum.low;
}

#endif
