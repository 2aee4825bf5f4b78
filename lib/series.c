/* SPDX-License-Identifier: BSD-2-Clause */

/* Visits over time: what is added, and what is read once it has run
 * (series_run.c). */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "session.h"

/* ---- Making one ---------------------------------------------------------- */

/* The regions of a side that has a counterpart; `letter` is 'l' or 'r'. */
static void list_side(bool out[CT_REGIONS], char *list, char letter)
{
    list[0] = 0;
    for (int r = 0; r < CT_REGIONS; r++) {
        const char *const name = ct_region(r)->name;
        const size_t size = strlen(name), used = strlen(list);
        out[r] = size > 2 && name[size - 2] == '_' && name[size - 1] == letter;
        if (out[r])
            snprintf(list + used, CT_SENTENCE - used, "%s%s", used ? "," : "",
                     name);
    }
}

/* Without a word on what was treated it is the other side as a whole. */
static cutis_status split_face(struct cutis_series *series, uint64_t control,
                               struct tools *tools)
{
    struct course *const course = &series->course;
    struct asked *const asked = &series->asked;
    bool other[CT_REGIONS];
    char list[CT_SENTENCE];

    if (control > CUTIS_SIDE_RIGHT)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT, "there is no such side");
    if (control == CUTIS_SIDE_NONE)
        return CUTIS_OK;
    course->split_face = true;
    list_side(course->control, list, control == CUTIS_SIDE_LEFT ? 'l' : 'r');
    list_side(other, list, control == CUTIS_SIDE_LEFT ? 'r' : 'l');
    if (!asked->options.treated) {
        memcpy(course->treated, other, sizeof(other));
        memcpy(asked->treated, list, sizeof(list));
        asked->options.treated = asked->treated;
        return CUTIS_OK;
    }
    const cutis_status status =
        ct_parse_regions(course->treated, asked->options.treated, tools);
    for (int r = 0; status == CUTIS_OK && r < CT_REGIONS; r++)
        if (course->treated[r] && course->control[r])
            return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                           "\"%s\" cannot be both treated and the control",
                           ct_region(r)->name);
    return status;
}

static cutis_status take_options(struct cutis_series *series,
                                 const cutis_series_options *from,
                                 struct tools *tools)
{
    cutis_series_options taken = CUTIS_SERIES_OPTIONS_DEFAULT;
    struct course *const course = &series->course;
    cutis_status status = CUTIS_OK;

    if (from)
        TRY(ct_take_struct(&taken, sizeof(taken), from, sizeof(taken), tools));
    TRY(ct_take_compare_options(&series->asked, taken.compare, tools));
    series->asked.options.days = -1.0;
    course->options = &series->asked.options;
    if (series->asked.options.reference)
        TRY(ct_parse_regions(course->reference, series->asked.options.reference,
                             tools));
    course->has_reference = series->asked.options.reference != NULL;
    TRY(split_face(series, taken.control_side, tools));
done:
    return status;
}

cutis_status cutis_series_create(cutis_session *session,
                                 const cutis_series_options *options,
                                 cutis_series **out)
{
    if (!session || !out)
        return CUTIS_ERROR_ARGUMENT;
    ct_session_begin(session);
    struct tools *const tools = &session->tools;
    cutis_status status = CUTIS_OK;
    cutis_series *series = ct_alloc(&tools->memory, 1, sizeof(*series));
    if (!series) {
        status = ct_no_memory(tools);
        goto done;
    }
    TRY(take_options(series, options, tools));
    *out = series;
    series = NULL;
done:
    cutis_series_destroy(&series);
    return ct_session_end(tools, status);
}

void cutis_series_destroy(cutis_series **series)
{
    if (!series || !*series)
        return;
    struct course *const course = &(*series)->course;
    for (int i = 0; i < course->count; i++) {
        cutis_comparison_destroy(&course->of[i]->comparison);
        ct_text_free(&course->of[i]->shot);
        ct_free(course->of[i]);
    }
    ct_free(*series);
    *series = NULL;
}

/* ---- Adding visits ------------------------------------------------------- */

static cutis_status check_visit(const struct cutis_series *series,
                                const cutis_visit *visit, struct tools *tools)
{
    const struct course *const course = &series->course;
    const double most = 36525.0;
    const char *why = NULL;

    if (series->begun)
        why = "this series has run: a new one takes further visits";
    else if (!(fabs(visit->days) <= most))
        why = "days is a number of days, within a century";
    else if (isnan(visit->days_since_treatment) ||
             visit->days_since_treatment > most)
        why = "days_since_treatment is a number of days";
    else if (!visit->captures == !visit->load)
        why = "a visit has its photographs, or a call that loads them";
    else if (!visit->capture_count || visit->capture_count > CT_CAPTURES)
        why = "a visit has 1 to 8 photographs";
    else if (visit->label && strlen(visit->label) >= CT_LABEL)
        why = "a visit's label is too long";
    else if (visit->label && !ct_is_plain(visit->label))
        why = "a visit's label is text in UTF-8, on one line";
    else if (course->count == CT_VISITS)
        why = "more visits than a series takes";
    for (int i = 0; !why && i < course->count; i++)
        if (course->of[i]->about.days == visit->days)
            why = "two visits on one day: their order is not known";
    for (uint64_t i = 0; !why && visit->captures && i < visit->capture_count;
         i++)
        if (!visit->captures[i])
            why = "a photograph is missing";
    return why ? ct_fail(tools, CUTIS_ERROR_ARGUMENT, "%s", why) : CUTIS_OK;
}

/* In the order of time. */
static void insert(struct course *course, struct occasion *one)
{
    int at = course->count++;

    for (; at > 0 && course->of[at - 1]->about.days > one->about.days; at--)
        course->of[at] = course->of[at - 1];
    course->of[at] = one;
}

/* "day 7", "day 0.5": the same in every locale. */
static void name_by_day(char label[CT_LABEL], double days)
{
    const long tenths = (long)floor(fabs(days) * 10.0 + 0.5);
    const char *const sign = days < 0.0 && tenths ? "-" : "";

    if (tenths % 10)
        snprintf(label, CT_LABEL, "day %s%ld.%ld", sign, tenths / 10,
                 tenths % 10);
    else
        snprintf(label, CT_LABEL, "day %s%ld", sign, tenths / 10);
}

static void note(struct occasion *one, const cutis_visit *visit)
{
    const bool said = visit->days_since_treatment >= 0.0;

    if (visit->label)
        snprintf(one->label, CT_LABEL, "%s", visit->label);
    else
        name_by_day(one->label, visit->days);
    one->about = (cutis_series_visit){
        .label = one->label,
        .days = visit->days,
        .days_since_treatment = said ? visit->days_since_treatment : NAN,
        .phase = visit->baseline ? CUTIS_PHASE_BASELINE : CUTIS_PHASE_JUDGED,
        .capture_count = (size_t)visit->capture_count,
        .comparable = CUTIS_COMPARABLE_YES,
    };
    one->load = visit->load;
    one->load_user = visit->load_user;
    for (uint64_t i = 0; visit->captures && i < visit->capture_count; i++)
        one->photo[i] = visit->captures[i];
}

cutis_status cutis_series_add(cutis_session *session, cutis_series *series,
                              const cutis_visit *visit)
{
    if (!session || !series || !visit)
        return CUTIS_ERROR_ARGUMENT;
    ct_session_begin(session);
    struct tools *const tools = &session->tools;
    cutis_visit taken = CUTIS_VISIT_DEFAULT;
    cutis_status status;

    TRY(ct_take_struct(&taken, sizeof(taken), visit, sizeof(taken), tools));
    TRY(check_visit(series, &taken, tools));
    struct occasion *const one = ct_alloc(&tools->memory, 1, sizeof(*one));
    if (!one) {
        status = ct_no_memory(tools);
        goto done;
    }
    note(one, &taken);
    one->shot.memory = &tools->memory;
    insert(&series->course, one);
done:
    return ct_session_end(tools, status);
}

/* ---- Reading it ---------------------------------------------------------- */

static const struct occasion *visit_of(const cutis_series *series, size_t visit)
{
    const bool inside =
        series && series->run && visit < (size_t)series->course.count;
    return inside ? series->course.of[visit] : NULL;
}

const cutis_series_visit *cutis_series_visit_at(const cutis_series *series,
                                                size_t visit)
{
    const struct occasion *const one = visit_of(series, visit);
    return one ? &one->about : NULL;
}

const cutis_change *cutis_series_at(const cutis_series *series, size_t visit,
                                    size_t index)
{
    const struct occasion *const one = visit_of(series, visit);
    return one ? cutis_comparison_at(one->comparison, index) : NULL;
}

const cutis_check *cutis_series_check_at(const cutis_series *series,
                                         size_t visit, size_t index)
{
    const struct occasion *const one = visit_of(series, visit);
    return one ? cutis_comparison_check_at(one->comparison, index) : NULL;
}

const cutis_trend *cutis_series_trend_at(const cutis_series *series,
                                         size_t index)
{
    const bool inside =
        series && series->run && index < CT_METRICS * CT_REGIONS;
    return inside
               ? &series->course.trend[index / CT_REGIONS][index % CT_REGIONS]
               : NULL;
}

const cutis_contrast *cutis_series_contrast_at(const cutis_series *series,
                                               size_t visit,
                                               cutis_contrast_kind kind,
                                               size_t index)
{
    const struct occasion *const one = visit_of(series, visit);
    const bool inside =
        one && index < CT_METRICS && (unsigned)kind < CUTIS_CONTRASTS;
    const cutis_contrast *const found =
        inside ? &one->contrast[kind][index] : NULL;
    return found && found->metric ? found : NULL;
}

cutis_status cutis_series_write(cutis_session *session,
                                const cutis_series *series, cutis_format format,
                                cutis_write_fn write, void *user)
{
    static cutis_status (*const forms[])(struct text *, const struct course *,
                                         struct tools *) = {
        [CUTIS_FORMAT_TEXT] = ct_series_text,
        [CUTIS_FORMAT_JSON] = ct_series_json,
        [CUTIS_FORMAT_CSV] = ct_series_csv,
        [CUTIS_FORMAT_HTML] = ct_series_html,
    };
    if (!session || !series || !write)
        return CUTIS_ERROR_ARGUMENT;
    ct_session_begin(session);
    struct tools *const tools = &session->tools;
    if (!series->run)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "this series has not run yet");
    if ((unsigned)format >= sizeof(forms) / sizeof(*forms))
        return ct_fail(tools, CUTIS_ERROR_UNSUPPORTED,
                       "a series is written as text, JSON, CSV or HTML");
    struct text text = {.memory = &tools->memory};
    const cutis_status status = forms[format](&text, &series->course, tools);
    return ct_deliver(&text, status, write, user, tools);
}
