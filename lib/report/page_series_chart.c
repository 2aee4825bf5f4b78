/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Charts of a course: change against the baseline by weeks, each visit a point
 * with its 95 % interval, the band of repeat photographs around 0, the grounds
 * of healing and of "too early", treatments, and the trend's line.
 */

#include <math.h>
#include <string.h>

#include "report/series.h"

enum {
    WIDTH = 460,
    HEIGHT = 236,
    LEFT = 50,
    RIGHT = WIDTH - 14,
    TOP = 26,
    BOTTOM = HEIGHT - 36
};

static const double week = 7.0;

/* Numbers are drawn to a tenth of a pixel. */
static void coordinate(struct text *out, double value)
{
    ct_text_number(out, floor(10.0 * value + 0.5) / 10.0);
}

struct axes {
    double from, to; /* weeks */
    double low, high;
    double scale; /* of the values shown: 100 for a ratio */
};

static double at_x(const struct axes *axes, double weeks)
{
    return LEFT +
           (RIGHT - LEFT) * (weeks - axes->from) / (axes->to - axes->from);
}

static double at_y(const struct axes *axes, double value)
{
    return BOTTOM - (BOTTOM - TOP) * (axes->scale * value - axes->low) /
                        (axes->high - axes->low);
}

static void move(struct text *out, char command, double x, double y)
{
    ct_text_add(out, &command, 1);
    coordinate(out, x);
    ct_text_put(out, " ");
    coordinate(out, y);
}

/* ---- Axes ---------------------------------------------------------------- */

static void reach_time(struct axes *axes, const struct course *course)
{
    const double first = course->of[0]->about.days / week;
    const double last = course->of[course->count - 1]->about.days / week;
    const double margin = 0.04 * (last - first);
    axes->from = first - margin;
    axes->to = last + margin;
}

static void reach_value(struct axes *axes, double value)
{
    if (!isfinite(value))
        return;
    axes->low = fmin(axes->low, axes->scale * value);
    axes->high = fmax(axes->high, axes->scale * value);
}

/* The next of 1, 2 and 5 times a power of ten. */
static double round_step(double value)
{
    double unit = 1.0;
    while (unit > value)
        unit /= 10.0;
    while (unit * 10.0 <= value)
        unit *= 10.0;
    return unit >= value         ? unit
           : 2.0 * unit >= value ? 2.0 * unit
           : 5.0 * unit >= value ? 5.0 * unit
                                 : 10.0 * unit;
}

static void tick_text(struct text *out, double x, double y, const char *anchor,
                      double value, int decimals)
{
    ct_text_format(out, "<text class=\"%s\" x=\"", anchor);
    coordinate(out, x);
    ct_text_put(out, "\" y=\"");
    coordinate(out, y);
    ct_text_put(out, "\">");
    ct_say_number(out, value, decimals, CT_SIGN_MINUS);
    ct_text_put(out, "</text>");
}

static void draw_values(struct text *out, struct axes *axes)
{
    const double margin = 0.06 * (axes->high - axes->low);
    axes->low -= margin;
    axes->high += margin;
    const double step = round_step((axes->high - axes->low) / 5.0);
    const int decimals = ct_decimals(10.0 * step);
    for (double v = ceil(axes->low / step) * step; v <= axes->high; v += step) {
        const double y = at_y(axes, v / axes->scale);
        ct_text_put(out, "<path class=\"grid\" d=\"");
        move(out, 'M', LEFT, y);
        ct_text_format(out, "H%d\"/>", RIGHT);
        tick_text(out, LEFT - 7, y + 4, "end", v, decimals);
    }
}

static void draw_weeks(struct text *out, const struct axes *axes)
{
    static const double steps[] = {0.5, 1, 2, 4, 8, 13, 26, 52, 104, 520};
    int i = 0;
    while (steps[i] < (axes->to - axes->from) / 9.0 && i < 9)
        i++;
    const double step = steps[i];
    for (double w = ceil(axes->from / step) * step; w <= axes->to; w += step)
        tick_text(out, at_x(axes, w), BOTTOM + 16, "middle", w,
                  step < 1.0 ? 1 : 0);
    ct_text_format(out, "<text class=\"end\" x=\"%d\" y=\"%d\">", RIGHT,
                   HEIGHT - 4);
    ct_page_word(out, CT_W_S_AXIS_WEEKS);
    ct_text_put(out, "</text>");
}

/* ---- Treatments ---------------------------------------------------------- */

/* Treatments by their day, each once; gives how many. */
static int list_treatments(double day[CT_VISITS], const struct course *course)
{
    int n = 0;
    for (int i = 0; i < course->count; i++) {
        const cutis_series_visit *const about = &course->of[i]->about;
        const double at = about->days - about->days_since_treatment;
        bool known = isnan(at);
        for (int k = 0; k < n && !known; k++)
            known = fabs(day[k] - at) < 0.5;
        if (!known)
            day[n++] = at;
    }
    return n;
}

static void draw_ground(struct text *out, const struct axes *axes,
                        const char *class, double from, double to)
{
    const double left = fmax(at_x(axes, from / week), LEFT);
    const double right = fmin(at_x(axes, to / week), RIGHT);
    if (!(right > left))
        return;
    ct_text_format(out, "<rect class=\"%s\" x=\"", class);
    coordinate(out, left);
    ct_text_format(out, "\" y=\"%d\" width=\"", TOP);
    coordinate(out, right - left);
    ct_text_format(out, "\" height=\"%d\"/>", BOTTOM - TOP);
}

static void draw_grounds(struct text *out, const struct axes *axes,
                         const struct course *course)
{
    double day[CT_VISITS];
    const int n = list_treatments(day, course);
    for (int i = 0; i < n; i++) {
        const double next = i + 1 < n ? day[i + 1] : INFINITY;
        draw_ground(out, axes, "healing", day[i],
                    fmin(day[i] + 2.0 * week, next));
        draw_ground(out, axes, "early", day[i] + 2.0 * week,
                    fmin(day[i] + 6.0 * week, next));
    }
}

static void draw_treatments(struct text *out, const struct axes *axes,
                            const struct course *course)
{
    double day[CT_VISITS];
    const int n = list_treatments(day, course);
    for (int i = 0; i < n; i++) {
        const double x = at_x(axes, day[i] / week);
        if (x < LEFT || x > RIGHT)
            continue;
        ct_text_put(out, "<path class=\"treatment\" d=\"");
        move(out, 'M', x, TOP);
        ct_text_put(out, "l-5 -8h10z\"/>");
        if (i)
            continue;
        ct_text_put(out, "<text class=\"start\" x=\"");
        coordinate(out, x + 9);
        ct_text_format(out, "\" y=\"%d\">", TOP - 2);
        ct_page_word(out, CT_W_S_TREATMENT);
        ct_text_put(out, "</text>");
    }
}

/* ---- Points -------------------------------------------------------------- */

struct mark_of_visit {
    double value, low, high; /* as published */
    cutis_verdict verdict;
    bool judged;
};

static void draw_point(struct text *out, const struct axes *axes, double weeks,
                       const struct mark_of_visit *mark)
{
    const double x = at_x(axes, weeks);
    if (!isfinite(mark->value))
        return;
    ct_text_format(out, "<g class=\"%s%s\"><path class=\"ci\" d=\"",
                   mark->judged ? "v-" : "open",
                   mark->judged ? cutis_verdict_name(mark->verdict) : "");
    move(out, 'M', x, at_y(axes, mark->low));
    ct_text_put(out, "V");
    coordinate(out, at_y(axes, mark->high));
    ct_text_put(out, "\"/><circle class=\"dot\" cx=\"");
    coordinate(out, x);
    ct_text_put(out, "\" cy=\"");
    coordinate(out, at_y(axes, mark->value));
    ct_text_put(out, "\" r=\"4.5\"/></g>\n");
}

static void draw_baseline(struct text *out, const struct axes *axes,
                          const struct course *course)
{
    ct_text_put(out, "<path class=\"zero\" d=\"");
    move(out, 'M', LEFT, at_y(axes, 0.0));
    ct_text_format(out, "H%d\"/><path class=\"base\" d=\"", RIGHT);
    move(out, 'M', at_x(axes, course->baseline_days / week),
         at_y(axes, 0.0) - 5.0);
    ct_text_put(out, "l5 5l-5 5l-5 -5z\"/>\n");
}

static void open_chart(struct text *out, const char *title)
{
    ct_text_format(out,
                   "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" "
                   "aria-label=\"",
                   WIDTH, HEIGHT);
    ct_page_say(out, CT_W_S_CHART_ALT, (const char *[]){title});
    ct_text_put(out, "\">\n");
}

static void open_figure(struct text *out, const char *title, const char *unit)
{
    ct_text_put(out, "<figure class=\"course\"><figcaption><b>");
    ct_escape(out, title);
    ct_text_put(out, "</b> <small>");
    if (unit)
        ct_page_say(out, CT_W_S_CHANGE_IN, (const char *[]){unit});
    else
        ct_page_word(out, CT_W_S_SCORE_NOTE);
    ct_text_put(out, "</small></figcaption>\n");
}

/* ---- One metric ---------------------------------------------------------- */

static const cutis_change *row_of(const struct course *course, int i,
                                  int metric)
{
    const struct occasion *const visit = course->of[i];
    return visit->outcome ? &visit->outcome->change[metric][CT_FACE_REGION]
                          : NULL;
}

static double change_of(const cutis_change *row)
{
    return row->scale == CUTIS_LOG ? row->relative_change : row->change;
}

/* The lower end of the band: a ratio's is not the upper one's negative. */
static double lower_of(const cutis_change *row)
{
    return row->scale == CUTIS_LOG ? 1.0 / (1.0 + row->mdc95) - 1.0
                                   : -row->mdc95;
}

/* Along the upper or lower end, from the baseline to the last visit or back. */
static void draw_edge(struct text *out, const struct axes *axes,
                      const struct course *course, int metric, bool upper)
{
    const int n = course->count;
    bool first = true;
    double y = NAN;
    for (int k = 0; k < n; k++) {
        const int i = upper ? k : n - 1 - k;
        const cutis_change *const row = row_of(course, i, metric);
        if (!row || !isfinite(row->mdc95))
            continue;
        y = at_y(axes, upper ? row->mdc95 : lower_of(row));
        if (first)
            move(out, upper ? 'M' : 'L', upper ? LEFT : RIGHT, y);
        move(out, 'L', at_x(axes, course->of[i]->about.days / week), y);
        first = false;
    }
    if (!first)
        move(out, 'L', upper ? RIGHT : LEFT, y);
}

static void draw_band(struct text *out, const struct axes *axes,
                      const struct course *course, int metric)
{
    struct text upper = ct_text_beside(out);
    draw_edge(&upper, axes, course, metric, true);
    if (upper.size) {
        ct_text_put(out, "<path class=\"band\" d=\"");
        ct_text_put(out, upper.bytes);
        draw_edge(out, axes, course, metric, false);
        ct_text_put(out, "z\"/>\n");
    }
    out->failed |= upper.failed;
    ct_text_free(&upper);
}

static void draw_trend(struct text *out, const struct axes *axes,
                       const struct course *course, int metric)
{
    enum { STEPS = 24 };
    const cutis_trend *const trend = &course->trend[metric][CT_FACE_REGION];
    if (isnan(trend->slope))
        return;
    const bool ratio = trend->scale == CUTIS_LOG;
    const double slope = ratio ? ct_log(1.0 + trend->slope) : trend->slope;
    const double from = course->baseline_days / week;
    const double to = course->of[course->count - 1]->about.days / week;
    ct_text_put(out, "<path class=\"trend\" d=\"");
    for (int i = 0; i <= STEPS; i++) {
        const double weeks = from + (to - from) * i / STEPS;
        const double y = course->level[metric][CT_FACE_REGION] + slope * weeks;
        move(out, i ? 'L' : 'M', at_x(axes, weeks),
             at_y(axes, ratio ? ct_exp(y) - 1.0 : y));
    }
    ct_text_put(out, "\"/>\n");
}

static bool reach_metric(struct axes *axes, const struct course *course,
                         int metric)
{
    bool any = false;
    for (int i = 0; i < course->count; i++) {
        const cutis_change *const row = row_of(course, i, metric);
        if (!row || !isfinite(row->change))
            continue;
        any = true;
        reach_value(axes, row->ci95[0]);
        reach_value(axes, row->ci95[1]);
        reach_value(axes, row->mdc95);
        reach_value(axes, lower_of(row));
    }
    return any;
}

/* Why there is nothing to draw, by the last visit. */
static void missing(struct text *out, const struct course *course, int metric)
{
    const cutis_change *const row = row_of(course, course->count - 1, metric);
    ct_text_put(out, "<p>");
    ct_page_verdict(out, row->verdict, row->reason);
    ct_text_put(out, "</p>");
}

static void better(struct text *out, cutis_direction direction)
{
    if (direction == CUTIS_NO_DIRECTION)
        return;
    const bool up = direction == CUTIS_HIGHER_IS_BETTER;
    ct_text_format(out, "<text class=\"start\" x=\"%d\" y=\"%d\">", LEFT + 5,
                   up ? TOP + 14 : BOTTOM - 6);
    ct_page_word(out, up ? CT_W_S_BETTER_UP : CT_W_S_BETTER_DOWN);
    ct_text_put(out, "</text>");
}

static void draw_metric(struct text *out, struct axes *axes,
                        const struct course *course, int metric)
{
    draw_grounds(out, axes, course);
    draw_band(out, axes, course, metric);
    draw_weeks(out, axes);
    draw_baseline(out, axes, course);
    draw_trend(out, axes, course, metric);
    for (int i = 0; i < course->count; i++) {
        const cutis_change *const row = row_of(course, i, metric);
        if (!row)
            continue;
        const struct mark_of_visit mark = {
            .value = change_of(row),
            .low = row->ci95[0],
            .high = row->ci95[1],
            .verdict = row->verdict,
            .judged = course->of[i]->about.phase == CUTIS_PHASE_JUDGED,
        };
        draw_point(out, axes, course->of[i]->about.days / week, &mark);
    }
    draw_treatments(out, axes, course);
    better(out, ct_metric(metric)->direction);
}

void ct_page_course(struct text *out, const struct course *course, int metric)
{
    const cutis_metric *const about = ct_metric(metric);
    const bool ratio = about->scale == CUTIS_LOG;
    const char *const title = ct_metric_words(out, about);
    struct axes axes = {.scale = ratio ? 100.0 : 1.0};

    open_figure(out, title, ratio ? "%" : ct_unit_words(out, about->unit));
    reach_time(&axes, course);
    if (reach_metric(&axes, course, metric)) {
        open_chart(out, title);
        draw_values(out, &axes);
        draw_metric(out, &axes, course, metric);
        ct_text_put(out, "</svg>\n<p>");
        struct text plain = ct_text_beside(out);
        ct_say_trend(&plain, &course->trend[metric][CT_FACE_REGION]);
        ct_escape(out, ct_text_bytes(&plain));
        out->failed |= plain.failed;
        ct_text_free(&plain);
        ct_text_put(out, "</p>");
    } else {
        missing(out, course, metric);
    }
    ct_text_put(out, "</figure>\n");
}

/* ---- The score ----------------------------------------------------------- */

void ct_page_score_course(struct text *out, const struct course *course)
{
    struct axes axes = {.scale = 1.0, .low = -10.0, .high = 10.0};
    const char *const title = ct_word(out, CT_W_SCORE);
    bool any = false;

    for (int i = 0; i < course->count; i++) {
        const cutis_score *const score = course->of[i]->about.score;
        if (!score || !isfinite(score->score))
            continue;
        any = true;
        reach_value(&axes, score->ci95[0]);
        reach_value(&axes, score->ci95[1]);
    }
    if (!any)
        return;
    reach_time(&axes, course);
    open_figure(out, title, NULL);
    open_chart(out, title);
    draw_values(out, &axes);
    draw_grounds(out, &axes, course);
    draw_weeks(out, &axes);
    draw_baseline(out, &axes, course);
    for (int i = 0; i < course->count; i++) {
        const cutis_score *const score = course->of[i]->about.score;
        if (!score)
            continue;
        const struct mark_of_visit mark = {
            .value = score->score,
            .low = score->ci95[0],
            .high = score->ci95[1],
            .verdict = score->verdict,
            .judged = course->of[i]->about.phase == CUTIS_PHASE_JUDGED,
        };
        draw_point(out, &axes, course->of[i]->about.days / week, &mark);
    }
    draw_treatments(out, &axes, course);
    better(out, CUTIS_HIGHER_IS_BETTER);
    ct_text_put(out, "</svg></figure>\n");
}
