/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * How much blurrier one photograph is than the other from place to place: what
 * squares of skin say of it (match/defocus.c), smoothed over 10 mm, as the
 * sigma of the Gaussian that makes the difference, below 0 where the photograph
 * before is the blurrier.
 */

#include <math.h>

#include "report/fit.h"

static const double smooth_mm = 10.0; /* sigma */
static const double least_near = 0.5; /* a square's weight: known there */
static const double faint = 3.3546262790251185e-4; /* beyond 4 sigma */

enum {
    COLUMNS = (CT_FIT_WIDTH + CT_FIT_SIDE - 1) / CT_FIT_SIDE,
    ROWS = (CT_FIT_HEIGHT + CT_FIT_SIDE - 1) / CT_FIT_SIDE
};

/* Where the squares lie, px of the map, and the two factors of the Gaussian
 * around each: at every column of nodes, and at the row that is looked at. */
struct spots {
    int count;
    double x[CT_SWATCHES], y[CT_SWATCHES];
    double more[CT_SWATCHES], weight[CT_SWATCHES];
    double across[COLUMNS][CT_SWATCHES], down[CT_SWATCHES];
};

static void find_spots(struct spots *out, const struct report *report,
                       const struct frame *frame)
{
    const struct face *const face = report->before->face;
    const struct defocus *const defocus = &report->pair->defocus;
    const double *const s = frame->to_full[0];
    const double size = (s[0] * s[0] + s[1] * s[1]) * CT_FIT_SHRINK;
    float most = 0.0f;
    out->count = defocus->count;
    for (int i = 0; i < out->count; i++)
        if (defocus->of[i].weight > most)
            most = defocus->of[i].weight;
    for (int i = 0; i < out->count; i++) {
        const double x =
            face->crop.x + face->factor * (double)defocus->of[i].x - s[2];
        const double y =
            face->crop.y + face->factor * (double)defocus->of[i].y - s[3];
        out->x[i] = (s[0] * x + s[1] * y) / size;
        out->y[i] = (s[0] * y - s[1] * x) / size;
        out->more[i] = (double)defocus->of[i].more;
        out->weight[i] =
            most > 0.0f ? (double)defocus->of[i].weight / (double)most : 0.0;
    }
}

/* The factors for the nodes of one column, or row. */
static void fall_off(double *out, const double *at, int count, int node,
                     double sigma)
{
    const double place = (node + 0.5) * CT_FIT_SIDE;
    for (int i = 0; i < count; i++) {
        const double far = at[i] - place;
        out[i] = ct_exp(-far * far / (2.0 * sigma * sigma));
    }
}

/* mm2 at a node of the row that is looked at; `near` becomes the number of
 * squares about it. */
static double mean_at(double *near, const struct spots *spots, int column)
{
    const double *const across = spots->across[column];
    double sum = 0.0, weights = 0.0;
    *near = 0.0;
    for (int i = 0; i < spots->count; i++) {
        const double w = across[i] * spots->down[i];
        if (w < faint)
            continue;
        *near += w;
        sum += w * spots->weight[i] * spots->more[i];
        weights += w * spots->weight[i];
    }
    return weights > 0.0 ? sum / weights : 0.0;
}

static void fill_nodes(struct plane *more, struct plane *near,
                       struct spots *spots, double sigma)
{
    for (int i = 0; i < COLUMNS; i++)
        fall_off(spots->across[i], spots->x, spots->count, i, sigma);
    for (int j = 0; j < ROWS; j++) {
        fall_off(spots->down, spots->y, spots->count, j, sigma);
        for (int i = 0; i < COLUMNS; i++) {
            double squares;
            ct_row(more, j)[i] = (float)mean_at(&squares, spots, i);
            ct_row(near, j)[i] = (float)squares;
        }
    }
}

static double to_mm(double mm2)
{
    return mm2 < 0.0 ? -ct_sqrt(-mm2) : ct_sqrt(mm2);
}

/* mm of each pixel from mm2 of the nodes; numbers of the text. */
static cutis_status spread(struct page_fit *out, struct fields *fields,
                           const struct plane *more, const struct plane *near,
                           struct tools *tools)
{
    size_t n = 0;
    float *const far =
        ct_alloc_raw(&tools->memory, CT_FIT_PIXELS, sizeof(float));
    if (!far)
        return ct_no_memory(tools);
    for (int y = 0; y < CT_FIT_HEIGHT; y++)
        for (int x = 0; x < CT_FIT_WIDTH; x++) {
            float *const to = &ct_row(&fields->blur, y)[x];
            *to = NAN;
            if (!ct_byte_row(&fields->skin, y)[x] ||
                ct_fit_between(near, x, y) < least_near)
                continue;
            *to = (float)to_mm(ct_fit_between(more, x, y));
            far[n++] = fabsf(*to);
        }
    if (n > 0) {
        out->blur_p95 = ct_quantile(far, n, 0.95);
        out->blur_high = fmax(ct_round_up(ct_quantile(far, n, 0.98)), 0.1);
    }
    ct_free(far);
    return CUTIS_OK;
}

cutis_status ct_fit_sharp(struct page_fit *out, struct fields *fields,
                          const struct report *report,
                          const struct frame *frame, struct tools *tools)
{
    struct plane more = {0}, near = {0};
    struct spots *spots = NULL;
    cutis_status status = CUTIS_OK;

    out->blur_p95 = out->blur_high = NAN;
    if (report->pair->defocus.count == 0)
        return CUTIS_OK;
    spots = ct_alloc(&tools->memory, 1, sizeof(*spots));
    if (!spots)
        TRY(ct_no_memory(tools));
    TRY(ct_plane_create(&more, COLUMNS, ROWS, tools));
    TRY(ct_plane_create(&near, COLUMNS, ROWS, tools));
    find_spots(spots, report, frame);
    fill_nodes(&more, &near, spots, smooth_mm / fields->mm);
    TRY(spread(out, fields, &more, &near, tools));
done:
    ct_plane_free(&more);
    ct_plane_free(&near);
    ct_free(spots);
    return status;
}
