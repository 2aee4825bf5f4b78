/* SPDX-License-Identifier: BSD-2-Clause */

/* A site's profile, read back.  Its bytes are untrusted. */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "progress/progress.h"
#include "util/pull.h"

static const char schema[] = "cutis.site-profile/1";

enum ct_extent ct_extent_of(double area_cm2)
{
    if (ct_area_factor(area_cm2) > 1.0)
        return CT_SMALL;
    return area_cm2 < 100.0 ? CT_LARGE : CT_WHOLE;
}

const char *ct_extent_name(enum ct_extent extent)
{
    static const char *const names[CT_EXTENTS] = {
        [CT_SMALL] = "small", [CT_LARGE] = "large", [CT_WHOLE] = "whole"};
    return names[extent];
}

const struct site_error *ct_site_find(const struct site *site, int metric,
                                      const char *form, enum ct_extent extent)
{
    for (int i = 0; site && form && i < site->count; i++)
        if (site->of[i].metric == metric && site->of[i].extent == extent &&
            strcmp(site->of[i].form, form) == 0)
            return &site->of[i];
    return NULL;
}

const char *ct_scheme_name(unsigned scheme)
{
    static const char *const names[] = {[CUTIS_LANDMARKS_FIND] = "found",
                                        [CUTIS_LANDMARKS_MESH] = "mesh",
                                        [CUTIS_LANDMARKS_IBUG68] = "ibug68",
                                        [CUTIS_LANDMARKS_NONE] = "none"};
    return scheme < sizeof(names) / sizeof(*names) ? names[scheme] : NULL;
}

static bool fits_scale(const struct site *site, double px_per_mm)
{
    /* What a fifth of the resolution does to an error is within its own. */
    const double slack = 1.2;
    return px_per_mm * slack >= site->px_per_mm[0] &&
           px_per_mm <= site->px_per_mm[1] * slack;
}

/* Landmarks of another program lie where that puts them, and scatter as its
 * own do: what repeats then is another error. */
bool ct_site_fits(const struct site *site, const struct face *face,
                  char sentence[CT_SENTENCE])
{
    char low[CT_FIXED], high[CT_FIXED];

    if (!fits_scale(site, face->scale)) {
        snprintf(sentence, CT_SENTENCE,
                 "The site profile is of photographs with %s to %s pixels per "
                 "mm, and these have others: the errors assumed for everybody "
                 "are used instead.",
                 ct_fixed(low, site->px_per_mm[0], 1),
                 ct_fixed(high, site->px_per_mm[1], 1));
        return false;
    }
    if (site->schemes & 1u << face->scheme)
        return true;
    snprintf(sentence, CT_SENTENCE,
             "The site profile is of photographs whose landmarks came to be in "
             "another way than those of these: the errors assumed for "
             "everybody are used instead.");
    return false;
}

/* ---- Reading ------------------------------------------------------------- */

/* What is said of one error, before it is looked at. */
struct said {
    char metric[CT_PULL_NAME], form[CT_PULL_NAME], area[CT_PULL_NAME];
    double s0, terms, counts, df;
    double within_df, between, between_df; /* 0: not known apart */
};

static bool is_true(double value, double most)
{
    return value > 0.0 && value <= most;
}

/* What visits differ by, where it is said, and how well both parts are known.
 */
static bool is_parted(const struct said *said)
{
    if (said->within_df == 0.0)
        return said->between == 0.0 && said->between_df == 0.0;
    return is_true(said->within_df, 1e6) &&
           ((said->between == 0.0 && said->between_df == 0.0) ||
            (is_true(said->between, 1e6) && is_true(said->between_df, 1e6)));
}

/* Errors of metrics that this library does not have are passed over. */
static bool keep(struct site *out, const struct said *said)
{
    const cutis_metric *const metric = cutis_metric_find(said->metric);
    enum ct_extent extent = CT_LARGE;

    while (extent < CT_EXTENTS &&
           strcmp(said->area, ct_extent_name(extent)) != 0)
        extent++;
    if (!is_true(said->s0, 1e6) || !is_true(said->df, 1e6) || !said->form[0] ||
        strlen(said->form) >= CT_FORM_NAME ||
        !(said->terms >= 0.0 && said->terms <= 1e12) ||
        !(said->counts >= 0.0 && said->counts <= 1e12) ||
        extent == CT_EXTENTS || !is_parted(said))
        return false;
    if (!metric)
        return true;
    const int m = ct_metric_index(metric);
    if (out->count == CT_SITE_ERRORS ||
        ct_site_find(out, m, said->form, extent))
        return false;
    struct site_error *const error = &out->of[out->count++];
    error->metric = m;
    memcpy(error->form, said->form, CT_FORM_NAME);
    error->extent = extent;
    error->terms = said->terms;
    error->counts = said->counts;
    error->between = fmin(said->between * said->between, said->s0 * said->s0);
    error->between_df = said->between_df;
    error->within_df = said->within_df;
    error->variance = said->s0 * said->s0;
    error->df = said->df;
    return true;
}

static bool read_error(struct site *out, struct pull *pull)
{
    struct said said = {.s0 = NAN, .df = NAN};
    char key[CT_PULL_NAME];

    for (ct_pull_open(pull, '{'); ct_pull_key(pull, key);) {
        if (strcmp(key, "metric") == 0)
            ct_pull_string(pull, said.metric, sizeof(said.metric));
        else if (strcmp(key, "reading") == 0)
            ct_pull_string(pull, said.form, sizeof(said.form));
        else if (strcmp(key, "area") == 0)
            ct_pull_string(pull, said.area, sizeof(said.area));
        else if (strcmp(key, "s0") == 0)
            said.s0 = ct_pull_number(pull);
        else if (strcmp(key, "terms") == 0)
            said.terms = ct_pull_number(pull);
        else if (strcmp(key, "counts") == 0)
            said.counts = ct_pull_number(pull);
        else if (strcmp(key, "df") == 0)
            said.df = ct_pull_number(pull);
        else if (strcmp(key, "s_between") == 0)
            said.between = ct_pull_number(pull);
        else if (strcmp(key, "df_between") == 0)
            said.between_df = ct_pull_number(pull);
        else if (strcmp(key, "df_within") == 0)
            said.within_df = ct_pull_number(pull);
        else
            ct_pull_skip(pull);
    }
    return !pull->failed && keep(out, &said);
}

static void read_tool(char profile[CT_PULL_NAME], struct pull *pull)
{
    char key[CT_PULL_NAME];

    for (ct_pull_open(pull, '{'); ct_pull_key(pull, key);) {
        if (strcmp(key, "profile") == 0)
            ct_pull_string(pull, profile, CT_PULL_NAME);
        else
            ct_pull_skip(pull);
    }
}

static bool read_range(double out[2], struct pull *pull)
{
    int count = 0;

    for (ct_pull_open(pull, '['); ct_pull_next(pull); count++) {
        const double value = ct_pull_number(pull);
        if (count < 2)
            out[count] = value;
    }
    return count == 2;
}

/* Which ways of landmarks a profile is of; 0: none that is known. */
static unsigned read_schemes(struct pull *pull)
{
    char way[CT_PULL_NAME];
    unsigned schemes = 0;

    for (ct_pull_open(pull, '['); ct_pull_next(pull);) {
        ct_pull_string(pull, way, sizeof(way));
        for (unsigned s = 0; ct_scheme_name(s); s++)
            schemes |= strcmp(way, ct_scheme_name(s)) == 0 ? 1u << s : 0;
    }
    return schemes;
}

static bool read_all(struct site *out, char name[CT_PULL_NAME],
                     char profile[CT_PULL_NAME], struct pull *pull)
{
    char key[CT_PULL_NAME];
    bool good = true;

    for (ct_pull_open(pull, '{'); good && ct_pull_key(pull, key);) {
        if (strcmp(key, "schema") == 0) {
            ct_pull_string(pull, name, CT_PULL_NAME);
        } else if (strcmp(key, "tool") == 0) {
            read_tool(profile, pull);
        } else if (strcmp(key, "people") == 0) {
            out->people = ct_pull_number(pull);
        } else if (strcmp(key, "pairs") == 0) {
            out->pairs = ct_pull_number(pull);
        } else if (strcmp(key, "px_per_mm") == 0) {
            good = read_range(out->px_per_mm, pull);
        } else if (strcmp(key, "landmarks") == 0) {
            out->schemes = read_schemes(pull);
        } else if (strcmp(key, "errors") == 0) {
            for (ct_pull_open(pull, '['); good && ct_pull_next(pull);)
                good = read_error(out, pull);
        } else {
            ct_pull_skip(pull);
        }
    }
    return good && ct_pull_end(pull) && out->schemes &&
           is_true(out->people, 1e9) && is_true(out->pairs, 1e9) &&
           is_true(out->px_per_mm[0], 1000.0) &&
           is_true(out->px_per_mm[1], 1000.0) &&
           out->px_per_mm[0] <= out->px_per_mm[1];
}

cutis_status ct_site_read(struct site *out, const void *bytes, size_t size,
                          struct tools *tools)
{
    struct pull pull = ct_pull_begin(bytes, size);
    char name[CT_PULL_NAME] = "", profile[CT_PULL_NAME] = "";

    memset(out, 0, sizeof(*out));
    if (size > CT_SITE_BYTES || !read_all(out, name, profile, &pull) ||
        strcmp(name, schema) != 0)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "the site profile is not one of schema %s, or is "
                       "damaged",
                       schema);
    if (strcmp(profile, cutis_profile()) != 0)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "the site profile was made with scoring profile %.20s, "
                       "and this is %s: calibrate again",
                       profile, cutis_profile());
    return CUTIS_OK;
}
