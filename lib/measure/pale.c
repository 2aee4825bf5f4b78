/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Pale spots: where the pigment map lies well below the skin around.  They are
 * told apart from brown ones because both may go the same way: a mark that
 * fades and skin that loses its pigment.
 *
 * A spot is what lies under -5 in one piece and reaches -9, and is no change of
 * blood.  Sheen is pale too, but adds the same light to red and blue, where
 * less melanin adds L m of each.  Where L m is alike in both, from about ITA 5
 * to 55, nobody can tell, and no pale spot is counted.
 */

#include <math.h>
#include <string.h>

#include "measure/measure.h"

static const float low = -5.0f, high = -9.0f; /* P */
static const double least_contrast = 6.0;     /* P, mean */
static const double least_mm2 = 0.8, most_mm2 = 200.0;
static const double most_blood = 0.5; /* H per P */
static const double around_mm = 12.0;
static const double least_unlike = 0.2; /* |ln| of melanin's blue to red */

struct piece {
    double area_mm2, pixels, p, blood;
    double red, blue;           /* linear light, summed; if `may_count` */
    double red_rise, blue_rise; /* above the skin around */
    bool deep, may_count;
    int region;
};

/* Optical density of red and blue against 12 mm around. */
struct rise {
    struct plane red, blue;
};

/* Linear light of an optical density. */
static double light(double density)
{
    return ct_exp(-2.302585092994046 * density);
}

static void add_pixel(struct piece *piece, const struct scene *scene, int x,
                      int y)
{
    const float p = ct_row(&scene->pigment, y)[x];
    piece->area_mm2 += (double)ct_level_area(&scene->colour, x, y);
    piece->pixels += 1.0;
    piece->p += (double)p;
    piece->blood += (double)ct_row(&scene->blood, y)[x];
    piece->deep = piece->deep || p <= high;
    piece->region = ct_byte_row(&scene->colour.region, y)[x];
}

static void add_light(struct piece *piece, const struct scene *scene,
                      const struct rise *rise, int x, int y)
{
    const double red = light((double)ct_row(&scene->od[0], y)[x]);
    const double blue = light((double)ct_row(&scene->od[2], y)[x]);
    piece->red += red;
    piece->blue += blue;
    piece->red_rise -= red * (double)ct_row(&rise->red, y)[x];
    piece->blue_rise -= blue * (double)ct_row(&rise->blue, y)[x];
}

/* ln of the blue to the red light that less melanin would add. */
static double melanin_tint(const struct piece *piece, const struct tone *tone)
{
    return ct_log(piece->blue * tone->m[2] / (piece->red * tone->m[0]));
}

/* Whether the light that came on top is melanin's rather than the lamp's. */
static bool is_less_melanin(const struct piece *piece, const struct tone *tone)
{
    if (!(piece->red_rise > 0.0 && piece->blue_rise > 0.0))
        return false;
    const double melanin = melanin_tint(piece, tone);
    const double here = ct_log(piece->blue_rise / piece->red_rise);
    return fabs(melanin) >= least_unlike && fabs(here - melanin) < fabs(here);
}

/* All that can be told without its light. */
static bool may_count(const struct piece *piece, const double *blood_around)
{
    const int r = piece->region;
    if (r >= CT_REGIONS || !piece->deep || piece->area_mm2 < least_mm2 ||
        piece->area_mm2 > most_mm2)
        return false;
    const double contrast = -piece->p / piece->pixels;
    const double blood = piece->blood / piece->pixels - blood_around[r];
    return contrast >= least_contrast && fabs(blood) <= most_blood * contrast;
}

static cutis_status find_pieces(struct components *out,
                                const struct scene *scene, struct tools *tools)
{
    const struct level *level = &scene->colour;
    struct bytes pale = {0};
    cutis_status status = CUTIS_OK;

    TRY(ct_bytes_raw(&pale, level->width, level->height, tools));
    for (int y = 0; y < level->height; y++) {
        const uint8_t *mask = ct_byte_row(&level->mask, y);
        const float *pigment = ct_row(&scene->pigment, y);
        uint8_t *row = ct_byte_row(&pale, y);
        for (int x = 0; x < level->width; x++)
            row[x] = mask[x] && pigment[x] <= low ? 255 : 0;
    }
    TRY(ct_components(out, &pale, false, tools));

done:
    ct_bytes_free(&pale);
    return status;
}

/* Medians of H by region, to hold a piece's against. */
static void median_blood(double out[CT_REGIONS], const struct scene *scene)
{
    for (int r = 0; r < CT_REGIONS; r++) {
        size_t n = 0;
        const struct level *level = &scene->colour;
        for (struct walk w = ct_walk(level, r); w.left; ct_walk_on(&w))
            scene->scratch[n++] = ct_row(&scene->blood, w.y)[w.x];
        out[r] = ct_quantile(scene->scratch, n, 0.5);
    }
}

static cutis_status take_rise(struct plane *out, const struct plane *density,
                              const struct level *level, struct tools *tools)
{
    cutis_status status = CUTIS_OK;

    TRY(ct_level_raw(out, level, tools));
    for (int y = 0; y < level->height; y++)
        memcpy(ct_row(out, y), ct_row(density, y),
               (size_t)level->width * sizeof(float));
    TRY(ct_flatten(out, level, around_mm, tools));

done:
    return status;
}

static void add_spot(struct pale out[CT_REGIONS], const struct piece *piece,
                     const struct cover *cover)
{
    for (int row = 0; row < CT_REGIONS; row++) {
        if (!ct_pools(cover, row, piece->region))
            continue;
        out[row].count += 1.0;
        out[row].area_mm2 += piece->area_mm2;
        out[row].burden -= piece->area_mm2 * piece->p / piece->pixels;
    }
}

/* The light of the pieces that may count. */
static cutis_status sum_light(struct piece *pieces,
                              const struct components *found,
                              const struct scene *scene, struct tools *tools)
{
    const struct level *level = &scene->colour;
    struct rise rise = {{0}, {0}};
    cutis_status status = CUTIS_OK;

    TRY(take_rise(&rise.red, &scene->od[0], level, tools));
    TRY(take_rise(&rise.blue, &scene->od[2], level, tools));
    for (size_t i = 0; i < found->runs; i++) {
        const struct mask_run *const run = &found->run[i];
        struct piece *const piece = &pieces[run->label];
        for (int x = run->from; piece->may_count && x < run->end; x++)
            add_light(piece, scene, &rise, x, run->y);
    }

done:
    ct_plane_free(&rise.red);
    ct_plane_free(&rise.blue);
    return status;
}

/* Pieces 1 to `count`, summed up. */
static cutis_status sum_pieces(struct piece **out, int32_t *count,
                               const struct scene *scene, struct tools *tools)
{
    double blood[CT_REGIONS];
    bool any = false;
    cutis_status status = CUTIS_OK;
    struct components found = {0};

    TRY(find_pieces(&found, scene, tools));
    *count = found.count;
    *out = ct_alloc(&tools->memory, (size_t)*count + 1, sizeof(**out));
    if (!*out)
        TRY(ct_no_memory(tools));
    for (size_t i = 0; i < found.runs; i++) {
        const struct mask_run *const run = &found.run[i];
        for (int x = run->from; x < run->end; x++)
            add_pixel(*out + run->label, scene, x, run->y);
    }
    median_blood(blood, scene);
    for (int32_t i = 1; i <= *count; i++) {
        (*out)[i].may_count = may_count(&(*out)[i], blood);
        any = any || (*out)[i].may_count;
    }
    if (any)
        TRY(sum_light(*out, &found, scene, tools));

done:
    ct_components_free(&found);
    return status;
}

cutis_status ct_pale_spots(struct pale out[CT_REGIONS],
                           const struct scene *scene, struct tools *tools)
{
    struct piece *pieces = NULL;
    int32_t count = 0;
    cutis_status status = CUTIS_OK;

    for (int r = 0; r < CT_REGIONS; r++)
        out[r] = (struct pale){0};
    TRY(sum_pieces(&pieces, &count, scene, tools));
    for (int32_t i = 1; i <= count; i++)
        if (pieces[i].may_count && is_less_melanin(&pieces[i], &scene->tone))
            add_spot(out, &pieces[i], &scene->colour.cover);

done:
    ct_free(pieces);
    return status;
}
