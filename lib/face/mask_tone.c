/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The person's own skin colour.
 *
 * Cheeks, forehead and nose give the samples; a robust Gaussian of the two log
 * ratios q = (ln R/G, ln B/G) is fitted by concentration steps, as in the
 * minimum covariance determinant (Rousseeuw & Van Driessen, Technometrics 41,
 * 1999): each step keeps the 75 % of samples nearest to the last fit.  Where
 * samples fall into two groups (a beard, paint), the larger group is skin.
 *
 * Blood and melanin move q along known directions.  Along these the Gaussian is
 * made wider, because a mask that leaves out red or brown skin leaves out what
 * is to be measured.
 */

#include <math.h>

#include "face/mask.h"

static const double kept_share = 0.75;
/* Variance of a 2-D Gaussian over that of its inner 75 %: 0.75 over
 * P(chi2_4 < the 0.75 quantile of chi2_2). */
static const double consistency = 1.859;
static const double floor_sd = 0.02; /* of q, along any direction */
static const double accept = 5.3;    /* -ln p: the 99.5 % ellipse */
static const double darkest = -0.85, brightest = 0.7; /* level */
static const double dark_soft = 0.08;

/* What is added along the direction in which a pigment moves q: SD times
 * `factor`, at least `least`. */
struct widening {
    double direction[2]; /* unit */
    double factor, least;
};

/* From the vectors of method 2.2 at ITA 30: ln R/G moves with h_G - h_R, ln B/G
 * with h_G - h_B.  The least SD is 12 units of H (blood x 2.4) at 1.4 SD, and a
 * brown spot of 0.25 OD at 2 SD. */
static const struct widening pigments[2] = {
    {{0.935, 0.354}, 2.0, 0.10},
    {{0.545, -0.838}, 1.5, 0.06},
};

struct samples {
    float *q[2];
    float *scratch;
    size_t count;
    double median_light; /* ln Y of the seeds */
};

/* Mean and covariance: xx, xy, yy. */
struct gaussian {
    double mean[2], cov[3];
};

/* The squared Mahalanobis distance d2 from a Gaussian as a form. */
struct metric {
    double mean[2], xx, xy, yy;
};

static struct metric metric_of(const struct gaussian *g)
{
    const double det = g->cov[0] * g->cov[2] - g->cov[1] * g->cov[1];
    return (struct metric){.mean = {g->mean[0], g->mean[1]},
                           .xx = g->cov[2] / det,
                           .xy = -2 * g->cov[1] / det,
                           .yy = g->cov[0] / det};
}

/* The same from another centre. */
static inline double distance_from(const double centre[2],
                                   const struct metric *m, double a, double b)
{
    const double x = a - centre[0], y = b - centre[1];
    return m->xx * x * x + m->xy * x * y + m->yy * y * y;
}

static inline double distance(const struct metric *m, double a, double b)
{
    return distance_from(m->mean, m, a, b);
}

/* ---- Samples ---------------------------------------------------------------
 */

/* Seeds are taken this far apart, each way: closer ones are nearly the same
 * after the smoothing. */
static const double sample_mm = 0.5;

static int sample_step(const struct sight *s)
{
    const int step = (int)(sample_mm * s->scale);
    return step > 1 ? step : 1;
}

/* Lightness between which a seed counts: bottom 10 % and top 5 % are dropped.
 */
static size_t seed_limits(float limits[2], double *median,
                          const struct sight *s, float *buffer)
{
    const int step = sample_step(s);
    size_t n = 0;
    for (int y = 0; y < s->seeds.height; y += step) {
        const uint8_t *const mask = ct_byte_row(&s->seeds, y);
        const float *const light = ct_row(&s->light, y);
        for (int x = 0; x < s->seeds.width; x += step)
            if (mask[x])
                buffer[n++] = light[x];
    }
    limits[0] = (float)ct_quantile(buffer, n, 0.10);
    limits[1] = (float)ct_quantile(buffer, n, 0.95);
    *median = ct_quantile(buffer, n, 0.5);
    return n;
}

static void gather(struct samples *out, const struct sight *s)
{
    const int step = sample_step(s);
    float limits[2];
    out->count = 0;
    if (!seed_limits(limits, &out->median_light, s, out->scratch))
        return;
    for (int y = 0; y < s->seeds.height; y += step) {
        const uint8_t *const mask = ct_byte_row(&s->seeds, y);
        const float *const light = ct_row(&s->light, y);
        for (int x = 0; x < s->seeds.width; x += step) {
            if (!mask[x] || light[x] < limits[0] || light[x] > limits[1])
                continue;
            out->q[0][out->count] = ct_row(&s->rg, y)[x];
            out->q[1][out->count++] = ct_row(&s->bg, y)[x];
        }
    }
}

/* ---- The fit ----------------------------------------------------------------
 */

static void add_floor(struct gaussian *g)
{
    g->cov[0] += floor_sd * floor_sd;
    g->cov[2] += floor_sd * floor_sd;
}

/* Mean and covariance of samples whose d2 under `last` is at most `limit`. */
static void moments_within(struct gaussian *g, const struct samples *s,
                           const struct metric *last, double limit)
{
    double n = 0, sum[2] = {0, 0}, sq[3] = {0, 0, 0};
    for (size_t i = 0; i < s->count; i++) {
        const double a = (double)s->q[0][i], b = (double)s->q[1][i];
        if (distance(last, a, b) > limit)
            continue;
        const double x = a - last->mean[0], y = b - last->mean[1];
        n++;
        sum[0] += x;
        sum[1] += y;
        sq[0] += x * x;
        sq[1] += x * y;
        sq[2] += y * y;
    }
    const double mx = sum[0] / n, my = sum[1] / n;
    g->cov[0] = consistency * (sq[0] / n - mx * mx);
    g->cov[1] = consistency * (sq[1] / n - mx * my);
    g->cov[2] = consistency * (sq[2] / n - my * my);
    g->mean[0] = last->mean[0] + mx;
    g->mean[1] = last->mean[1] + my;
}

/* Median, and as SD 1.4826 times the median distance from it. */
static void start(struct gaussian *g, const struct samples *s)
{
    double sd[2];
    for (int k = 0; k < 2; k++) {
        for (size_t i = 0; i < s->count; i++)
            s->scratch[i] = s->q[k][i];
        g->mean[k] = ct_quantile(s->scratch, s->count, 0.5);
        for (size_t i = 0; i < s->count; i++)
            s->scratch[i] = fabsf(s->q[k][i] - (float)g->mean[k]);
        sd[k] = 1.4826 * ct_quantile(s->scratch, s->count, 0.5);
    }
    g->cov[0] = sd[0] * sd[0];
    g->cov[1] = 0;
    g->cov[2] = sd[1] * sd[1];
    add_floor(g);
}

static void fit(struct gaussian *g, const struct samples *s)
{
    start(g, s);
    for (int step = 0; step < 3; step++) {
        const struct metric last = metric_of(g);
        for (size_t i = 0; i < s->count; i++)
            s->scratch[i] =
                (float)distance(&last, (double)s->q[0][i], (double)s->q[1][i]);
        const double limit = ct_quantile(s->scratch, s->count, kept_share);
        moments_within(g, s, &last, limit);
        add_floor(g);
    }
}

static void widen(struct gaussian *g, const struct widening *w)
{
    const double x = w->direction[0], y = w->direction[1];
    const double now =
        x * x * g->cov[0] + 2 * x * y * g->cov[1] + y * y * g->cov[2];
    const double then = fmax(now * w->factor * w->factor, w->least * w->least);
    g->cov[0] += (then - now) * x * x;
    g->cov[1] += (then - now) * x * y;
    g->cov[2] += (then - now) * y * y;
}

static void widen_for_pigment(struct gaussian *g)
{
    for (size_t i = 0; i < sizeof(pigments) / sizeof(pigments[0]); i++)
        widen(g, &pigments[i]);
}

/* A sheen adds the lamp's colour: q moves towards 0. */
static void widen_for_sheen(struct gaussian *g)
{
    const double x = g->mean[0], y = g->mean[1];
    const double size = sqrt(x * x + y * y);
    if (size > 0) {
        const struct widening sheen = {{x / size, y / size}, 1.0, 0.08};
        widen(g, &sheen);
    }
}

/* ---- Two groups ---------------------------------------------------------- */

/* Splits samples by a line through the mean of two centres until it rests (at
 * most 20 rounds), in the metric of `wide`, so that redness alone splits
 * nobody. */
struct split {
    double centre[2][2];
    double share; /* of the first group */
};

static inline int nearer(const struct split *s, const struct metric *wide,
                         double a, double b)
{
    return distance_from(s->centre[0], wide, a, b) <=
                   distance_from(s->centre[1], wide, a, b)
               ? 0
               : 1;
}

static void split_round(struct split *out, const struct samples *s,
                        const struct metric *wide)
{
    double n[2] = {0, 0}, sum[2][2] = {{0, 0}, {0, 0}};
    for (size_t i = 0; i < s->count; i++) {
        const double q[2] = {(double)s->q[0][i], (double)s->q[1][i]};
        const int group = nearer(out, wide, q[0], q[1]);
        n[group]++;
        sum[group][0] += q[0];
        sum[group][1] += q[1];
    }
    for (int group = 0; group < 2; group++)
        for (int k = 0; k < 2; k++)
            if (n[group] > 0)
                out->centre[group][k] = sum[group][k] / n[group];
    out->share = n[0] / (n[0] + n[1]);
}

static bool is_same(const struct split *a, const struct split *b)
{
    bool same = a->share == b->share;
    for (int group = 0; group < 2; group++)
        for (int k = 0; k < 2; k++)
            same = same && a->centre[group][k] == b->centre[group][k];
    return same;
}

/* Keeps the larger of two groups that lie far apart; else all samples. */
static void keep_larger(struct samples *s, const struct gaussian *wide)
{
    /* Groups whose centres are this many SDs apart are two materials; one
     * Gaussian cut in half has 1.6, so skin stays whole. */
    const double apart = 4.0;
    const double least_share = 0.15;
    const struct metric form = metric_of(wide);
    const double reach = sqrt(wide->cov[0]);
    struct split split = {
        {{wide->mean[0] - reach, wide->mean[1] - wide->cov[1] / reach},
         {wide->mean[0] + reach, wide->mean[1] + wide->cov[1] / reach}},
        0.5};
    for (int round = 0; round < 20; round++) {
        const struct split last = split;
        split_round(&split, s, &form);
        if (is_same(&last, &split))
            break;
    }

    const double gap = distance_from(split.centre[0], &form, split.centre[1][0],
                                     split.centre[1][1]);
    if (gap < apart * apart || fmin(split.share, 1 - split.share) < least_share)
        return;

    const int larger = split.share >= 0.5 ? 0 : 1;
    size_t n = 0;
    for (size_t i = 0; i < s->count; i++) {
        if (nearer(&split, &form, (double)s->q[0][i], (double)s->q[1][i]) !=
            larger)
            continue;
        s->q[0][n] = s->q[0][i];
        s->q[1][n++] = s->q[1][i];
    }
    s->count = n;
}

/* ---- The test ------------------------------------------------------------ */

/* Skin, and skin that is lighter than its surroundings. */
struct colours {
    struct metric usual, bright;
};

/* -ln of the share of skin that is as dark against its surroundings; at most
 * ln 2, which is below `most_shadow`, where the level is above `darkest`. */
static const double most_shadow = 0.7;

static double shadow_cost(double level)
{
    const double z = (level - darkest) / dark_soft;
    return z > 20 ? 0 : ct_log(1 + ct_exp(-z));
}

static bool is_skin(const struct colours *c, double rg, double bg, double level)
{
    if (!(level > darkest && level < brightest))
        return false;
    const double cost =
        distance(level > 0 ? &c->bright : &c->usual, rg, bg) / 2;
    return cost < accept - most_shadow ||
           (cost < accept && cost + shadow_cost(level) < accept);
}

static void test(struct sight *s, const struct colours *colours)
{
    for (int y = 0; y < s->out.height; y++) {
        const uint8_t *const face = ct_byte_row(&s->face, y);
        const float *const rg = ct_row(&s->rg, y), *const bg =
                                                       ct_row(&s->bg, y);
        const float *const level = ct_row(&s->level, y);
        uint8_t *const out = ct_byte_row(&s->out, y);
        for (int x = 0; x < s->out.width; x++)
            out[x] = face[x] && is_skin(colours, (double)rg[x], (double)bg[x],
                                        (double)level[x])
                         ? 255
                         : 0;
    }
}

/* What has the colour and is not much darker than most seeds: the ground that
 * lightness is judged against, which hair must not darken. */
static void mark_ground(struct sight *s, const struct metric *colour,
                        double median)
{
    const double deepest = median - 1.0;
    for (int y = 0; y < s->out.height; y++) {
        const uint8_t *const face = ct_byte_row(&s->face, y);
        const float *const rg = ct_row(&s->rg, y), *const bg =
                                                       ct_row(&s->bg, y);
        const float *const light = ct_row(&s->light, y);
        uint8_t *const out = ct_byte_row(&s->out, y);
        for (int x = 0; x < s->out.width; x++)
            out[x] = face[x] && (double)light[x] > deepest &&
                             distance(colour, (double)rg[x], (double)bg[x]) <
                                 2 * accept
                         ? 255
                         : 0;
    }
}

static size_t count_set(const struct bytes *mask)
{
    size_t n = 0;
    for (int y = 0; y < mask->height; y++)
        for (int x = 0; x < mask->width; x++)
            n += ct_byte_row(mask, y)[x] != 0;
    return n;
}

cutis_status ct_mask_tone(struct sight *sight, struct tools *tools)
{
    enum { FEWEST = 64 }; /* samples that a colour is fitted to */
    const size_t room = count_set(&sight->seeds);
    struct samples samples = {.count = 0};
    cutis_status status = CUTIS_OK;

    float *const block = ct_alloc_raw(&tools->memory, room, 3 * sizeof(float));
    if (!block)
        return ct_no_memory(tools);
    samples.q[0] = block;
    samples.q[1] = block + room;
    samples.scratch = block + 2 * room;
    gather(&samples, sight);
    if (samples.count >= FEWEST) {
        struct gaussian g;
        fit(&g, &samples);
        struct gaussian wide = g;
        widen_for_pigment(&wide);
        keep_larger(&samples, &wide);
        fit(&g, &samples);
        widen_for_pigment(&g);
        struct gaussian bright = g;
        widen_for_sheen(&bright);
        const struct colours colours = {metric_of(&g), metric_of(&bright)};
        mark_ground(sight, &colours.bright, samples.median_light);
        TRY(ct_sight_level(sight, &sight->out, tools));
        test(sight, &colours);
    }
done:
    ct_free(block);
    return status;
}
