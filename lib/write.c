/* SPDX-License-Identifier: BSD-2-Clause */

/* What callers read from a comparison, and the reports as bytes. */

#include <string.h>

#include "session.h"
#include "util/hash.h"

/* ---- Rows ---------------------------------------------------------------- */

const cutis_change *cutis_comparison_at(const cutis_comparison *comparison,
                                        size_t index)
{
    const bool inside = comparison && index < CT_METRICS * CT_REGIONS;
    return inside ? &comparison->outcome
                         .change[index / CT_REGIONS][index % CT_REGIONS]
                  : NULL;
}

const cutis_change *cutis_comparison_find(const cutis_comparison *comparison,
                                          const char *metric,
                                          const char *region)
{
    if (!metric || !region)
        return NULL;
    const cutis_change *row;
    for (size_t i = 0; (row = cutis_comparison_at(comparison, i)); i++)
        if (!strcmp(row->metric->name, metric) &&
            !strcmp(row->region->name, region))
            return row;
    return NULL;
}

const cutis_check *cutis_comparison_check_at(const cutis_comparison *comparison,
                                             size_t index)
{
    const bool inside =
        comparison && index < (size_t)comparison->outcome.checks.count;
    return inside ? &comparison->outcome.checks.of[index] : NULL;
}

const cutis_score *cutis_comparison_score(const cutis_comparison *comparison)
{
    return comparison ? &comparison->outcome.score : NULL;
}

cutis_comparable cutis_comparison_comparable(const cutis_comparison *comparison)
{
    return comparison ? comparison->outcome.comparable : CUTIS_COMPARABLE_NO;
}

/* ---- Names ------------------------------------------------------------- */

void cutis_sha256(char hex[65], const void *bytes, size_t size)
{
    ct_sha256(bytes, size, hex);
}

/* ---- Reports ------------------------------------------------------------- */

typedef cutis_status (*report_fn)(struct text *, const struct report *,
                                  struct tools *);

cutis_status ct_deliver(struct text *text, cutis_status status,
                        cutis_write_fn write, void *user, struct tools *tools)
{
    if (status == CUTIS_OK && text->failed)
        status = ct_no_memory(tools);
    if (status == CUTIS_OK)
        status = ct_pulse(tools);
    if (status == CUTIS_OK && text->size &&
        write(user, text->bytes, text->size))
        status =
            ct_fail(tools, CUTIS_ERROR_IO, "the report could not be written");
    ct_text_free(text);
    return ct_session_end(tools, status);
}

cutis_status ct_write_report(cutis_session *session,
                             const struct report *report, cutis_format format,
                             cutis_write_fn write, void *user)
{
    static const report_fn forms[] = {ct_report_text,  ct_report_json,
                                      ct_report_csv,   ct_report_html,
                                      ct_report_items, ct_report_row};
    struct tools *const tools = &session->tools;
    const unsigned index = format;
    if (index > CUTIS_FORMAT_ROW)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT, "no such format");
    if (!report->before->readings && format != CUTIS_FORMAT_TEXT &&
        format != CUTIS_FORMAT_JSON)
        return ct_fail(tools, CUTIS_ERROR_UNSUPPORTED,
                       "checks are written as text or JSON");
    if ((format == CUTIS_FORMAT_HTML || format == CUTIS_FORMAT_ROW) &&
        !report->outcome)
        return ct_fail(tools, CUTIS_ERROR_UNSUPPORTED,
                       "the page and the row need two photographs");

    struct text text = {.memory = &tools->memory};
    const cutis_status status = forms[index](&text, report, tools);
    return ct_deliver(&text, status, write, user, tools);
}

cutis_status cutis_reading_write(cutis_session *session,
                                 const cutis_reading *reading,
                                 cutis_format format, cutis_write_fn write,
                                 void *user)
{
    if (!session || !reading || !write)
        return CUTIS_ERROR_ARGUMENT;
    ct_session_begin(session);
    const struct report report = {.before = &reading->facts,
                                  .checks = &reading->checks};
    return ct_write_report(session, &report, format, write, user);
}

static struct report report_of(const cutis_comparison *comparison)
{
    return (struct report){
        .before = &comparison->facts[0],
        .after = &comparison->facts[1],
        .pair = &comparison->pair,
        .outcome = &comparison->outcome,
        .checks = &comparison->outcome.checks,
        .options = &comparison->asked.options,
        .visit = comparison->visit,
        .errors = &comparison->errors,
    };
}

cutis_status cutis_comparison_write(cutis_session *session,
                                    const cutis_comparison *comparison,
                                    cutis_format format, cutis_write_fn write,
                                    void *user)
{
    if (!session || !comparison || !write)
        return CUTIS_ERROR_ARGUMENT;
    ct_session_begin(session);
    const struct report report = report_of(comparison);
    return ct_write_report(session, &report, format, write, user);
}

cutis_status cutis_comparison_write_columns(cutis_session *session,
                                            cutis_format format,
                                            cutis_write_fn write, void *user)
{
    if (!session || !write)
        return CUTIS_ERROR_ARGUMENT;
    ct_session_begin(session);
    struct tools *const tools = &session->tools;
    struct text text = {.memory = &tools->memory};
    const cutis_status status = ct_report_columns(&text, format, tools);
    return ct_deliver(&text, status, write, user, tools);
}

cutis_status cutis_photo_write_info(cutis_session *session,
                                    const cutis_photo *photo,
                                    cutis_format format, cutis_write_fn write,
                                    void *user)
{
    if (!session || !photo || !write)
        return CUTIS_ERROR_ARGUMENT;
    ct_session_begin(session);
    struct tools *const tools = &session->tools;
    const struct photo_facts facts = ct_facts_of(photo, NULL);
    const struct report report = {.before = &facts};
    struct text text = {.memory = &tools->memory};
    const cutis_status status =
        ct_report_inspect(&text, &report, format, tools);
    return ct_deliver(&text, status, write, user, tools);
}

/* ---- Maps ---------------------------------------------------------------- */

cutis_status cutis_comparison_write_maps(cutis_session *session,
                                         const cutis_comparison *comparison,
                                         cutis_file_fn write, void *user)
{
    if (!session || !comparison || !write)
        return CUTIS_ERROR_ARGUMENT;
    ct_session_begin(session);
    const struct report report = report_of(comparison);
    struct tools *const tools = &session->tools;
    return ct_session_end(tools, ct_map_files(&report, write, user, tools));
}

/* `options` = NULL: none. */
static cutis_status write_reading_maps(cutis_session *session,
                                       const cutis_reading *reading,
                                       const cutis_compare_options *options,
                                       cutis_file_fn write, void *user)
{
    if (!session || !reading || !write)
        return CUTIS_ERROR_ARGUMENT;
    ct_session_begin(session);
    const struct report report = {.before = &reading->facts,
                                  .checks = &reading->checks,
                                  .options = options};
    struct tools *const tools = &session->tools;
    return ct_session_end(tools, ct_map_files(&report, write, user, tools));
}

cutis_status cutis_reading_write_maps(cutis_session *session,
                                      const cutis_reading *reading,
                                      cutis_file_fn write, void *user)
{
    return write_reading_maps(session, reading, NULL, write, user);
}

cutis_status cutis_reading_write_covered_maps(cutis_session *session,
                                              const cutis_reading *reading,
                                              cutis_file_fn write, void *user)
{
    cutis_compare_options options = CUTIS_COMPARE_OPTIONS_DEFAULT;
    options.cover_eyes = 1;
    return write_reading_maps(session, reading, &options, write, user);
}
