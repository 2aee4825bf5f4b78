/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The long lists of the truth: features with their places in the picture, and
 * the chart's patches.
 */

#include "phantom/truth.h"

#include "phantom/targets.h"

/* ---- Small pieces of JSON ------------------------------------------------ */

void ct_put_number(struct text *out, const char *name, double value)
{
    ct_text_format(out, "\"%s\": ", name);
    ct_text_number(out, value);
    ct_text_put(out, ", ");
}

void ct_put_numbers(struct text *out, const double *v, int count, int decimals)
{
    ct_text_put(out, "[");
    for (int i = 0; i < count; i++) {
        if (i)
            ct_text_put(out, ", ");
        ct_text_fixed(out, v[i], decimals);
    }
    ct_text_put(out, "]");
}

void ct_put_named(struct text *out, const char *name, const double *v,
                  int count, int decimals)
{
    ct_text_format(out, "\"%s\": ", name);
    ct_put_numbers(out, v, count, decimals);
    ct_text_put(out, ",\n");
}

/* ---- Chart --------------------------------------------------------------- */

void ct_put_chart(struct text *out, const struct optics *optics,
                  const struct camera *camera)
{
    struct targets targets;
    ct_targets_make(&targets, optics, camera);
    if (!targets.chart) {
        ct_text_put(out, "\"chart\": null,\n");
        return;
    }
    const double left = targets.corner[0], top = targets.corner[1];
    const double right = left + CT_CHART_ACROSS * targets.pitch;
    const double bottom = top + CT_CHART_DOWN * targets.pitch;
    const double corners[8] = {left,  top,    right, top,
                               right, bottom, left,  bottom};
    ct_text_put(out, "\"chart\": {");
    ct_put_named(out, "corners", corners, 8, 2);
    ct_text_put(out, "\"columns\": [\"x\", \"y\", \"side_px\", \"linear_r\", "
                     "\"linear_g\", \"linear_b\"], \"patches\": [");
    for (int i = 0; i < CT_PATCHES; i++) {
        double row[6];
        row[2] = 2.0 * ct_patch_middle(&targets, i, row);
        for (int c = 0; c < 3; c++)
            row[3 + c] = (double)ct_patch_light(i)[c];
        ct_text_put(out, i ? ",\n" : "\n");
        ct_put_numbers(out, row, 6, 5);
    }
    ct_text_put(out, "]},\n");
}

/* ---- Features ------------------------------------------------------------ */

/* One list: the columns of its rows, and what a feature's sigma is to its
 * width. */
struct kind {
    enum ct_kind kind;
    const char *name, *columns;
    double width;
};

static const struct kind points[] = {
    {CT_F_PORE, "pores",
     "\"x\", \"y\", \"diameter_mm\", \"depth_mm\", \"region\", \"id\", "
     "\"facing\"",
     2.3548},
    {CT_F_SPOT, "spots",
     "\"x\", \"y\", \"diameter_mm\", \"ln_melanin\", \"region\", \"id\", "
     "\"facing\"",
     2.0},
    {CT_F_PAPULE, "papules",
     "\"x\", \"y\", \"diameter_mm\", \"ln_blood\", \"region\", \"id\", "
     "\"facing\"",
     2.0},
};
enum { POINTS = sizeof(points) / sizeof(points[0]) };
static const double fwhm_per_sigma = 2.3548;

static void put_points(struct text *out, const struct subject *subject,
                       const struct vista *view, const struct kind *kind)
{
    const struct feature_list *list = &subject->skin.features;
    bool first = true;
    ct_text_format(out, "\"%s\": {\"columns\": [%s], \"rows\": [", kind->name,
                   kind->columns);
    for (size_t i = 0; i < list->count; i++) {
        const struct feature *feature = &list->at[i];
        if (feature->kind != kind->kind)
            continue;
        double row[7];
        ct_project(&view->optics, feature->a, row);
        row[2] = (double)feature->sigma * kind->width;
        row[3] = (double)feature->amount;
        row[4] = ct_region_at(&subject->skin.regions, feature->a);
        row[5] = feature->id;
        row[6] = ct_view_facing(view, feature->a);
        ct_text_put(out, first ? "\n" : ",\n");
        ct_put_numbers(out, row, 7, 3);
        first = false;
    }
    ct_text_put(out, "]},\n");
}

/* Wrinkles by segments. */
static void put_segments(struct text *out, const struct subject *subject,
                         const struct vista *view)
{
    const struct feature_list *list = &subject->skin.features;
    bool first = true;
    ct_text_put(out, "\"wrinkles\": {\"columns\": [\"x0\", \"y0\", \"x1\", "
                     "\"y1\", \"fwhm_mm\", \"depth_mm\", \"region\", "
                     "\"line\", \"id\"], \"rows\": [");
    for (size_t i = 0; i < list->count; i++) {
        const struct feature *feature = &list->at[i];
        if (feature->kind != CT_F_WRINKLE)
            continue;
        double row[9];
        ct_project(&view->optics, feature->a, row);
        ct_project(&view->optics, feature->b, row + 2);
        row[4] = (double)feature->sigma * fwhm_per_sigma;
        row[5] = (double)feature->amount;
        row[6] = ct_region_at(&subject->skin.regions, feature->a);
        row[7] = feature->line;
        row[8] = feature->id;
        ct_text_put(out, first ? "\n" : ",\n");
        ct_put_numbers(out, row, 9, 3);
        first = false;
    }
    ct_text_put(out, "]},\n");
}

static void put_vertex(struct text *out, const struct vista *view,
                       struct vec at, double depth, double sigma)
{
    double vertex[5];
    ct_project(&view->optics, at, vertex);
    vertex[2] = depth;
    vertex[3] = sigma * fwhm_per_sigma;
    vertex[4] = ct_view_facing(view, at);
    ct_put_numbers(out, vertex, 5, 3);
}

static bool follows(const struct feature *before, const struct feature *after)
{
    return after->kind == CT_F_WRINKLE && after->line == before->line &&
           after->id == before->id + 1;
}

/* One unbroken piece from feature `i` on; the first that is not of it. */
static size_t put_piece(struct text *out, const struct feature_list *list,
                        const struct vista *view, size_t i)
{
    const struct feature *part = &list->at[i];
    double length = 0.0;
    size_t end = i;
    do {
        const struct vec run = ct_sub(list->at[end].b, list->at[end].a);
        length += (double)ct_length(run);
        end++;
    } while (end < list->count && follows(&list->at[end - 1], &list->at[end]));

    ct_text_format(out, "{\"line\": %d, \"id\": %u, ", part->line,
                   (unsigned)part->id);
    ct_put_number(out, "length_mm", length);
    ct_text_put(out, "\"vertices\": [");
    put_vertex(out, view, part->a, (double)part->amount, (double)part->sigma);
    for (; i < end; i++) {
        /* A vertex is as deep as the segments that it joins are on average. */
        const float beyond = list->at[i + 1 < end ? i + 1 : i].amount;
        const double deep = 0.5 * (double)(list->at[i].amount + beyond);
        ct_text_put(out, ", ");
        put_vertex(out, view, list->at[i].b, deep, (double)list->at[i].sigma);
    }
    ct_text_put(out, "]}");
    return end;
}

static void put_polylines(struct text *out, const struct subject *subject,
                          const struct vista *view)
{
    const struct feature_list *list = &subject->skin.features;
    bool first = true;
    ct_text_put(out, "\"wrinkle_lines\": {\"columns\": [\"x\", \"y\", "
                     "\"depth_mm\", \"fwhm_mm\", \"facing\"], \"lines\": [");
    for (size_t i = 0; i < list->count;) {
        if (list->at[i].kind != CT_F_WRINKLE) {
            i++;
            continue;
        }
        ct_text_put(out, first ? "\n" : ",\n");
        i = put_piece(out, list, view, i);
        first = false;
    }
    ct_text_put(out, "]}");
}

void ct_put_lists(struct text *out, const struct subject *subject,
                  const struct vista *view)
{
    for (int k = 0; k < POINTS; k++)
        put_points(out, subject, view, &points[k]);
    put_segments(out, subject, view);
    put_polylines(out, subject, view);
}
