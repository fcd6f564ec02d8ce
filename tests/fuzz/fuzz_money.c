/*
 * Any bytes as a column of amounts, one cell a line. What is read must survive
 * the way through its own text, a pending value must name its mark and agree
 * with a second reading once the mark is given, and the sum of the column
 * must not depend on the order.
 */
#include "money.h"

#include <stdlib.h>
#include <string.h>

#define CELLS_MAX 1000

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(bool law)
{
	if (!law)
		abort();
}

static int64_t
read_given(struct slice cell, enum decimal_mark mark)
{
	struct money_column column = { .mark = mark, .given = true };
	struct money money;

	require(money_read(cell, &column, 1, &money) == MONEY_OK);
	return money.ten_thousandths;
}

static void
check_pending(struct slice cell, int64_t value)
{
	char mark = money_pending_mark(cell);

	require(mark == ',' || mark == '.');
	require(read_given(cell, DECIMAL_POINT) ==
		money_resolve(value, mark == '.'));
	require(read_given(cell, DECIMAL_COMMA) ==
		money_resolve(value, mark == ','));
}

static void
check_text(int64_t value)
{
	struct money_sum sum = { 0 };
	char text[MONEY_TEXT];
	size_t n;

	money_add(&sum, value);
	n = money_text(text, sum);
	require(n == strlen(text));
	require(read_given((struct slice){ text, n }, DECIMAL_POINT) == value);
}

static size_t
read_column(struct slice rest, int64_t values[CELLS_MAX])
{
	struct money_column column = { 0 };
	struct money money;
	size_t n = 0;

	for (uint32_t line = 1; rest.n && n < CELLS_MAX; line++) {
		const char *end = memchr(rest.p, '\n', rest.n);
		struct slice cell = { rest.p,
			end ? (size_t)(end - rest.p) : rest.n };
		enum money_status status =
		    money_read(cell, &column, line, &money);

		rest.p += cell.n + (end != NULL);
		rest.n -= cell.n + (end != NULL);
		require(status <= MONEY_TOO_LARGE);
		if (status != MONEY_OK && status != MONEY_PENDING) {
			require(money.ten_thousandths == 0);
			continue;
		}
		if (status == MONEY_PENDING)
			check_pending(cell, money.ten_thousandths);
		check_text(money.ten_thousandths);
		values[n++] = money.ten_thousandths;
	}
	return n;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int64_t values[CELLS_MAX];
	struct money_sum forwards = { 0 }, backwards = { 0 };
	size_t n =
	    read_column((struct slice){ (const char *)data, size }, values);

	for (size_t i = 0; i < n; i++) {
		money_add(&forwards, values[i]);
		money_add(&backwards, values[n - 1 - i]);
	}
	require(forwards.known == n);
	require(forwards.units == backwards.units);
	require(forwards.ten_thousandths == backwards.ten_thousandths);
	return 0;
}
