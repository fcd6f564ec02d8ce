/*
 * recordid: ids as exports mangle them (crm-exports.md 0.7, 3.7, 5.6).
 */
#ifndef FUNNEL_RECORDID_H
#define FUNNEL_RECORDID_H

#include "base.h"

#define RECORD_ID_MAX 256

enum record_id_status {
	RECORD_ID_BLANK,
	RECORD_ID_OK,
	RECORD_ID_DESTROYED, /* 1.23457E+17: a spreadsheet rounded it */
	RECORD_ID_TOO_LONG,
};

/* What one column of ids has shown so far; start from zeros. */
struct record_id_column {
	uint32_t long_numbers; /* cells of 16 to 19 digits and nothing else */
	uint32_t long_numbers_ending_00;
};

/*
 * Writes the one form under which rows of different exports join: trimmed,
 * `zcrm_` off, Dynamics braces off with the GUID in lower case (a bare GUID
 * too), a 15 character Salesforce id with its three check characters
 * appended. Case is kept otherwise: Salesforce ids differ by case alone. out
 * holds RECORD_ID_MAX bytes and gets no terminator; out and *length are
 * written for RECORD_ID_OK only. column may be NULL.
 *
 * What is a Salesforce id: exactly 15 ASCII letters and digits, the first of
 * them 0..9 or a as in every key prefix (001, 003, 006, 00Q, 701, a0B), when
 * salesforce is true (the file's preset says so). 18 characters are kept as
 * they are.
 */
enum record_id_status record_id_read(struct slice text, bool salesforce,
    struct record_id_column *column, char *out, size_t *length);

/*
 * True for a column whose long numbers went through a spreadsheet, which
 * keeps 15 digits: ten or more of them, and all end in 00. By chance that is
 * one column in 10^20. Ids of a rounded column are of other records, or of
 * none: the caller refuses the file.
 */
bool record_id_column_rounded(const struct record_id_column *column);

#endif
