/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Features that are lines: wrinkles where faces fold, and hairs of brows and
 * lashes.  Drawn from the front and laid onto the face, as short segments.
 */

#include "phantom/phantom.h"

#include "phantom/place.h"

enum { WRINKLE_STEPS = 48, HAIR_STEPS = 4 };

/* ---- Wrinkles ------------------------------------------------------------ */

/* A family of lines: from, to (as the front shows them, on the subject's left
 * where mirrored), how far the middle bends aside and the next lies away. */
struct family {
    float from[2], to[2];
    float bend;
    float apart[2];
    int lines;
    int mirrored;
    float deep; /* relative to the person's deepest */
    float wide; /* FWHM, mm */
};

static const struct family families[] = {
    {{-34, 60}, {34, 60}, 3.0f, {0, 9}, 4, 0, 1.0f, 0.62f}, /* forehead */
    {{49, 27}, {66, 33}, -1.5f, {1.5f, -5.5f}, 4, 1, 0.8f, 0.38f}, /* crow's */
    {{14, 16}, {38, 13}, -3.0f, {2, -3.4f}, 3, 1, 0.5f, 0.30f}, /* under eye */
    {{5, 35}, {7, 53}, 1.0f, {3.5f, 0}, 2, 1, 0.8f, 0.45f},     /* glabella */
    {{17, -15}, {29, -42}, 3.5f, {3, -2}, 1, 1, 1.0f, 0.60f},   /* nasolabial */
    {{4, -31}, {5, -23}, 0.3f, {4.5f, -0.6f}, 3, 1, 0.4f, 0.25f}, /* lip */
    {{27, -50}, {29, -64}, 1.0f, {3, 0}, 1, 1, 0.7f, 0.45f}, /* mouth corner */
};

enum { FAMILIES = sizeof(families) / sizeof(families[0]) };

/* One line from end to end. */
struct course {
    float ends[4];
    float bend;
    float depth, sigma; /* mm */
    uint16_t line;
};

/* One line, with the wobble that skin has. */
static cutis_status add_wrinkle(struct tissue *tissue,
                                const struct front *front,
                                const struct traits *marks,
                                const struct course *course, double factor,
                                struct random *random, struct tools *tools)
{
    const float *ends = course->ends;
    const float dx = ends[2] - ends[0], dy = ends[3] - ends[1];
    const float length = sqrtf(dx * dx + dy * dy);
    const float phase = 6.2832f * (float)ct_random_uniform(random);
    const float sway = 0.012f * length * (float)ct_random_normal(random);
    const uint32_t seed = (uint32_t)ct_random_next(random);
    const int steps = (int)ct_clamp(length / 1.1f, 6, WRINKLE_STEPS * 2);
    cutis_status status = CUTIS_OK;

    struct vec last = {0};
    for (int i = 0; i <= steps; i++) {
        const float t = (float)i / (float)steps;
        const float wobble =
            ct_solid_noise(ct_vec(t * length / 5.0, 0, 0), seed, 0);
        const float aside = course->bend * 4.0f * t * (1.0f - t) +
                            sway * sinf(6.2832f * 1.3f * t + phase) +
                            0.22f * wobble;
        const double x = (double)(ends[0] + t * dx - aside * dy / length);
        const double y = (double)(ends[1] + t * dy + aside * dx / length);
        const struct vec at = ct_front_at(front, x, y);
        const float taper = ct_step(0.0f, 0.22f, t) * ct_step(1.0f, 0.78f, t);
        const float uneven =
            1.0f +
            0.25f * ct_solid_noise(ct_vec(t * length / 9.0, 7, 0), seed, 0);
        const float less =
            1.0f + (float)(factor - 1.0) * ct_treated_at(&tissue->regions, at);
        const float amount =
            course->depth * taper * ct_max(uneven, 0.1f) * less;
        if (i > 0 && ct_is_bare(marks, at) && amount > 0.002f) {
            const struct feature part = {.a = last,
                                         .b = at,
                                         .sigma = course->sigma,
                                         .amount = amount,
                                         .kind = CT_F_WRINKLE,
                                         .line = course->line,
                                         .id =
                                             course->line * 256U + (uint32_t)i};
            TRY(ct_feature_add(&tissue->features, part, tools));
        }
        last = at;
    }
done:
    return status;
}

/* Ends of one line of a family, as this person has it. */
static void place_line(float ends[4], const struct family *family, int i,
                       float sign, struct random *random)
{
    const float spread = 0.12f;
    for (int k = 0; k < 2; k++) {
        const float away = family->apart[k] * (float)i;
        const float n = (float)ct_random_normal(random);
        const float m = (float)ct_random_normal(random);
        const float reach = fabsf(family->to[k] - family->from[k]) + 4.0f;
        ends[k] = family->from[k] + away + spread * reach * n;
        ends[2 + k] = family->to[k] + away * 1.25f + spread * reach * m;
    }
    ends[0] *= sign;
    ends[2] *= sign;
}

/* Line `i` of a family on this person; a depth of 0 is none. */
static struct course course_of(const struct person *person,
                               const struct family *family, int i, int side,
                               struct random *random)
{
    const float sign = side ? -1.0f : 1.0f;
    struct course course = {.bend = family->bend * sign};
    place_line(course.ends, family, i, sign, random);
    const float own = 0.55f + 0.45f * (float)ct_random_uniform(random);
    const float age =
        ct_clamp((float)person->wrinkles * 1.4f - 0.25f * (float)i, 0.0f, 1.6f);
    course.depth = (float)person->wrinkle_depth * family->deep * own * age;
    course.sigma = family->wide * (0.8f + 0.4f * own) / 2.3548f;
    return course;
}

cutis_status ct_add_wrinkles(struct tissue *tissue, const struct front *front,
                             const struct traits *marks,
                             const struct scene *scene, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    uint16_t line = 0;
    struct random random;
    ct_random_seed(&random, ct_hash(scene->person.seed, "wrinkles", 8));

    for (int f = 0; f < FAMILIES; f++) {
        const struct family *family = &families[f];
        const int count = family->lines * (1 + family->mirrored);
        for (int i = 0; i < count; i++) {
            struct course course =
                course_of(&scene->person, family, i % family->lines,
                          i / family->lines, &random);
            course.line = ++line;
            if (course.depth > 0.004f)
                TRY(add_wrinkle(tissue, front, marks, &course,
                                scene->treatment.wrinkles, &random, tools));
        }
    }
done:
    return status;
}

/* ---- Hairs --------------------------------------------------------------- */

static cutis_status add_stroke(struct tissue *tissue, const struct front *front,
                               const double from[2], double angle,
                               double length, double bend, double half_width,
                               float opacity, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    double x = from[0], y = from[1];
    struct vec last = ct_front_at(front, x, y);
    for (int i = 1; i <= HAIR_STEPS; i++) {
        const double t = (double)i / HAIR_STEPS;
        x += cos(angle + bend * t) * length / HAIR_STEPS;
        y += sin(angle + bend * t) * length / HAIR_STEPS;
        const struct vec at = ct_front_at(front, x, y);
        const struct feature part = {
            .a = last,
            .b = at,
            .sigma = (float)(half_width * (1.15 - 0.75 * t)),
            .amount = opacity,
            .kind = CT_F_HAIR};
        TRY(ct_feature_add(&tissue->features, part, tools));
        last = at;
    }
done:
    return status;
}

/* t from the nose out, v from the lower edge up. */
static void in_brow(double out[2], const struct vec brow[10], double t,
                    double v)
{
    const double place = (1.0 - t) * 4.0;
    const int i = place >= 4.0 ? 3 : (int)place;
    const double s = place - i;
    const struct vec *low = brow, *high = brow + 5;
    out[0] = (1 - v) * ((1 - s) * (double)low[i].x + s * (double)low[i + 1].x) +
             v * ((1 - s) * (double)high[i].x + s * (double)high[i + 1].x);
    out[1] = (1 - v) * ((1 - s) * (double)low[i].y + s * (double)low[i + 1].y) +
             v * ((1 - s) * (double)high[i].y + s * (double)high[i + 1].y);
}

static cutis_status add_brow(struct tissue *tissue, const struct front *front,
                             const struct vec brow[10], double sign,
                             double dense, struct random *random,
                             struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    const int count = (int)(560.0 * dense);
    for (int i = 0; i < count; i++) {
        const double t = 0.02 + 0.94 * ct_random_uniform(random);
        const double v = 0.14 + 0.66 * ct_random_uniform(random);
        double from[2];
        in_brow(from, brow, t, v);
        /* Up near the nose, then along the arch; from above, down into it. */
        const double up = 1.25 * exp(-t / 0.22) + 0.28 - 0.75 * t +
                          (0.5 - v) * 0.7 * (t > 0.2);
        const double angle = up + 0.13 * ct_random_normal(random);
        const double length = (4.6 + 1.6 * ct_random_normal(random)) *
                              (1.0 - 0.25 * fabs(2.0 * t - 0.9));
        TRY(add_stroke(tissue, front, from,
                       sign > 0 ? angle : 3.14159265 - angle, length,
                       -0.35 * sign, 0.060, 0.85f, tools));
    }
done:
    return status;
}

static cutis_status add_lashes(struct tissue *tissue, const struct front *front,
                               const struct vec eye[64], double sign,
                               struct random *random, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    for (int i = 0; i < 150; i++) {
        const int upper = i < 95;
        const double place = (upper ? 3.0 : 36.0) +
                             (upper ? 27.0 : 24.0) * ct_random_uniform(random);
        const struct vec root = eye[(int)place & 63];
        /* Contours start at the outer corner and run over the upper lid. */
        const double t = (upper ? place : 64.0 - place) / 32.0;
        const double out = 0.95 - 1.25 * t;
        const double length = (upper ? 5.2 : 2.4) * (1.05 - 0.55 * t) *
                              (0.8 + 0.4 * ct_random_uniform(random));
        const double rise = (upper ? 1.0 : -1.0);
        const double angle =
            atan2(rise, out * 1.3 * sign) + 0.10 * ct_random_normal(random);
        const double from[2] = {(double)root.x, (double)root.y + rise * 0.25};
        TRY(add_stroke(tissue, front, from, angle, length,
                       rise * sign * 0.35 * (out > 0 ? 1 : -1),
                       upper ? 0.060 : 0.030, upper ? 0.9f : 0.55f, tools));
    }
done:
    return status;
}

cutis_status ct_add_hairs(struct tissue *tissue, const struct front *front,
                          const struct traits *marks, const struct scene *scene,
                          struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct random random;
    ct_random_seed(&random, ct_hash(scene->person.seed, "hairs", 5));
    const double dense =
        scene->person.hair * (0.75 + 0.55 * ct_random_uniform(&random));
    if (scene->person.hair <= 0.0)
        return CUTIS_OK;
    for (int side = 0; side < 2; side++) {
        const double sign = side ? 1.0 : -1.0;
        TRY(add_brow(tissue, front, marks->brow[side], sign, dense, &random,
                     tools));
        TRY(add_lashes(tissue, front, marks->eye[side], sign, &random, tools));
    }
done:
    return status;
}
