/*
 * convert_flips.c: the report flips. The records that only one of two
 * definitions files has at a stage, and why the other leaves them out.
 */
#include "convert_replay.h"

struct flip_column {
	struct column column;
	struct cell (*cell)(
	    const struct replay *r, const struct replay_flip *flip);
};

/* The file that has it as a member, and the one that has not. */
static int
member_file(const struct replay_flip *flip)
{
	return flip->at[REPLAY_AFTER].place == PLACE_MEMBER ? REPLAY_AFTER
							    : REPLAY_BEFORE;
}

static int
other_file(const struct replay_flip *flip)
{
	return REPLAY_FILES - 1 - member_file(flip);
}

static struct cell
cell_id(const struct replay *r, const struct replay_flip *flip)
{
	(void)r;
	return cell_text(flip->id);
}

static struct cell
wanted_text(const struct replay *r, const struct replay_flip *flip,
    enum field_id field, const char *blank)
{
	int file = flip->record[REPLAY_AFTER] == NO_RECORD ? REPLAY_BEFORE
							   : REPLAY_AFTER;
	const struct load *load = r->files[file].load;

	return cell_of_text(load,
	    store_attribute_at(
		load->store, flip->record[file], load_wanted(load, field)),
	    blank);
}

static struct cell
cell_name(const struct replay *r, const struct replay_flip *flip)
{
	return wanted_text(r, flip, FIELD_NAME, NULL);
}

static struct cell
cell_owner(const struct replay *r, const struct replay_flip *flip)
{
	return wanted_text(r, flip, FIELD_OWNER, "(blank)");
}

static struct cell
cell_stage(const struct replay *r, const struct replay_flip *flip)
{
	return cell_optional(
	    replay_stage_of(r, flip->pair, REPLAY_AFTER)->name);
}

static struct cell
cell_set(const struct replay *r, const struct replay_flip *flip)
{
	(void)r;
	return cell_optional(
	    member_file(flip) == REPLAY_AFTER ? "added" : "dropped");
}

static const char *
failed_names(const struct replay *r, const struct replay_flip *flip, int file)
{
	const struct replay_file *f = &r->files[file];
	const struct rule_definition *rule = criteria_rule(f->rules->criteria,
	    stage_rule(f->rules,
		f->walk.timelines
		    ->stage_of_rank[r->pairs[flip->pair].rank[file]]));
	struct textbuf names = { .arena = r->arena };

	for (unsigned i = 0; i < rule->n_criteria; i++)
		if (flip->at[file].failed >> i & 1)
			textbuf_add(&names, "%s%s", names.n ? ", " : "",
			    rule->criteria[i].name);
	return textbuf_text(&names);
}

static struct cell
cell_why(const struct replay *r, const struct replay_flip *flip)
{
	static const char *const places[] = {
		[PLACE_ABSENT] = "(no record)",
		[PLACE_NOT_ENTERED] = "(not entered)",
		[PLACE_OUTSIDE] = "(outside the window)",
	};
	int file = other_file(flip);
	enum replay_place place = flip->at[file].place;

	return cell_optional(place == PLACE_FAILED ? failed_names(r, flip, file)
						   : places[place]);
}

static struct cell
cell_at(const struct replay *r, const struct replay_flip *flip)
{
	struct replay_standing at = flip->at[member_file(flip)];

	(void)r;
	return at.entered ? cell_time(at.at) : cell_optional(NULL);
}

static struct cell
cell_advanced(const struct replay *r, const struct replay_flip *flip)
{
	(void)r;
	return cell_flag(flip->at[member_file(flip)].advanced);
}

static struct cell
cell_won(const struct replay *r, const struct replay_flip *flip)
{
	(void)r;
	return cell_flag(flip->at[member_file(flip)].won);
}

static const struct flip_column flip_columns[] = {
	{ { "id", "Id", UNIT_TEXT, FOR_ALL, "Id of the record." }, cell_id },
	{ { "name", "Name", UNIT_TEXT, FOR_ROOM, "Its name." }, cell_name },
	{ { "owner", "Owner", UNIT_TEXT, FOR_ALL,
	      "Who owns it; (blank) where nobody is named." },
	    cell_owner },
	{ { "stage", "Stage", UNIT_TEXT, FOR_ALL, "At which it flips." },
	    cell_stage },
	{ { "set", "Set", UNIT_TEXT, FOR_ALL, "dropped or added." }, cell_set },
	{ { "why", "Why", UNIT_TEXT, FOR_ALL,
	      "The criteria that fail under the file that leaves it out." },
	    cell_why },
	{ { "at", "Entered", UNIT_TIME, FOR_ROOM,
	      "When it entered, under the other file." },
	    cell_at },
	{ { "advanced", "Went on", UNIT_FLAG, FOR_ALL,
	      "It counts at the next stage." },
	    cell_advanced },
	{ { "won", "Won", UNIT_FLAG, FOR_ALL, "It is won." }, cell_won },
};

#define N_FLIP_COLUMNS (sizeof(flip_columns) / sizeof(*flip_columns))

static int
new_list(const struct convert *c, const struct replay *r, struct sheet *sheet,
    struct fnl_err *err)
{
	const struct column **columns =
	    arena_array(c->arena, N_FLIP_COLUMNS, sizeof(*columns));
	struct sheet_plan plan = { .title = "Records that flip",
		.columns = columns,
		.n_columns = N_FLIP_COLUMNS,
		.n_keys = 1 };

	for (size_t i = 0; i < N_FLIP_COLUMNS; i++)
		columns[i] = &flip_columns[i].column;
	return convert_replay_sheet(c, r, &plan, sheet, err);
}

int
convert_flips(struct convert *c, struct table **out, struct fnl_err *err)
{
	struct replay *r = arena_alloc(c->arena, sizeof(*r));
	struct replay_flip *flips;
	struct sheet sheet;

	if (convert_replay_start(c, r, err) < 0 ||
	    new_list(c, r, &sheet, err) < 0)
		return -1;
	r->list = true;
	replay_count(r);
	replay_sort_flips(r, &flips);
	for (size_t i = 0; i < r->flips.count; i++) {
		sheet_row(&sheet, &(struct group_key){ .by = flips[i].by });
		for (size_t k = 0; k < N_FLIP_COLUMNS; k++)
			if (sheet_wants(&sheet, k))
				sheet_cell(&sheet, k,
				    flip_columns[k].cell(r, &flips[i]));
	}
	convert_replay_note_files(c, r, sheet.table);
	convert_replay_note_records(c, r, sheet.table);
	*out = sheet_end(&sheet);
	return 0;
}
