/* SPDX-License-Identifier: BSD-2-Clause */

/* What two photographs have in common, and the checks without readings. */

#include "session.h"

struct cutis_suitability {
    struct photo_facts facts[2];
    int photos;
    struct pair pair;
    struct checks checks;
    cutis_compare_options options; /* days; its strings are not looked at */
};

/* The same picture, worked on in the same pixels. */
static bool is_one_picture(const cutis_photo *const photo[2])
{
    const struct face *const a = &photo[0]->face, *const b = &photo[1]->face;

    return photo[0]->picture.pixel_hash == photo[1]->picture.pixel_hash &&
           a->factor == b->factor && a->crop.x == b->crop.x &&
           a->crop.y == b->crop.y && a->crop.width == b->crop.width &&
           a->crop.height == b->crop.height;
}

cutis_status ct_pair_photos(struct pair *out, const cutis_photo *const photo[2],
                            struct tools *tools)
{
    const struct skin *const skin[2] = {&photo[0]->skin, &photo[1]->skin};
    cutis_status status;

    TRY(ct_match(out, &photo[0]->face, &photo[1]->face, skin, tools));
    if (is_one_picture(photo))
        for (int i = 0; i < 2; i++)
            ct_warp_stay(&out->warp[i]);
    TRY(ct_match_light(out, &photo[0]->face, &photo[0]->capture.light,
                       &photo[1]->capture.light, tools));
    ct_equalise(out, &photo[0]->capture, &photo[1]->capture);
    ct_defocus_over(out, &photo[0]->capture, &photo[1]->capture);
    ct_sharpened(out, &photo[0]->capture, &photo[1]->capture);
done:
    return status;
}

static cutis_status look_at(cutis_suitability *out,
                            const cutis_photo *const photo[2],
                            const cutis_compare_options *options,
                            struct tools *tools)
{
    cutis_status status = CUTIS_OK;

    out->options = (cutis_compare_options)CUTIS_COMPARE_OPTIONS_DEFAULT;
    if (options)
        TRY(ct_take_struct(&out->options, sizeof(out->options), options,
                           CT_FIRST_COMPARE_OPTIONS, tools));
    TRY(ct_progress(tools, 0.0));
    out->photos = photo[1] ? 2 : 1;
    for (int i = 0; i < out->photos; i++)
        out->facts[i] = ct_facts_of(photo[i], NULL);
    if (photo[1])
        TRY(ct_pair_photos(&out->pair, photo, tools));
    ct_check(&out->checks, &out->facts[0], photo[1] ? &out->facts[1] : NULL,
             photo[1] ? &out->pair : NULL, &out->options);
    TRY(ct_progress(tools, 1.0));
done:
    return status;
}

cutis_status cutis_photos_check(cutis_session *session,
                                const cutis_photo *before,
                                const cutis_photo *after,
                                const cutis_compare_options *options,
                                cutis_suitability **out)
{
    if (!session || !before || !out)
        return CUTIS_ERROR_ARGUMENT;
    ct_session_begin(session);
    struct tools *const tools = &session->tools;
    const cutis_photo *const photo[2] = {before, after};

    cutis_status status = CUTIS_OK;
    cutis_suitability *made = ct_alloc(&tools->memory, 1, sizeof(*made));
    if (!made) {
        status = ct_no_memory(tools);
        goto done;
    }
    tools->progress_from = 0.0;
    tools->progress_to = 1.0;
    TRY(look_at(made, photo, options, tools));

    *out = made;
    made = NULL;
done:
    cutis_suitability_destroy(&made);
    return ct_session_end(tools, status);
}

void cutis_suitability_destroy(cutis_suitability **suitability)
{
    if (!suitability || !*suitability)
        return;
    ct_pair_free(&(*suitability)->pair);
    ct_free(*suitability);
    *suitability = NULL;
}

const cutis_check *cutis_suitability_at(const cutis_suitability *suitability,
                                        size_t index)
{
    const bool inside =
        suitability && index < (size_t)suitability->checks.count;
    return inside ? &suitability->checks.of[index] : NULL;
}

cutis_comparable
cutis_suitability_comparable(const cutis_suitability *suitability)
{
    return suitability ? ct_comparable(&suitability->checks)
                       : CUTIS_COMPARABLE_NO;
}

cutis_status cutis_suitability_write(cutis_session *session,
                                     const cutis_suitability *suitability,
                                     cutis_format format, cutis_write_fn write,
                                     void *user)
{
    if (!session || !suitability || !write)
        return CUTIS_ERROR_ARGUMENT;
    ct_session_begin(session);
    const bool two = suitability->photos == 2;
    const struct report report = {
        .before = &suitability->facts[0],
        .after = two ? &suitability->facts[1] : NULL,
        .pair = two ? &suitability->pair : NULL,
        .checks = &suitability->checks,
        .options = &suitability->options,
    };
    return ct_write_report(session, &report, format, write, user);
}
