/* SPDX-License-Identifier: BSD-2-Clause */

/* Runs of samples as linear sRGB under D65: a table and, beyond sRGB, a matrix;
 * or lcms2.  Everything is read, nothing written but the result. */

#include <math.h>

#include "acquire/acquire.h"
#include "signal/vec.h"

enum { RUN = 256 }; /* pixels on their way through lcms2 */

/* Sample i of a picture, whatever its depth. */
static inline unsigned sample(const struct picture *picture, size_t i)
{
    return picture->bits == 8 ? ((const uint8_t *)picture->samples)[i]
                              : ((const uint16_t *)picture->samples)[i];
}

/* Are the samples sRGB's, so that no matrix follows the table? */
static bool is_srgb(const struct picture *picture)
{
    return picture->space == CT_SRGB || picture->space == CT_ASSUMED_SRGB;
}

static void look_up_grey(const struct picture *picture, size_t at, size_t n,
                         float *red, float *green, float *blue)
{
    const float *table = picture->to_linear;

    for (size_t i = 0; i < n; i++)
        red[i] = green[i] = blue[i] = table[sample(picture, at + i)];
}

/* One channel of four pixels, which is one store instead of four. */
static inline quad look_up_four(const float *table, const uint8_t *at)
{
    return (quad){table[at[0]], table[at[3]], table[at[6]], table[at[9]]};
}

static void look_up8(const float *table, const uint8_t *at, size_t n,
                     float *red, float *green, float *blue)
{
    size_t i = 0;
    for (; i + QUAD <= n; i += QUAD) {
        *(quad *)(red + i) = look_up_four(table, at + 3 * i);
        *(quad *)(green + i) = look_up_four(table, at + 3 * i + 1);
        *(quad *)(blue + i) = look_up_four(table, at + 3 * i + 2);
    }
    for (; i < n; i++) {
        red[i] = table[at[3 * i]];
        green[i] = table[at[3 * i + 1]];
        blue[i] = table[at[3 * i + 2]];
    }
}

static void look_up16(const float *table, const uint16_t *at, size_t n,
                      float *red, float *green, float *blue)
{
    for (size_t i = 0; i < n; i++) {
        red[i] = table[at[3 * i]];
        green[i] = table[at[3 * i + 1]];
        blue[i] = table[at[3 * i + 2]];
    }
}

static void mix(const float m[9], size_t n, float *red, float *green,
                float *blue)
{
    for (size_t i = 0; i < n; i++) {
        const float r = red[i], g = green[i], b = blue[i];
        red[i] = m[0] * r + m[1] * g + m[2] * b;
        green[i] = m[3] * r + m[4] * g + m[5] * b;
        blue[i] = m[6] * r + m[7] * g + m[8] * b;
    }
}

/* A hostile profile may compute anything; light is finite. */
static float bounded(float light)
{
    const float most = 16.0f;

    if (isnan(light))
        return 0.0f;
    return light > most ? most : light < -most ? -most : light;
}

static void by_profile(const struct picture *picture, size_t at, size_t n,
                       float *red, float *green, float *blue)
{
    const size_t channels = (size_t)picture->channels;
    const float top = picture->bits == 8 ? 255.0f : 65535.0f;
    float samples[RUN * 3];
    float rgb[RUN * 3];

    for (size_t done = 0; done < n; done += RUN) {
        const size_t run = n - done < RUN ? n - done : RUN;
        const size_t from = (at + done) * channels;
        for (size_t i = 0; i < run * channels; i++)
            samples[i] = (float)sample(picture, from + i) / top;
        ct_icc_apply(picture->icc_transform, samples, rgb, (int)run);
        for (size_t i = 0; i < run; i++) {
            red[done + i] = bounded(rgb[3 * i]);
            green[done + i] = bounded(rgb[3 * i + 1]);
            blue[done + i] = bounded(rgb[3 * i + 2]);
        }
    }
}

void ct_picture_linear(const struct picture *picture, int x, int y, int n,
                       float *red, float *green, float *blue)
{
    const size_t at = ct_picture_index(picture, x, y);
    const size_t count = (size_t)n;
    const float *table = picture->to_linear;

    if (picture->space == CT_ICC) {
        by_profile(picture, at, count, red, green, blue);
        return;
    }
    if (picture->channels == 1) {
        look_up_grey(picture, at, count, red, green, blue);
        return;
    }
    if (picture->bits == 8)
        look_up8(table, (const uint8_t *)picture->samples + 3 * at, count, red,
                 green, blue);
    else
        look_up16(table, (const uint16_t *)picture->samples + 3 * at, count,
                  red, green, blue);
    if (!is_srgb(picture))
        mix(picture->matrix, count, red, green, blue);
}

void ct_picture_red(const struct picture *picture, int x, int y, int n,
                    float *red, float *rest)
{
    const float *const table = picture->to_linear;
    const size_t at = ct_picture_index(picture, x, y);

    if (!is_srgb(picture) || picture->channels == 1 || picture->bits != 8) {
        ct_picture_linear(picture, x, y, n, red, rest, rest + n);
        return;
    }
    const uint8_t *const samples = (const uint8_t *)picture->samples + 3 * at;
    for (int i = 0; i < n; i++)
        red[i] = table[samples[3 * (size_t)i]];
}

void ct_picture_linear_at(const struct picture *picture, const int *x, int y,
                          int n, float *red, float *green, float *blue)
{
    const float *const table = picture->to_linear;
    const size_t row = ct_picture_index(picture, picture->left, y);

    if (picture->space == CT_ICC || picture->channels == 1 ||
        picture->bits != 8) {
        for (int i = 0; i < n; i++)
            ct_picture_linear(picture, x[i], y, 1, &red[i], &green[i],
                              &blue[i]);
        return;
    }
    const uint8_t *const samples = (const uint8_t *)picture->samples + 3 * row;
    for (int i = 0; i < n; i++) {
        const uint8_t *const at = samples + 3 * (size_t)(x[i] - picture->left);
        red[i] = table[at[0]];
        green[i] = table[at[1]];
        blue[i] = table[at[2]];
    }
    if (!is_srgb(picture))
        mix(picture->matrix, (size_t)n, red, green, blue);
}

void ct_picture_linear_mean(const struct picture *picture, int x, int y, int n,
                            float *red, float *green, float *blue)
{
    const size_t at = ct_picture_index(picture, x, y);
    const float *const table = picture->to_linear;
    const bool plain = is_srgb(picture);

    ct_picture_linear(picture, x, y, n, red, green, blue);
    /* Only a JPEG, which has 8 bits, has a rest. */
    if (!picture->rest[0].at || picture->space == CT_ICC)
        return;
    for (int i = 0; i < n; i++) {
        float rest[3];
        ct_picture_rest(picture, x + i, y, rest);
        for (size_t c = 0; c < 3; c++) {
            const unsigned s = sample(picture, 3 * (at + (size_t)i) + c);
            const unsigned low = s > 0 ? s - 1 : 0, high = s < 255 ? s + 1 : s;
            rest[c] *= (table[high] - table[low]) / (float)(high - low);
        }
        if (!plain)
            mix(picture->matrix, 1, &rest[0], &rest[1], &rest[2]);
        red[i] += rest[0];
        green[i] += rest[1];
        blue[i] += rest[2];
    }
}
