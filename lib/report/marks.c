/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A close look at the skin: where most pores or spots of one region lie, both
 * photographs at the same size, the same skin in the middle.  For the eye only.
 */

#include <math.h>
#include <string.h>

#include "report/report.h"

static const double wide_mm = 30.0;

void ct_into_frame(double out[2], const struct frame *frame, int which,
                   double full_x, double full_y)
{
    const double *const s = frame->to_full[which];
    const double x = full_x - s[2], y = full_y - s[3];
    const double size = s[0] * s[0] + s[1] * s[1];
    out[0] = (s[0] * x + s[1] * y) / size;
    out[1] = (s[0] * y - s[1] * x) / size;
}

void ct_item_place(double out[2], const struct frame *frame, int which,
                   const struct item *item, const struct report *report)
{
    const struct face *const face =
        which ? report->after->face : report->before->face;
    ct_into_frame(out, frame, which,
                  (double)item->x * face->factor + face->crop.x,
                  (double)item->y * face->factor + face->crop.y);
}

/* ---- Where to look ------------------------------------------------------- */

struct crowd {
    int count[CT_REGIONS];
    double x[CT_REGIONS], y[CT_REGIONS]; /* sums, working px */
};

static void gather(struct crowd *crowd, const struct report *report,
                   const struct item *item, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const int r = item[i].region;
        if (r >= CT_FACE_REGION || item[i].fate == CT_FATE_UNKNOWN ||
            !ct_report_treats(report, r))
            continue;
        crowd->count[r]++;
        crowd->x[r] += (double)item[i].x;
        crowd->y[r] += (double)item[i].y;
    }
}

/* The fullest region; -1 without any. */
static int fullest(const struct crowd *crowd)
{
    int best = -1;
    for (int r = 0; r < CT_FACE_REGION; r++)
        if (crowd->count[r] > (best < 0 ? 0 : crowd->count[best]))
            best = r;
    return best;
}

/* Its item next to the middle of all of them, so that it is skin. */
static const struct item *middle(const struct item *item, size_t count,
                                 const struct crowd *crowd, int region)
{
    const double x = crowd->x[region] / crowd->count[region];
    const double y = crowd->y[region] / crowd->count[region];
    const struct item *best = NULL;
    double nearest = INFINITY;
    for (size_t i = 0; i < count; i++) {
        const double dx = (double)item[i].x - x, dy = (double)item[i].y - y;
        const double far = dx * dx + dy * dy;
        if (item[i].region == region && item[i].fate != CT_FATE_UNKNOWN &&
            far < nearest) {
            nearest = far;
            best = &item[i];
        }
    }
    return best;
}

/* ---- Both pictures ------------------------------------------------------- */

/* As the page's frame turns it, so many times larger, with (full) inside. */
static void aim(double to[4], const double from[4], double larger,
                const double full[2])
{
    const double u = 0.5 * CT_CLOSE_WIDTH, v = 0.5 * CT_CLOSE_HEIGHT;
    to[0] = from[0] / larger;
    to[1] = from[1] / larger;
    to[2] = full[0] - (to[0] * u - to[1] * v);
    to[3] = full[1] - (to[1] * u + to[0] * v);
}

static void place(struct frame *out, const struct report *report,
                  const struct frame *frame, const struct item *const centre[2])
{
    const double *const s = frame->to_full[0];
    const double step = sqrt(s[0] * s[0] + s[1] * s[1]);
    const double mm = step / report->before->face->scale;
    const double larger = mm * CT_CLOSE_WIDTH / wide_mm;
    out->width = CT_CLOSE_WIDTH;
    out->height = CT_CLOSE_HEIGHT;
    out->bend = NULL;
    for (int i = 0; i < 2; i++) {
        const struct face *const face =
            i ? report->after->face : report->before->face;
        const double full[2] = {
            (double)centre[i]->x * face->factor + face->crop.x,
            (double)centre[i]->y * face->factor + face->crop.y};
        aim(out->to_full[i], frame->to_full[i], larger, full);
    }
}

static cutis_status take(struct page_close *out, const struct report *report,
                         int which, struct tools *tools)
{
    const size_t row = (size_t)CT_CLOSE_WIDTH * 3;
    cutis_status status;
    uint8_t *const rgb = ct_alloc_raw(&tools->memory, CT_CLOSE_HEIGHT, row);
    if (!rgb)
        return ct_no_memory(tools);
    TRY(ct_frame_render(rgb, &out->frame, which,
                        (which ? report->after : report->before)->picture,
                        tools));
    ct_eyes_cover(rgb, row, 3, 1, &out->frame, report, which);
    status = ct_encode_jpeg(&out->photo[which], rgb, CT_CLOSE_WIDTH,
                            CT_CLOSE_HEIGHT);
    if (status != CUTIS_OK)
        status = ct_no_memory(tools);
done:
    ct_free(rgb);
    return status;
}

cutis_status ct_close_create(struct page_close *out,
                             const struct report *report,
                             const struct frame *frame, struct tools *tools)
{
    struct crowd crowd = {{0}, {0}, {0}};
    cutis_status status = CUTIS_OK;
    memset(out, 0, sizeof(*out));
    for (int i = 0; i < 2; i++)
        out->photo[i].memory = &tools->memory;
    if (!report->after || !report->before->readings->pores_paired)
        return CUTIS_OK;
    const struct readings *const before = report->before->readings;
    gather(&crowd, report, before->pores, before->pore_count);
    out->region = fullest(&crowd);
    if (out->region < 0)
        return CUTIS_OK;
    const struct item *const centre =
        middle(before->pores, before->pore_count, &crowd, out->region);
    const struct item *const pair[2] = {centre, report->after->readings->pores +
                                                    (centre - before->pores)};
    place(&out->frame, report, frame, pair);
    for (int i = 0; i < 2; i++)
        TRY(take(out, report, i, tools));
    out->there = true;
done:
    return status;
}

void ct_close_free(struct page_close *close)
{
    for (int i = 0; i < 2; i++)
        ct_text_free(&close->photo[i]);
}
