/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The regions as polygons over the vertices of the face mesh (method 8.1).  r
 * and l are the subject's.  A few corners lie halfway between two vertices;
 * those have numbers of their own, as have the vertices above the mesh.
 */

#include "face/mask.h"

/* The top row of the upper forehead, image left to right. */
enum {
    UPPER_0 = CT_POINTS + (CT_UPPER_ROWS - 1) * CT_UPPER_COLUMNS,
    UPPER_1,
    UPPER_2,
    UPPER_3,
    UPPER_4,
    UPPER_5,
    UPPER_6
};

/* Midpoints of two vertices. */
enum {
    MID_293_333 = CT_VERTICES,
    MID_334_299,
    MID_296_337,
    MID_336_337,
    MID_9_151,
    MID_107_108,
    MID_66_108,
    MID_105_69,
    MID_63_104,
    CORNERS
};

static const uint16_t midpoints[CORNERS - CT_VERTICES][2] = {
    {293, 333}, {334, 299}, {296, 337}, {336, 337}, {9, 151},
    {107, 108}, {66, 108},  {105, 69},  {63, 104}};

/* clang-format off */
static const uint16_t forehead[] = {
    68, UPPER_0, UPPER_1, UPPER_2, UPPER_3, UPPER_4, UPPER_5, UPPER_6, 298,
    MID_293_333, MID_334_299, MID_296_337, MID_336_337, MID_9_151,
    MID_107_108, MID_66_108, MID_105_69, MID_63_104};

static const uint16_t forehead_mesh[] = {
    68, 103, 67, 109, 10, 338, 297, 332, 298, MID_293_333, MID_334_299,
    MID_296_337, MID_336_337, MID_9_151, MID_107_108, MID_66_108, MID_105_69,
    MID_63_104};

static const uint16_t glabella[] = {
    107, MID_9_151, 336, 285, 417, 168, 193, 55};

static const uint16_t nose[] = {
    6, 196, 174, 217, 198, 49, 48, 115, 218, 237, 44, 1, 274, 457, 438, 344,
    278, 279, 420, 437, 399, 419};

static const uint16_t cheek_r[] = {
    116, 117, 118, 119, 101, 36, 206, 207, 192, 213, 147, 123};

static const uint16_t cheek_l[] = {
    345, 346, 347, 348, 330, 266, 426, 427, 416, 433, 376, 352};

static const uint16_t crowsfeet_r[] = {
    124, 156, 143, 111, 31, 226, 113};

static const uint16_t crowsfeet_l[] = {
    353, 383, 372, 340, 261, 446, 342};

static const uint16_t infraorbital_r[] = {
    31, 228, 229, 230, 231, 232, 121, 120, 119, 118, 117, 111};

static const uint16_t infraorbital_l[] = {
    261, 448, 449, 450, 451, 452, 350, 349, 348, 347, 346, 340};

static const uint16_t perioral_upper[] = {
    98, 97, 2, 326, 327, 391, 322, 410, 291, 409, 270, 269, 267, 0, 37, 39,
    40, 185, 61, 186, 92, 165};

static const uint16_t perioral_lower[] = {
    61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 287, 273, 335, 406,
    313, 18, 83, 182, 106, 43, 57};

static const uint16_t chin[] = {
    204, 182, 83, 18, 313, 406, 424, 431, 262, 369, 396, 175, 171, 140, 32,
    211};

static const uint16_t jaw_r[] = {
    213, 192, 214, 212, 202, 210, 169, 150, 136, 172, 215};

static const uint16_t jaw_l[] = {
    433, 416, 434, 432, 422, 430, 394, 379, 365, 397, 435};

static const uint16_t eye_r[] = {
    33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161,
    246};

static const uint16_t eye_l[] = {
    263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387,
    388, 466};

static const uint16_t brow_r[] = {
    46, 53, 52, 65, 55, 107, 66, 105, 63, 70};

static const uint16_t brow_l[] = {
    276, 283, 282, 295, 285, 336, 296, 334, 293, 300};

static const uint16_t lips[] = {
    61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0,
    37, 39, 40, 185};

static const uint16_t nostrils[] = {
    98, 97, 2, 326, 327, 294, 278, 344, 438, 457, 274, 1, 44, 237, 218, 115,
    48, 64};

static const uint16_t oval[] = {
    UPPER_3, UPPER_4, UPPER_5, UPPER_6, 284, 251, 389, 356, 454, 323, 361,
    288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136, 172, 58,
    132, 93, 234, 127, 162, 21, 54, UPPER_0, UPPER_1, UPPER_2};
/* clang-format on */

struct polygon {
    const uint16_t *corners;
    size_t count;
};

#define POLYGON(name)                                                          \
    {                                                                          \
        name, sizeof(name) / sizeof(name[0])                                   \
    }

static const struct polygon regions[CT_FACE_REGION] = {
    [CT_FOREHEAD] = POLYGON(forehead),
    [CT_GLABELLA] = POLYGON(glabella),
    [CT_NOSE] = POLYGON(nose),
    [CT_CHEEK_R] = POLYGON(cheek_r),
    [CT_CHEEK_L] = POLYGON(cheek_l),
    [CT_CROWSFEET_R] = POLYGON(crowsfeet_r),
    [CT_CROWSFEET_L] = POLYGON(crowsfeet_l),
    [CT_INFRAORBITAL_R] = POLYGON(infraorbital_r),
    [CT_INFRAORBITAL_L] = POLYGON(infraorbital_l),
    [CT_PERIORAL_UPPER] = POLYGON(perioral_upper),
    [CT_PERIORAL_LOWER] = POLYGON(perioral_lower),
    [CT_CHIN] = POLYGON(chin),
    [CT_JAW_R] = POLYGON(jaw_r),
    [CT_JAW_L] = POLYGON(jaw_l),
};

static const struct polygon rings[CT_RINGS] = {
    [CT_EYE_R] = POLYGON(eye_r),   [CT_EYE_L] = POLYGON(eye_l),
    [CT_BROW_R] = POLYGON(brow_r), [CT_BROW_L] = POLYGON(brow_l),
    [CT_LIPS] = POLYGON(lips),     [CT_NOSTRILS] = POLYGON(nostrils),
    [CT_OVAL] = POLYGON(oval),
};

static const struct polygon upper_less = POLYGON(forehead_mesh);

static cutis_point corner(const cutis_point *at, uint16_t index)
{
    if (index < CT_VERTICES)
        return at[index];
    const uint16_t *const pair = midpoints[index - CT_VERTICES];
    return (cutis_point){(at[pair[0]].x + at[pair[1]].x) / 2,
                         (at[pair[0]].y + at[pair[1]].y) / 2};
}

static void trace(struct outline *out, const struct polygon *polygon,
                  const cutis_point *at)
{
    out->count = (int)polygon->count;
    for (size_t i = 0; i < polygon->count; i++)
        out->at[i] = corner(at, polygon->corners[i]);
}

void ct_region_outline(struct outline *out, int region,
                       const struct marks *marks)
{
    if (marks->count == CT_IBUG_POINTS)
        ct_ibug_region(out, region, marks->at);
    else
        trace(out, &regions[region], marks->at);
}

void ct_ring_outline(struct outline *out, enum ct_ring ring,
                     const struct marks *marks)
{
    if (marks->count == CT_IBUG_POINTS)
        ct_ibug_ring(out, ring, marks->at);
    else
        trace(out, &rings[ring], marks->at);
}

void ct_seed_outline(struct outline *out, int region, const struct marks *marks)
{
    if (region == CT_FOREHEAD && marks->count == CT_VERTICES)
        trace(out, &upper_less, marks->at);
    else
        ct_region_outline(out, region, marks);
}
