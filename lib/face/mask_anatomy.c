/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What the landmarks alone say: where the face is, what in it is not skin, and
 * where skin is to be expected.
 */

#include "face/mask.h"

/* Margins around outlines, mm (method 8.3, step 4). */
static const double eye_mm = 4.0, lash_mm = 2.0; /* the latter further up */
static const double brow_mm = 3.0;
static const double lip_mm = 2.0;
static const double seed_mm = 4.0; /* seeds keep this far from the borders */

/* Draws a ring, and again at every half millimetre up to `up_mm` above. */
static cutis_status draw_ring(struct bytes *mask, const struct sight *s,
                              enum ct_ring ring, double up_mm,
                              struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    const struct axes axes = ct_face_axes(s->marks.at, s->marks.count);
    for (double up = 0; up <= up_mm; up += 0.5) {
        struct outline outline;
        ct_ring_outline(&outline, ring, &s->marks);
        for (int i = 0; i < outline.count; i++) {
            outline.at[i].x -= up * s->scale * axes.down.x;
            outline.at[i].y -= up * s->scale * axes.down.y;
        }
        TRY(ct_fill(mask, outline.at, outline.count, 0, 255, tools));
    }
done:
    return status;
}

/* anatomy |= the rings, widened. */
static cutis_status add_rings(struct sight *s, const enum ct_ring rings[2],
                              double margin_mm, double up_mm,
                              struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct bytes mask = {0};

    TRY(ct_bytes_create(&mask, s->out.width, s->out.height, tools));
    for (int i = 0; i < 2; i++)
        TRY(draw_ring(&mask, s, rings[i], up_mm, tools));
    TRY(ct_mask_dilate(&mask, margin_mm * s->scale, tools));
    for (int y = 0; y < mask.height; y++) {
        const uint8_t *const from = ct_byte_row(&mask, y);
        uint8_t *const to = ct_byte_row(&s->anatomy, y);
        for (int x = 0; x < mask.width; x++)
            to[x] |= from[x];
    }
done:
    ct_bytes_free(&mask);
    return status;
}

/* The oval less the anatomy. */
static cutis_status fill_face(struct sight *s, struct tools *tools)
{
    struct outline oval;
    ct_ring_outline(&oval, CT_OVAL, &s->marks);
    const cutis_status status =
        ct_fill(&s->face, oval.at, oval.count, 0, 255, tools);
    for (int y = 0; y < s->face.height; y++) {
        const uint8_t *const not_skin = ct_byte_row(&s->anatomy, y);
        uint8_t *const row = ct_byte_row(&s->face, y);
        for (int x = 0; x < s->face.width; x++)
            if (not_skin[x])
                row[x] = 0;
    }
    return status;
}

static cutis_status fill_seeds(struct sight *s, struct tools *tools)
{
    static const int regions[] = {CT_FOREHEAD, CT_CHEEK_R, CT_CHEEK_L, CT_NOSE};
    cutis_status status = CUTIS_OK;

    for (size_t i = 0; i < sizeof(regions) / sizeof(regions[0]); i++) {
        struct outline outline;
        ct_seed_outline(&outline, regions[i], &s->marks);
        TRY(ct_fill(&s->seeds, outline.at, outline.count, 0, 255, tools));
    }
    TRY(ct_mask_erode(&s->seeds, seed_mm * s->scale, tools));
done:
    return status;
}

cutis_status ct_mask_anatomy(struct sight *s, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    static const enum ct_ring eyes[2] = {CT_EYE_R, CT_EYE_L};
    static const enum ct_ring brows[2] = {CT_BROW_R, CT_BROW_L};
    static const enum ct_ring lips[2] = {CT_LIPS, CT_LIPS};

    TRY(add_rings(s, eyes, eye_mm, lash_mm, tools));
    TRY(add_rings(s, brows, brow_mm, 0, tools));
    TRY(add_rings(s, lips, lip_mm, 0, tools));
    TRY(fill_face(s, tools));
    TRY(fill_seeds(s, tools));
done:
    return status;
}
