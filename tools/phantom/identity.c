/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Many people from one mesh: smooth bumps, each a Gaussian of displacement on
 * both sides of the face, drawn from the person's seed.  The two sides differ a
 * little, as they do.
 */

#include "phantom/phantom.h"

/* Where, which way and how much: mm; x mirrored for the subject's other side,
 * and only one where x = 0. */
struct bump {
    struct vec at, way;
    float reach, sd;
};

static const struct bump bumps[] = {
    {{60, -50, -10}, {1, 0, 0}, 30, 2.6f},       /* jaw, width */
    {{45, -72, 12}, {0.6f, -0.8f, 0}, 22, 1.8f}, /* jaw, corner */
    {{58, 0, 20}, {0.8f, 0, 0.6f}, 22, 1.8f},    /* cheekbone */
    {{40, -32, 36}, {0.4f, 0, 0.9f}, 20, 1.8f},  /* cheek, fullness */
    {{0, -88, 45}, {0, -0.6f, 0.8f}, 22, 2.4f},  /* chin */
    {{0, -11, 74}, {0, 0, 1}, 14, 1.8f},         /* nose, projection */
    {{0, -14, 70}, {0, -1, 0}, 15, 1.5f},        /* nose, length */
    {{16, -14, 56}, {1, 0, 0}, 9, 1.3f},         /* nose, wings */
    {{0, 18, 56}, {0, 0, 1}, 14, 1.6f},          /* nose, bridge */
    {{7, 16, 52}, {1, 0, 0}, 10, 0.7f},          /* nose, width of bridge */
    {{27, 46, 48}, {0, 0.2f, 1}, 16, 1.3f},      /* brow ridge */
    {{30, 47, 46}, {0, 1, 0}, 13, 1.3f},         /* brow, height */
    {{0, 72, 48}, {0, 0, 1}, 32, 2.0f},          /* forehead */
    {{42, 30, 34}, {0, 1, 0}, 9, 0.9f},          /* eyes, slant */
    {{31, 30, 38}, {0, 1, 0}, 7, 0.45f},         /* eyes, opening */
    {{25, -43, 43}, {1, 0, 0}, 12, 1.5f},        /* mouth, width */
    {{0, -34, 58}, {0, 0.9f, 0.4f}, 11, 0.8f},   /* upper lip */
    {{0, -53, 56}, {0, -0.9f, 0.4f}, 11, 0.9f},  /* lower lip */
    {{0, -46, 54}, {0, 1, 0}, 26, 1.2f},         /* mouth, height */
};

enum { BUMPS = sizeof(bumps) / sizeof(bumps[0]) };

struct identity {
    float sides[BUMPS][2];
    float wide, high;
};

/* A normal that stays within 1.6, so that nobody is a caricature. */
static float draw(struct random *random)
{
    return ct_clamp((float)ct_random_normal(random), -1.6f, 1.6f);
}

static struct identity make(const struct person *person)
{
    struct random random;
    ct_random_seed(&random, ct_hash(person->seed, "shape", 5));
    const float k = (float)person->shape;

    struct identity identity;
    for (int b = 0; b < BUMPS; b++) {
        const float both = draw(&random);
        for (int side = 0; side < 2; side++)
            identity.sides[b][side] =
                k * bumps[b].sd * (both + 0.15f * draw(&random));
    }
    identity.wide = 1.0f + 0.020f * k * draw(&random);
    identity.high = 1.0f + 0.022f * k * draw(&random);
    return identity;
}

static struct vec move(struct vec at, const struct identity *identity)
{
    struct vec moved = at;
    for (int b = 0; b < BUMPS; b++) {
        const struct bump *bump = &bumps[b];
        const int sides = bump->at.x > 0 ? 2 : 1;
        for (int side = 0; side < sides; side++) {
            const float sign = side ? -1.0f : 1.0f;
            const struct vec centre = {sign * bump->at.x, bump->at.y,
                                       bump->at.z};
            const struct vec way = {sign * bump->way.x, bump->way.y,
                                    bump->way.z};
            const struct vec d = ct_sub(at, centre);
            const float w =
                expf(-ct_dot(d, d) / (2.0f * bump->reach * bump->reach));
            moved = ct_along(moved, way, w * identity->sides[b][side]);
        }
    }
    /* About the eyes, whose distance is the scale of everything. */
    const float outer = ct_step(38.0f, 70.0f, fabsf(at.x));
    moved.x *= ct_mix(1.0f, identity->wide, outer);
    moved.y = 26.0f + (moved.y - 26.0f) * identity->high;
    return moved;
}

struct vec ct_identity(struct vec at, const struct person *person)
{
    const struct identity identity = make(person);
    return move(at, &identity);
}

void ct_identity_all(struct vec *at, int count, const struct person *person)
{
    const struct identity identity = make(person);
    for (int i = 0; i < count; i++)
        at[i] = move(at[i], &identity);
}
