/* SPDX-License-Identifier: BSD-2-Clause */

/* What reports of visits over time share. */

#ifndef CT_REPORT_SERIES_H
#define CT_REPORT_SERIES_H

#include "course.h"
#include "report/report.h"

/* ---- Saying it (series_say.c) -------------------------------------------- */

/* The last visit, as two visits are reported. */
struct report ct_series_last(const struct course *course);

/* The metrics that the preset weighs, what weighs most first; how many. */
int ct_series_weighs(int metric[CT_METRICS], const struct course *course);

/* Whether a page of visits speaks of a check: not of the time since a
 * treatment, which is what a visit is about. */
bool ct_series_asks(const cutis_check *check);

/* "3 days", "12 weeks". */
void ct_say_time(struct text *out, double days);

/* "12 weeks after the treatment". */
void ct_say_when(struct text *out, const struct course *course,
                 const struct occasion *visit);

void ct_say_series_answer(struct text *out, const struct course *course);
void ct_say_series_support(struct text *out, const struct course *course);

/* The trend in one sentence, without its name. */
void ct_say_trend(struct text *out, const cutis_trend *trend);

/* A contrast's parts as those of a row, so that they are said alike. */
cutis_change ct_row_of_contrast(const cutis_contrast *contrast);

/* The phase's word where it keeps a verdict back; CT_W_NOTHING. */
enum ct_word ct_phase_word(cutis_phase phase);

/* Those of a visit that did not pass. */
int ct_troubles(const struct checks *checks);

/* Stable names of single notes: "next_treatment". */
const char *ct_note_name(unsigned note);
enum ct_word ct_note_word(unsigned note);

/* ---- The page (page_series*.c) ------------------------------------------- */

extern const char *const ct_series_style[]; /* lines of CSS up to NULL */

/* The chart of one metric's course over the treated area, and of the score. */
void ct_page_course(struct text *out, const struct course *course, int metric);
void ct_page_score_course(struct text *out, const struct course *course);

void ct_page_visits(struct text *out, const struct course *course);
void ct_page_contrasts(struct text *out, const struct course *course,
                       cutis_contrast_kind kind);

#endif
