/* SPDX-License-Identifier: BSD-2-Clause */

#include "flags.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- Taking a value
 * ----------------------------------------------------------- */

static bool take_number(double *into, const char *text, double low, double high)
{
    char *end;
    errno = 0;
    const double value = strtod(text, &end);
    if (errno || end == text || *end || !(value >= low && value <= high))
        return false;
    *into = value;
    return true;
}

static bool take_count(uint64_t *into, const char *text, double high)
{
    double value;
    if (!take_number(&value, text, 0.0, high) || value != floor(value))
        return false;
    *into = (uint64_t)value;
    return true;
}

/* The place of `text` among the words, or -1. */
static int find_word(const char *const *words, const char *text)
{
    for (int i = 0; words[i]; i++)
        if (!strcmp(words[i], text))
            return i;
    return -1;
}

static bool take_when(enum when *into, const char *text)
{
    static const char *const words[] = {"auto", "always", "never", NULL};
    const int at = find_word(words, text);
    if (at >= 0)
        *into = (enum when)at;
    return at >= 0;
}

static bool push(const char **list, int *count, int most, const char *value)
{
    if (*count == most)
        return false;
    list[(*count)++] = value;
    return true;
}

static bool take_before(struct options *o, const char *value)
{
    return push(o->captures[0].file, &o->captures[0].count, CUTIS_CAPTURES,
                value);
}

static bool take_after(struct options *o, const char *value)
{
    return push(o->captures[1].file, &o->captures[1].count, CUTIS_CAPTURES,
                value);
}

static bool take_site(struct options *o, const char *value)
{
    o->site_profile = value;
    return true;
}

static bool take_output(struct options *o, const char *value)
{
    return push(o->output, &o->output_count, MOST_OUTPUTS, value);
}

static bool take_format(struct options *o, const char *value)
{
    static const char *const words[] = {"text", "json",  "csv",
                                        "html", "items", NULL};
    o->format = find_word(words, value);
    return o->format >= 0;
}

static bool take_maps(struct options *o, const char *value)
{
    o->maps = value;
    return *value;
}

static bool take_threads(struct options *o, const char *value)
{
    uint64_t threads;
    if (!take_count(&threads, value, 256) || !threads)
        return false;
    o->session.threads = (uint32_t)threads;
    return o->threads_said = true;
}

static bool take_dir(struct options *o, const char *value)
{
    o->dir = value;
    return *value;
}

static bool take_pattern(struct options *o, const char *value)
{
    o->pattern = value;
    return *value;
}

static bool take_by(struct options *o, const char *value)
{
    o->by = value;
    return *value;
}

static bool take_seed(struct options *o, const char *value)
{
    o->seed = value;
    return *value;
}

static bool take_key(struct options *o, const char *value)
{
    o->key = value;
    return *value;
}

static bool take_results(struct options *o, const char *value)
{
    o->results = value;
    return *value;
}

static bool take_shard_size(struct options *o, const char *value)
{
    return take_count(&o->shard_size, value, 10000) && o->shard_size;
}

static bool take_shard(struct options *o, const char *value)
{
    return take_count(&o->shard, value, 1e6) && o->shard;
}

static bool take_of(struct options *o, const char *value)
{
    return take_count(&o->of, value, 1e6) && o->of;
}

static bool take_rows(struct options *o, const char *value)
{
    static const char *const words[] = {"long", "wide", NULL};
    const int at = find_word(words, value);
    o->wide = at == 1;
    return at >= 0;
}

static bool take_preset(struct options *o, const char *value)
{
    o->compare.preset = value;
    return true;
}

static bool take_treated(struct options *o, const char *value)
{
    o->compare.treated = value;
    return true;
}

static bool take_reference(struct options *o, const char *value)
{
    o->compare.reference = value;
    return true;
}

static bool take_side(struct options *o, const char *value)
{
    static const char *const words[] = {"none", "l", "r", NULL};
    const int at = find_word(words, value);
    o->control_side = at > 0 ? (uint64_t)at : CUTIS_SIDE_NONE;
    return at > 0;
}

static bool take_days(struct options *o, const char *value)
{
    return take_number(&o->compare.days, value, 0.0, 36525.0);
}

static bool take_card(struct options *o, const char *value)
{
    return push(o->card, &o->card_count, MOST_ENTRIES, value);
}

static bool take_reflectance(struct options *o, const char *value)
{
    return take_number(&o->card_reflectance, value, 0.01, 1.0);
}

static bool take_chart(struct options *o, const char *value)
{
    return push(o->chart, &o->chart_count, MOST_ENTRIES, value);
}

static bool take_edition(struct options *o, const char *value)
{
    static const char *const words[] = {"after-2014", "before-2014", NULL};
    const int at = find_word(words, value);
    o->chart_edition =
        at > 0 ? CUTIS_CHART_BEFORE_2014 : CUTIS_CHART_AFTER_2014;
    return at >= 0;
}

static bool take_backdrop(struct options *o, const char *value)
{
    o->backdrop = CUTIS_BACKDROP_SAME;
    return !strcmp(value, "same");
}

static bool take_polarised(struct options *o, const char *value)
{
    (void)value;
    o->compare.polarised = 1;
    return true;
}

static bool take_cover_eyes(struct options *o, const char *value)
{
    (void)value;
    o->compare.cover_eyes = 1;
    return true;
}

static bool take_language(struct options *o, const char *value)
{
    static const char *const words[] = {"en", "de", NULL};
    o->compare.language = value;
    return find_word(words, value) >= 0;
}

static bool take_ipd(struct options *o, const char *value)
{
    return take_number(&o->ipd_mm, value, 30.0, 90.0);
}

static bool take_scale(struct options *o, const char *value)
{
    return take_number(&o->px_per_mm, value, 0.01, 999.0);
}

static bool take_landmarks(struct options *o, const char *value)
{
    return push(o->landmarks, &o->landmarks_count, MOST_ENTRIES, value);
}

static bool take_skin(struct options *o, const char *value)
{
    return push(o->skin, &o->skin_count, MOST_ENTRIES, value);
}

static bool take_max_pixels(struct options *o, const char *value)
{
    return take_count(&o->session.max_pixels, value, 1e12);
}

static bool take_truncated(struct options *o, const char *value)
{
    (void)value;
    o->session.allow_damaged = 1;
    return true;
}

static bool take_isa(struct options *o, const char *value)
{
    for (uint32_t isa = 0; isa <= CUTIS_ISA_BEST; isa++)
        if (!strcmp(cutis_isa_name((cutis_isa)isa), value)) {
            o->session.isa = isa;
            return true;
        }
    return false;
}

static bool take_progress(struct options *o, const char *value)
{
    return take_when(&o->progress, value);
}

static bool take_quiet(struct options *o, const char *value)
{
    (void)value;
    return o->quiet = true;
}

static bool take_verbose(struct options *o, const char *value)
{
    (void)value;
    return o->verbose = true;
}

static bool take_help(struct options *o, const char *value)
{
    (void)value;
    return o->help = true;
}

/* ---- The tables -----------------------------------------------------------
 */

static const struct command commands[] = {
    {"compare", "BEFORE AFTER", "what changed between two photographs",
     COMPARE},
    {"measure", "PHOTO...", "the readings of each photograph", MEASURE},
    {"check", "PHOTO [PHOTO]", "may they be measured and compared? why not?",
     CHECK},
    {"inspect", "PHOTO...", "what a file holds and what is used of it",
     INSPECT},
    {"calibrate", "FOLDER|TABLE", "repeat captures of people: own errors",
     CALIBRATE},
    {"batch", "TABLE|FOLDER", "compares many pairs, in one step", BATCH},
    {"batch plan", "TABLE|FOLDER", "fixes what is to be compared, in a folder",
     BATCH_PLAN},
    {"batch run", "RUN", "compares what is left; by any number at once",
     BATCH_RUN},
    {"batch status", "RUN", "how far it is", BATCH_STATUS},
    {"batch merge", "RUN", "the results as one table", BATCH_MERGE},
    {"batch stats", "RESULTS", "agreement and effects, of a long table",
     BATCH_STATS},
    {"batch blind", "TABLE|FOLDER", "a pack of pictures for blinded raters",
     BATCH_BLIND},
    {"batch ratings", "RATINGS...", "raters' agreement, also with metrics",
     BATCH_RATINGS},
    {"series", "PLAN.csv", "visits of one person over time", SERIES},
    {"metrics", "", "what can be measured, with units and limits", OTHERS},
    {"version", "", "the version of the program and its build", OTHERS},
    {"help", "[COMMAND]", "this text", OTHERS},
};

static const struct flag flags[] = {
    {'o',
     PHOTO | BATCH | BATCH_MERGE | BATCH_STATS | BATCH_BLIND | BATCH_RATINGS,
     "output", "FILE",
     "write here; the name's ending decides the form; repeatable;\n"
     "of blind: the key, which no rater may see",
     take_output},
    {'f', PHOTO & ~CALIBRATE, "format", "FORM",
     "text or json; csv but for check; items of compare and\n"
     "measure; html of compare and series",
     take_format},
    {0, COMPARE, "before", "FILE",
     "a capture of the visit before; repeatable, up to 8 a visit", take_before},
    {0, COMPARE, "after", "FILE", "a capture of the visit after; likewise",
     take_after},
    {'d', BATCH | BATCH_PLAN | BATCH_STATS | BATCH_BLIND | BATCH_RATINGS, "dir",
     "DIR",
     "the run folder; default: the output's name with .run;\n"
     "of stats: draw what agrees, as SVG, there; of blind and\n"
     "ratings: the pack",
     take_dir},
    {0, BATCH_BLIND, "seed", "TEXT",
     "the order is this secret's; default: one of its own", take_seed},
    {0, BATCH_RATINGS, "key", "FILE", "what blind wrote; goes with -d PACK",
     take_key},
    {0, BATCH_RATINGS, "results", "FILE",
     "a long table of the same pairs, to compare raters with", take_results},
    {0, BATCH | BATCH_PLAN | BATCH_BLIND, "pattern", "BEFORE,AFTER",
     "pairs are files of a folder: '*_before.jpg,*_after.jpg'; what\n"
     "the * stands for is the pair's id",
     take_pattern},
    {0, BATCH | BATCH_PLAN, "shard-size", "N",
     "pairs that are published together; default 32", take_shard_size},
    {0, BATCH_RUN, "shard", "I", "which part, from 1; with --of", take_shard},
    {0, BATCH_RUN, "of", "N",
     "of how many; default: as Slurm or MPI say, else everything", take_of},
    {0, BATCH_STATS, "by", "COLUMN", "of all pairs, and of each group of these",
     take_by},
    {0, BATCH | BATCH_MERGE, "rows", "long|wide",
     "a row a metric and region (default), or one a pair", take_rows},
    {0, COMPARE | SERIES | PAIRS, "site-profile", "FILE",
     "this site's own repeat errors, as calibrate wrote them", take_site},
    {0, COMPARE | MEASURE, "maps", "DIR",
     "write the maps there as PNG, with what their colours mean", take_maps},
    {'j', PHOTO | BATCH | BATCH_RUN | BATCH_BLIND, "threads", "N",
     "threads to use, processes of a batch; default: all", take_threads},
    {0, COMPARE | SERIES | PAIRS, "preset", "NAME",
     "general, acne_scars, scars, wrinkles, pores, sun_damage,\n"
     "uneven_tone, acne or redness",
     take_preset},
    {0, COMPARE | SERIES | PAIRS, "treated", "REGIONS",
     "treated regions, with commas", take_treated},
    {0, COMPARE | SERIES | PAIRS, "reference", "REGIONS",
     "untreated regions to compare with", take_reference},
    {0, SERIES, "control-side", "l|r",
     "split face: the person's own side that was not treated", take_side},
    {0, COMPARE | CHECK | PAIRS, "days", "N", "days since the last treatment",
     take_days},
    {0, PHOTO | PAIRS, "card", "QUAD",
     "a grey card's corners, x1,y1,…,x4,y4 in pixels; give it twice,\n"
     "before and after, or once a photograph, where it lies differently",
     take_card},
    {0, PHOTO | PAIRS, "card-reflectance", "R", "of that card; default 0.18",
     take_reflectance},
    {0, PHOTO | PAIRS, "chart", "QUAD",
     "corners of a 24-patch colour chart, as for --card; goes before it",
     take_chart},
    {0, PHOTO | PAIRS, "chart-edition", "WHEN",
     "when it was made: after-2014 (default) or before-2014", take_edition},
    {0, PHOTO | PAIRS, "backdrop", "same",
     "the wall behind the head is the same, evenly lit, in both",
     take_backdrop},
    {0, COMPARE | SERIES | PAIRS, "polarised", NULL,
     "cross-polarised photographs", take_polarised},
    {0, COMPARE | SERIES, "language", "TAG",
     "of the page and the text: en (default) or de", take_language},
    {0, COMPARE | MEASURE | SERIES | BATCH_BLIND, "cover-eyes", NULL,
     "a black bar over the eyes in the page's pictures and the maps",
     take_cover_eyes},
    {0, PHOTO | PAIRS, "ipd-mm", "MM", "distance of the pupils; default 63.0",
     take_ipd},
    {0, PHOTO | PAIRS, "px-per-mm", "S",
     "scale at the face; default: from the face", take_scale},
    {0, PHOTO | PAIRS, "landmarks", "FILE",
     "468, 478 or 68 points, a line \"x y\" each; repeatable as --card",
     take_landmarks},
    {0, PHOTO | PAIRS, "skin", "FILE|all",
     "a polygon of skin, a line \"x y\" each, or all of the picture;\n"
     "no face is looked for; needs --px-per-mm",
     take_skin},
    {0, PHOTO | FOR_ALL, "max-pixels", "N",
     "refuse larger pictures; 0 = no limit", take_max_pixels},
    {0, PHOTO | FOR_ALL, "allow-truncated", NULL,
     "take what a damaged file still holds", take_truncated},
    {0, PHOTO | BATCH | BATCH_RUN, "isa", "SET",
     "c, avx2, avx512, neon or best; same numbers", take_isa},
    {0, PHOTO | BATCH | BATCH_RUN, "progress", "WHEN", "auto, always or never",
     take_progress},
    {'q', PHOTO | BATCHES, "quiet", NULL, "no words, only data", take_quiet},
    {'v', PHOTO, "verbose", NULL, "more words", take_verbose},
    {'h', PHOTO | OTHERS | BATCHES, "help", NULL, "help for this command",
     take_help},
};

const struct command *command_at(int index)
{
    const int count = sizeof(commands) / sizeof(*commands);
    return index < count ? &commands[index] : NULL;
}

const struct flag *flag_at(int index)
{
    const int count = sizeof(flags) / sizeof(*flags);
    return index < count ? &flags[index] : NULL;
}
