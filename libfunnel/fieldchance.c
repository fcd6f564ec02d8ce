/*
 * fieldchance.c: read every distinct text, prove the unit, scale.
 */
#include <math.h>

#include "fieldchance.h"

/* More says nothing of a chance, and less work for hostile cells. */
#define DIGITS_MAX 15

/* Digits with at most one decimal mark, point or comma: a chance has no
 * thousands. */
static double
read_number(struct slice s)
{
	double value = 0, unit = 1;
	size_t digits = 0;
	bool mark = false;

	for (size_t i = 0; i < s.n; i++) {
		if (ascii_is_digit(s.p[i])) {
			value = value * 10 + (s.p[i] - '0');
			unit *= mark ? 10 : 1;
			digits++;
		} else if ((s.p[i] == '.' || s.p[i] == ',') && !mark) {
			mark = true;
		} else {
			return NAN;
		}
	}
	return digits && digits <= DIGITS_MAX ? value / unit : NAN;
}

double
chance_read(struct slice text, bool *percent)
{
	struct slice s = slice_trim(text);

	*percent = s.n && s.p[s.n - 1] == '%';
	if (*percent) {
		s.n--;
		s = slice_trim(s);
	}
	return read_number(s);
}

static uint32_t
text_of(const struct field_chance *f, uint32_t record)
{
	return store_attribute_at(f->store, record, f->attribute);
}

/* All of them, also of closed records: what proves the unit is the column. */
static void
read_all(struct field_chance *f, bool *seen)
{
	bool percent = false, share = false, any = false;

	for (uint32_t i = 0; i < f->store->records.count; i++) {
		uint32_t text = text_of(f, i);
		bool sign;

		if (!text || seen[text])
			continue;
		seen[text] = any = true;
		f->shares[text] =
		    chance_read(intern_get(f->store->texts, text), &sign);
		if (isnan(f->shares[text]))
			continue;
		percent |= sign || f->shares[text] > 1;
		share |= f->shares[text] > 0 && f->shares[text] < 1;
	}
	f->unit = percent ? CHANCE_PERCENT
		  : share ? CHANCE_SHARE
		  : any   ? CHANCE_UNDECIDED
			  : CHANCE_ABSENT;
}

struct field_chance
field_chance_new(const struct load *load, size_t attribute)
{
	size_t n = intern_count(load->store->texts);
	struct field_chance f = { load->store, attribute, CHANCE_ABSENT,
		arena_array(load->arena, n, sizeof(double)) };

	read_all(&f, arena_array(load->arena, n, sizeof(bool)));
	for (size_t i = 0; i < n; i++) {
		if (f.unit == CHANCE_PERCENT)
			f.shares[i] /= 100;
		if (!(f.shares[i] <= 1))
			f.shares[i] = NAN;
	}
	return f;
}

double
field_chance_of(const struct field_chance *f, uint32_t record)
{
	uint32_t text = text_of(f, record);

	if (f->unit != CHANCE_PERCENT && f->unit != CHANCE_SHARE)
		return NAN;
	return text ? f->shares[text] : NAN;
}

bool
field_chance_unread(const struct field_chance *f, uint32_t record)
{
	uint32_t text = text_of(f, record);

	return text && isnan(f->shares[text]);
}
