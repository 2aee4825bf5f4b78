/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The long lists of the truth: features with their places in the picture, and
 * the chart's patches.
 */

#include "phantom/truth.h"

#include "phantom/expression.h"
#include "phantom/scars.h"
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

/* One list: its name and its columns' names between those that all have;
 * NULL is a column that it lacks. */
struct kind {
    enum ct_kind kind;
    const char *name, *width, *amount, *line, *extent;
};

static const struct kind points[] = {
    {CT_F_PORE, "pores", "diameter_mm", "depth_mm", NULL, NULL},
    {CT_F_SPOT, "spots", "diameter_mm", "ln_melanin", NULL, NULL},
    {CT_F_PAPULE, "papules", "diameter_mm", "ln_blood", NULL, NULL},
    {CT_F_FLAKE, "flakes", "diameter_mm", "reflectance", NULL, "covers_mm2"},
    {CT_F_SCAR, "scars", "diameter_mm", "depth_mm", "type", "volume_mm3"},
};

static const struct kind strokes[] = {
    {CT_F_WRINKLE, "wrinkles", "fwhm_mm", "depth_mm", "line", NULL},
    {CT_F_VESSEL, "vessels", "fwhm_mm", "ln_blood", "line", NULL},
    {CT_F_VELLUS, "vellus", "width_mm", "opacity", NULL, NULL},
    {CT_F_STUBBLE, "stubble", "width_mm", "opacity", NULL, NULL},
};
#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

static const double fwhm_per_sigma = 2.3548;

/* mm: at half of what is soft, over all of what has an edge. */
static double width_of(const struct feature *feature)
{
    const double sigma = (double)feature->sigma;
    switch ((enum ct_kind)feature->kind) {
    case CT_F_PORE:
    case CT_F_WRINKLE:
    case CT_F_VESSEL:
        return sigma * fwhm_per_sigma;
    case CT_F_SCAR:
        return (double)ct_scar_diameter(feature);
    case CT_F_FLAKE:
        return 2.0 * sqrt((double)feature->extent / 3.14159265358979);
    case CT_F_SPOT:
    case CT_F_PAPULE:
    case CT_F_HAIR:
    case CT_F_VELLUS:
    case CT_F_STUBBLE:
    case CT_F_KINDS:
        break;
    }
    return 2.0 * sigma;
}

/* What every feature has, then what its kind has; how many numbers. */
static int describe(double *row, const struct feature *feature,
                    const struct kind *kind, const struct subject *subject,
                    const struct vista *view)
{
    int n = 0;
    row[n++] = width_of(feature);
    row[n++] = (double)feature->amount;
    row[n++] = ct_region_at(&subject->skin.regions, feature->a);
    if (kind->line)
        row[n++] = feature->line;
    row[n++] = feature->id;
    row[n++] = ct_view_facing(view, ct_moved(&subject->moves, feature->a));
    if (kind->extent)
        row[n++] = (double)feature->extent;
    return n;
}

/* All features of a kind: points by their place, strokes by their ends. */
static void put_kind(struct text *out, const struct subject *subject,
                     const struct vista *view, const struct kind *kind,
                     bool stroke)
{
    const struct feature_list *list = &subject->skin.features;
    bool first = true;
    ct_text_format(out, "\"%s\": {\"columns\": [%s, \"%s\", \"%s\", \"region\"",
                   kind->name,
                   stroke ? "\"x0\", \"y0\", \"x1\", \"y1\"" : "\"x\", \"y\"",
                   kind->width, kind->amount);
    if (kind->line)
        ct_text_format(out, ", \"%s\"", kind->line);
    ct_text_put(out, ", \"id\", \"facing\"");
    if (kind->extent)
        ct_text_format(out, ", \"%s\"", kind->extent);
    ct_text_put(out, "], \"rows\": [");
    for (size_t i = 0; i < list->count; i++) {
        const struct feature *feature = &list->at[i];
        if (feature->kind != kind->kind)
            continue;
        double row[12];
        ct_project(&view->optics, ct_moved(&subject->moves, feature->a), row);
        ct_project(&view->optics, ct_moved(&subject->moves, feature->b),
                   row + 2);
        const int places = stroke ? 4 : 2;
        const int more = describe(row + places, feature, kind, subject, view);
        ct_text_put(out, first ? "\n" : ",\n");
        ct_put_numbers(out, row, places + more, 3);
        first = false;
    }
    ct_text_put(out, "]},\n");
}

static void put_vertex(struct text *out, const struct subject *subject,
                       const struct vista *view, struct vec rest, double depth,
                       double sigma)
{
    const struct vec at = ct_moved(&subject->moves, rest);
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
static size_t put_piece(struct text *out, const struct subject *subject,
                        const struct vista *view, size_t i)
{
    const struct feature_list *list = &subject->skin.features;
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
    put_vertex(out, subject, view, part->a, (double)part->amount,
               (double)part->sigma);
    for (; i < end; i++) {
        /* A vertex is as deep as the segments that it joins are on average. */
        const float beyond = list->at[i + 1 < end ? i + 1 : i].amount;
        const double deep = 0.5 * (double)(list->at[i].amount + beyond);
        ct_text_put(out, ", ");
        put_vertex(out, subject, view, list->at[i].b, deep,
                   (double)list->at[i].sigma);
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
        i = put_piece(out, subject, view, i);
        first = false;
    }
    ct_text_put(out, "]}");
}

void ct_put_lists(struct text *out, const struct subject *subject,
                  const struct vista *view)
{
    for (int k = 0; k < COUNT(points); k++)
        put_kind(out, subject, view, &points[k], false);
    for (int k = 0; k < COUNT(strokes); k++)
        put_kind(out, subject, view, &strokes[k], true);
    put_polylines(out, subject, view);
}
