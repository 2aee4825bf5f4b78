/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Area averages in two steps: means over boxes of whole pixels, upright, then
 * the mean of 2 × 2 bilinear readings for each pixel of the result, which is
 * at most twice as coarse as the boxes.
 */

#include "face/sample.h"

#include <math.h>

#include "face/reduce.h"
#include "util/parallel.h"

enum {
    RGB = 3,
    LANES = CT_BOX_FLOATS,
    READINGS = 2,  /* a side of the grid of readings of a pixel */
    OVERVIEW = 768 /* boxes on the longer side of an overview, at least */
};

struct cut {
    float *out;
    int size;
    enum ct_border border;
    const struct reduced *from;
    /* Where reading (i, j) is, in boxes: origin + i * across + j * down. */
    cutis_point origin, across, down;
    double width, height; /* of the picture, in boxes of the whole of it */
    double x0, y0;        /* its corner, in boxes */
};

cutis_point ct_square_point(const struct square *square, double u, double v)
{
    const double x = (u - 0.5) * square->side;
    const double y = (v - 0.5) * square->side;
    return (cutis_point){
        square->x + square->cosine * x - square->sine * y,
        square->y + square->sine * x + square->cosine * y,
    };
}

/* floor, for what fits an int. */
static int whole_below(double value)
{
    const int whole = (int)value;
    return value < whole ? whole - 1 : whole;
}

static int clamp(int value, int most)
{
    return value < 0 ? 0 : value > most ? most : value;
}

/* Adds the bilinear reading between the centres of boxes. */
static void add_reading(float sum[LANES], const struct reduced *from, double x,
                        double y)
{
    const int left = whole_below(x);
    const int top = whole_below(y);
    const int x0 = clamp(left, from->width - 1);
    const int x1 = clamp(left + 1, from->width - 1);
    const ptrdiff_t y0 = clamp(top, from->height - 1);
    const ptrdiff_t y1 = clamp(top + 1, from->height - 1);
    const float right = (float)(x - left);
    const float down = (float)(y - top);
    const float *const a = from->at + (y0 * from->width + x0) * LANES;
    const float *const b = from->at + (y0 * from->width + x1) * LANES;
    const float *const c = from->at + (y1 * from->width + x0) * LANES;
    const float *const d = from->at + (y1 * from->width + x1) * LANES;

    for (int k = 0; k < RGB; k++) {
        const float high = a[k] + (b[k] - a[k]) * right;
        const float low = c[k] + (d[k] - c[k]) * right;
        sum[k] += high + (low - high) * down;
    }
}

static bool outside(const struct cut *cut, double x, double y)
{
    return x < cut->x0 || y < cut->y0 || x > cut->x0 + cut->width ||
           y > cut->y0 + cut->height;
}

static void sample_row(void *context, int row)
{
    const struct cut *const cut = context;
    float *out = cut->out + (size_t)row * (size_t)cut->size * RGB;

    for (int column = 0; column < cut->size; column++, out += RGB) {
        float sum[LANES] = {0};
        for (int k = 0; k < READINGS * READINGS; k++) {
            const int i = column * READINGS + k % READINGS;
            const int j = row * READINGS + k / READINGS;
            const double x =
                cut->origin.x + i * cut->across.x + j * cut->down.x;
            const double y =
                cut->origin.y + i * cut->across.y + j * cut->down.y;
            if (cut->border == CT_BORDER_REPEAT || !outside(cut, x, y))
                add_reading(sum, cut->from, x, y);
        }
        for (int c = 0; c < RGB; c++)
            out[c] = sum[c] / (READINGS * READINGS);
    }
}

/* Reading positions, from pixels to the centres of boxes. */
static void lay_grid(struct cut *cut, const struct square *square,
                     const struct picture *picture)
{
    const struct reduced *const from = cut->from;
    const double boxes = 1.0 / from->factor;
    const double step = square->side * boxes / (cut->size * READINGS);
    const double half = 0.5 / (cut->size * READINGS);
    const cutis_point first = ct_square_point(square, half, half);

    cut->origin.x = (first.x - from->part.x) * boxes - 0.5;
    cut->origin.y = (first.y - from->part.y) * boxes - 0.5;
    cut->across = (cutis_point){square->cosine * step, square->sine * step};
    cut->down = (cutis_point){-square->sine * step, square->cosine * step};
    cut->x0 = -from->part.x * boxes - 0.5;
    cut->y0 = -from->part.y * boxes - 0.5;
    cut->width = picture->width * boxes;
    cut->height = picture->height * boxes;
}

/* The part of the picture that the square and its neighbours lie on, at least
 * one pixel of it. */
static struct rect cover(const struct square *square, int margin,
                         const struct picture *picture)
{
    const double half =
        0.5 * square->side * (fabs(square->cosine) + fabs(square->sine)) +
        margin;
    const double bound[4] = {square->x - half, square->y - half,
                             square->x + half, square->y + half};
    const int size[2] = {picture->width, picture->height};
    int edge[4];
    for (int i = 0; i < 4; i++) {
        const double lowest = i < 2 ? 0 : 1;
        const double highest = lowest + size[i % 2] - 1;
        const double at = i < 2 ? floor(bound[i]) : -floor(-bound[i]);
        edge[i] = (int)(at > lowest ? at < highest ? at : highest : lowest);
    }
    return (struct rect){edge[0], edge[1], edge[2] - edge[0],
                         edge[3] - edge[1]};
}

cutis_status ct_overview_create(struct overview *out,
                                const struct picture *picture,
                                struct tools *tools)
{
    const int side =
        picture->width > picture->height ? picture->width : picture->height;
    const int factor = side / OVERVIEW;
    const struct rect all = {0, 0, picture->width, picture->height};
    out->picture = picture;
    return ct_reduce(&out->whole, picture, all,
                     factor < 1             ? 1
                     : factor > CT_MOST_BOX ? CT_MOST_BOX
                                            : factor,
                     tools);
}

void ct_overview_free(struct overview *overview)
{
    ct_free(overview->whole.at);
    overview->whole.at = NULL;
}

cutis_status ct_sample(float *out, int size, const struct square *square,
                       enum ct_border border, const struct overview *overview,
                       struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    const double most = CT_MOST_BOX;
    const double coarse = square->side / size;
    const int factor = coarse < 1.0 ? 1 : (int)(coarse < most ? coarse : most);
    const int times = factor / overview->whole.factor;
    struct reduced own = {0};
    struct cut cut = {.out = out, .size = size, .border = border, .from = &own};

    if (times == 0)
        TRY(ct_reduce(&own, overview->picture,
                      cover(square, 2 * factor, overview->picture), factor,
                      tools));
    else if (times == 1)
        cut.from = &overview->whole;
    else
        TRY(ct_reduce_again(&own, &overview->whole, times, tools));
    lay_grid(&cut, square, overview->picture);
    ct_parallel(tools->threads, size, sample_row, &cut);

done:
    ct_free(own.at);
    return status;
}
