/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The regions that the analyser reports, found on the phantom itself: their
 * outlines run over landmarks, the face being unrolled on a cylinder.
 */

#include "phantom/phantom.h"

#include <string.h>

#include "face/mask.h"

static const float soft_mm = 1.5f; /* half of a treated region's border */

/* The analyser's frame has y down and z away from the camera. */
static void unroll(double out[2], struct vec at)
{
    const double point[3] = {(double)at.x, -(double)at.y, -(double)at.z};
    ct_unroll(out, point);
}

/* A region's index by name, or -1. */
static int find(const char *name, size_t length)
{
    for (int r = 0; r < CT_REGIONS; r++) {
        const char *own = cutis_region_at((size_t)r)->name;
        if (strlen(own) == length && !memcmp(own, name, length))
            return r;
    }
    return -1;
}

static cutis_status choose(struct regions *regions, const char *names,
                           struct tools *tools)
{
    while (*names) {
        const size_t length = strcspn(names, ",");
        const int region = find(names, length);
        if (region < 0)
            return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                           "\"%.*s\" is not the name of a region", (int)length,
                           names);
        regions->treated[region] = true;
        names += length;
        names += *names == ',';
    }
    return CUTIS_OK;
}

static void set_outline(struct regions *regions, int region,
                        const struct outline *outline)
{
    double *low = regions->low[region], *high = regions->high[region];
    low[0] = low[1] = INFINITY;
    high[0] = high[1] = -INFINITY;
    regions->corners[region] = outline->count;
    for (int i = 0; i < outline->count; i++) {
        const double at[2] = {outline->at[i].x, outline->at[i].y};
        for (int k = 0; k < 2; k++) {
            regions->outline[region][i][k] = at[k];
            low[k] = fmin(low[k], at[k]);
            high[k] = fmax(high[k], at[k]);
        }
    }
}

cutis_status ct_regions_make(struct regions *out, const struct mesh *mesh,
                             const struct person *person, const char *treated,
                             struct tools *tools)
{
    double canonical[CT_VERTICES][3];
    cutis_point at[CT_VERTICES];
    if (!ct_surface_canonical(canonical))
        return ct_fail(tools, CUTIS_ERROR_UNSUPPORTED,
                       "this build has no face model");

    for (int i = 0; i < CT_VERTICES; i++) {
        struct vec place =
            i < CT_POINTS
                ? mesh->rest[i]
                : ct_vec(canonical[i][0], -canonical[i][1], -canonical[i][2]);
        if (i >= CT_POINTS)
            place = ct_identity(place, person);
        double flat[2];
        unroll(flat, place);
        at[i] = (cutis_point){flat[0], flat[1]};
    }

    const struct marks landmarks = {CT_VERTICES, at};
    struct regions *regions = out;
    *regions = (struct regions){.treated = {false}};
    for (int r = 0; r < CT_FACE_REGION; r++) {
        struct outline outline;
        ct_region_outline(&outline, r, &landmarks);
        set_outline(regions, r, &outline);
    }
    return choose(regions, treated, tools);
}

/* Whether a place is within `margin` mm of the region's box. */
static bool in_box(const struct regions *regions, int region,
                   const double at[2], double margin)
{
    for (int k = 0; k < 2; k++)
        if (at[k] < regions->low[region][k] - margin ||
            at[k] > regions->high[region][k] + margin)
            return false;
    return true;
}

/* Signed distance, mm; inside > 0. */
static double depth(const struct regions *regions, int region,
                    const double at[2])
{
    const int n = regions->corners[region];
    const double(*p)[2] = regions->outline[region];
    double nearest = INFINITY;
    bool in = false;
    for (int i = 0, j = n - 1; i < n; j = i++) {
        const double ex = p[i][0] - p[j][0], ey = p[i][1] - p[j][1];
        const double px = at[0] - p[j][0], py = at[1] - p[j][1];
        const double whole = ex * ex + ey * ey;
        const double t = whole > 0.0
                             ? fmin(fmax((px * ex + py * ey) / whole, 0.0), 1.0)
                             : 0.0;
        const double dx = px - t * ex, dy = py - t * ey;
        nearest = fmin(nearest, dx * dx + dy * dy);
        if ((p[j][1] > at[1]) != (p[i][1] > at[1]) &&
            at[0] < ex * (at[1] - p[j][1]) / ey + p[j][0])
            in = !in;
    }
    return in ? sqrt(nearest) : -sqrt(nearest);
}

int ct_region_at(const struct regions *regions, struct vec at)
{
    double flat[2];
    unroll(flat, at);
    for (int r = 0; r < CT_FACE_REGION; r++)
        if (at.z > -45.0f && in_box(regions, r, flat, 0.0) &&
            depth(regions, r, flat) > 0.0)
            return r;
    return CT_NO_REGION;
}

float ct_treated_at(const struct regions *regions, struct vec at)
{
    if (regions->treated[CT_FACE_REGION])
        return 1.0f;
    double flat[2];
    float most = -INFINITY;
    unroll(flat, at);
    for (int r = 0; r < CT_FACE_REGION; r++)
        if (regions->treated[r] && at.z > -45.0f &&
            in_box(regions, r, flat, 2.0 * (double)soft_mm))
            most = ct_max(most, (float)depth(regions, r, flat));
    return ct_step(-soft_mm, soft_mm, most);
}
