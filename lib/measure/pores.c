/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Pores: small dark blobs of the working picture itself, at full resolution,
 * over the mean of 1 mm around.  A blob is a pore unless it does not stand out
 * from how uneven the skin is around it, lies at the mask's edge or on a hair,
 * is much longer than narrow, has melanin's colour instead of a shadow's, or is
 * too small or too large.
 *
 * A pore is dark because it hides light, so it stands alone on even ground.  A
 * hollow of the relief is dark because it is turned from the lamp: beside it
 * lies what is turned towards the lamp, and furrows go on.  Both show on the
 * ring around it as a bright and a dark side.
 *
 * Lengths are those on the skin: seen aslant, at cosine c, a round pit is an
 * ellipse of ratio c, and of an area c times its own.
 */

#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "measure/join.h"
#include "util/parallel.h"

static const double around_mm = 1.0;
static const double first_sigma_mm = 0.07;
static const double fourth_of_octave = 1.189207115002721; /* 2^(1/4) */
static const double stand_out_cod = 1.5; /* response over the ring's SD */
static const double maximum_mm = 0.10;   /* radius of a maximum */
static const double roundness = 0.35;    /* seen from the front */
static const double rim_mm = 0.5, hair_mm = 0.3;
static const double least_mm = 0.20, most_mm = 1.0; /* of the diameter */
static const double fwhm = 2.3548200450309493;      /* per sigma */
static const double spacing_mm = 0.35;

const double ct_pore_least_cod = 3.0;

enum { STEPS = 12 };

/* ---- The picture over its surroundings ----------------------------------- */

/* Rows are worked on between their first and last pixel of skin. */

struct filling {
    const struct scene *scene;
    const struct plane *mean; /* at the relief level */
    struct plane *out;
    struct bytes *mask;
    struct tools *tools;
    atomic_bool failed;
};

static void light_row(void *context, int y)
{
    const struct filling *job = context;
    const struct skin *skin = job->scene->view->skin;
    static const float luminance[4] = {0.2126729f, 0.7151522f, 0.0721750f, 0};
    const int width = job->out->width;
    const uint8_t *good = ct_byte_row(&job->scene->good, y);
    uint8_t *mask = ct_byte_row(job->mask, y);
    float *out = ct_row(job->out, y);
    ct_run_room room;

    for (int x = 0; x < width; x++)
        mask[x] = good[x] & CT_RELIEF ? 255 : 0;
    const struct columns in = ct_columns_set(mask, width);
    memset(out, 0, (size_t)in.from * sizeof(*out));
    memset(out + in.end, 0, (size_t)(width - in.end) * sizeof(*out));
    for (int x = in.from; x < in.end; x += CT_RUN) {
        const int n = ct_run_of(x, in.end);
        const struct light_run at = ct_skin_run(skin, x, y, n, room);
        job->tools->kernels->combine3(out + x, at.red, at.green, at.blue,
                                      luminance, (size_t)n);
    }
}

static void fill_band(void *context, int band)
{
    struct filling *job = context;
    const int width = job->out->width, height = job->out->height;
    const int end =
        (band + 1) * CT_BAND < height ? (band + 1) * CT_BAND : height;
    const struct spacing places = {0.5, 1.0, job->scene->relief.factor, 1.0};
    struct stretch around;
    if (ct_stretch_create(&around, job->mean, &places, width, job->tools))
        atomic_store(&job->failed, true);
    for (int y = band * CT_BAND; around.left && y < end; y++) {
        const uint8_t *mask = ct_byte_row(job->mask, y);
        const struct columns in = ct_columns_set(mask, width);
        if (in.from == in.end)
            continue;
        const float *mean = ct_stretch_row(&around, y);
        float *out = ct_row(job->out, y);
        job->tools->kernels->density(out + in.from, out + in.from,
                                     (size_t)(in.end - in.from));
        for (int x = in.from; x < in.end; x++) {
            const float over = 100.0f * out[x] - mean[x];
            out[x] = mask[x] ? over : 0.0f;
        }
    }
    ct_stretch_free(&around);
}

cutis_status ct_pore_mean(struct plane *out, const struct scene *scene,
                          struct tools *tools)
{
    const struct level *level = &scene->relief;
    const cutis_status status = ct_level_raw(out, level, tools);
    if (status != CUTIS_OK)
        return status;
    return ct_gauss_masked(out, &scene->density, &level->mask,
                           around_mm * level->scale, true, tools);
}

static cutis_status make_source(struct plane *out, struct bytes *mask,
                                const struct scene *scene, struct tools *tools)
{
    const struct plane *like = &scene->view->skin->red;
    cutis_status status = CUTIS_OK;
    struct plane mean = {0};

    TRY(ct_pore_mean(&mean, scene, tools));
    TRY(ct_plane_raw(out, like->width, like->height, tools));
    TRY(ct_bytes_raw(mask, like->width, like->height, tools));
    struct filling job = {.scene = scene,
                          .mean = &mean,
                          .out = out,
                          .mask = mask,
                          .tools = tools};
    atomic_init(&job.failed, false);
    TRY(ct_each(tools, like->height, light_row, &job));
    TRY(ct_soften(out, mask,
                  scene->view->equalise_mm * scene->view->face->work_scale,
                  tools));
    TRY(ct_each(tools, (like->height + CT_BAND - 1) / CT_BAND, fill_band,
                &job));
    if (atomic_load(&job.failed))
        TRY(ct_no_memory(tools));

done:
    ct_plane_free(&mean);
    return status;
}

/* Where pores may lie, at the relief level: away from edges and hairs. */
static cutis_status make_allowed(struct bytes *out, const struct scene *scene,
                                 struct tools *tools)
{
    const struct level *level = &scene->relief;
    const struct bytes *ridge = &scene->lines.ridge;
    cutis_status status = CUTIS_OK;
    struct bytes near = {0};

    TRY(ct_bytes_raw(out, level->width, level->height, tools));
    TRY(ct_bytes_raw(&near, level->width, level->height, tools));
    for (int y = 0; y < level->height; y++) {
        const size_t n = (size_t)level->width;
        memcpy(ct_byte_row(out, y), ct_byte_row(&level->mask, y), n);
        memcpy(ct_byte_row(&near, y), ct_byte_row(ridge, y), n);
    }
    TRY(ct_erode(out, rim_mm * level->scale, tools));
    TRY(ct_dilate(&near, hair_mm * level->scale, tools));
    for (int y = 0; y < level->height; y++) {
        const uint8_t *on_hair = ct_byte_row(&near, y);
        uint8_t *row = ct_byte_row(out, y);
        for (int x = 0; x < level->width; x++)
            row[x] = on_hair[x] ? 0 : row[x];
    }

done:
    ct_bytes_free(&near);
    return status;
}

/* ---- Spacing ------------------------------------------------------------- */

/* Accepted pores by square, so that only neighbours are compared. */
struct grid {
    int *head, *next; /* item indices, -1 = none */
    int across, down;
    double side; /* px, the largest spacing */
};

static bool too_close(const struct grid *grid, const struct list *pores,
                      const struct item *item, double mm_per_px)
{
    const int cx = (int)((double)item->x / grid->side);
    const int cy = (int)((double)item->y / grid->side);
    for (int y = cy - 1; y <= cy + 1; y++)
        for (int x = cx - 1; x <= cx + 1; x++) {
            if (x < 0 || y < 0 || x >= grid->across || y >= grid->down)
                continue;
            for (int i = grid->head[y * grid->across + x]; i >= 0;
                 i = grid->next[i]) {
                const struct item *other = &pores->at[i];
                const double d = 0.5 * (double)(item->size_mm + other->size_mm);
                const double reach =
                    0.5 * (d > spacing_mm ? d : spacing_mm) / mm_per_px;
                const double dx = (double)(item->x - other->x);
                const double dy = (double)(item->y - other->y);
                if (dx * dx + dy * dy < reach * reach)
                    return true;
            }
        }
    return false;
}

static void put(struct grid *grid, const struct item *item, int index)
{
    const int cx = (int)((double)item->x / grid->side);
    const int cy = (int)((double)item->y / grid->side);
    int *head = &grid->head[cy * grid->across + cx];
    grid->next[index] = *head;
    *head = index;
}

/* ---- Pores --------------------------------------------------------------- */

double ct_mm_per_px(const struct face *face, int x, int y)
{
    const size_t at = (size_t)y * (size_t)face->region.width + (size_t)x;
    return ct_sqrt((double)face->mm2[face->triangle[at]]);
}

/* What all blobs are judged with. */
struct judging {
    const struct scene *scene;
    const struct plane *source;
    const struct bytes *mask, *allowed;
};

/* A blob as a pore; false if it is none. */
static bool judge(const struct judging *with, const struct blob *blob,
                  struct item *item)
{
    const struct scene *scene = with->scene;
    const struct face *face = scene->view->face;
    const struct bytes *allowed = with->allowed;
    const int factor = scene->relief.factor;
    const int x = (int)blob->x, y = (int)blob->y;
    if (x / factor >= allowed->width || y / factor >= allowed->height ||
        !ct_byte_row(allowed, y / factor)[x / factor])
        return false;

    const size_t at = (size_t)y * (size_t)face->region.width + (size_t)x;
    const double cosine = (double)face->cosine[face->triangle[at]];
    const double mm_per_px = ct_mm_per_px(face, x, y);
    const double blur =
        isnan(scene->view->blur_mm) ? 0.0 : scene->view->blur_mm;
    const double lens = blur * face->work_scale;
    const double sigma = (double)blob->sigma;
    const double own = sigma * sigma - lens * lens;
    const double diameter = own > 0.0 ? fwhm * ct_sqrt(own) * mm_per_px : 0.0;
    if (diameter < least_mm || diameter > most_mm ||
        (double)blob->roundness < roundness * cosine ||
        (double)blob->response <
            stand_out_cod + ct_pore_unevenness(with->source, with->mask, blob))
        return false;

    const double wide = sigma * mm_per_px;
    *item = (struct item){
        .x = blob->x,
        .y = blob->y,
        .size_mm = (float)diameter,
        .contrast = 2.0f * blob->response,
        .burden =
            (float)(2.0 * (double)blob->response * fwhm * fwhm * wide * wide),
        .sigma_mm = (float)wide,
        .pieces = 1,
        .seen = true,
        .region = ct_byte_row(&face->region, y)[x],
        .cell = face->cell[at],
    };
    return true;
}

static cutis_status select_pores(struct scene *scene,
                                 const struct judging *with,
                                 const struct blobs *blobs, struct tools *tools)
{
    const struct plane *like = &scene->view->skin->red;
    const double scale = scene->view->face->work_scale;
    cutis_status status = CUTIS_OK;
    struct grid grid = {.side = most_mm * scale};
    grid.across = (int)(like->width / grid.side) + 1;
    grid.down = (int)(like->height / grid.side) + 1;
    const size_t squares = (size_t)grid.across * (size_t)grid.down;
    grid.head = ct_alloc_raw(&tools->memory, squares, sizeof(int));
    grid.next = ct_alloc_raw(&tools->memory, blobs->count, sizeof(int));
    if (!grid.head || !grid.next)
        TRY(ct_no_memory(tools));

    for (size_t i = 0; i < squares; i++)
        grid.head[i] = -1;
    for (size_t i = 0; i < blobs->count; i++) {
        if (i % 256 == 0)
            TRY(ct_pulse(tools));
        struct item item;
        const struct blob *blob = &blobs->at[i];
        if (!judge(with, blob, &item) ||
            too_close(&grid, &scene->pores, &item,
                      (double)item.sigma_mm / (double)blob->sigma) ||
            ct_pore_is_brown(scene, blob))
            continue;
        put(&grid, &item, (int)scene->pores.count);
        TRY(ct_list_add(&scene->pores, &item, tools));
    }

done:
    ct_free(grid.head);
    ct_free(grid.next);
    return status;
}

cutis_status ct_pores(struct scene *scene, struct tools *tools)
{
    const double scale = scene->view->face->work_scale;
    cutis_status status = CUTIS_OK;
    struct plane source = {0};
    struct bytes mask = {0}, allowed = {0};
    struct blobs blobs = {0};
    struct blob_search search = {
        .source = &source,
        .mask = &mask,
        .scales = STEPS,
        .threshold = stand_out_cod,
        .radius = maximum_mm * scale,
        .roundness = roundness * ct_relief_cosine,
    };
    const struct judging with = {scene, &source, &mask, &allowed};
    search.sigma[0] = first_sigma_mm * scale;
    for (int k = 1; k < STEPS; k++)
        search.sigma[k] = search.sigma[k - 1] * fourth_of_octave;

    TRY(make_source(&source, &mask, scene, tools));
    TRY(ct_blobs_find(&blobs, &search, tools));
    TRY(make_allowed(&allowed, scene, tools));
    TRY(select_pores(scene, &with, &blobs, tools));

done:
    ct_free(blobs.at);
    ct_bytes_free(&allowed);
    ct_bytes_free(&mask);
    ct_plane_free(&source);
    return status;
}
