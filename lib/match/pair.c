/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What two photographs have in common: how their landmarks lie on each other,
 * and which template cells show skin in both.
 *
 * The work is done in an order that the photographs' contents decide, so that
 * swapping before and after swaps the result to the last bit.
 */

#include <math.h>
#include <string.h>

#include "match/refine.h"

enum { CELLS = CT_CELLS_X * CT_CELLS_Y };

/* Canthi, bridge of the nose, its base: what no expression moves (method
 * 9.1). */
static const uint16_t rigid[] = {33,  133, 362, 263, 168, 6, 197,
                                 195, 2,   98,  327, 4,   5};

void ct_pair_free(struct pair *pair)
{
    ct_bytes_free(&pair->skin[0]);
    ct_bytes_free(&pair->skin[1]);
    ct_warp_free(&pair->warp[0]);
    ct_warp_free(&pair->warp[1]);
}

/* ---- Geometry ------------------------------------------------------------ */

static void invert(double out[4], const double s[4])
{
    const double square = s[0] * s[0] + s[1] * s[1];
    const double a = s[0] / square, b = -s[1] / square;
    out[0] = a;
    out[1] = b;
    out[2] = -(a * s[2] - b * s[3]);
    out[3] = -(b * s[2] + a * s[3]);
}

/* Without landmarks, the middles of the crops lie on each other, by scale. */
static void by_middles(double out[4], const struct face *from,
                       const struct face *to)
{
    out[0] = to->scale / from->scale;
    out[1] = 0;
    out[2] = to->crop.x + to->crop.width / 2.0 -
             out[0] * (from->crop.x + from->crop.width / 2.0);
    out[3] = to->crop.y + to->crop.height / 2.0 -
             out[0] * (from->crop.y + from->crop.height / 2.0);
}

/* How far landmarks lie from where the similarity puts them, mm. */
static void residuals(struct pair *out, const struct face *from,
                      const struct face *to)
{
    double distance[CT_POINTS];
    const double *const s = out->similarity;
    /* px of `to` per mm: by the mean of both scales. */
    const double unit =
        sqrt(from->scale * sqrt(s[0] * s[0] + s[1] * s[1]) * to->scale);
    for (int i = 0; i < CT_POINTS; i++) {
        const cutis_point p = from->points[i], q = to->points[i];
        const double dx = s[0] * p.x - s[1] * p.y + s[2] - q.x;
        const double dy = s[1] * p.x + s[0] * p.y + s[3] - q.y;
        distance[i] = sqrt(dx * dx + dy * dy) / unit;
    }
    out->residual_median_mm = ct_quantile_d(distance, CT_POINTS, 0.5);
    out->residual_p95_mm = ct_quantile_d(distance, CT_POINTS, 0.95);
}

static cutis_status geometry(struct pair *out, const struct face *from,
                             const struct face *to, struct tools *tools)
{
    out->residual_median_mm = out->residual_p95_mm = NAN;
    out->nonrigid_rms_mm = out->identity = out->upper_face_mm = NAN;
    out->nearer = out->nearer_se = NAN;
    if (!from->point_count) {
        by_middles(out->similarity, from, to);
        return CUTIS_OK;
    }
    if (!ct_similarity(out->similarity, from->points, to->points, rigid,
                       sizeof(rigid) / sizeof(rigid[0])))
        return ct_fail(tools, CUTIS_ERROR_UNSUITABLE,
                       "the landmarks do not lie like a face");
    residuals(out, from, to);
    ct_nearer(&out->nearer, &out->nearer_se, from, to);

    double(*const mm)[CT_POINTS][3] = ct_alloc(&tools->memory, 2, sizeof(*mm));
    if (!mm)
        return ct_no_memory(tools);
    ct_landmarks_mm(mm[0], from);
    ct_landmarks_mm(mm[1], to);
    out->nonrigid_rms_mm = ct_rigid_rms((const double(*)[3])mm[0],
                                        (const double(*)[3])mm[1], CT_POINTS);
    out->identity =
        ct_bone_distance((const double(*)[3])mm[0], (const double(*)[3])mm[1]);
    if (from->scheme != CUTIS_LANDMARKS_IBUG68 &&
        to->scheme != CUTIS_LANDMARKS_IBUG68)
        out->upper_face_mm = ct_upper_face_rms((const double(*)[3])mm[0],
                                               (const double(*)[3])mm[1]);
    ct_free(mm);
    return CUTIS_OK;
}

/* ---- Cells --------------------------------------------------------------- */

struct tally {
    uint32_t all, skin;
};

/* valid[i] &= at least half of the cell's pixels are skin. */
static void keep_valid(uint8_t valid[CELLS], struct tally *tally,
                       const struct face *face)
{
    memset(tally, 0, CELLS * sizeof(*tally));
    for (int y = 0; y < face->skin.height; y++) {
        const uint8_t *const skin = ct_byte_row(&face->skin, y);
        const uint16_t *const cell =
            face->cell + (size_t)y * (size_t)face->skin.width;
        for (int x = 0; x < face->skin.width;) {
            const uint16_t here = cell[x];
            const int from = x;
            uint32_t seen = 0;
            while (x < face->skin.width && cell[x] == here)
                x++;
            for (int i = from; i < x; i++)
                seen += skin[i] != 0;
            tally[here].all += (uint32_t)(x - from);
            tally[here].skin += seen;
        }
    }
    for (int i = 0; i < CELLS; i++)
        if (!tally[i].all || 2 * tally[i].skin < tally[i].all)
            valid[i] = 0;
    valid[CT_NO_CELL] = 0;
}

static cutis_status common_skin(struct bytes *out, const struct face *face,
                                const uint8_t valid[CELLS], struct tools *tools)
{
    const cutis_status status =
        ct_bytes_create(out, face->skin.width, face->skin.height, tools);
    if (status != CUTIS_OK)
        return status;
    for (int y = 0; y < out->height; y++) {
        const uint8_t *const skin = ct_byte_row(&face->skin, y);
        const uint16_t *const cell =
            face->cell + (size_t)y * (size_t)face->skin.width;
        uint8_t *const row = ct_byte_row(out, y);
        const struct columns set = ct_columns_set(skin, out->width);
        for (int x = set.from; x < set.end; x++)
            row[x] = skin[x] && valid[cell[x]] ? 255 : 0;
    }
    return CUTIS_OK;
}

void ct_coverage(double out[CT_REGIONS], const struct face *face,
                 const struct bytes *mask)
{
    double valid[CT_REGIONS];
    ct_face_areas(valid, face, mask);
    for (int i = 0; i < CT_REGIONS; i++) {
        const double area = face->region_area_mm2[i];
        out[i] = area > 0 ? fmin(valid[i] / area, 1) : 0;
    }
}

static cutis_status cells(struct pair *out, const struct face *before,
                          const struct face *after, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    double coverage[2][CT_REGIONS];
    struct tally *const tally = ct_alloc(&tools->memory, CELLS, sizeof(*tally));
    uint8_t *const valid = ct_alloc_raw(&tools->memory, CELLS, 1);
    if (!tally || !valid)
        TRY(ct_no_memory(tools));

    memset(valid, 1, CELLS);
    keep_valid(valid, tally, before);
    TRY(ct_pulse(tools));
    keep_valid(valid, tally, after);
    TRY(common_skin(&out->skin[0], before, valid, tools));
    TRY(common_skin(&out->skin[1], after, valid, tools));
    TRY(ct_pulse(tools));
    ct_coverage(coverage[0], before, &out->skin[0]);
    TRY(ct_pulse(tools));
    ct_coverage(coverage[1], after, &out->skin[1]);
    for (int i = 0; i < CT_REGIONS; i++)
        out->coverage[i] = fmin(coverage[0][i], coverage[1][i]);
done:
    ct_free(tally);
    ct_free(valid);
    return status;
}

static int order_of_run(const struct skin *const *skin, int x, int y, int n)
{
    ct_run_room room[2];
    const struct light_run a = ct_skin_run(skin[0], x, y, n, room[0]);
    const struct light_run b = ct_skin_run(skin[1], x, y, n, room[1]);
    return memcmp(a.red, b.red, (size_t)n * sizeof(float));
}

/* < 0, 0, > 0 as one photograph comes before the other in an order that only
 * their contents decide. */
static int order_of(const struct face *const face[2],
                    const struct skin *const *skin)
{
    int order =
        memcmp(face[0]->points, face[1]->points, sizeof(face[0]->points));
    if (!order && skin) {
        const struct plane *const a = &skin[0]->red, *const b = &skin[1]->red;
        order =
            a->width != b->width ? a->width - b->width : a->height - b->height;
        for (int y = 0; !order && y < a->height; y++)
            for (int x = 0; !order && x < a->width; x += CT_RUN)
                order = order_of_run(skin, x, y, ct_run_of(x, a->width));
    }
    return order;
}

static cutis_status map_skin(struct pair *out, struct warp *const warp[2],
                             const struct face *const face[2],
                             const struct skin *const *skin,
                             const double back[4], struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    out->patch_median_mm = out->patch_p95_mm = NAN;
    out->mouth_wider_mm = skin ? ct_mouth_wider(face, skin) : NAN;
    TRY(ct_landmark_warp(warp[0], face[0], face[1], out->similarity, tools));
    TRY(ct_landmark_warp(warp[1], face[1], face[0], back, tools));
    TRY(ct_pulse(tools));
    if (skin)
        TRY(ct_refine(out, warp, face, skin, tools));
    TRY(ct_pulse(tools));
    TRY(ct_warp_cut(warp[0], face[0], tools));
    TRY(ct_warp_cut(warp[1], face[1], tools));
done:
    return status;
}

cutis_status ct_match(struct pair *out, const struct face *before,
                      const struct face *after, const struct skin *const *skin,
                      struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    memset(out, 0, sizeof(*out));
    if (!before->point_count != !after->point_count)
        return ct_fail(tools, CUTIS_ERROR_UNSUITABLE,
                       "one photograph has landmarks and the other has none");

    const struct face *const given[2] = {before, after};
    const int first = order_of(given, skin) > 0;
    const struct face *const face[2] = {given[first], given[!first]};
    const struct skin *const grain[2] = {skin ? skin[first] : NULL,
                                         skin ? skin[!first] : NULL};
    struct warp *const warp[2] = {&out->warp[first], &out->warp[!first]};
    double back[4];
    TRY(geometry(out, face[0], face[1], tools));
    invert(back, out->similarity);
    TRY(map_skin(out, warp, face, skin ? grain : NULL, back, tools));
    if (first) {
        memcpy(out->similarity, back, sizeof(back));
        out->nearer = -out->nearer;
        out->mouth_wider_mm = -out->mouth_wider_mm;
    }
    TRY(cells(out, before, after, tools));
done:
    if (status != CUTIS_OK)
        ct_pair_free(out);
    return status;
}
