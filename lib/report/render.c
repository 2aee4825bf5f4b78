/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Photographs as the page shows them.  For the eye only: nothing is measured in
 * a resampled picture.
 *
 * A photograph is first averaged over whole boxes of pixels, so that none is
 * skipped, then resampled by the cubic of Catmull and Rom (Keys 1981, a = -1/2)
 * stretched to what reduction is left.  Both work on linear light.
 */

#include <math.h>
#include <string.h>

#include "report/report.h"
#include "signal/vec.h"
#include "util/parallel.h"

/* ---- Averaging ----------------------------------------------------------- */

/* Four floats a pixel: red, green, blue, and nothing, to keep them aligned. */
struct reduced {
    float *at;
    int width, height;
    int x, y;   /* full px of its corner */
    int factor; /* full px of its pixels */
};

struct averaging {
    const struct picture *picture;
    struct reduced *out;
    double (*sums)[3]; /* a row of boxes, for every band */
};

static void average_row(const struct averaging *work, double (*sum)[3], int y)
{
    const struct reduced *const out = work->out;
    const size_t boxes = (size_t)out->width;
    float *const to = out->at + (size_t)y * boxes * QUAD;
    const double share = 1.0 / ((double)out->factor * out->factor);

    memset(sum, 0, boxes * sizeof(*sum));
    for (int i = 0; i < out->factor; i++)
        ct_picture_add_boxes(sum, work->picture, out->x,
                             out->y + y * out->factor + i, out->factor,
                             out->width);
    for (size_t x = 0; x < boxes; x++) {
        for (int c = 0; c < 3; c++)
            to[x * QUAD + (size_t)c] = (float)(sum[x][c] * share);
        to[x * QUAD + 3] = 0.0f;
    }
}

static void average_band(void *context, int band)
{
    const struct averaging *const work = context;
    double(*const sum)[3] =
        work->sums + (size_t)band * (size_t)work->out->width;
    const int end = (band + 1) * CT_BAND;
    for (int y = band * CT_BAND; y < end && y < work->out->height; y++)
        average_row(work, sum, y);
}

/* The part of the picture that the frame shows, and a border for the cubic and
 * for what skin may lie elsewhere, full px. */
static bool reach(struct reduced *out, const struct frame *frame,
                  const double to_full[4], double elsewhere,
                  const struct picture *picture)
{
    const double step = sqrt(to_full[0] * to_full[0] + to_full[1] * to_full[1]);
    double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
    for (int i = 0; i < 4; i++) {
        const double u = i & 1 ? frame->width : 0.0;
        const double v = i & 2 ? frame->height : 0.0;
        const double x = to_full[0] * u - to_full[1] * v + to_full[2];
        const double y = to_full[1] * u + to_full[0] * v + to_full[3];
        low[0] = fmin(low[0], x);
        high[0] = fmax(high[0], x);
        low[1] = fmin(low[1], y);
        high[1] = fmax(high[1], y);
    }
    out->factor = step < 1.6 ? 1 : step > 1000.0 ? 1000 : (int)(step + 0.4);
    const double border = 5.0 * out->factor + elsewhere;
    const struct rect held = ct_picture_held(picture);
    const double left = fmax(floor(low[0] - border), held.x);
    const double top = fmax(floor(low[1] - border), held.y);
    const double right = fmin(ceil(high[0] + border), held.x + held.width);
    const double bottom = fmin(ceil(high[1] + border), held.y + held.height);
    if (!(right - left >= out->factor && bottom - top >= out->factor))
        return false;
    out->x = (int)left;
    out->y = (int)top;
    out->width = (int)(right - left) / out->factor;
    out->height = (int)(bottom - top) / out->factor;
    return true;
}

static cutis_status reduce(struct reduced *out, const struct picture *picture,
                           struct tools *tools)
{
    const int bands = (out->height + CT_BAND - 1) / CT_BAND;
    struct averaging work = {
        .picture = picture,
        .out = out,
    };
    cutis_status status = CUTIS_OK;

    out->at = ct_alloc_raw(&tools->memory, (size_t)out->height,
                           (size_t)out->width * QUAD * sizeof(float));
    work.sums = ct_alloc_raw(&tools->memory, (size_t)bands * (size_t)out->width,
                             sizeof(*work.sums));
    if (out->at && work.sums)
        status = ct_each(tools, bands, average_band, &work);
    else
        status = ct_no_memory(tools);
    ct_free(work.sums);
    return status;
}

/* ---- Resampling ---------------------------------------------------------- */

enum { CODES = 16384, TAPS = 8, PHASES = 256 };

/* Weights of the `taps` pixels around a place, by where between two pixels it
 * is: sum 1, the first belongs to the pixel taps / 2 - 1 to the left of it. */
struct resampling {
    const struct reduced *from;
    const struct frame *frame;
    const struct lattice *bend; /* NULL: none */
    double to_full[4];
    int taps; /* 4, 6 or 8 */
    float weight[PHASES][TAPS];
    const uint8_t *code;
    uint8_t *out;
};

static double cubic(double x)
{
    const double t = fabs(x);
    if (t < 1.0)
        return (1.5 * t - 2.5) * t * t + 1.0;
    if (t < 2.0)
        return ((-0.5 * t + 2.5) * t - 4.0) * t + 2.0;
    return 0.0;
}

/* `step` of the reduced picture, at most 1.75: the cubic reaches 2 to 3.5 of
 * its pixels. */
static void fill_weights(struct resampling *work, double step)
{
    const double stretch = fmax(step, 1.0);
    work->taps = stretch <= 1.0 ? 4 : stretch <= 1.5 ? 6 : TAPS;
    const int middle = work->taps / 2 - 1;
    for (int phase = 0; phase < PHASES; phase++) {
        const double place = middle + phase / (double)PHASES;
        double w[TAPS], sum = 0.0;
        for (int i = 0; i < work->taps; i++) {
            w[i] = cubic((i - place) / stretch);
            sum += w[i];
        }
        for (int i = 0; i < work->taps; i++)
            work->weight[phase][i] = (float)(w[i] / sum);
    }
}

static int inside(int i, int n)
{
    return i < 0 ? 0 : i >= n ? n - 1 : i;
}

/* Where it is among the weights, and the first of the pixels around it. */
struct spot {
    const float *across, *down; /* weights */
    int left, top;
};

/* (x, y) of the reduced picture is inside it. */
static struct spot spot_of(const struct resampling *work, double x, double y)
{
    /* Centres lie at .5; one more pixel keeps both above 0. */
    const int at_x = (int)((x + 0.5) * PHASES + 0.5);
    const int at_y = (int)((y + 0.5) * PHASES + 0.5);
    return (struct spot){
        work->weight[at_x % PHASES], work->weight[at_y % PHASES],
        at_x / PHASES - work->taps / 2, at_y / PHASES - work->taps / 2};
}

/* All of its pixels are there; `taps` is a constant. */
static inline quad sum_inside(const struct reduced *from,
                              const struct spot *spot, int taps)
{
    const size_t stride = (size_t)from->width * QUAD;
    const float *row =
        from->at + (size_t)spot->top * stride + (size_t)spot->left * QUAD;
    quad sum = {0};
    for (int j = 0; j < taps; j++, row += stride) {
        quad along = {0};
        for (int i = 0; i < taps; i++)
            along += spot->across[i] * *(const quad *)(row + i * QUAD);
        sum += spot->down[j] * along;
    }
    return sum;
}

/* The same where pixels repeat beyond the border. */
static quad sum_border(const struct reduced *from, const struct spot *spot,
                       int taps)
{
    quad sum = {0};
    for (int j = 0; j < taps; j++) {
        const float *const row =
            from->at + (size_t)inside(spot->top + j, from->height) *
                           (size_t)from->width * QUAD;
        quad along = {0};
        for (int i = 0; i < taps; i++) {
            const int x = inside(spot->left + i, from->width);
            along += spot->across[i] * *(const quad *)(row + x * QUAD);
        }
        sum += spot->down[j] * along;
    }
    return sum;
}

static quad resample(const struct resampling *work, double x, double y)
{
    const struct reduced *const from = work->from;
    const struct spot spot = spot_of(work, x, y);
    const int taps = work->taps;
    if (spot.left < 0 || spot.left + taps > from->width || spot.top < 0 ||
        spot.top + taps > from->height)
        return sum_border(from, &spot, taps);
    return taps == 4   ? sum_inside(from, &spot, 4)
           : taps == 6 ? sum_inside(from, &spot, 6)
                       : sum_inside(from, &spot, TAPS);
}

static uint8_t encode(const uint8_t *code, float linear)
{
    const float at = linear * (CODES - 1) + 0.5f;
    const float low = at > 0.0f ? at : 0.0f;
    return code[(int)(low < CODES - 1 ? low : CODES - 1)];
}

/* Where pixels of row v of the frame, from `from` on, lie in the reduced
 * picture. */
static void find_places(double *restrict x, double *restrict y,
                        const struct resampling *work, int from, int n, int v)
{
    const double *const s = work->to_full;
    const struct reduced *const to = work->from;
    for (int i = 0; i < n; i++) {
        double by[2] = {0};
        if (work->bend)
            ct_lattice_at(by, work->bend, from + i + 0.5, v + 0.5);
        x[i] = by[0];
        y[i] = by[1];
    }
    for (int i = 0; i < n; i++) {
        const double u = from + i + 0.5;
        const double fx = s[0] * u - s[1] * (v + 0.5) + s[2] + x[i];
        const double fy = s[1] * u + s[0] * (v + 0.5) + s[3] + y[i];
        x[i] = (fx - to->x) / to->factor;
        y[i] = (fy - to->y) / to->factor;
    }
}

static void resample_run(const struct resampling *work, int first, int n, int v)
{
    /* Outside the photograph: a grey that reads as nothing. */
    static const uint8_t nothing = 128;
    const struct reduced *const from = work->from;
    const size_t at = (size_t)v * (size_t)work->frame->width + (size_t)first;
    uint8_t *to = work->out + at * 3;
    double x[CT_RUN], y[CT_RUN];

    find_places(x, y, work, first, n, v);
    for (int i = 0; i < n; i++, to += 3) {
        if (!from->at || !(x[i] >= 0.0 && x[i] < from->width) ||
            !(y[i] >= 0.0 && y[i] < from->height)) {
            memset(to, nothing, 3);
            continue;
        }
        const quad sum = resample(work, x[i], y[i]);
        for (int c = 0; c < 3; c++)
            to[c] = encode(work->code, sum[c]);
    }
}

static void resample_row(const struct resampling *work, int v)
{
    const int width = work->frame->width;
    for (int u = 0; u < width; u += CT_RUN)
        resample_run(work, u, ct_run_of(u, width), v);
}

static void resample_band(void *context, int band)
{
    const struct resampling *const work = context;
    const int end = (band + 1) * CT_BAND;
    for (int v = band * CT_BAND; v < end && v < work->frame->height; v++)
        resample_row(work, v);
}

static uint8_t code_of(int i)
{
    return (uint8_t)(255.0 * ct_srgb_encode(i / (double)(CODES - 1)) + 0.5);
}

/* 8-bit sRGB of linear [0,1] in even steps, fine enough for the steepest part
 * near black.  It never falls: what lies between two that are the same is. */
static void fill_codes(uint8_t *code)
{
    enum { STRIDE = 32 };
    code[0] = code_of(0);
    for (int from = 0; from < CODES - 1; from += STRIDE) {
        const int last = from + STRIDE < CODES - 1 ? from + STRIDE : CODES - 1;
        code[last] = code_of(last);
        for (int i = from + 1; i < last; i++)
            code[i] = code[from] == code[last] ? code[from] : code_of(i);
    }
}

cutis_status ct_frame_render(uint8_t *out, const struct frame *frame, int which,
                             const struct picture *picture, struct tools *tools)
{
    const double *const to_full = frame->to_full[which];
    const double step = sqrt(to_full[0] * to_full[0] + to_full[1] * to_full[1]);
    struct reduced reduced = {0};
    struct resampling work = {.from = &reduced,
                              .frame = frame,
                              .bend = which ? frame->bend : NULL,
                              .out = out};
    const double elsewhere = work.bend ? work.bend->most : 0.0;
    cutis_status status = CUTIS_ERROR_MEMORY;

    uint8_t *const code = ct_alloc_raw(&tools->memory, CODES, 1);
    if (!code) {
        status = ct_no_memory(tools);
        goto done;
    }
    fill_codes(code);
    if (reach(&reduced, frame, to_full, elsewhere, picture)) {
        TRY(reduce(&reduced, picture, tools));
        fill_weights(&work, step / reduced.factor);
    }
    memcpy(work.to_full, to_full, sizeof(work.to_full));
    work.code = code;
    status = ct_each(tools, (frame->height + CT_BAND - 1) / CT_BAND,
                     resample_band, &work);
done:
    ct_free(reduced.at);
    ct_free(code);
    return status;
}
