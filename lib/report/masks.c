/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What was measured and what shone, white on black in the frame of the page's
 * pictures: for programs that want a mask, where the layers are for the eye.
 */

#include "report/report.h"

const struct mask_kind ct_masks[CT_MASKS] = {
    [CT_MASK_SKIN] = {"skin", CT_W_MASK_SKIN, CT_W_MEANING_SKIN},
    [CT_MASK_SHINE] = {"highlights", CT_W_MASK_SHINE, CT_W_MEANING_SHINE},
};

static const struct photo_facts *facts_of(const struct report *report,
                                          int which)
{
    return which ? report->after : report->before;
}

/* Where the working planes, or planes reduced from them, are sampled. */
struct source {
    const struct bytes *mask, *region; /* region NULL: any */
    double s[4];                       /* frame to px of the mask */
};

static struct source source_of(const struct report *report, int which,
                               enum ct_mask mask, const struct frame *frame)
{
    const struct photo_facts *const facts = facts_of(report, which);
    const struct face *const face = facts->face;
    const double *const full = frame->to_full[which];
    struct source out = {.mask = ct_mask_of(report, which, mask)};
    double size = face->factor;

    if (mask == CT_MASK_SKIN)
        out.region = &face->region;
    else
        size *= ct_map_factor(face, out.mask->width);
    out.s[0] = full[0] / size;
    out.s[1] = full[1] / size;
    out.s[2] = (full[2] - face->crop.x) / size;
    out.s[3] = (full[3] - face->crop.y) / size;
    return out;
}

static bool is_in(const struct source *from, int u, int v)
{
    const double *const s = from->s;
    const double x = s[0] * (u + 0.5) - s[1] * (v + 0.5) + s[2];
    const double y = s[1] * (u + 0.5) + s[0] * (v + 0.5) + s[3];
    if (!(x >= 0.0 && x < from->mask->width) ||
        !(y >= 0.0 && y < from->mask->height))
        return false;
    if (from->region &&
        ct_byte_row(from->region, (int)y)[(int)x] == CT_NO_REGION)
        return false;
    return ct_byte_row(from->mask, (int)y)[(int)x] != 0;
}

const struct bytes *ct_mask_of(const struct report *report, int which,
                               enum ct_mask mask)
{
    const struct photo_facts *const facts = facts_of(report, which);
    const struct bytes *plane = &facts->readings->shine;
    if (mask == CT_MASK_SKIN)
        plane = ct_shown_skin(report, which);
    return plane->at ? plane : NULL;
}

cutis_status ct_mask_picture(struct text *out, const struct frame *frame,
                             const struct report *report, int which,
                             enum ct_mask mask, struct tools *tools)
{
    static const struct palette black_and_white = {
        .count = 2, .colour = {{0, 0, 0, 255}, {255, 255, 255, 255}}};
    const struct source from = source_of(report, which, mask, frame);
    uint8_t *const index = ct_alloc_raw(&tools->memory, (size_t)frame->height,
                                        (size_t)frame->width);
    if (!index)
        return ct_no_memory(tools);
    uint8_t *to = index;
    for (int v = 0; v < frame->height; v++)
        for (int u = 0; u < frame->width; u++)
            *to++ = is_in(&from, u, v);
    const cutis_status status = ct_encode_png(out, index, frame->width,
                                              frame->height, &black_and_white);
    ct_free(index);
    return status == CUTIS_OK ? status : ct_no_memory(tools);
}
