/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The file that joins the stages: photographs through acquire, face, colour and
 * match; readings through measure; comparisons through match, measure and
 * progress.
 */

#include <math.h>
#include <string.h>

#include "session.h"
#include "util/hash.h"

/* Shares of a call's time, for the progress callback. */
static void step(struct tools *tools, double from, double to)
{
    tools->progress_from = from;
    tools->progress_to = to;
}

/* ---- Photographs --------------------------------------------------------- */

static void describe(cutis_photo *photo)
{
    static const char *const formats[] = {"jpeg", "png", "pixels"};
    const struct picture *const picture = &photo->picture;
    const struct face *const face = &photo->face;
    photo->info = (cutis_photo_info){
        .sha256 = picture->sha256,
        .format = formats[picture->source],
        .colour = ct_colour_name(picture->space),
        .width = (uint32_t)picture->width,
        .height = (uint32_t)picture->height,
        .bits = (uint32_t)picture->bits,
        .channels = (uint32_t)picture->channels,
        .orientation = (uint32_t)picture->exif.orientation,
        .jpeg_quality = picture->jpeg_quality,
        .px_per_mm = face->scale,
        .scale_source = face->scale_source,
        .confidence = face->found ? face->confidence : NAN,
        .yaw_deg = face->found ? face->pose.yaw_deg : NAN,
        .pitch_deg = face->found ? face->pose.pitch_deg : NAN,
        .roll_deg = face->found ? face->pose.roll_deg : NAN,
        .faces = (uint32_t)face->faces,
    };
}

/* From a decoded picture to measurable skin. */
static cutis_status study(cutis_photo *photo,
                          const cutis_photo_options *options,
                          struct tools *tools)
{
    cutis_status status;
    struct face *const face = &photo->face;
    const struct picture *const picture = &photo->picture;

    step(tools, 0.3, 0.5);
    TRY(ct_progress(tools, 0.0));
    TRY(ct_face_find(face, picture, options, tools));
    step(tools, 0.5, 0.7);
    TRY(ct_progress(tools, 0.0));
    TRY(ct_colour_skin(&photo->skin, picture, face, options, tools));
    TRY(ct_face_mask(face, &photo->skin, picture, options, tools));
    step(tools, 0.7, 1.0);
    TRY(ct_progress(tools, 0.0));
    TRY(ct_match_capture(&photo->capture, picture, face, &photo->skin, tools));
    describe(photo);
done:
    return status;
}

static cutis_status take_options(cutis_photo_options *out,
                                 const cutis_photo_options *from,
                                 struct tools *tools)
{
    *out = (cutis_photo_options)CUTIS_PHOTO_OPTIONS_DEFAULT;
    if (from) {
        const cutis_status status = ct_take_struct(
            out, sizeof(*out), from, sizeof(cutis_photo_options), tools);
        if (status != CUTIS_OK)
            return status;
    }
    const bool scaled = out->px_per_mm > 0.0 && out->px_per_mm < 1000.0;
    const bool pupils = out->ipd_mm >= 30.0 && out->ipd_mm <= 90.0;
    if ((out->ipd_mm != 0.0 && !pupils) || (out->px_per_mm != 0.0 && !scaled))
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "ipd_mm is in [30, 90] and px_per_mm in (0, 1000)");
    if (out->landmarks > CUTIS_LANDMARKS_NONE)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT, "no such landmark scheme");
    if (out->landmarks == CUTIS_LANDMARKS_NONE && !scaled)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "without a face, px_per_mm must be given");
    if (out->polygon && out->polygon_count < 3)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "a polygon of skin has three corners or more, not %zu",
                       out->polygon_count);
    return CUTIS_OK;
}

/* Where the bytes of a photograph come from: exactly one is not NULL. */
struct origin {
    const char *path;
    const void *bytes;
    size_t size;
    const cutis_pixels *pixels;
};

static cutis_status acquire(struct picture *out, const struct origin *origin,
                            const cutis_options *limits, struct tools *tools)
{
    if (origin->path)
        return ct_acquire_file(out, origin->path, limits, tools);
    if (origin->pixels)
        return ct_acquire_pixels(out, origin->pixels, limits, tools);
    return ct_acquire_memory(out, origin->bytes, origin->size, limits, tools);
}

static cutis_status load(cutis_session *session, const struct origin *origin,
                         const cutis_photo_options *options, cutis_photo **out)
{
    struct tools *const tools = &session->tools;
    cutis_photo_options taken;
    cutis_photo *photo = NULL;

    ct_session_begin(session);
    cutis_status status = take_options(&taken, options, tools);
    if (status != CUTIS_OK)
        goto done;
    photo = ct_alloc(&tools->memory, 1, sizeof(*photo));
    if (!photo) {
        status = ct_no_memory(tools);
        goto done;
    }
    step(tools, 0.0, 0.3);
    TRY(ct_progress(tools, 0.0));
    TRY(acquire(&photo->picture, origin, &session->options, tools));
    if (ct_colour_has_target(&taken))
        TRY(ct_acquire_rest(&photo->picture, origin->path, origin->bytes,
                            origin->size, &session->options, tools));
    TRY(study(photo, &taken, tools));
    step(tools, 0.0, 1.0);
    TRY(ct_progress(tools, 1.0));

    *out = photo;
    photo = NULL;
done:
    cutis_photo_destroy(&photo);
    return ct_session_end(tools, status);
}

cutis_status cutis_photo_load(cutis_session *session, const char *path,
                              const cutis_photo_options *options,
                              cutis_photo **out)
{
    if (!session || !path || !out)
        return CUTIS_ERROR_ARGUMENT;
    return load(session, &(struct origin){.path = path}, options, out);
}

cutis_status cutis_photo_load_memory(cutis_session *session, const void *bytes,
                                     size_t size,
                                     const cutis_photo_options *options,
                                     cutis_photo **out)
{
    if (!session || !bytes || !out)
        return CUTIS_ERROR_ARGUMENT;
    const struct origin origin = {.bytes = bytes, .size = size};
    return load(session, &origin, options, out);
}

cutis_status cutis_photo_load_pixels(cutis_session *session,
                                     const cutis_pixels *pixels,
                                     const cutis_photo_options *options,
                                     cutis_photo **out)
{
    if (!session || !pixels || !out)
        return CUTIS_ERROR_ARGUMENT;
    return load(session, &(struct origin){.pixels = pixels}, options, out);
}

void cutis_photo_destroy(cutis_photo **photo)
{
    if (!photo || !*photo)
        return;
    ct_skin_free(&(*photo)->skin);
    ct_face_free(&(*photo)->face);
    ct_picture_free(&(*photo)->picture);
    ct_free(*photo);
    *photo = NULL;
}

const cutis_photo_info *cutis_photo_info_get(const cutis_photo *photo)
{
    return photo ? &photo->info : NULL;
}

const cutis_point *cutis_photo_landmarks(const cutis_photo *photo,
                                         size_t *count)
{
    const bool found = photo && photo->face.found;
    if (count)
        *count = found ? CT_POINTS : 0;
    return found ? photo->face.points : NULL;
}

/* ---- Readings of one photograph ------------------------------------------ */

struct photo_facts ct_facts_of(const cutis_photo *photo,
                               const struct readings *readings)
{
    return (struct photo_facts){
        .picture = &photo->picture,
        .face = &photo->face,
        .skin = &photo->skin,
        .capture = &photo->capture,
        .readings = readings,
    };
}

static struct view view_of(const cutis_photo *photo, const struct bytes *mask)
{
    struct view view = {
        .face = &photo->face,
        .skin = &photo->skin,
        .mask = mask,
        .ita_ref = photo->capture.ita,
        .noise_cod = photo->capture.noise_cod,
        .blur_mm = photo->capture.blur_mm,
        .reference = photo->skin.neutral ? CT_REF_NEUTRAL : CT_REF_EXCESS,
    };
    for (int r = 0; r < CT_REGIONS; r++)
        view.treated[r] = true;
    return view;
}

static void publish(cutis_measurement *row, const struct reading *reading,
                    int metric, int region)
{
    const bool measured = !isnan(reading->value);
    *row = (cutis_measurement){
        .metric = ct_metric(metric),
        .region = ct_region(region),
        .reading = reading->name,
        .unit = reading->unit,
        .value = reading->value,
        .coverage = reading->coverage,
        .area_cm2 = reading->area_cm2,
        .verdict = measured ? CUTIS_VERDICT_OK : CUTIS_VERDICT_NOT_MEASURABLE,
        .reason = reading->reason[0] ? reading->reason : NULL,
        .detail_count = (size_t)reading->detail_count,
        .details = reading->detail,
    };
}

cutis_status cutis_photo_measure(cutis_session *session,
                                 const cutis_photo *photo, cutis_reading **out)
{
    if (!session || !photo || !out)
        return CUTIS_ERROR_ARGUMENT;
    ct_session_begin(session);
    struct tools *const tools = &session->tools;
    const struct view view = view_of(photo, &photo->face.skin);

    cutis_status status = CUTIS_OK;
    cutis_reading *reading = ct_alloc(&tools->memory, 1, sizeof(*reading));
    if (!reading) {
        status = ct_no_memory(tools);
        goto done;
    }
    TRY(ct_progress(tools, 0.0));
    TRY(ct_measure(&reading->readings, &view, true, tools));
    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++)
            publish(&reading->row[m * CT_REGIONS + r],
                    &reading->readings.of[m][r], m, r);
    reading->facts = ct_facts_of(photo, &reading->readings);
    ct_check(&reading->checks, &reading->facts, NULL, NULL, NULL);
    TRY(ct_progress(tools, 1.0));

    *out = reading;
    reading = NULL;
done:
    cutis_reading_destroy(&reading);
    return ct_session_end(tools, status);
}

void cutis_reading_destroy(cutis_reading **reading)
{
    if (!reading || !*reading)
        return;
    ct_readings_free(&(*reading)->readings);
    ct_free(*reading);
    *reading = NULL;
}

const cutis_measurement *cutis_reading_at(const cutis_reading *reading,
                                          size_t index)
{
    const bool inside = reading && index < CT_METRICS * CT_REGIONS;
    return inside ? &reading->row[index] : NULL;
}

const cutis_check *cutis_reading_check_at(const cutis_reading *reading,
                                          size_t index)
{
    const bool inside = reading && index < (size_t)reading->checks.count;
    return inside ? &reading->checks.of[index] : NULL;
}

/* ---- Two photographs ----------------------------------------------------- */

/* Marks the regions that a list such as "cheek_l,cheek_r" names; "face" and
 * NULL mean all of them. */
static cutis_status parse_regions(bool out[CT_REGIONS], const char *list,
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

/* Takes the options; their strings are copied. */
static cutis_status take_compare_options(cutis_comparison *comparison,
                                         const cutis_compare_options *from,
                                         struct tools *tools)
{
    cutis_compare_options *const out = &comparison->options;
    cutis_status status = CUTIS_OK;

    *out = (cutis_compare_options)CUTIS_COMPARE_OPTIONS_DEFAULT;
    if (from)
        TRY(ct_take_struct(out, sizeof(*out), from, sizeof(*out), tools));
    TRY(keep(comparison->preset, &out->preset, tools));
    TRY(keep(comparison->treated, &out->treated, tools));
    TRY(keep(comparison->reference, &out->reference, tools));
    if (isnan(out->days) || out->days > 36525.0)
        status = ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                         "days is a number of days since the treatment");
    const char *const language = ct_report_speaks(out->language);
    if (!language)
        status = ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                         "there are no reports in \"%.20s\"", out->language);
    out->language = language;
done:
    return status;
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

    TRY(parse_regions(treated, options->treated, tools));
    if (options->reference)
        TRY(parse_regions(reference, options->reference, tools));
    const bool partly = options->treated && !treated[CT_FACE_REGION];
    for (int r = 0; r < CT_REGIONS && status == CUTIS_OK; r++)
        if (partly && treated[r] && reference[r])
            status = ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                             "\"%s\" cannot be both treated and the reference",
                             ct_region(r)->name);
    if (status != CUTIS_OK)
        goto done;
    for (int i = 0; i < 2; i++) {
        view[i] = view_of(photo[i], &pair->skin[i]);
        view[i].warp = &pair->warp[i];
        view[i].ita_ref = ita;
        view[i].equalise_mm = ct_equalise_mm(pair, i);
        if (!isnan(pair->blur_mm2))
            view[i].blur_mm =
                ct_common_blur(pair, &photo[0]->capture, &photo[1]->capture);
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

static cutis_status compare(cutis_comparison *comparison,
                            const cutis_photo *const photo[2],
                            struct tools *tools)
{
    const cutis_compare_options *const options = &comparison->options;
    const uint64_t hash[2] = {photo[0]->picture.pixel_hash,
                              photo[1]->picture.pixel_hash};
    const bool ordered = hash[0] <= hash[1];
    const uint64_t seed = ct_hash(hash[!ordered], &hash[ordered], 8);
    struct view view[2];
    cutis_status status;

    step(tools, 0.0, 0.1);
    TRY(ct_progress(tools, 0.0));
    TRY(ct_pair_photos(&comparison->pair, photo, tools));
    TRY(prepare_views(view, photo, &comparison->pair, options, tools));
    step(tools, 0.1, 0.9);
    TRY(ct_progress(tools, 0.0));
    TRY(ct_measure_pair(comparison->readings, view, true, tools));
    for (int i = 0; i < 2; i++)
        comparison->facts[i] = ct_facts_of(photo[i], &comparison->readings[i]);
    step(tools, 0.9, 1.0);
    TRY(ct_progress(tools, 0.0));
    TRY(ct_progress_judge(&comparison->outcome, &comparison->facts[0],
                          &comparison->facts[1], &comparison->pair, options,
                          seed, tools));
    TRY(ct_progress(tools, 1.0));
done:
    return status;
}

cutis_status cutis_photos_compare(cutis_session *session,
                                  const cutis_photo *before,
                                  const cutis_photo *after,
                                  const cutis_compare_options *options,
                                  cutis_comparison **out)
{
    if (!session || !before || !after || !out)
        return CUTIS_ERROR_ARGUMENT;
    ct_session_begin(session);
    struct tools *const tools = &session->tools;
    const cutis_photo *const photo[2] = {before, after};

    cutis_status status = CUTIS_OK;
    cutis_comparison *comparison =
        ct_alloc(&tools->memory, 1, sizeof(*comparison));
    if (!comparison) {
        status = ct_no_memory(tools);
        goto done;
    }
    TRY(take_compare_options(comparison, options, tools));
    TRY(compare(comparison, photo, tools));

    *out = comparison;
    comparison = NULL;
done:
    cutis_comparison_destroy(&comparison);
    return ct_session_end(tools, status);
}

void cutis_comparison_destroy(cutis_comparison **comparison)
{
    if (!comparison || !*comparison)
        return;
    for (int i = 0; i < 2; i++)
        ct_readings_free(&(*comparison)->readings[i]);
    ct_pair_free(&(*comparison)->pair);
    ct_free(*comparison);
    *comparison = NULL;
}
