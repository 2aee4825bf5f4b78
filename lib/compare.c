/* SPDX-License-Identifier: BSD-2-Clause */

/* One pair of photographs: what was asked of it, and its readings. */

#include <math.h>
#include <string.h>

#include "progress/progress.h"
#include "session.h"
#include "site.h"

cutis_status ct_parse_regions(bool out[CT_REGIONS], const char *list,
                              struct tools *tools)
{
    const char *at = list ? list : "face";
    bool more = true;
    memset(out, 0, CT_REGIONS * sizeof(*out));
    while (more) {
        const size_t size = strcspn(at, ",");
        int found = 0;
        while (found < CT_REGIONS &&
               (strlen(ct_region(found)->name) != size ||
                strncmp(ct_region(found)->name, at, size) != 0))
            found++;
        if (found == CT_REGIONS)
            return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                           "\"%.*s\" is not a region", (int)(size % 100), at);
        for (int r = 0; r < CT_REGIONS; r++)
            out[r] = out[r] || r == found || found == CT_FACE_REGION;
        more = at[size] == ',';
        at += size + more;
    }
    return CUTIS_OK;
}

static cutis_status keep(char into[CT_SENTENCE], const char **string,
                         struct tools *tools)
{
    if (!*string)
        return CUTIS_OK;
    const size_t size = strlen(*string);
    if (size >= CT_SENTENCE)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT, "an option is too long");
    memcpy(into, *string, size + 1);
    *string = into;
    return CUTIS_OK;
}

static cutis_status keep_site(struct asked *asked, struct tools *tools)
{
    cutis_compare_options *const options = &asked->options;
    if (!options->site_profile)
        return CUTIS_OK;
    if (options->site_profile_size > CT_SITE_BYTES)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "a site profile has at most %d bytes", CT_SITE_BYTES);
    memcpy(asked->site_profile, options->site_profile,
           options->site_profile_size);
    options->site_profile = asked->site_profile;
    return CUTIS_OK;
}

/* What can be known to be wrong before any photograph is measured. */
static cutis_status check(const cutis_compare_options *options,
                          struct tools *tools)
{
    bool treated[CT_REGIONS], reference[CT_REGIONS] = {false};
    cutis_status status;

    if (!ct_preset(options->preset))
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "there is no preset \"%.40s\"", options->preset);
    TRY(ct_parse_regions(treated, options->treated, tools));
    if (options->reference)
        TRY(ct_parse_regions(reference, options->reference, tools));
    const bool partly = options->treated && !treated[CT_FACE_REGION];
    for (int r = 0; r < CT_REGIONS && status == CUTIS_OK; r++)
        if (partly && treated[r] && reference[r])
            status = ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                             "\"%s\" cannot be both treated and the reference",
                             ct_region(r)->name);
done:
    return status;
}

cutis_status ct_take_compare_options(struct asked *asked,
                                     const cutis_compare_options *from,
                                     struct tools *tools)
{
    cutis_compare_options *const out = &asked->options;
    cutis_status status = CUTIS_OK;

    *out = (cutis_compare_options)CUTIS_COMPARE_OPTIONS_DEFAULT;
    if (from)
        TRY(ct_take_struct(out, sizeof(*out), from, CT_FIRST_COMPARE_OPTIONS,
                           tools));
    TRY(keep(asked->preset, &out->preset, tools));
    TRY(keep(asked->treated, &out->treated, tools));
    TRY(keep(asked->reference, &out->reference, tools));
    TRY(keep_site(asked, tools));
    if (isnan(out->days) || out->days > 36525.0)
        status = ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                         "days is a number of days since the treatment");
    const char *const language = ct_report_speaks(out->language);
    if (!language)
        status = ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                         "there are no reports in \"%.20s\"", out->language);
    out->language = language;
    if (status == CUTIS_OK)
        status = check(out, tools);
done:
    return status;
}

cutis_status cutis_compare_options_check(cutis_session *session,
                                         const cutis_compare_options *options)
{
    if (!session || !options)
        return CUTIS_ERROR_ARGUMENT;
    ct_session_begin(session);
    struct tools *const tools = &session->tools;
    struct asked *const asked = ct_alloc(&tools->memory, 1, sizeof(*asked));
    struct site *const site = ct_alloc(&tools->memory, 1, sizeof(*site));
    cutis_status status = asked && site ? CUTIS_OK : ct_no_memory(tools);

    if (status == CUTIS_OK)
        status = ct_take_compare_options(asked, options, tools);
    if (status == CUTIS_OK && options->site_profile)
        status = ct_site_read(site, options->site_profile,
                              options->site_profile_size, tools);
    ct_free(site);
    ct_free(asked);
    return ct_session_end(tools, status);
}

/* Sigma of the light that is measured. */
static double blur_of(const cutis_photo *const photo[2],
                      const struct pair *pair, int which)
{
    const double own = photo[which]->capture.blur_mm;
    if (!isnan(pair->blur_mm2))
        return ct_common_blur(pair, &photo[0]->capture, &photo[1]->capture);
    return pair->more_mm2 > 0.0 ? ct_sqrt(own * own + pair->more_mm2) : own;
}

/* What both photographs share, so that A -> B mirrors B -> A. */
static cutis_status prepare_views(struct view view[2],
                                  const cutis_photo *const photo[2],
                                  const struct pair *pair,
                                  const cutis_compare_options *options,
                                  struct tools *tools)
{
    const double ita = 0.5 * (photo[0]->capture.ita + photo[1]->capture.ita);
    const enum ct_neutral neutral =
        ct_common_neutral(&photo[0]->skin, &photo[0]->picture.exif,
                          &photo[1]->skin, &photo[1]->picture.exif);
    bool treated[CT_REGIONS], reference[CT_REGIONS] = {false};
    cutis_status status;

    TRY(ct_parse_regions(treated, options->treated, tools));
    if (options->reference)
        TRY(ct_parse_regions(reference, options->reference, tools));
    const bool partly = options->treated && !treated[CT_FACE_REGION];
    for (int i = 0; i < 2; i++) {
        view[i] = ct_view_of(photo[i], &pair->skin[i]);
        view[i].warp = &pair->warp[i];
        view[i].ita_ref = ita;
        view[i].equalise_mm = ct_equalise_mm(pair, i);
        view[i].blur_mm = blur_of(photo, pair, i);
        view[i].polarised = options->polarised != 0;
        view[i].reference = neutral                        ? CT_REF_NEUTRAL
                            : options->reference || partly ? CT_REF_REGION
                                                           : CT_REF_EXCESS;
        for (int r = 0; r < CT_REGIONS; r++) {
            view[i].treated[r] = treated[r];
            view[i].reference_region[r] =
                options->reference ? reference[r] : partly && !treated[r];
        }
    }
    if (neutral == CT_NEUTRAL_BACKDROP)
        ct_backdrop_gains(view[0].gain, view[1].gain, &photo[0]->skin,
                          &photo[1]->skin);
done:
    return status;
}

cutis_status ct_measure_photos(struct readings out[2],
                               const cutis_photo *const photo[2],
                               const struct pair *pair, bool maps,
                               const cutis_compare_options *options,
                               struct tools *tools)
{
    struct view view[2];
    cutis_status status;

    TRY(prepare_views(view, photo, pair, options, tools));
    TRY(ct_measure_pair(out, view, maps, tools));
done:
    return status;
}
