/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The backdrop: the largest even area outside the head.  The picture is cut
 * into squares; those above the chin and off the head whose pixels agree are
 * candidates.  The square that most others resemble stands for the backdrop,
 * and the median of all that resemble it is its colour.
 *
 * What lies below the chin is left out: clothes are even too, and change.
 */

#include <math.h>

#include "colour/colour.h"

static const double most_uneven = 0.06; /* robust SD per median, in a square */
static const double alike = 0.12;       /* ln of light, channel by channel */
static const double brightest = 0.95, darkest = 0.02;
static const double least_share = 0.02; /* of the picture */
static const double mad_to_sd = 1.4826;

/* The head around the landmarks' box: hair reaches up and ears aside. */
static const double aside = 0.40, upward = 0.70;

enum { SQUARES = 64, MOST_SAMPLES = 256, LEAST_SAMPLES = 16 };

struct square {
    float ln[3];
};

/* Ellipse around the head, and how far down the backdrop is looked for. */
struct head {
    double x, y, wide, high, bottom;
};

static void bound_head(struct head *head, const struct face *face)
{
    cutis_point low = face->points[0], high = low;
    for (int i = 1; i < CT_POINTS; i++) {
        const cutis_point p = face->points[i];
        low.x = p.x < low.x ? p.x : low.x;
        low.y = p.y < low.y ? p.y : low.y;
        high.x = p.x > high.x ? p.x : high.x;
        high.y = p.y > high.y ? p.y : high.y;
    }
    const double width = high.x - low.x, height = high.y - low.y;
    const double top = low.y - upward * height;
    head->x = 0.5 * (low.x + high.x);
    head->y = 0.5 * (top + high.y);
    head->wide = (0.5 + aside) * width;
    head->high = 0.5 * (high.y - top);
    head->bottom = high.y;
}

/* Whether a square is in reach of the head. */
static bool near_head(const struct head *head, double x, double y, double side)
{
    const double u = (fabs(x - head->x) - side) / head->wide;
    const double v = (fabs(y - head->y) - side) / head->high;
    const double right = u > 0.0 ? u : 0.0, down = v > 0.0 ? v : 0.0;
    return right * right + down * down < 1.0;
}

/* The levels of a square; whether it is even and neither clipped nor dark. */
static cutis_status judge(bool *even, struct square *out,
                          const struct picture *picture, double x, double y,
                          double half, struct tools *tools)
{
    const cutis_point corner[4] = {{x - half, y - half},
                                   {x + half, y - half},
                                   {x + half, y + half},
                                   {x - half, y + half}};
    struct quad quad = {.count = 0};
    cutis_status status = CUTIS_OK;

    *even = false;
    if (!ct_quad_is_in(corner, picture))
        return CUTIS_OK;
    TRY(ct_quad_read(&quad, picture, corner, MOST_SAMPLES, tools));
    *even = quad.count >= LEAST_SAMPLES;
    for (int c = 0; *even && c < 3; c++) {
        float *const v = quad.channel[c];
        const double middle = ct_quantile(v, quad.count, 0.5);
        const double level = ct_quad_level(v, quad.count);
        for (size_t i = 0; i < quad.count; i++)
            v[i] = fabsf(v[i] - (float)middle);
        const double spread = mad_to_sd * ct_quantile(v, quad.count, 0.5);
        *even = middle >= darkest && middle <= brightest &&
                spread <= most_uneven * middle;
        out->ln[c] = *even ? (float)ct_log(level) : 0.0f;
    }

done:
    ct_quad_free(&quad);
    return status;
}

static bool resembles(const struct square *a, const struct square *b)
{
    bool close = true;
    for (int c = 0; c < 3; c++)
        close = close && fabsf(a->ln[c] - b->ln[c]) <= (float)alike;
    return close;
}

static size_t count_like(const struct square *square, size_t count, size_t of)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        n += resembles(&square[i], &square[of]);
    return n;
}

/* The median of all squares that resemble the one that most resemble. */
static size_t settle(double seen[3], const struct square *square, size_t count,
                     float *spare)
{
    size_t best = 0, most = 0;
    for (size_t i = 0; i < count; i++) {
        const size_t like = count_like(square, count, i);
        if (like > most) {
            most = like;
            best = i;
        }
    }
    for (int c = 0; c < 3; c++) {
        size_t n = 0;
        for (size_t i = 0; i < count; i++)
            if (resembles(&square[i], &square[best]))
                spare[n++] = square[i].ln[c];
        seen[c] = n ? ct_exp(ct_quantile(spare, n, 0.5)) : NAN;
    }
    return most;
}

cutis_status ct_backdrop_find(bool *found, double seen[3],
                              const struct picture *picture,
                              const struct face *face, struct tools *tools)
{
    const int longer =
        picture->width > picture->height ? picture->width : picture->height;
    const double side = (double)longer / SQUARES;
    const int nx = (int)(picture->width / side);
    const int ny = (int)(picture->height / side);
    const size_t room = (size_t)SQUARES * SQUARES;
    size_t count = 0;
    struct head head;
    struct square *squares = NULL;
    float *spare = NULL;
    cutis_status status = CUTIS_OK;

    *found = false;
    if (!face->found || picture->channels == 1)
        return CUTIS_OK;
    bound_head(&head, face);
    squares = ct_alloc(&tools->memory, room, sizeof(*squares));
    spare = ct_alloc(&tools->memory, room, sizeof(*spare));
    if (!squares || !spare)
        TRY(ct_no_memory(tools));
    for (int j = 0; j < ny; j++)
        for (int i = 0; i < nx; i++) {
            const double x = (i + 0.5) * side, y = (j + 0.5) * side;
            bool even;
            if (y + side > head.bottom || near_head(&head, x, y, side))
                continue;
            TRY(judge(&even, &squares[count], picture, x, y, 0.5 * side,
                      tools));
            count += even;
        }
    const size_t alike_count = settle(seen, squares, count, spare);
    *found = (double)alike_count >= least_share * nx * ny;

done:
    ct_free(spare);
    ct_free(squares);
    return status;
}
