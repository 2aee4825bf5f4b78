/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Whether the plane that is in focus lay elsewhere: how the difference of
 * sharpness changes with depth over the face.
 *
 * A lens of an opening A that is sharp at the distance d adds, at a distance z,
 * a blur of variance (A (z - d) / 4 d)^2.  Of two photographs with the same
 * opening the difference of that is a straight line in z; so over all squares
 * of skin (swatches.c)
 *
 *     ln(P_after / P_before) = b_k - 4 pi^2 f^2 d_k,
 *     d_k = c_0 + c_1 nearer_k + c_2 below_k,
 *
 * where b_k takes up what a treatment or a lamp does to contrast, and c_2 a
 * head that landmarks think tilted.  Each square's d_k is the weighted least
 * squares fit, the plane through them a robust one (Tukey), weighed by how well
 * each knows.  What skin of one region does for reasons of its own hardly moves
 * it.  Each region left out in turn gives the standard error.
 *
 * Every term is the negative of itself when the photographs change places.
 */

#include <math.h>

#include "match/match.h"

static const double pi = 3.14159265358979324;
static const double above_noise = 6.0;
static const double tuning = 4.685; /* Tukey's, in SDs */
static const double to_sd = 1.4826; /* of the median of deviations */

enum {
    FEWEST_BINS = 4,
    FEWEST_SQUARES = 40,
    FEWEST_REGIONS = 4,
    FEWEST_OWN = 3, /* squares that a region's own value is taken from */
    UNKNOWNS = 3,
    ROUNDS = 12,
    NOBODY = -1
};

_Static_assert((int)CT_DEFOCUS_REGIONS == CT_REGIONS, "a number a region");

/* The squares that both photographs show well. */
struct squares {
    int count;
    struct stand at[CT_SWATCHES];
    uint8_t region[CT_SWATCHES];
    double d[CT_SWATCHES], know[CT_SWATCHES]; /* sum of squares about x */
    double weight[CT_SWATCHES];               /* of the fit */
};

/* d of one square and how well it knows; false if too few frequencies stand
 * above the noise. */
static bool fit_square(double *d, double *know, const struct swatch *a,
                       const struct swatch *b, int bins)
{
    const double na = (double)a->noise, nb = (double)b->noise;
    double sw = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
    int n = 0;
    for (; n < bins; n++) {
        const double pa = (double)a->power[n], pb = (double)b->power[n];
        if (!(pa > above_noise * na) || !(pb > above_noise * nb))
            break;
        const double f = ct_swatch_frequency(n);
        const double w = f / (1 + 50 * (na / pa + nb / pb));
        const double x = -4 * pi * pi * f * f;
        const double y = ct_log(pb - nb) - ct_log(pa - na);
        sw += w;
        sx += w * x;
        sy += w * y;
        sxx += w * x * x;
        sxy += w * x * y;
    }
    if (n < FEWEST_BINS)
        return false;
    *know = sxx - sx * sx / sw;
    *d = (sxy - sx * sy / sw) / *know;
    return true;
}

static void gather(struct squares *out, struct defocus *shown,
                   const struct swatches *a, const struct swatches *b)
{
    const int bins = a->bins < b->bins ? a->bins : b->bins;
    for (int i = 0, j = 0; i < a->count && j < b->count;) {
        const struct swatch *const one = &a->of[i], *const two = &b->of[j];
        const int n = out->count;
        i += one->block <= two->block;
        j += two->block <= one->block;
        if (one->block != two->block || one->region != two->region ||
            !fit_square(&out->d[n], &out->know[n], one, two, bins))
            continue;
        out->at[n].nearer = 0.5 * (one->at.nearer + two->at.nearer);
        out->at[n].below = 0.5 * (one->at.below + two->at.below);
        out->region[n] = one->region;
        shown->of[n].x = one->x;
        shown->of[n].y = one->y;
        out->count++;
    }
}

/* ---- The plane ----------------------------------------------------------- */

static void row_of(double row[UNKNOWNS], const struct stand *at)
{
    row[0] = 1;
    row[1] = 0.04 * at->nearer; /* so that all are of a size */
    row[2] = 0.02 * at->below;
}

static double plane_at(const double c[UNKNOWNS], const struct stand *at)
{
    double row[UNKNOWNS];
    row_of(row, at);
    return c[0] + c[1] * row[1] + c[2] * row[2];
}

static bool least_squares(double c[UNKNOWNS], const struct squares *s)
{
    double a[UNKNOWNS * UNKNOWNS] = {0}, row[UNKNOWNS];
    for (int k = 0; k < UNKNOWNS; k++)
        c[k] = 0;
    for (int i = 0; i < s->count; i++) {
        row_of(row, &s->at[i]);
        for (int j = 0; j < UNKNOWNS; j++) {
            c[j] += s->weight[i] * row[j] * s->d[i];
            for (int k = 0; k < UNKNOWNS; k++)
                a[j * UNKNOWNS + k] += s->weight[i] * row[j] * row[k];
        }
    }
    return ct_solve_spd(a, c, UNKNOWNS);
}

/* Weights by how far squares lie from the plane. */
static void weigh(struct squares *s, const double c[UNKNOWNS], int without)
{
    double off[CT_SWATCHES], sorted[CT_SWATCHES];
    size_t n = 0;
    for (int i = 0; i < s->count; i++) {
        off[i] = fabs(s->d[i] - plane_at(c, &s->at[i])) * sqrt(s->know[i]);
        if (s->region[i] != without)
            sorted[n++] = off[i];
    }
    const double reach = tuning * to_sd * ct_quantile_d(sorted, n, 0.5);
    for (int i = 0; i < s->count; i++) {
        const double u = reach > 0 ? off[i] / reach : 0;
        const double near = u < 1 ? (1 - u * u) * (1 - u * u) : 0;
        s->weight[i] = s->region[i] == without ? 0 : near * s->know[i];
    }
}

/* Through all squares but those of one region. */
static bool fit_plane(double c[UNKNOWNS], struct squares *s, int without)
{
    for (int i = 0; i < s->count; i++)
        s->weight[i] = s->region[i] == without ? 0 : s->know[i];
    bool told = least_squares(c, s);
    for (int round = 0; told && round < ROUNDS; round++) {
        weigh(s, c, without);
        told = least_squares(c, s);
    }
    return told;
}

/* ---- Regions ------------------------------------------------------------- */

struct place {
    struct stand at; /* mean of its squares */
    int count;
};

/* The last is all squares. */
enum { PLACES = CT_REGIONS + 1 };

/* Of a region's row, the face's being of all squares. */
static const struct place *place_of(const struct place place[PLACES],
                                    int region)
{
    return &place[region == CT_FACE_REGION ? CT_REGIONS : region];
}

static void find_places(struct place place[PLACES], const struct squares *s)
{
    for (int i = 0; i < s->count; i++) {
        struct place *const both[2] = {&place[s->region[i]],
                                       &place[CT_REGIONS]};
        for (int k = 0; k < 2; k++) {
            both[k]->at.nearer += s->at[i].nearer;
            both[k]->at.below += s->at[i].below;
            both[k]->count++;
        }
    }
    for (int r = 0; r < PLACES; r++)
        if (place[r].count > 0) {
            place[r].at.nearer /= place[r].count;
            place[r].at.below /= place[r].count;
        }
}

static double beside(const double c[UNKNOWNS], const struct stand *at,
                     const struct stand *edges)
{
    return plane_at(c, at) - plane_at(c, edges);
}

/* The jackknife over regions. */
static void find_errors(struct defocus *out, struct squares *s,
                        const struct place place[PLACES],
                        const struct stand *edges)
{
    double found[CT_REGIONS][UNKNOWNS];
    int n = 0;
    for (int r = 0; r < CT_REGIONS; r++)
        if (place[r].count > 0 && fit_plane(found[n], s, r))
            n++;
    for (int r = 0; r < CT_REGIONS; r++) {
        const struct place *const here = place_of(place, r);
        double mean = 0, sum = 0;
        for (int i = 0; i < n; i++)
            mean += beside(found[i], &here->at, edges) / n;
        for (int i = 0; i < n; i++) {
            const double off = beside(found[i], &here->at, edges) - mean;
            sum += off * off;
        }
        if (here->count > 0 && n >= FEWEST_REGIONS)
            out->se[r] = sqrt(sum * (n - 1) / n);
    }
}

static double own_of(const struct squares *s, int region)
{
    double d[CT_SWATCHES];
    size_t n = 0;
    for (int i = 0; i < s->count; i++)
        if (region == CT_FACE_REGION || s->region[i] == region)
            d[n++] = s->d[i];
    return n >= FEWEST_OWN ? ct_quantile_d(d, n, 0.5) : NAN;
}

void ct_defocus_over(struct pair *pair, const struct capture *before,
                     const struct capture *after)
{
    struct defocus *const out = &pair->defocus;
    const struct swatches *const a = &before->swatches, *const b =
                                                            &after->swatches;
    struct squares s = {.count = 0};
    struct place place[PLACES] = {{{0, 0}, 0}};
    double c[UNKNOWNS];
    int regions = 0;
    out->count = 0;
    out->at_edges = NAN;
    for (int r = 0; r < CT_REGIONS; r++)
        out->more[r] = out->se[r] = out->own[r] = NAN;
    gather(&s, out, a, b);
    find_places(place, &s);
    for (int r = 0; r < CT_REGIONS; r++)
        regions += place[r].count > 0;
    if (s.count < FEWEST_SQUARES || regions < FEWEST_REGIONS)
        return;

    const struct stand edges = {0.5 * (a->edges.nearer + b->edges.nearer),
                                0.5 * (a->edges.below + b->edges.below)};
    find_errors(out, &s, place, &edges);
    if (!fit_plane(c, &s, NOBODY))
        return;
    out->at_edges = plane_at(c, &edges);
    for (int r = 0; r < CT_REGIONS; r++) {
        if (isnan(out->se[r]))
            continue;
        out->more[r] = beside(c, &place_of(place, r)->at, &edges);
        out->own[r] = own_of(&s, r) - out->at_edges;
    }
    out->count = s.count;
    for (int i = 0; i < s.count; i++) {
        out->of[i].more = (float)s.d[i];
        out->of[i].weight = (float)s.weight[i];
    }
}
