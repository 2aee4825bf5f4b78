/* SPDX-License-Identifier: BSD-2-Clause */

/* What one pair of captures says of every row, as few numbers as the judge
 * needs: the photographs' readings need not be kept for it. */

#include <math.h>
#include <string.h>

#include "progress/progress.h"

struct pair_of_photos {
    const struct photo_facts *before, *after;
    const struct pair *pair;
    const struct checks *checks;
    const struct site *site;
};

static const char *either(const char *one, const char *other)
{
    return one ? one : other;
}

/* The numbers of `form`, whose names and coverage are there. */
static void fill(struct claim *out, const struct form *form,
                 const struct pair_of_photos *from)
{
    const double area = form->area_cm2;

    out->value[0] = form->before;
    out->value[1] = form->after;
    out->area_cm2 = area;
    ct_error_terms(out, form, from->before, from->after, from->pair,
                   from->site);
    out->widening = ct_widening(from->checks, form->metric, form->region);
    out->there = out->there && !isnan(ct_y(form->metric, area, form->before)) &&
                 !isnan(ct_y(form->metric, area, form->after));
}

static void fill_row(struct claim *out, int m, int r,
                     const struct pair_of_photos *from)
{
    const struct reading *const a = &from->before->readings->of[m][r];
    const struct reading *const b = &from->after->readings->of[m][r];
    const struct form form = {
        .metric = m,
        .region = r,
        .name = either(a->name, b->name),
        .before = a->value,
        .after = b->value,
        .area_cm2 = fmin(a->area_cm2, b->area_cm2),
    };

    *out = (struct claim){
        .there = !isnan(a->value) && !isnan(b->value) &&
                 !ct_forbids(from->checks, m, r) &&
                 !(a->name && b->name && strcmp(a->name, b->name) != 0),
        .name = form.name,
        .unit = either(either(a->unit, b->unit), ct_metric(m)->unit),
        .coverage = fmin(a->coverage, b->coverage),
        .sampling = a->sampling,
    };
    fill(out, &form, from);
}

static double detail(const struct reading *reading, const char *name)
{
    for (int i = 0; i < reading->detail_count; i++)
        if (strcmp(reading->detail[i].name, name) == 0)
            return reading->detail[i].value;
    return NAN;
}

static void fill_part(struct claim *out, const struct claim *row,
                      const struct part *part,
                      const struct pair_of_photos *from)
{
    const int m = part->metric, r = CT_FACE_REGION;
    const struct form form = {
        .metric = m,
        .region = r,
        .name = part->form,
        .before = detail(&from->before->readings->of[m][r], part->form),
        .after = detail(&from->after->readings->of[m][r], part->form),
        .area_cm2 = row->area_cm2,
    };

    *out = *row;
    out->name = part->form;
    out->sampling.se = NAN;
    fill(out, &form, from);
}

cutis_status ct_take_account(struct account *out, const struct checks *checks,
                             const struct photo_facts *before,
                             const struct photo_facts *after,
                             const struct pair *pair,
                             const cutis_compare_options *options,
                             const struct site *site, struct tools *tools)
{
    const char *const name = options ? options->preset : NULL;
    const struct preset *const preset = ct_preset(name);
    const struct pair_of_photos from = {before, after, pair, checks, site};
    if (!preset)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "there is no preset \"%.40s\"", name);

    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++)
            fill_row(&out->row[m][r], m, r, &from);
    for (int i = 0; i < CT_COMPONENTS; i++)
        out->part_metric[i] = -1;
    for (int i = 0; i < ct_part_count(preset); i++) {
        const struct part *const part = &preset->part[i];
        if (!part->form)
            continue;
        out->part_metric[i] = part->metric;
        fill_part(&out->part[i], &out->row[part->metric][CT_FACE_REGION], part,
                  &from);
    }
    return CUTIS_OK;
}
