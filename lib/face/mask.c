/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Fills the planes of a face: which region, template cell and area each pixel
 * has, then which pixels are measurable skin.
 */

#include <math.h>
#include <string.h>

#include "face/mask.h"

static const double colour_cosine = 0.35; /* more oblique facets are dropped */

void ct_face_free(struct face *face)
{
    ct_bytes_free(&face->region);
    ct_bytes_free(&face->skin);
    ct_free(face->cell);
    ct_free(face->mm2);
    ct_free(face->triangle);
    ct_free(face->cosine);
    ct_free(face->shape);
    face->cell = NULL;
    face->mm2 = NULL;
    face->triangle = NULL;
    face->cosine = NULL;
    face->shape = NULL;
}

static size_t pixels_of(const struct face *face)
{
    return (size_t)face->region.width * (size_t)face->region.height;
}

/* Regions are none yet; what the other planes hold is left to who lays them
 * out. */
static cutis_status create_planes(struct face *face, int width, int height,
                                  struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct memory *const memory = &tools->memory;

    TRY(ct_bytes_raw(&face->region, width, height, tools));
    TRY(ct_bytes_raw(&face->skin, width, height, tools));
    const size_t n = pixels_of(face);
    face->cell = ct_alloc_raw(memory, n, sizeof(*face->cell));
    face->triangle = ct_alloc_raw(memory, n, sizeof(*face->triangle));
    face->mm2 = ct_alloc(memory, CT_FACETS + 1, sizeof(*face->mm2));
    face->cosine = ct_alloc(memory, CT_FACETS + 1, sizeof(*face->cosine));
    if (!face->cell || !face->triangle || !face->mm2 || !face->cosine)
        TRY(ct_no_memory(tools));

    for (int y = 0; y < height; y++)
        memset(ct_byte_row(&face->region, y), CT_NO_REGION, (size_t)width);
    const double scale = face->work_scale;
    for (int i = 0; i <= CT_FACETS; i++) {
        face->mm2[i] = (float)(1.0 / (scale * scale));
        face->cosine[i] = 1.0f;
    }
done:
    return status;
}

/* ---- Regions and cells --------------------------------------------------- */

static cutis_status paint_regions(struct face *face, const struct marks *marks,
                                  struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct outline outline;

    for (int i = 0; i < CT_FACE_REGION; i++) {
        ct_region_outline(&outline, i, marks);
        TRY(ct_fill(&face->region, outline.at, outline.count, CT_NO_REGION,
                    (uint8_t)i, tools));
    }
    ct_ring_outline(&outline, CT_OVAL, marks);
    TRY(ct_fill(&face->region, outline.at, outline.count, CT_NO_REGION,
                CT_FACE_REGION, tools));
done:
    return status;
}

/* Without a mesh cells go by position alone. */
static void lay_flat(struct face *face, const struct axes *axes)
{
    const size_t n = pixels_of(face);
    for (size_t i = 0; i < n; i++)
        face->triangle[i] = CT_FACETS;
    ct_flat_cells(face, axes);
}

/* Without landmarks the face is all there is. */
static void paint_all(struct face *face)
{
    for (int y = 0; y < face->region.height; y++)
        memset(ct_byte_row(&face->region, y), CT_FACE_REGION,
               (size_t)face->region.width);
}

/* The caller's 68 points, or the mesh with its upper forehead. */
static void take_marks(struct marks *marks, cutis_point at[CT_VERTICES],
                       const struct face *face, const struct surface *surface,
                       const cutis_photo_options *options)
{
    *marks = (struct marks){0, at};
    if (options->landmarks == CUTIS_LANDMARKS_IBUG68) {
        marks->count = CT_IBUG_POINTS;
        for (int i = 0; i < CT_IBUG_POINTS; i++)
            at[i] = ct_to_work(face, options->landmark_points[i]);
    } else if (options->landmarks != CUTIS_LANDMARKS_NONE) {
        marks->count = CT_VERTICES;
        memcpy(at, surface->at, sizeof(surface->at));
    }
}

/* Regions, facets and cells; `at` receives the landmarks in working px. */
static cutis_status lay_out(struct face *face, struct marks *marks,
                            cutis_point at[CT_VERTICES],
                            const cutis_photo_options *options,
                            struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    const int width = face->region.width, height = face->region.height;
    struct surface *const surface =
        ct_alloc(&tools->memory, 1, sizeof(*surface));
    if (!surface)
        return ct_no_memory(tools);

    const bool mesh = options->landmarks != CUTIS_LANDMARKS_NONE &&
                      ct_surface_place(surface, face);
    take_marks(marks, at, face, surface, options);
    face->scheme = options->landmarks;
    face->point_count =
        marks->count == CT_VERTICES || (marks->count == CT_IBUG_POINTS && mesh)
            ? CT_POINTS
            : 0;
    if (!marks->count) {
        const struct axes upright = {
            {width / 2.0, height / 2.0}, {1, 0}, {0, 1}};
        paint_all(face);
        lay_flat(face, &upright);
    } else {
        TRY(paint_regions(face, marks, tools));
        const struct axes axes = ct_face_axes(at, marks->count);
        TRY(ct_pulse(tools));
        if (mesh)
            TRY(ct_raster(face, surface, tools));
        else
            lay_flat(face, &axes);
        if (mesh)
            face->cosine[CT_FACETS] = 0; /* beside the mesh is no skin */
    }
done:
    ct_free(surface);
    return status;
}

/* Where the run of pixels of one region and facet ends that begins at `from`:
 * eight are looked at together, as a facet shows many side by side. */
static int run_end(const uint8_t *region, const uint16_t *facet, int from,
                   int width)
{
    enum { STEP = 8 };
    uint8_t regions[STEP];
    uint16_t facets[STEP];
    for (int i = 0; i < STEP; i++) {
        regions[i] = region[from];
        facets[i] = facet[from];
    }
    int x = from + 1;
    while (x + STEP <= width &&
           memcmp(region + x, regions, sizeof(regions)) == 0 &&
           memcmp(facet + x, facets, sizeof(facets)) == 0)
        x += STEP;
    while (x < width && region[x] == *regions && facet[x] == *facets)
        x++;
    return x;
}

static void row_areas(double sum[CT_REGIONS], const struct face *face,
                      const uint8_t *mask, int y)
{
    const int width = face->region.width;
    const uint8_t *const region = ct_byte_row(&face->region, y);
    const uint16_t *const facet = face->triangle + (size_t)y * (size_t)width;

    for (int from = 0, to; from < width; from = to) {
        to = run_end(region, facet, from, width);
        if (region[from] >= CT_REGIONS)
            continue;
        int count = mask ? 0 : to - from;
        for (int x = from; mask && x < to; x++)
            count += mask[x] != 0;
        sum[region[from]] += count * (double)face->mm2[facet[from]];
    }
}

void ct_face_areas(double out[CT_REGIONS], const struct face *face,
                   const struct bytes *mask)
{
    memset(out, 0, CT_REGIONS * sizeof(*out));
    for (int y = 0; y < face->region.height; y++) {
        double row[CT_REGIONS] = {0};
        row_areas(row, face, mask ? ct_byte_row(mask, y) : NULL, y);
        for (int i = 0; i < CT_REGIONS; i++)
            out[i] += row[i];
    }
    for (int i = 0; i < CT_FACE_REGION; i++)
        out[CT_FACE_REGION] += out[i];
}

/* ---- The skin mask ------------------------------------------------------- */

/* Where the working pixels of a coarse one end: the last has what is left. */
static int coarse_end(int at, int factor, int coarse, int all)
{
    return at + 1 < coarse ? (at + 1) * factor : all;
}

/* A row of a coarse plane at all working pixels across. */
static void widen(uint8_t *out, const struct bytes *coarse, int y, int factor,
                  int width)
{
    const uint8_t *const row = ct_byte_row(coarse, y);
    for (int x = 0, at = 0; at < coarse->width; at++) {
        const int end = coarse_end(at, factor, coarse->width, width);
        for (; x < end; x++)
            out[x] = row[at];
    }
}

/* The working rows of one coarse row: takes the anatomy out of the regions,
 * because it was never skin, and says what is skin. */
static void spread_row(struct face *face, const struct sight *s, int coarse)
{
    const int width = face->skin.width, from = coarse * s->factor;
    const int end =
        coarse_end(coarse, s->factor, s->out.height, face->skin.height);
    uint8_t *const first = ct_byte_row(&face->skin, from);

    widen(first, &s->anatomy, coarse, s->factor, width);
    for (int y = from; y < end; y++) {
        uint8_t *const region = ct_byte_row(&face->region, y);
        for (int x = 0; x < width; x++)
            region[x] = first[x] ? CT_NO_REGION : region[x];
    }
    widen(first, &s->out, coarse, s->factor, width);
    for (int y = from + 1; y < end; y++)
        memcpy(ct_byte_row(&face->skin, y), first, (size_t)width);
}

/* ---- What the caller says is a card or a chart --------------------------- */

/* Its rim, its shadow and what blur mixes; of a chart whose patches are given
 * the frame as well, as a share of how far its corners lie from its middle. */
static const double card_rim_mm = 2.0;
static const double chart_frame = 0.25;

static bool is_told(const cutis_point corner[4])
{
    for (int i = 0; i < 4; i++)
        if (corner[i].x != 0.0 || corner[i].y != 0.0)
            return true;
    return false;
}

/* Corners come in any order: any three make a triangle, and all four triangles
 * cover the hull.  `mask` has one pixel for `factor` working ones. */
static cutis_status take_out_quad(struct bytes *mask, const struct face *face,
                                  const cutis_point corner[4], double frame,
                                  int factor, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    cutis_point at[4], middle = {0.0, 0.0};
    if (!is_told(corner))
        return CUTIS_OK;
    for (int i = 0; i < 4; i++) {
        at[i] = ct_to_work(face, corner[i]);
        at[i].x /= factor;
        at[i].y /= factor;
        middle.x += at[i].x / 4.0;
        middle.y += at[i].y / 4.0;
    }
    for (int i = 0; i < 4; i++) {
        const double x = at[i].x - middle.x, y = at[i].y - middle.y;
        const double far = sqrt(x * x + y * y);
        const double rim = sqrt(2.0) * card_rim_mm * face->work_scale / factor;
        const double grown = far > 0.0 ? 1.0 + frame + rim / far : 1.0;
        at[i] = (cutis_point){middle.x + grown * x, middle.y + grown * y};
    }
    for (int but = 0; but < 4; but++) {
        const cutis_point triangle[3] = {at[(but + 1) % 4], at[(but + 2) % 4],
                                         at[(but + 3) % 4]};
        TRY(ct_fill(mask, triangle, 3, 255, 0, tools));
    }
done:
    return status;
}

static cutis_status take_out_cards(struct bytes *mask, const struct face *face,
                                   const cutis_photo_options *options,
                                   int factor, struct tools *tools)
{
    const cutis_status status =
        take_out_quad(mask, face, options->card, 0.0, factor, tools);
    return status ? status
                  : take_out_quad(mask, face, options->chart, chart_frame,
                                  factor, tools);
}

/* ---- Skin by the tests, or as the caller says ---------------------------- */

static cutis_status adaptive(struct face *face, const struct skin *skin,
                             const struct marks *marks,
                             const cutis_photo_options *options,
                             struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct sight *const sight = ct_alloc(&tools->memory, 1, sizeof(*sight));
    if (!sight)
        return ct_no_memory(tools);

    TRY(ct_sight_create(sight, face, marks, skin, tools));
    TRY(take_out_cards(&sight->face, face, options, sight->factor, tools));
    TRY(take_out_cards(&sight->seeds, face, options, sight->factor, tools));
    TRY(ct_mask_tone(sight, tools));
    TRY(ct_mask_clutter(sight, tools));
    TRY(ct_mask_tidy(&sight->out, sight->scale, tools));
    TRY(ct_pulse(tools));
    for (int y = 0; y < sight->out.height; y++)
        spread_row(face, sight, y);
done:
    ct_sight_free(sight);
    ct_free(sight);
    return status;
}

/* The caller's polygon, or everything. */
static cutis_status as_told(struct face *face,
                            const cutis_photo_options *options,
                            struct tools *tools)
{
    if (!options->polygon) {
        for (int y = 0; y < face->skin.height; y++)
            memset(ct_byte_row(&face->skin, y), 255, (size_t)face->skin.width);
        return CUTIS_OK;
    }
    if (options->polygon_count > INT32_MAX / 2)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "a polygon of %zu corners is too large",
                       options->polygon_count);

    cutis_point *const at =
        ct_alloc_raw(&tools->memory, options->polygon_count, sizeof(*at));
    if (!at)
        return ct_no_memory(tools);
    for (int y = 0; y < face->skin.height; y++)
        memset(ct_byte_row(&face->skin, y), 0, (size_t)face->skin.width);
    for (size_t i = 0; i < options->polygon_count; i++)
        at[i] = ct_to_work(face, options->polygon[i]);
    const cutis_status status =
        ct_fill(&face->skin, at, (int)options->polygon_count, 0, 255, tools);
    ct_free(at);
    return status;
}

/* Is any of the picture's pixels under a working pixel see-through? */
static bool see_through(const struct face *face, const struct bytes *opaque,
                        int x, int y)
{
    for (int j = 0; j < face->factor; j++) {
        const int row = face->crop.y + y * face->factor + j;
        const int from = face->crop.x + x * face->factor;
        for (int i = 0; i < face->factor; i++)
            if (row < opaque->height && from + i < opaque->width &&
                ct_byte_row(opaque, row)[from + i] != 255)
                return true;
    }
    return false;
}

/* What nobody can overrule: clipped and see-through pixels, no region, facets
 * seen too obliquely. */
static void restrict_row(struct face *face, const struct skin *skin, int y)
{
    const int width = face->skin.width;
    const uint8_t *const clipped = ct_byte_row(&skin->clipped, y);
    const uint8_t *const region = ct_byte_row(&face->region, y);
    const uint16_t *const facet = face->triangle + (size_t)y * (size_t)width;
    uint8_t *const row = ct_byte_row(&face->skin, y);

    for (int x = 0; x < width; x++)
        row[x] = clipped[x] ? 0 : row[x];
    for (int from = 0, to; from < width; from = to) {
        to = run_end(region, facet, from, width);
        if (region[from] == CT_NO_REGION ||
            (double)face->cosine[facet[from]] < colour_cosine)
            memset(row + from, 0, (size_t)(to - from));
    }
}

static void restrict_skin(struct face *face, const struct skin *skin,
                          const struct picture *picture)
{
    for (int y = 0; y < face->skin.height; y++) {
        restrict_row(face, skin, y);
        uint8_t *const row = ct_byte_row(&face->skin, y);
        for (int x = 0; picture->opaque.at && x < face->skin.width; x++)
            if (row[x] && see_through(face, &picture->opaque, x, y))
                row[x] = 0;
    }
}

cutis_status ct_face_mask(struct face *face, const struct skin *skin,
                          const struct picture *picture,
                          const cutis_photo_options *options,
                          struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct marks marks;
    cutis_point *const at = ct_alloc(&tools->memory, CT_VERTICES, sizeof(*at));
    if (!at)
        return ct_no_memory(tools);

    TRY(create_planes(face, skin->red.width, skin->red.height, tools));
    TRY(lay_out(face, &marks, at, options, tools));
    TRY(ct_pulse(tools));
    if (options->polygon || !marks.count)
        TRY(as_told(face, options, tools));
    else
        TRY(adaptive(face, skin, &marks, options, tools));
    TRY(take_out_cards(&face->skin, face, options, 1, tools));
    TRY(ct_pulse(tools));
    restrict_skin(face, skin, picture);
    TRY(ct_pulse(tools));
    if (options->polygon && !marks.count)
        for (int y = 0; y < face->skin.height; y++)
            for (int x = 0; x < face->skin.width; x++)
                if (!ct_byte_row(&face->skin, y)[x])
                    ct_byte_row(&face->region, y)[x] = CT_NO_REGION;
    ct_face_areas(face->region_area_mm2, face, NULL);
done:
    ct_free(at);
    return status;
}
