/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What was found, one by one, as comma-separated values: a row a spot, lesion,
 * pore or flake.  Of two photographs, a row holds both sides of one item, empty
 * where it was out of view.  Places are pixels of the upright photograph from
 * its top left corner.
 */

#include <math.h>

#include "report/report.h"

static const char *const kinds[] = {
    [CT_SPOT_PIGMENT] = "spot",
    [CT_SPOT_MIXED] = "mixed",
    [CT_SPOT_RED] = "lesion",
};

static void number(struct text *out, double value)
{
    ct_text_put(out, ",");
    if (isfinite(value))
        ct_text_fixed(out, value, 3);
}

static void put_side(struct text *out, const struct item *item,
                     const struct face *face)
{
    if (!item) {
        ct_text_put(out, ",,,,,,");
        return;
    }
    number(out, (double)item->x * face->factor + face->crop.x);
    number(out, (double)item->y * face->factor + face->crop.y);
    number(out, (double)item->size_mm);
    number(out, (double)item->contrast);
    number(out, (double)item->burden);
    ct_text_put(out, item->seen ? ",1" : ",0");
}

/* A list of one photograph or two. */
struct listed {
    const struct item *at[2];
    size_t count[2];
    bool two, paired;
    const char *kind; /* NULL: each item says */
};

static void put_row(struct text *out, const struct report *report,
                    const struct listed *list, const struct item *before,
                    const struct item *after)
{
    const struct item *any = before ? before : after;
    ct_text_put(out, list->kind ? list->kind : kinds[any->kind]);
    ct_text_put(out, ",");
    if (any->region < CT_REGIONS)
        ct_text_put(out, ct_region(any->region)->name);
    if (list->two) {
        ct_text_put(out, ",");
        ct_text_put(out, ct_fate_name(any->fate));
    }
    put_side(out, before, report->before->face);
    if (list->two)
        put_side(out, after, report->after->face);
    ct_text_put(out, "\n");
}

/* Items without a partner stand in rows of their own. */
static void put_list(struct text *out, const struct report *report,
                     const struct listed *list)
{
    for (size_t i = 0; i < list->count[0]; i++)
        put_row(out, report, list, &list->at[0][i],
                list->paired ? &list->at[1][i] : NULL);
    for (size_t i = 0; !list->paired && i < list->count[1]; i++)
        put_row(out, report, list, NULL, &list->at[1][i]);
}

cutis_status ct_report_items(struct text *out, const struct report *report,
                             struct tools *tools)
{
    const struct readings *before = report->before->readings;
    const struct readings *after =
        report->after ? report->after->readings : NULL;
    ct_text_put(out, after ? "kind,region,fate,before_x,before_y,"
                             "before_size_mm,before_contrast,before_burden,"
                             "before_seen,after_x,after_y,after_size_mm,"
                             "after_contrast,after_burden,after_seen\n"
                           : "kind,region,x,y,size_mm,contrast,burden,seen\n");
    const struct listed spots = {
        .at = {before->spots, after ? after->spots : NULL},
        .count = {before->spot_count, after ? after->spot_count : 0},
        .two = after != NULL,
        .paired = after && before->spots_paired,
    };
    const struct listed pores = {
        .at = {before->pores, after ? after->pores : NULL},
        .count = {before->pore_count, after ? after->pore_count : 0},
        .two = after != NULL,
        .paired = after && before->pores_paired,
        .kind = "pore",
    };
    put_list(out, report, &spots);
    const struct listed flakes = {
        .at = {before->flakes, after ? after->flakes : NULL},
        .count = {before->flake_count, after ? after->flake_count : 0},
        .two = after != NULL,
        .kind = "flake",
    };
    put_list(out, report, &pores);
    put_list(out, report, &flakes);
    return out->failed ? ct_no_memory(tools) : CUTIS_OK;
}
