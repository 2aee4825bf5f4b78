/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Where the light comes from, by the face itself: facets of the mesh turn this
 * way and that, and their skin is as bright as
 *
 *     Y = a + max(0, n . l)
 *
 * for one lamp l and light a from all sides (method 4.4).  Least squares by
 * reweighting, residuals beyond a twentieth of the skin's luminance counting
 * with their size and not its square (soft L1), so that the shadow of the nose
 * and a ruddy cheek do not steer it.  The canonical face's normals stand for
 * the person's: what they are wrong by, they are in both photographs.
 *
 * Relief of slope s at an angle t to the lamp has a contrast in proportion to
 * tan(t) cos(t) / (a + cos(t)) with |l| = 1; hence what a degree does to it.
 */

#include <math.h>

#include "match/match.h"

static const double least_cosine = 0.35; /* to the camera */
static const double least_mm2 = 6.0;     /* of skin in a facet */
static const double soft = 0.05;         /* of the mean luminance */
static const double smooth_mm = 10.0;    /* of the field of light */
static const double degree = 0.0174532925199433;
static const double most_slope = 0.12; /* per degree: 5 degrees from where
                                          the lamp throws no shadows */

enum { ROUNDS = 30, FEWEST = 40, UNKNOWNS = 4 };

/* ---- Facets -------------------------------------------------------------- */

/* Adds a run of skin, up to `end`; neighbours are mostly of one facet. */
static void add_light(double sum[CT_FACETS], uint32_t count[CT_FACETS],
                      const struct face *face, const struct skin *skin, int x,
                      int end, int y)
{
    const int n = ct_run_of(x, end);
    const uint8_t *const mask = ct_byte_row(&face->skin, y) + x;
    const uint16_t *const facet =
        face->triangle + (size_t)y * (size_t)face->skin.width + x;
    ct_run_room room;
    const struct light_run at = ct_skin_run(skin, x, y, n, room);

    for (int i = 0; i < n;) {
        const unsigned here = facet[i];
        const bool counts = here < CT_FACETS;
        double light = counts ? sum[here] : 0;
        uint32_t seen = 0;
        for (; i < n && facet[i] == here; i++) {
            if (!counts || !mask[i])
                continue;
            light += 0.2126729 * (double)at.red[i] +
                     0.7151522 * (double)at.green[i] +
                     0.0721750 * (double)at.blue[i];
            seen++;
        }
        if (!counts)
            continue;
        sum[here] = light;
        count[here] += seen;
    }
}

/* Mean luminance of each facet's skin, and how much skin that is. */
static void gather(struct light *out, const struct face *face,
                   const struct skin *skin)
{
    double sum[CT_FACETS] = {0};
    uint32_t count[CT_FACETS] = {0};
    for (int y = 0; y < face->skin.height; y++) {
        const struct columns set =
            ct_columns_set(ct_byte_row(&face->skin, y), face->skin.width);
        for (int x = set.from; x < set.end; x += CT_RUN)
            add_light(sum, count, face, skin, x, set.end, y);
    }
    for (int i = 0; i < CT_FACETS; i++) {
        const double area = count[i] * (double)face->mm2[i];
        const bool shows = (double)face->cosine[i] > least_cosine &&
                           area >= least_mm2 && sum[i] > 0;
        out->mm2[i] = shows ? (float)area : 0.0f;
        out->log_y[i] = shows ? (float)ct_log10(sum[i] / count[i]) : NAN;
    }
}

/* ---- The lamp ------------------------------------------------------------ */

struct fit {
    int count;
    double y[CT_FACETS], area[CT_FACETS];
    const float *normal[CT_FACETS];
    double x[UNKNOWNS]; /* a, l */
};

static double facing(const struct fit *fit, int i)
{
    const float *const n = fit->normal[i];
    return (double)n[0] * fit->x[1] + (double)n[1] * fit->x[2] +
           (double)n[2] * fit->x[3];
}

/* One round of weighted least squares; facets in the lamp's shadow know of the
 * light from all sides only.  false where facets do not tell. */
static bool refine(struct fit *fit, bool first)
{
    double a[UNKNOWNS * UNKNOWNS] = {0}, b[UNKNOWNS] = {0};
    for (int i = 0; i < fit->count; i++) {
        const double lit = first ? 1 : facing(fit, i);
        const double off =
            first ? 0 : (fit->x[0] + fmax(0, lit) - fit->y[i]) / soft;
        const double weight = fit->area[i] / sqrt(1 + off * off);
        double row[UNKNOWNS] = {1};
        for (int k = 0; k < 3; k++)
            row[k + 1] = lit > 0 ? (double)fit->normal[i][k] : 0;
        for (int j = 0; j < UNKNOWNS; j++) {
            b[j] += weight * row[j] * fit->y[i];
            for (int k = 0; k < UNKNOWNS; k++)
                a[j * UNKNOWNS + k] += weight * row[j] * row[k];
        }
    }
    if (!ct_solve_spd(a, b, UNKNOWNS))
        return false;
    for (int k = 0; k < UNKNOWNS; k++)
        fit->x[k] = b[k];
    return true;
}

static void fit_lamp(struct light *out, struct fit *fit)
{
    bool told = fit->count >= FEWEST;
    for (int round = 0; told && round < ROUNDS; round++)
        told = refine(fit, round == 0);
    const double *const x = fit->x;
    const double strength = sqrt(x[1] * x[1] + x[2] * x[2] + x[3] * x[3]);
    if (!told || !(strength > soft))
        return;
    for (int k = 0; k < 3; k++)
        out->lamp[k] = x[k + 1] / strength;
    out->ambient = fmax(0, x[0]) / strength;
}

static void find_lamp(struct light *out, const struct face *face,
                      struct fit *fit)
{
    double sum = 0, area = 0;
    for (int i = 0; i < CT_FACETS; i++) {
        if (!(out->mm2[i] > 0))
            continue;
        const int n = fit->count++;
        fit->area[n] = (double)out->mm2[i];
        fit->y[n] = ct_exp(2.302585092994046 * (double)out->log_y[i]);
        fit->normal[n] = face->shape[i].normal;
        sum += fit->area[n] * fit->y[n];
        area += fit->area[n];
    }
    for (int i = 0; i < fit->count; i++)
        fit->y[i] *= area / sum;
    fit_lamp(out, fit);
}

/* ---- What an angle does to relief ---------------------------------------- */

/* d ln(sin t / (a + cos t)) / dt, per degree. */
static double slope_at(const struct light *light, const float normal[3])
{
    double cosine = 0;
    for (int k = 0; k < 3; k++)
        cosine += (double)normal[k] * light->lamp[k];
    cosine = fmin(fmax(cosine, 0.0), 1.0);
    const double sine = sqrt(1 - cosine * cosine);
    const double slope =
        cosine / fmax(sine, 1e-3) + sine / fmax(light->ambient + cosine, 0.05);
    return fmin(slope * degree, most_slope);
}

/* Adds a row of skin; neighbours are mostly of one region and facet. */
static void add_slopes(double sum[CT_REGIONS], double count[CT_REGIONS],
                       const struct face *face, const double slope[CT_FACETS],
                       int y)
{
    const int width = face->skin.width;
    const uint8_t *const mask = ct_byte_row(&face->skin, y);
    const struct columns set = ct_columns_set(mask, width);
    const uint8_t *const region = ct_byte_row(&face->region, y);
    const uint16_t *const facet = face->triangle + (size_t)y * (size_t)width;
    for (int x = set.from; x < set.end;) {
        const unsigned here = region[x], this = facet[x];
        const bool counts = here < CT_REGIONS && this < CT_FACETS;
        double total = counts ? sum[here] : 0;
        int seen = 0;
        for (; x < set.end && region[x] == here && facet[x] == this; x++) {
            if (!counts || !mask[x])
                continue;
            total += slope[this];
            seen++;
        }
        if (!counts)
            continue;
        sum[here] = total;
        count[here] += seen;
    }
}

static void find_slopes(struct light *out, const struct face *face)
{
    double sum[CT_REGIONS] = {0}, count[CT_REGIONS] = {0};
    double slope[CT_FACETS];
    for (int i = 0; i < CT_FACETS; i++)
        slope[i] = slope_at(out, face->shape[i].normal);
    for (int y = 0; y < face->skin.height; y++) {
        double row[CT_REGIONS] = {0};
        add_slopes(row, count, face, slope, y);
        for (int r = 0; r < CT_REGIONS; r++)
            sum[r] += row[r];
    }
    for (int r = 0; r < CT_FACE_REGION; r++) {
        sum[CT_FACE_REGION] += sum[r];
        count[CT_FACE_REGION] += count[r];
    }
    for (int r = 0; r < CT_REGIONS; r++)
        out->slope[r] = count[r] > 0 ? sum[r] / count[r] : NAN;
}

cutis_status ct_light(struct light *out, const struct face *face,
                      const struct skin *skin, struct tools *tools)
{
    out->ambient = NAN;
    for (int k = 0; k < 3; k++)
        out->lamp[k] = NAN;
    for (int i = 0; i < CT_FACETS; i++)
        out->log_y[i] = NAN;
    for (int r = 0; r < CT_REGIONS; r++)
        out->slope[r] = NAN;
    if (!face->shape)
        return CUTIS_OK;

    struct fit *const fit = ct_alloc(&tools->memory, 1, sizeof(*fit));
    if (!fit)
        return ct_no_memory(tools);
    cutis_status status;
    gather(out, face, skin);
    TRY(ct_pulse(tools));
    find_lamp(out, face, fit);
    TRY(ct_pulse(tools));
    if (!isnan(out->ambient))
        find_slopes(out, face);
done:
    ct_free(fit);
    return status;
}

/* ---- Two photographs ----------------------------------------------------- */

static double angle_between(const struct light *a, const struct light *b)
{
    double cross[3], dot = 0;
    for (int k = 0; k < 3; k++) {
        const int i = (k + 1) % 3, j = (k + 2) % 3;
        cross[k] = a->lamp[i] * b->lamp[j] - a->lamp[j] * b->lamp[i];
        dot += a->lamp[k] * b->lamp[k];
    }
    const double sine =
        sqrt(cross[0] * cross[0] + cross[1] * cross[1] + cross[2] * cross[2]);
    return ct_atan2(sine, dot) / degree;
}

/* log10 of the ratio at the facets that show skin in both. */
struct field {
    int count;
    double ratio[CT_FACETS], area[CT_FACETS];
    const float *middle[CT_FACETS];
};

static void take_ratios(struct field *field, const struct face *face,
                        const struct light *a, const struct light *b)
{
    double sum = 0, area = 0;
    for (int i = 0; i < CT_FACETS; i++) {
        if (!(a->mm2[i] > 0 && b->mm2[i] > 0))
            continue;
        const int n = field->count++;
        field->ratio[n] = (double)b->log_y[i] - (double)a->log_y[i];
        field->area[n] = (double)fminf(a->mm2[i], b->mm2[i]);
        field->middle[n] = face->shape[i].middle;
        sum += field->area[n] * field->ratio[n];
        area += field->area[n];
    }
    for (int n = 0; n < field->count; n++)
        field->ratio[n] -= sum / area;
}

static double smoothed(const struct field *field, int at)
{
    double sum = 0, weights = 0;
    for (int i = 0; i < field->count; i++) {
        double d2 = 0;
        for (int k = 0; k < 3; k++) {
            const double d =
                (double)field->middle[i][k] - (double)field->middle[at][k];
            d2 += d * d;
        }
        if (d2 > 16 * smooth_mm * smooth_mm)
            continue;
        const double w =
            field->area[i] * ct_exp(-d2 / (2 * smooth_mm * smooth_mm));
        sum += w * field->ratio[i];
        weights += w;
    }
    return sum / weights;
}

cutis_status ct_match_light(struct pair *out, const struct face *face,
                            const struct light *before,
                            const struct light *after, struct tools *tools)
{
    out->light_angle_deg = angle_between(before, after);
    out->illumination = NAN;
    if (!face->shape)
        return CUTIS_OK;
    struct field *const field = ct_alloc(&tools->memory, 1, sizeof(*field));
    if (!field)
        return ct_no_memory(tools);
    take_ratios(field, face, before, after);
    double sum = 0, area = 0;
    for (int i = 0; i < field->count; i++) {
        const double ratio = smoothed(field, i);
        sum += field->area[i] * ratio * ratio;
        area += field->area[i];
    }
    if (field->count >= FEWEST)
        out->illumination = sqrt(sum / area);
    ct_free(field);
    return CUTIS_OK;
}
