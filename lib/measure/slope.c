/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The slope of the relief's power spectrum, P = c f^-beta: how much coarser
 * relief outweighs finer.  Squares of 20 mm under a Hann window, 10 mm apart,
 * where skin fills four fifths of the window's weight; less their own plane;
 * means over rings of equal ratio between 0.1 and 1.5 cycles per mm; less what
 * the camera's noise holds.  beta is the least squares slope of ln P on ln f.
 *
 * Every second pixel holds such frequencies, of a Gaussian that leaves next to
 * nothing of those that would look like them; what it takes off themselves,
 * exp(-4 p^2 f^2 s^2) of the power, they get back.  A wider one would be amiss:
 * what the window and its holes leak from coarse to fine is not of its making.
 */

#include <math.h>

#include "measure/measure.h"
#include "signal/fft.h"

static const double tile_mm = 20.0;
static const double lowest = 0.1, highest = 1.5; /* cycles per mm */
static const double least_skin = 0.8, least_region = 0.5;
static const double pi = 3.14159265358979324;

static const float solid = 0.95f;      /* of the Gaussian's weight on skin */
static const double least_half = 8.0;  /* px per mm */
static const double before_half = 1.0; /* px: of the power at 1.5 cycles per mm
                                          2 % at most is then of others */

enum { RINGS = 12, FEWEST_RINGS = 6, LARGEST = 256, SQUARES = 4096 };

struct tile {
    int x, y;   /* px of its corner */
    int region; /* the one that holds half of it or more */
};

struct work {
    struct scene *scene;
    const struct smooth *fine;
    struct fft fft;
    double scale;                   /* samples per mm */
    int side;                       /* samples of a tile */
    double window[LARGEST], weight; /* of a line; of the whole square */
    double from_middle[LARGEST];    /* samples */
    double sharpen[SQUARES];        /* power by squared frequency */
    double power[CT_REGIONS][RINGS];
    int tiles[CT_REGIONS];
};

/* Which region a square is of; CT_NO_REGION if none.  Regions are large, so
 * that the one of the last pixel is summed up apart. */
static int region_of(const struct work *work, int x0, int y0)
{
    const struct level *level = &work->scene->relief;
    const int step = work->fine->step;
    double weight[CT_REGIONS] = {0}, skin = 0.0, own = 0.0;
    int last = 0;
    for (int y = 0; y < work->side; y++) {
        const int v = (y0 + y) * step + step / 2;
        const uint8_t *mask = ct_byte_row(&level->mask, v) + x0 * step;
        const uint8_t *region = ct_byte_row(&level->region, v) + x0 * step;
        const double down = work->window[y];
        for (int x = 0, u = step / 2; x < work->side; x++, u += step) {
            if (!mask[u] || region[u] >= CT_REGIONS)
                continue;
            const double w = work->window[x] * down;
            if (region[u] != last) {
                weight[last] = own;
                last = region[u];
                own = weight[last];
            }
            skin += w;
            own += w;
        }
    }
    weight[last] = own;
    int best = 0;
    for (int r = 1; r < CT_REGIONS; r++)
        best = weight[r] > weight[best] ? r : best;
    return skin >= least_skin * work->weight &&
                   weight[best] >= least_region * skin
               ? best
               : CT_NO_REGION;
}

/* The plane a + b x + c y that fits the square best under its window. */
static bool trend_of(double plane[3], const struct work *work,
                     const struct tile *tile)
{
    double m[9] = {0}; /* the lower half is enough */
    double p0 = 0.0, p1 = 0.0, p2 = 0.0, weights = 0.0;
    double by_x = 0.0, by_y = 0.0, by_xx = 0.0, by_xy = 0.0, by_yy = 0.0;
    for (int y = 0; y < work->side; y++) {
        const float *held = ct_row(&work->fine->weight, tile->y + y) + tile->x;
        const float *v = ct_row(&work->fine->mean, tile->y + y) + tile->x;
        const double down = work->window[y], v_at = work->from_middle[y];
        for (int x = 0; x < work->side; x++) {
            if (held[x] < solid)
                continue;
            const double w = work->window[x] * down, here = (double)v[x];
            const double u_at = work->from_middle[x];
            const double wx = w * u_at, wy = w * v_at;
            p0 += w * here;
            p1 += wx * here;
            p2 += wy * here;
            weights += w;
            by_x += wx;
            by_xx += wx * u_at;
            by_y += wy;
            by_xy += wy * u_at;
            by_yy += wy * v_at;
        }
    }
    plane[0] = p0;
    plane[1] = p1;
    plane[2] = p2;
    m[0] = weights;
    m[3] = by_x;
    m[4] = by_xx;
    m[6] = by_y;
    m[7] = by_xy;
    m[8] = by_yy;
    return ct_solve_spd(m, plane, 3);
}

/* Puts the square at `into`; the sum of squares of its weights, 0 if its trend
 * cannot be told. */
static double put_tile(double *into, const struct work *work,
                       const struct tile *tile)
{
    double plane[3], square = 0.0;
    if (!trend_of(plane, work, tile))
        return 0.0;
    for (int y = 0; y < work->side; y++) {
        const float *held = ct_row(&work->fine->weight, tile->y + y) + tile->x;
        const float *v = ct_row(&work->fine->mean, tile->y + y) + tile->x;
        double *row = into + (size_t)y * (size_t)work->fft.side;
        const double down = work->window[y];
        const double rise = plane[2] * work->from_middle[y];
        for (int x = 0; x < work->side; x++) {
            const double w = work->window[x] * down;
            const double flat =
                plane[0] + plane[1] * work->from_middle[x] + rise;
            const double value = w * ((double)v[x] - flat);
            row[x] = held[x] < solid ? 0.0 : value;
        }
        for (int x = 0; x < work->side; x++) {
            const double w = held[x] < solid ? 0.0 : work->window[x] * down;
            square += w * w;
        }
    }
    return square;
}

static double ring_edge(int ring)
{
    return lowest * ct_exp(ring * ct_log(highest / lowest) / RINGS);
}

/* Frequencies that end ring `ring`, in steps of the transform. */
static double ring_end(const struct work *work, int ring)
{
    return ring_edge(ring + 1) / (work->scale / work->fft.side);
}

static int reach_of(const struct work *work, int ring)
{
    return (int)ring_end(work, ring) + 1;
}

/* Mean power in one ring of both squares, cOD^2 mm^2 but for the window. */
static void take_ring(double mean[2], const struct work *work, int ring)
{
    const double a_step = work->scale / work->fft.side;
    const double from = ring_edge(ring) / a_step;
    const double to = ring_end(work, ring);
    const int reach = reach_of(work, ring);
    double count = 0.0;
    mean[0] = mean[1] = 0.0;
    for (int v = -reach; v <= reach; v++)
        for (int u = 0; u <= reach; u++) {
            const double r2 = (double)u * u + (double)v * v;
            double power[2];
            if (r2 < from * from || r2 >= to * to)
                continue;
            ct_fft_powers(power, &work->fft, u, v);
            mean[0] += power[0] * work->sharpen[u * u + v * v];
            mean[1] += power[1] * work->sharpen[u * u + v * v];
            count++;
        }
    for (int i = 0; i < 2; i++)
        mean[i] = count > 0.0 ? mean[i] / count : NAN;
}

static void take_two(struct work *work, const struct tile tile[2], int count)
{
    double *const half[2] = {work->fft.re, work->fft.im};
    const size_t all = (size_t)work->fft.side * (size_t)work->fft.side;
    const double px = 1.0 / work->scale;
    double square[2] = {0.0, 0.0};
    for (size_t i = 0; i < all; i++)
        work->fft.re[i] = work->fft.im[i] = 0.0;
    for (int i = 0; i < count; i++)
        square[i] = put_tile(half[i], work, &tile[i]);
    ct_fft_part(&work->fft, work->side, reach_of(work, RINGS - 1));
    for (int ring = 0; ring < RINGS; ring++) {
        double mean[2];
        take_ring(mean, work, ring);
        for (int i = 0; i < count; i++)
            if (square[i] > 0.0)
                work->power[tile[i].region][ring] +=
                    mean[i] * px * px / square[i];
    }
    for (int i = 0; i < count; i++)
        work->tiles[tile[i].region] += square[i] > 0.0;
}

static cutis_status take_tiles(struct work *work, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    const struct plane *fine = &work->fine->mean;
    const int step = work->side / 2;
    struct tile waiting[2];
    int count = 0;
    for (int y = 0; y + work->side <= fine->height; y += step) {
        TRY(ct_pulse(tools));
        for (int x = 0; x + work->side <= fine->width; x += step) {
            const int region = region_of(work, x, y);
            if (region == CT_NO_REGION)
                continue;
            waiting[count++] = (struct tile){x, y, region};
            if (count < 2)
                continue;
            take_two(work, waiting, count);
            count = 0;
        }
    }
    if (count)
        take_two(work, waiting, count);
done:
    return status;
}

/* What white noise of the pixels holds, behind the equalising blur. */
static double noise_power(const struct view *view, double f)
{
    const double px = 1.0 / view->face->work_scale;
    const double t = 2.0 * pi * f * view->equalise_mm;
    return view->noise_cod * view->noise_cod * px * px * ct_exp(-t * t);
}

static double slope_of(const struct work *work, int row)
{
    const struct cover *cover = &work->scene->relief.cover;
    double n = 0.0, x = 0.0, y = 0.0, xx = 0.0, xy = 0.0;
    for (int ring = 0; ring < RINGS; ring++) {
        const double f = ct_sqrt(ring_edge(ring) * ring_edge(ring + 1));
        double power = 0.0, tiles = 0.0;
        for (int r = 0; r < CT_REGIONS; r++)
            if (ct_pools(cover, row, r) && work->tiles[r]) {
                power += work->power[r][ring];
                tiles += work->tiles[r];
            }
        power = power / tiles - noise_power(work->scene->view, f);
        if (!(power > 0.0))
            continue;
        const double a = ct_log(f), b = ct_log(power);
        n++;
        x += a;
        y += b;
        xx += a * a;
        xy += a * b;
    }
    return n >= FEWEST_RINGS ? (x * y / n - xy) / (xx - x * x / n) : NAN;
}

/* The density at every second pixel, if there are enough of those, or at every
 * one; and how much of what it is made of is skin. */
static cutis_status take_samples(struct smooth *out, const struct scene *scene,
                                 struct tools *tools)
{
    const struct level *level = &scene->relief;
    const struct plane *density = &scene->density;
    cutis_status status = CUTIS_OK;

    if (level->scale >= least_half) {
        out->step = 2;
        TRY(ct_gauss_half(&out->mean, &out->weight, density, &level->mask,
                          before_half, 0.0f, tools));
    } else {
        out->step = 1;
        TRY(ct_level_raw(&out->mean, level, tools));
        TRY(ct_level_raw(&out->weight, level, tools));
        for (int y = 0; y < level->height; y++)
            tools->kernels->weigh(ct_row(&out->mean, y),
                                  ct_row(&out->weight, y), ct_row(density, y),
                                  ct_byte_row(&level->mask, y), 0.0f,
                                  (size_t)level->width);
    }
    for (int y = 0; y < out->mean.height; y++)
        tools->kernels->unweigh(ct_row(&out->mean, y), ct_row(&out->weight, y),
                                0.0f, -1.0f, (size_t)out->mean.width);

done:
    return status;
}

static cutis_status take_slopes(struct scene *scene, const struct smooth *fine,
                                struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    const double scale = scene->relief.scale / fine->step;
    const int side = (int)floor(tile_mm * scale + 0.5);
    struct work *work = ct_alloc(&tools->memory, 1, sizeof(*work));
    if (!work)
        TRY(ct_no_memory(tools));
    work->scene = scene;
    work->fine = fine;
    work->scale = scale;
    work->side = side;
    for (int row = 0; row < CT_REGIONS; row++)
        scene->pattern[row].beta = NAN;
    if (side > LARGEST)
        goto done;
    int whole = 2;
    while (whole < side)
        whole *= 2;
    TRY(ct_fft_create(&work->fft, whole, tools));
    /* exp(4 p^2 f^2 s^2), f^2 in steps of the transform. */
    const double blur = fine->step > 1 ? before_half : 0.0;
    const double lost = 2.0 * pi * blur / (whole * fine->step);
    for (int i = 0; i < SQUARES; i++)
        work->sharpen[i] = ct_exp(lost * lost * i);
    for (int i = 0; i < side; i++) {
        work->window[i] = 0.5 - 0.5 * ct_cos(2.0 * pi * (i + 0.5) / side);
        work->from_middle[i] = i - 0.5 * side;
    }
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++)
            work->weight += work->window[x] * work->window[y];
    TRY(take_tiles(work, tools));
    for (int row = 0; row < CT_REGIONS; row++)
        scene->pattern[row].beta = slope_of(work, row);

done:
    if (work)
        ct_fft_free(&work->fft);
    ct_free(work);
    return status;
}

cutis_status ct_slopes(struct scene *scene, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct smooth samples = {0};

    TRY(take_samples(&samples, scene, tools));
    TRY(take_slopes(scene, &samples, tools));

done:
    ct_plane_free(&samples.mean);
    ct_plane_free(&samples.weight);
    return status;
}
