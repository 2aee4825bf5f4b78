/* SPDX-License-Identifier: BSD-2-Clause */

/* What laying the photographs on each other took: how far skin had to move once
 * shift, turn and size were taken off, and what held it there. */

#include <math.h>
#include <string.h>

#include "report/fit.h"

enum { ARROW_STEP = 32 }; /* px of a map */

bool ct_fit_is_known(const struct report *report)
{
    return report->after && report->outcome && report->pair &&
           report->pair->refined && report->pair->warp[0].x.at &&
           report->outcome->comparable != CUTIS_COMPARABLE_NO;
}

/* ---- Fields -------------------------------------------------------------- */

static cutis_status open_fields(struct fields *out, struct tools *tools)
{
    enum { COUNT = 6 };
    struct plane *const planes[COUNT] = {&out->moved,    &out->trust,
                                         &out->change,   &out->light[0],
                                         &out->light[1], &out->blur};
    cutis_status status;
    for (size_t i = 0; i < COUNT; i++)
        TRY(ct_plane_create(planes[i], CT_FIT_WIDTH, CT_FIT_HEIGHT, tools));
    TRY(ct_bytes_create(&out->grey, CT_FIT_WIDTH, CT_FIT_HEIGHT, tools));
    TRY(ct_bytes_create(&out->skin, CT_FIT_WIDTH, CT_FIT_HEIGHT, tools));
done:
    return status;
}

static void close_fields(struct fields *fields)
{
    ct_plane_free(&fields->moved);
    ct_plane_free(&fields->trust);
    ct_plane_free(&fields->change);
    ct_plane_free(&fields->light[0]);
    ct_plane_free(&fields->light[1]);
    ct_plane_free(&fields->blur);
    ct_bytes_free(&fields->grey);
    ct_bytes_free(&fields->skin);
}

static double length_of(double x, double y)
{
    return sqrt(x * x + y * y);
}

/* mm of a full px of the after photograph: by the mean of both scales, as the
 * landmarks' residuals are. */
static double unit_of(const struct report *report)
{
    const double *const s = report->pair->similarity;
    return 1.0 / sqrt(report->before->face->scale * length_of(s[0], s[1]) *
                      report->after->face->scale);
}

/* The working pixel at (u, v) of the frame; false outside of the planes. */
static bool working_pixel(int at[2], const struct face *face, const double s[4],
                          double u, double v)
{
    const double x = (s[0] * u - s[1] * v + s[2] - face->crop.x) / face->factor;
    const double y = (s[1] * u + s[0] * v + s[3] - face->crop.y) / face->factor;
    if (!(x >= 0.0 && x < face->region.width && y >= 0.0 &&
          y < face->region.height))
        return false;
    at[0] = (int)x;
    at[1] = (int)y;
    return true;
}

static void survey_pixel(struct fields *out, const struct report *report,
                         const struct frame *frame, double unit, int x, int y)
{
    const struct face *const face = report->before->face;
    const struct bytes *const shown = ct_shown_skin(report, 0);
    const double u = (x + 0.5) * CT_FIT_SHRINK, v = (y + 0.5) * CT_FIT_SHRINK;
    double by[2];
    int at[2];
    ct_row(&out->moved, y)[x] = ct_row(&out->trust, y)[x] = NAN;
    ct_byte_row(&out->skin, y)[x] = 0;
    if (!working_pixel(at, face, frame->to_full[0], u, v) ||
        ct_byte_row(&face->region, at[1])[at[0]] == CT_NO_REGION ||
        !ct_skin_moved(by, report, frame, u, v))
        return;
    ct_row(&out->moved, y)[x] = (float)(unit * length_of(by[0], by[1]));
    ct_row(&out->trust, y)[x] =
        (float)ct_warp_trust(&report->pair->warp[0], at[0] + 0.5, at[1] + 0.5);
    ct_byte_row(&out->skin, y)[x] = ct_byte_row(shown, at[1])[at[0]];
}

static void survey(struct fields *out, const struct report *report,
                   const struct frame *frame)
{
    const double unit = unit_of(report);
    const double *const s = frame->to_full[0];
    out->mm =
        CT_FIT_SHRINK * length_of(s[0], s[1]) / report->before->face->scale;
    for (int y = 0; y < CT_FIT_HEIGHT; y++)
        for (int x = 0; x < CT_FIT_WIDTH; x++)
            survey_pixel(out, report, frame, unit, x, y);
}

/* ---- Numbers ------------------------------------------------------------- */

static cutis_status count(struct page_fit *out, const struct fields *fields,
                          struct tools *tools)
{
    size_t n = 0, held[CT_HOLDS] = {0};
    float *const moved =
        ct_alloc_raw(&tools->memory, CT_FIT_PIXELS, sizeof(float));
    if (!moved)
        return ct_no_memory(tools);
    for (int y = 0; y < CT_FIT_HEIGHT; y++)
        for (int x = 0; x < CT_FIT_WIDTH; x++) {
            if (!ct_byte_row(&fields->skin, y)[x])
                continue;
            moved[n++] = ct_row(&fields->moved, y)[x];
            held[ct_held_of((double)ct_row(&fields->trust, y)[x])]++;
        }
    out->moved_median = ct_quantile(moved, n, 0.5);
    out->moved_p95 = ct_quantile(moved, n, 0.95);
    out->moved_high = ct_round_up(fmax(ct_quantile(moved, n, 0.98), 0.1));
    for (int i = 0; i < CT_HOLDS; i++)
        out->held[i] = n ? (double)held[i] / (double)n : NAN;
    ct_free(moved);
    return CUTIS_OK;
}

/* The most that lets usual arrows stay clear of each other. */
static int magnify(double mm, double moved)
{
    static const int times[] = {50, 20, 10, 5, 2};
    for (size_t i = 0; i < sizeof(times) / sizeof(*times); i++)
        if (times[i] * moved / mm <= ARROW_STEP)
            return times[i];
    return 1;
}

static void point_arrows(struct page_fit *out, const struct fields *fields,
                         const struct report *report, const struct frame *frame)
{
    const double *const s = frame->to_full[1];
    out->longer = magnify(fields->mm, out->moved_p95);
    const double size =
        (s[0] * s[0] + s[1] * s[1]) * CT_FIT_SHRINK / out->longer;
    for (int y = ARROW_STEP / 2; y < CT_FIT_HEIGHT; y += ARROW_STEP)
        for (int x = ARROW_STEP / 2; x < CT_FIT_WIDTH; x += ARROW_STEP) {
            double by[2];
            if (out->arrows == CT_ARROWS || isnan(ct_row(&fields->moved, y)[x]))
                continue;
            if (ct_skin_moved(by, report, frame, (x + 0.5) * CT_FIT_SHRINK,
                              (y + 0.5) * CT_FIT_SHRINK))
                out->arrow[out->arrows++] = (struct arrow){
                    x + 0.5, y + 0.5, (s[0] * by[0] + s[1] * by[1]) / size,
                    (s[0] * by[1] - s[1] * by[0]) / size};
        }
}

/* ---- All of it ----------------------------------------------------------- */

/* The after photograph skin on skin, and its light. */
static cutis_status lay(struct page_fit *out, struct fields *fields,
                        const struct report *report, const struct frame *frame,
                        struct tools *tools)
{
    struct lattice bend = {0};
    struct frame bent = *frame;
    cutis_status status = CUTIS_ERROR_MEMORY;
    uint8_t *const rgb = ct_alloc_raw(&tools->memory, (size_t)frame->height,
                                      (size_t)frame->width * 3);
    if (!rgb) {
        status = ct_no_memory(tools);
        goto done;
    }
    TRY(ct_lattice_create(&bend, frame, report, tools));
    bent.bend = &bend;
    TRY(ct_frame_render(rgb, &bent, 1, report->after->picture, tools));
    ct_fit_halve(&fields->light[1], NULL, rgb, frame);
    ct_eyes_cover(rgb, (size_t)frame->width * 3, 3, 1, frame, report, 0);
    ct_eyes_cover(rgb, (size_t)frame->width * 3, 3, 1, frame, report, 1);
    status = ct_encode_jpeg(&out->after, rgb, frame->width, frame->height);
    if (status != CUTIS_OK)
        status = ct_no_memory(tools);
done:
    ct_lattice_free(&bend);
    ct_free(rgb);
    return status;
}

cutis_status ct_fit_create(struct page_fit *out, const struct report *report,
                           const struct page_pictures *pictures,
                           struct tools *tools)
{
    const struct frame *const frame = &pictures->frame;
    struct fields fields = {0};
    cutis_status status = CUTIS_OK;
    memset(out, 0, sizeof(*out));
    out->after.memory = &tools->memory;
    for (int i = 0; i < CT_FITS; i++)
        out->map[i].memory = &tools->memory;
    if (!ct_fit_is_known(report))
        return CUTIS_OK;
    TRY(open_fields(&fields, tools));
    ct_fit_halve(&fields.light[0], &fields.grey, pictures->before, frame);
    ct_eyes_cover(fields.grey.at, fields.grey.stride, 1, CT_FIT_SHRINK, frame,
                  report, 0);
    TRY(lay(out, &fields, report, frame, tools));
    TRY(ct_pulse(tools));
    survey(&fields, report, frame);
    TRY(ct_pulse(tools));
    TRY(count(out, &fields, tools));
    TRY(ct_pulse(tools));
    point_arrows(out, &fields, report, frame);
    TRY(ct_fit_light(out, &fields, tools));
    TRY(ct_fit_sharp(out, &fields, report, frame, tools));
    TRY(ct_fit_draw(out, &fields, tools));
    out->there = !isnan(out->moved_median);
done:
    close_fields(&fields);
    return status;
}

void ct_fit_free(struct page_fit *fit)
{
    ct_text_free(&fit->after);
    for (int i = 0; i < CT_FITS; i++)
        ct_text_free(&fit->map[i]);
}
