/* SPDX-License-Identifier: BSD-2-Clause */

#include "phantom/targets.h"

#include <string.h>

static const float card_reflectance = 0.18f;
static const float frame_reflectance = 0.03f; /* between the patches */
static const double patch_share = 0.8;        /* of the pitch */

/* The chart as it is made since November 2014, adapted to D65. */
static const float patches[CT_PATCHES][3] = {
    {.1737f, .07877f, .05285f},  {.55984f, .27739f, .21086f},
    {.10422f, .18891f, .32892f}, {.10577f, .15074f, .05083f},
    {.22747f, .21239f, .42643f}, {.11536f, .50743f, .41111f},
    {.74596f, .20206f, .02984f}, {.05875f, .10118f, .38774f},
    {.56016f, .08009f, .11456f}, {.10918f, .04199f, .13813f},
    {.33283f, .49735f, .04257f}, {.77112f, .35783f, .02042f},
    {.02096f, .04754f, .28412f}, {.0461f, .29204f, .06147f},
    {.4462f, .03636f, .04054f},  {.8418f, .57431f, .00462f},
    {.52237f, .07776f, .28929f}, {-.0439f, .23367f, .37718f},
    {.87967f, .88494f, .83418f}, {.58459f, .59211f, .58443f},
    {.35775f, .36704f, .36524f}, {.19012f, .19085f, .1898f},
    {.08594f, .08873f, .0898f},  {.03136f, .03149f, .03232f}};

/* Drawn pixels of a place in the plane of the eyes, mm from the middle. */
static double in_plane(double at[2], const struct optics *optics, double x,
                       double y)
{
    const double k = optics->focal / optics->distance;
    at[0] = optics->middle[0] + k * x;
    at[1] = optics->middle[1] - k * y;
    return k;
}

bool ct_card_box(double low[2], double high[2], const struct optics *optics,
                 const struct camera *camera)
{
    if (camera->card[2] <= 0.0)
        return false;
    double at[2];
    const double k = in_plane(at, optics, camera->card[0], camera->card[1]);
    const double half = 0.5 * camera->card[2] * k;
    for (int i = 0; i < 2; i++) {
        low[i] = at[i] - half;
        high[i] = at[i] + half;
    }
    return true;
}

void ct_targets_make(struct targets *out, const struct optics *optics,
                     const struct camera *camera)
{
    *out = (struct targets){0};
    out->card = ct_card_box(out->low, out->high, optics, camera);
    out->chart = camera->chart[2] > 0.0;
    if (!out->chart)
        return;
    double at[2];
    const double k = in_plane(at, optics, camera->chart[0], camera->chart[1]);
    out->pitch = k * camera->chart[2] / CT_CHART_ACROSS;
    out->corner[0] = at[0] - 0.5 * CT_CHART_ACROSS * out->pitch;
    out->corner[1] = at[1] - 0.5 * CT_CHART_DOWN * out->pitch;
}

const float *ct_patch_light(int patch)
{
    return patches[patch];
}

double ct_patch_middle(const struct targets *targets, int patch, double at[2])
{
    const int column = patch % CT_CHART_ACROSS, row = patch / CT_CHART_ACROSS;
    at[0] = targets->corner[0] + (column + 0.5) * targets->pitch;
    at[1] = targets->corner[1] + (row + 0.5) * targets->pitch;
    return 0.5 * patch_share * targets->pitch;
}

static bool on_chart(const struct targets *targets, double x, double y,
                     float rgb[3])
{
    const double u = (x - targets->corner[0]) / targets->pitch;
    const double v = (y - targets->corner[1]) / targets->pitch;
    if (!targets->chart || u < 0.0 || v < 0.0 || u >= CT_CHART_ACROSS ||
        v >= CT_CHART_DOWN)
        return false;
    const int patch = (int)v * CT_CHART_ACROSS + (int)u;
    double middle[2];
    const double half = ct_patch_middle(targets, patch, middle);
    const bool in = fabs(x - middle[0]) < half && fabs(y - middle[1]) < half;
    for (int c = 0; c < 3; c++)
        rgb[c] = in ? patches[patch][c] : frame_reflectance;
    return true;
}

bool ct_target_at(const struct targets *targets, int x, int y, float rgb[3])
{
    const double px = x + 0.5, py = y + 0.5;
    if (targets->card && px >= targets->low[0] && py >= targets->low[1] &&
        px <= targets->high[0] && py <= targets->high[1]) {
        rgb[0] = rgb[1] = rgb[2] = card_reflectance;
        return true;
    }
    return on_chart(targets, px, py, rgb);
}
