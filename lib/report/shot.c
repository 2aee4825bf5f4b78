/* SPDX-License-Identifier: BSD-2-Clause */

/* One small picture of a face, level and cropped, for the page of visits. */

#include "report/series.h"

enum { SHOT_WIDTH = 288, SHOT_HEIGHT = 360 };

cutis_status ct_shot(struct text *out, const struct photo_facts *photo,
                     struct course *course, struct tools *tools)
{
    const struct report report = {.before = photo, .options = course->options};
    const double step = CT_FRAME_WIDTH / (double)SHOT_WIDTH;
    struct frame frame = {0};
    cutis_status status;

    ct_frame_place(&frame, &report);
    frame.width = course->shot_width = SHOT_WIDTH;
    frame.height = course->shot_height = SHOT_HEIGHT;
    frame.to_full[0][0] *= step;
    frame.to_full[0][1] *= step;
    uint8_t *const rgb =
        ct_alloc_raw(&tools->memory, SHOT_HEIGHT, (size_t)SHOT_WIDTH * 3);
    if (!rgb)
        return ct_no_memory(tools);
    TRY(ct_eyes_can_be_covered(&report, tools));
    TRY(ct_frame_render(rgb, &frame, 0, photo->picture, tools));
    ct_eyes_cover(rgb, (size_t)SHOT_WIDTH * 3, 3, 1, &frame, &report, 0);
    if (ct_encode_jpeg(out, rgb, SHOT_WIDTH, SHOT_HEIGHT) != CUTIS_OK)
        status = ct_no_memory(tools);
done:
    ct_free(rgb);
    return status;
}
