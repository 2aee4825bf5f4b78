/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The files that join the stages: here photographs through acquire, face,
 * colour and match, and readings through measure; in compare.c pairs through
 * match, measure and progress; in visits.c visits, pair by pair.
 */

#include <math.h>
#include <string.h>

#include "session.h"
#include "util/lanes.h"

enum { MOST_PHOTOS = 4096 }; /* of one call */

void ct_session_share(struct tools *tools, double from, double to)
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

    TRY(ct_progress(tools, 0.3));
    TRY(ct_face_find(face, picture, options, tools));
    TRY(ct_progress(tools, 0.5));
    TRY(ct_colour_skin(&photo->skin, picture, face, options, tools));
    TRY(ct_face_mask(face, &photo->skin, picture, options, tools));
    TRY(ct_picture_trim(&photo->picture, ct_frame_part(face, picture), tools));
    TRY(ct_progress(tools, 0.7));
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
            out, sizeof(*out), from, CT_FIRST_PHOTO_OPTIONS, tools);
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

/* Photographs of one call. */
struct loading {
    const struct origin *origin;
    const cutis_photo_options *options; /* taken */
    const cutis_options *limits;
    cutis_photo **out;
};

static cutis_status load_one(void *context, int i, struct tools *tools)
{
    const struct loading *const all = context;
    const struct origin *const origin = &all->origin[i];
    const cutis_photo_options *const options = &all->options[i];
    const double from = tools->progress_from, to = tools->progress_to;
    cutis_photo *const photo = ct_alloc(&tools->memory, 1, sizeof(*photo));
    cutis_status status;
    if (!photo)
        return ct_no_memory(tools);

    all->out[i] = photo;
    ct_session_share(tools, from, from + 0.3 * (to - from));
    TRY(ct_progress(tools, 0.0));
    TRY(acquire(&photo->picture, origin, all->limits, tools));
    photo->picture.stays = true;
    if (ct_colour_has_target(options))
        TRY(ct_acquire_rest(&photo->picture, origin->path, origin->bytes,
                            origin->size, all->limits, tools));
    ct_session_share(tools, from, to);
    TRY(study(photo, options, tools));
    TRY(ct_progress(tools, 1.0));
done:
    ct_session_share(tools, from, to);
    return status;
}

static cutis_status load(cutis_session *session, const struct origin *origin,
                         const cutis_photo_options *options, cutis_photo **out)
{
    struct tools *const tools = &session->tools;
    cutis_photo_options taken;
    cutis_photo *photo = NULL;
    const struct loading all = {origin, &taken, &session->options, &photo};

    ct_session_begin(session);
    cutis_status status = take_options(&taken, options, tools);
    if (status == CUTIS_OK)
        status = load_one((void *)&all, 0, tools);
    if (status == CUTIS_OK) {
        *out = photo;
        photo = NULL;
    }
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

static cutis_status load_all(cutis_session *session, const char *const *path,
                             const cutis_photo_options *const *options,
                             int count, cutis_photo **out, int *failed)
{
    struct tools *const tools = &session->tools;
    cutis_status status = CUTIS_OK;
    struct origin *const origin =
        ct_alloc(&tools->memory, (size_t)count, sizeof(*origin));
    cutis_photo_options *const taken =
        ct_alloc(&tools->memory, (size_t)count, sizeof(*taken));
    struct loading all = {origin, taken, &session->options, out};

    if (!origin || !taken)
        TRY(ct_no_memory(tools));
    for (int i = 0; i < count; i++) {
        *failed = i;
        origin[i].path = path[i];
        if (!path[i])
            TRY(ct_fail(tools, CUTIS_ERROR_ARGUMENT, "a path is missing"));
        TRY(take_options(&taken[i], options ? options[i] : NULL, tools));
    }
    TRY(ct_side_by_side(tools, count, load_one, &all, failed));
done:
    ct_free(origin);
    ct_free(taken);
    return status;
}

cutis_status cutis_photos_load(cutis_session *session, const char *const *path,
                               const cutis_photo_options *const *options,
                               size_t count, cutis_photo **out, size_t *failed)
{
    int first = 0;

    if (!session || !path || !out || !count || count > MOST_PHOTOS)
        return CUTIS_ERROR_ARGUMENT;
    ct_session_begin(session);
    for (size_t i = 0; i < count; i++)
        out[i] = NULL;
    const cutis_status status =
        load_all(session, path, options, (int)count, out, &first);
    if (status != CUTIS_OK)
        for (size_t i = 0; i < count; i++)
            cutis_photo_destroy(&out[i]);
    if (failed)
        *failed = status == CUTIS_OK ? count : (size_t)first;
    return ct_session_end(&session->tools, status);
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

struct view ct_view_of(const cutis_photo *photo, const struct bytes *mask)
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
    const struct view view = ct_view_of(photo, &photo->face.skin);

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
