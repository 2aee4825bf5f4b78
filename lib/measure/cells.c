/* SPDX-License-Identifier: BSD-2-Clause */

#include "measure/cells.h"

#include <math.h>
#include <string.h>

enum { CELLS = CT_CELLS_X * CT_CELLS_Y };

static bool is_of_bands(int layer)
{
    return (layer >= CT_LAYER_BAND && layer < CT_LAYER_BAND + CT_BANDS) ||
           layer >= CT_LAYER_BAND_PIXELS;
}

/* A block for the layers of bands, or for all others. */
static cutis_status make_layers(float **block, struct cells *cells, bool bands,
                                struct tools *tools)
{
    size_t count = 0;
    for (int i = 0; i < CT_LAYERS; i++)
        count += is_of_bands(i) == bands;
    *block = ct_alloc(&tools->memory, count * CELLS, sizeof(float));
    if (!*block)
        return ct_no_memory(tools);
    float *next = *block;
    for (int i = 0; i < CT_LAYERS; i++)
        if (is_of_bands(i) == bands) {
            cells->layer[i] = next;
            next += CELLS;
        }
    return CUTIS_OK;
}

cutis_status ct_cells_create(struct cells **out, struct tools *tools)
{
    struct cells *const cells = ct_alloc(&tools->memory, 1, sizeof(*cells));
    *out = cells;
    if (!cells)
        return ct_no_memory(tools);
    memset(cells->region, CT_NO_REGION, sizeof(cells->region));
    for (int i = 0; i < CT_LAYER_PIXELS; i++)
        for (int r = 0; r < CT_REGIONS; r++)
            cells->gain[i][r] = NAN;
    return make_layers(&cells->made, cells, true, tools);
}

cutis_status ct_cells_complete(struct cells *cells, struct tools *tools)
{
    return make_layers(&cells->more, cells, false, tools);
}

void ct_cells_free(struct cells *cells)
{
    if (!cells)
        return;
    ct_free(cells->made);
    ct_free(cells->more);
    ct_free(cells);
}

/* A row of a level: its mask, its regions, and the cells of its pixels,
 * `factor` apart. */
struct strip {
    const uint8_t *mask, *region;
    const uint16_t *cell;
    int factor;
    uint8_t *own; /* region of each cell */
};

static struct strip strip_of(const struct scene *scene,
                             const struct level *level,
                             const struct bytes *mask, int y)
{
    const size_t width = (size_t)scene->view->skin->red.width;
    const size_t middle = (size_t)level->factor / 2;
    return (struct strip){
        .mask = ct_byte_row(mask, y),
        .region = ct_byte_row(&level->region, y),
        .cell = scene->view->face->cell + middle +
                ((size_t)y * (size_t)level->factor + middle) * width,
        .factor = level->factor,
        .own = scene->cells->region,
    };
}

static bool takes_part(const struct strip *strip, int x)
{
    return strip->mask[x] && strip->region[x] < CT_REGIONS;
}

/* The cell of a pixel that takes part; the last, where no skin is, for a pixel
 * of another region than the cell's. */
static size_t cell_at(const struct strip *strip, int x)
{
    const size_t cell = strip->cell[(size_t)x * (size_t)strip->factor];
    const uint8_t region = strip->region[x];

    if (strip->own[cell] == CT_NO_REGION)
        strip->own[cell] = region;
    return strip->own[cell] == region ? cell : CT_NO_CELL;
}

/* ---- While the scene is made --------------------------------------------- */

/* Every other pixel each way: bands vary over more than two. */
void ct_cells_band(struct scene *scene, const struct plane *band,
                   const struct plane *support, int step, int k)
{
    const struct level *const level = &scene->relief;
    struct cells *const cells = scene->cells;

    for (int y = 0; cells && y < level->height; y += 2) {
        const struct strip strip = strip_of(scene, level, &level->mask, y);
        const float *const weight = ct_row(support, y / step);
        const float *const value = ct_row(band, y / step);
        float *const squares = cells->layer[CT_LAYER_BAND + k];
        float *const pixels = cells->layer[CT_LAYER_BAND_PIXELS + k];
        for (int x = 0; x < level->width; x += 2) {
            const int at = x / step;
            if (!takes_part(&strip, x) || weight[at] < ct_band_support)
                continue;
            const size_t c = cell_at(&strip, x);
            squares[c] += value[at] * value[at];
            pixels[c] += 1.0f;
        }
    }
}

void ct_cells_red(struct scene *scene, const struct plane *smooth,
                  double reference)
{
    const struct level *const level = &scene->colour;

    for (int y = 0; scene->cells && y < level->height; y++) {
        const struct strip strip = strip_of(scene, level, &level->mask, y);
        const float *const value = ct_row(smooth, y);
        float *const red = scene->cells->layer[CT_LAYER_RED];
        for (int x = 0; x < level->width; x++)
            if (takes_part(&strip, x))
                red[cell_at(&strip, x)] +=
                    (float)ct_red_share_of((double)value[x], reference);
    }
}

/* ---- Once all is measured ------------------------------------------------ */

/* What the trimmed mean keeps of each region: a value beyond counts as the
 * last that is kept. */
static void cuts(float low[CT_REGIONS], float high[CT_REGIONS],
                 const struct scene *scene)
{
    for (int r = 0; r < CT_REGIONS; r++) {
        const struct level *const level = &scene->colour;
        const size_t from = level->start[r], n = level->start[r + 1] - from;
        for (size_t i = 0; i < n; i++) {
            const uint32_t at = level->index[from + i];
            const int x = (int)(at % (uint32_t)level->width);
            const int y = (int)(at / (uint32_t)level->width);
            scene->scratch[i] = ct_row(&scene->blood, y)[x];
        }
        low[r] = n ? (float)ct_quantile(scene->scratch, n, 0.1) : 0.0f;
        high[r] = n ? (float)ct_quantile(scene->scratch, n, 0.9) : 0.0f;
    }
}

static void add_colour(struct scene *scene)
{
    const struct level *const level = &scene->colour;
    struct cells *const cells = scene->cells;
    float low[CT_REGIONS], high[CT_REGIONS];

    if (scene->blood.at)
        cuts(low, high, scene);
    for (int y = 0; y < level->height; y++) {
        const struct strip strip = strip_of(scene, level, &level->mask, y);
        struct areas areas = ct_areas_of(level, y);
        const float *const blood =
            scene->blood.at ? ct_row(&scene->blood, y) : NULL;
        for (int x = 0; x < level->width; x++) {
            if (!takes_part(&strip, x))
                continue;
            const size_t c = cell_at(&strip, x);
            const int r = strip.region[x];
            cells->layer[CT_LAYER_PIXELS][c] += 1.0f;
            cells->layer[CT_LAYER_COLOUR][c] += ct_area_at(&areas, x);
            if (blood)
                cells->layer[CT_LAYER_BLOOD][c] +=
                    fminf(fmaxf(blood[x], low[r]), high[r]);
        }
    }
}

static void add_shine(struct scene *scene)
{
    const struct level *const level = &scene->colour;
    struct cells *const cells = scene->cells;

    for (int y = 0; y < level->height; y++) {
        const struct strip strip = strip_of(scene, level, &scene->lit, y);
        struct areas areas = ct_areas_of(level, y);
        for (int x = 0; x < level->width; x++) {
            if (!takes_part(&strip, x))
                continue;
            const size_t c = cell_at(&strip, x);
            const float mm2 = ct_area_at(&areas, x);
            cells->layer[CT_LAYER_OPEN][c] += mm2;
            if (ct_shines(scene, x, y))
                cells->layer[CT_LAYER_SHINE][c] += mm2;
        }
    }
}

static void add_relief(struct scene *scene)
{
    const struct level *const level = &scene->relief;

    for (int y = 0; y < level->height; y++) {
        const struct strip strip = strip_of(scene, level, &level->mask, y);
        struct areas areas = ct_areas_of(level, y);
        float *const relief = scene->cells->layer[CT_LAYER_RELIEF];
        for (int x = 0; x < level->width; x++)
            if (takes_part(&strip, x))
                relief[cell_at(&strip, x)] += ct_area_at(&areas, x);
    }
}

/* Items that a tally counts, or their burden. */
static void add_items(struct cells *cells, int layer, const struct list *list,
                      int kind, bool burden)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct item *const item = &list->at[i];
        if (item->kind == kind && item->region < CT_REGIONS)
            cells->layer[layer][item->cell] += burden       ? item->burden
                                               : item->seen ? 1.0f
                                                            : 0.0f;
    }
}

/* Slopes of y; of a ratio 1 / reading.  Densities are per cm2, shares in %. */
static void set_gains(struct scene *scene, const struct readings *readings)
{
    static const struct {
        int layer, metric;
    } shares[] = {{CT_LAYER_RED, CT_ERYTHEMA_AREA},
                  {CT_LAYER_SHINE, CT_SHINE},
                  {CT_LAYER_LESIONS, CT_LESION_DENSITY},
                  {CT_LAYER_SPOTS, CT_PIGMENT_SPOTS},
                  {CT_LAYER_PORES, CT_PORE_DENSITY},
                  {CT_LAYER_PORE_BURDEN, CT_PORE_BURDEN}};
    struct cells *const cells = scene->cells;
    const double *const weight = ct_texture_weights(scene);

    for (int r = 0; r < CT_REGIONS; r++) {
        for (size_t i = 0; i < sizeof(shares) / sizeof(*shares); i++) {
            const int m = shares[i].metric;
            const double value = readings->of[m][r].value;
            cells->gain[shares[i].layer][r] =
                100.0 * (ct_metrics[m]->about.scale == CUTIS_LINEAR ? 1.0
                         : value > 0.0 ? 1.0 / value
                                       : NAN);
        }
        cells->gain[CT_LAYER_BLOOD][r] =
            scene->blood.at ? ct_redness_slope(scene, r) / 0.8 : NAN;
        for (int k = 0; k < CT_BANDS; k++) {
            const double clean = scene->band[k][r].clean;
            cells->gain[CT_LAYER_BAND + k][r] =
                weight[k] > 0.0 ? 0.5 * weight[k] / (clean * clean) : 0.0;
        }
    }
}

void ct_cells_fill(struct scene *scene, const struct readings *readings)
{
    struct cells *const cells = scene->cells;

    memcpy(cells->pooled, scene->colour.cover.pooled, sizeof(cells->pooled));
    add_colour(scene);
    add_shine(scene);
    add_relief(scene);
    add_items(cells, CT_LAYER_LESIONS, &scene->lesions, CT_SPOT_RED, false);
    add_items(cells, CT_LAYER_SPOTS, &scene->spots, CT_SPOT_PIGMENT, true);
    add_items(cells, CT_LAYER_PORES, &scene->pores, 0, false);
    add_items(cells, CT_LAYER_PORE_BURDEN, &scene->pores, 0, true);
    set_gains(scene, readings);
}
