/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What an ICC profile is, by its numbers: not by its name, which anybody can
 * write, nor by its hash, of which there are hundreds for sRGB alone.  Only
 * what is needed to tell sRGB and Display P3 is read; all other profiles are
 * left to lcms2.
 */

#include <math.h>
#include <string.h>

#include "acquire/acquire.h"

enum { HEADER = 128, ENTRY = 12 };

static bool is(const uint8_t *at, const char *signature)
{
    return memcmp(at, signature, 4) == 0;
}

/* A signed 16.16 number. */
static double fixed(const uint8_t *at)
{
    const int64_t raw = (int64_t)ct_be32(at);

    return (double)(raw < INT64_C(0x80000000) ? raw
                                              : raw - INT64_C(0x100000000)) /
           65536.0;
}

/* The data of a tag; empty if there is none, or not within the profile. */
static struct span tag(struct span profile, const char *signature)
{
    const size_t room = (profile.size - HEADER - 4) / ENTRY;
    const uint32_t promised = ct_be32(profile.at + HEADER);
    const size_t count = promised < room ? promised : room;

    for (size_t i = 0; i < count; i++) {
        const uint8_t *entry = profile.at + HEADER + 4 + i * ENTRY;
        if (!is(entry, signature))
            continue;
        const size_t offset = ct_be32(entry + 4);
        const size_t size = ct_be32(entry + 8);
        if (offset > profile.size || size > profile.size - offset)
            break;
        return (struct span){profile.at + offset, size};
    }
    return (struct span){0};
}

/* Tables that would go before matrix and curves. */
static bool has_tables(struct span profile)
{
    static const char names[][5] = {"A2B0", "A2B1", "A2B2", "D2B0",
                                    "D2B1", "D2B2", "D2B3"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (tag(profile, names[i]).at)
            return true;
    return false;
}

/* The columns of RGB to XYZ under D50. */
static bool read_matrix(double out[9], struct span profile)
{
    static const char names[3][5] = {"rXYZ", "gXYZ", "bXYZ"};

    for (int k = 0; k < 3; k++) {
        const struct span column = tag(profile, names[k]);
        if (column.size < 20 || !is(column.at, "XYZ "))
            return false;
        for (int i = 0; i < 3; i++)
            out[3 * i + k] = fixed(column.at + 8 + 4 * i);
    }
    return true;
}

/* ---- Curves -------------------------------------------------------------- */

/* A sampled curve at x in [0,1]; `count` points from `at` on, 16 bits. */
static double sampled(const uint8_t *at, uint32_t count, double x)
{
    const double place = x * (count - 1);
    const double below = floor(place);
    const uint32_t i = (uint32_t)below;
    const double a = ct_be16(at + 2 * (size_t)i);
    const double b = i + 1 < count ? ct_be16(at + 2 * (size_t)i + 2) : a;

    return (a + (b - a) * (place - below)) / 65535.0;
}

/* A parametric curve, types 0 to 4 of ICC.1:2022 10.18, brought to type 4:
 * (a x + b)^g + e from d on, c x + f before. */
static double parametric(const double p[7], double x)
{
    const double g = p[0], a = p[1], b = p[2], c = p[3], d = p[4];

    if (x < d)
        return c * x + p[6];
    const double base = a * x + b;
    return (base > 0.0 ? ct_pow(base, g) : 0.0) + p[5];
}

static bool read_parametric(double out[7], struct span curve)
{
    static const int counts[5] = {1, 3, 4, 5, 7};
    double p[7] = {0.0};

    if (curve.size < 12 || ct_be16(curve.at + 8) > 4)
        return false;
    const unsigned type = ct_be16(curve.at + 8);
    if (curve.size < 12 + 4 * (size_t)counts[type])
        return false;
    for (int i = 0; i < counts[type]; i++)
        p[i] = fixed(curve.at + 12 + 4 * i);

    const double shift = type == 2 ? p[3] : p[5]; /* added to the power */
    const double start = type >= 3                ? p[4]
                         : type > 0 && p[1] > 0.0 ? -p[2] / p[1]
                                                  : 0.0;
    const double all[7] = {
        p[0],  type > 0 ? p[1] : 1.0,   p[2], type >= 3 ? p[3] : 0.0, start,
        shift, type == 2 ? p[3] : p[6],
    };
    memcpy(out, all, sizeof(all));
    return true;
}

/* Whether a curve decodes every 8-bit code as sRGB does, within what rounding
 * to 16 bits or to a table of some hundred points does to it. */
static bool is_srgb_curve(struct span curve)
{
    const double within = 2e-4, share = 1e-3;
    double p[7];
    const bool formula = curve.size >= 4 && is(curve.at, "para");

    if (formula && !read_parametric(p, curve))
        return false;
    if (!formula && (curve.size < 12 || !is(curve.at, "curv")))
        return false;
    const uint32_t count = formula ? 0 : ct_be32(curve.at + 8);
    if (!formula && (count < 2 || count > (curve.size - 12) / 2))
        return false;

    for (int i = 0; i <= 255; i++) {
        const double x = i / 255.0;
        const double wanted = ct_srgb_decode(x);
        const double is_here =
            formula ? parametric(p, x) : sampled(curve.at + 12, count, x);
        if (!(fabs(is_here - wanted) <= within + share * wanted))
            return false;
    }
    return true;
}

/* ---- The whole ----------------------------------------------------------- */

/* Columns as in the profile, which has them in 1/65536, after the roundings
 * that different makers' tools did on the way to D50. */
static bool matches(const double matrix[9], const struct primaries *primaries)
{
    const double within = 6e-4;
    double wanted[9];

    ct_primaries_to_d50(wanted, primaries);
    for (int i = 0; i < 9; i++)
        if (!(fabs(matrix[i] - wanted[i]) <= within))
            return false;
    return true;
}

enum ct_profile ct_profile_recognise(struct span profile, int channels)
{
    double matrix[9];

    if (profile.size < HEADER + 4 || !is(profile.at + 36, "acsp") ||
        ct_be32(profile.at) > profile.size)
        return CT_PROFILE_BROKEN;
    if (channels == 1 && is(profile.at + 16, "GRAY"))
        return CT_PROFILE_OTHER;
    if (!is(profile.at + 16, "RGB "))
        return CT_PROFILE_BROKEN;
    if (!is(profile.at + 20, "XYZ ") || has_tables(profile) ||
        !read_matrix(matrix, profile) || !is_srgb_curve(tag(profile, "rTRC")) ||
        !is_srgb_curve(tag(profile, "gTRC")) ||
        !is_srgb_curve(tag(profile, "bTRC")))
        return CT_PROFILE_OTHER;
    if (matches(matrix, &ct_primaries_srgb))
        return CT_PROFILE_SRGB;
    if (matches(matrix, &ct_primaries_p3))
        return CT_PROFILE_P3;
    return CT_PROFILE_OTHER;
}
