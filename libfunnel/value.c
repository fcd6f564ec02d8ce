/*
 * value.c: the day of a rate, the conversion, the refusal to mix.
 */
#include "value.h"
#include "change.h"

static struct when
rate_day(const struct value_rules *rules, const struct timeline *t)
{
	if (rules->fx == FX_AS_OF || t->outcome == OUTCOME_NONE)
		return rules->as_of;
	return rules->fx == FX_CREATED ? t->created : t->closed;
}

struct value
value_of_amount(struct value_rules *rules, int64_t amount, uint32_t currency,
    const struct timeline *timeline)
{
	struct value value = { true, amount, currency };

	if (!rules->rates)
		return value;
	if (rates_convert(rules->rates, intern_get(rules->texts, currency),
		rate_day(rules, timeline), amount, &value.amount))
		value.currency = rules->currency;
	else
		rules->unconverted++;
	return value;
}

struct value
value_of_record(struct value_rules *rules, const struct record *record,
    const struct timeline *timeline)
{
	if (!(record->flags & RECORD_AMOUNT))
		return (struct value){ false, 0, 0 };
	return value_of_amount(
	    rules, record->amount, record->currency, timeline);
}

struct value
value_at(struct value_rules *rules, const struct store *store, uint32_t record,
    const struct timeline *timeline, struct when at)
{
	uint32_t currency;
	int64_t amount;

	if (!store_amount_at(store, record, at, &amount, &currency))
		return (struct value){ false, 0, 0 };
	return value_of_amount(rules, amount, currency, timeline);
}

void
value_add(struct value_tally *tally, struct value value)
{
	if (!value.known)
		return;
	tally->mixed |= tally->any && tally->currency != value.currency;
	tally->any = true;
	tally->currency = value.currency;
	money_add(&tally->sum, value.amount);
}
