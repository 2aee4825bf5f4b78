/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Lines of two photographs, measured together.  What one threshold, common to
 * both, finds in either is looked for in both, at the same place of the skin:
 * so the index follows depth, whatever falls under the threshold.  A place
 * found in both photographs is looked at twice, and both share it by how surely
 * either found it.  How surely it is a line in each photograph is asked again
 * in both: that is what their lengths are compared by.
 *
 * The depth is that of the mean profile, signed, where the map leads.  As far
 * as the map is uncertain the other photograph's profile may be moved across,
 * to where it is most like the first one; where nothing is like it, it stays,
 * so that skin without the line reads about 0.  Only a correlation decides, so
 * the same photograph twice is never moved.
 */

#include <math.h>

#include "measure/measure.h"

static const double window_mm = 6.0;   /* moved as one */
static const double near_mm = 0.75;    /* of a line of the other photograph */
static const double refined_mm = 0.2;  /* what a trusted map may be off by */
static const double landmark_mm = 1.0; /* and one from landmarks alone */
static const double same_mm = 0.002;   /* a photograph's map on itself */
static const double doubt = 0.5;       /* of the root of w (1 - w) */

/* ---- Two photographs ----------------------------------------------------- */

struct side {
    struct scene *scene;
    double factor;         /* on the usual responses, as in choose.c */
    struct bytes near;     /* 255 times the weight of a line near */
    struct line *own;      /* as it measures its lines */
    struct line *borrowed; /* and those of the other one */
    size_t own_count;
};

/* The greatest weight within reach of each point. */
static void stamp(struct bytes *near, const struct path_point *at, double reach,
                  uint8_t value)
{
    const int x0 = (int)ceil((double)at->x - reach);
    const int y0 = (int)ceil((double)at->y - reach);
    const int size = (int)(2.0 * reach);
    for (int y = y0; y <= y0 + size; y++)
        for (int x = x0; x <= x0 + size; x++) {
            const double dx = x - (double)at->x, dy = y - (double)at->y;
            if (x < 0 || y < 0 || x >= near->width || y >= near->height ||
                dx * dx + dy * dy > reach * reach)
                continue;
            uint8_t *here = &ct_byte_row(near, y)[x];
            *here = *here > value ? *here : value;
        }
}

static cutis_status start_side(struct side *side, struct scene *scene,
                               double usual, struct tools *tools)
{
    const struct lines *lines = &scene->lines;
    cutis_status status = CUTIS_OK;

    side->scene = scene;
    side->factor = lines->usual > 0.0 ? usual / lines->usual : 1.0;
    TRY(ct_lines_choose(&scene->lines, scene, usual, tools));
    side->own_count = lines->count;
    TRY(ct_bytes_create(&side->near, lines->ridge.width, lines->ridge.height,
                        tools));
    for (size_t i = 0; i < lines->count; i++)
        for (size_t k = lines->at[i].first;
             !lines->at[i].hair && k < lines->at[i].end; k++)
            stamp(&side->near, &lines->paths.at[k],
                  near_mm * scene->relief.scale,
                  (uint8_t)ceil(255.0 * (double)lines->at[i].weight));
    side->own = ct_alloc(&tools->memory, side->own_count, sizeof(*side->own));
    if (!side->own)
        TRY(ct_no_memory(tools));
done:
    return status;
}

static void free_side(struct side *side)
{
    ct_bytes_free(&side->near);
    ct_free(side->own);
    ct_free(side->borrowed);
}

/* Pixels of one level to those of the other's.  A map that only rounds is
 * none: the same photograph twice is looked at in the very same places. */
static bool lead(double to[2], const struct scene *from,
                 const struct scene *other, double x, double y)
{
    const int a = from->relief.factor, b = other->relief.factor;
    if (!ct_warp_at(from->view->warp, (x + 0.5) * a, (y + 0.5) * a, to))
        return false;
    to[0] = to[0] / b - 0.5;
    to[1] = to[1] / b - 0.5;
    const double same_px = same_mm * from->relief.scale;
    if (fabs(to[0] - x) < same_px && fabs(to[1] - y) < same_px) {
        to[0] = x;
        to[1] = y;
    }
    return true;
}

static bool inside(const struct bytes *mask, const double at[2])
{
    const int x = (int)floor(at[0] + 0.5), y = (int)floor(at[1] + 0.5);
    return x >= 0 && y >= 0 && x < mask->width && y < mask->height &&
           ct_byte_row(mask, y)[x];
}

/* ---- One line in both ---------------------------------------------------- */

struct window {
    struct profile here, there;
    double uncertain_mm, points;
};

struct both {
    const struct side *here, *there;
    const struct line *line;
    struct line *own, *borrowed;
    struct profile sum_here, sum_there;
    double excess_here, excess_there, length; /* mm of the pictures */
};

static void add_window(struct profile *sum, const struct profile *window,
                       int shift)
{
    ct_profile_move(sum, window, shift);
    sum->dark += window->dark;
    sum->dark2 += window->dark2;
    sum->points += window->points;
}

static void close_window(struct both *both, struct window *window)
{
    if (window->points > 0.0) {
        const int shift =
            ct_profile_shift(&window->here, &window->there,
                             window->uncertain_mm / window->points);
        add_window(&both->sum_here, &window->here, 0);
        add_window(&both->sum_there, &window->there, shift);
    }
    *window = (struct window){.points = 0.0};
}

/* The unit vector across the line there. */
static bool lead_across(double out[2], const struct both *both,
                        const double at[2], const double across[2],
                        const double to[2])
{
    const double end[2] = {at[0] + across[0], at[1] + across[1]};
    double tip[2];
    if (!lead(tip, both->here->scene, both->there->scene, end[0], end[1]))
        return false;
    const bool still = to[0] == at[0] && to[1] == at[1] && tip[0] == end[0] &&
                       tip[1] == end[1];
    const double dx = tip[0] - to[0], dy = tip[1] - to[1];
    const double length = ct_sqrt(dx * dx + dy * dy);
    out[0] = length > 0.0 && !still ? dx / length : across[0];
    out[1] = length > 0.0 && !still ? dy / length : across[1];
    return true;
}

/* How far the point stands out in both, and what of it is not the other's. */
static double add_response(struct both *both, const struct path_point *point,
                           const double at[2], const double to[2], double mm)
{
    const double usual = (double)point->usual * both->here->factor;
    const struct bytes *near = &both->there->near;
    const double mine = (double)both->line->weight;
    const int x = (int)floor(to[0] + 0.5), y = (int)floor(to[1] + 0.5);
    const double other = (double)ct_byte_row(near, y)[x] / 255.0;
    const struct plane *here = &both->here->scene->lines.response;
    const struct plane *there = &both->there->scene->lines.response;

    both->excess_here +=
        mm * ct_line_excess(ct_line_response(here, at[0], at[1]), usual);
    both->excess_there +=
        mm * ct_line_excess(ct_line_response(there, to[0], to[1]), usual);
    both->length += mm;
    return mine / (mine + other);
}

static void add_point(struct both *both, struct window *window, size_t i)
{
    const struct scene *here = both->here->scene, *there = both->there->scene;
    const struct level *level = &here->relief;
    const struct paths *paths = &here->lines.paths;
    const struct path_point *point = &paths->at[i], *before = point - 1;
    const double at[2] = {(double)point->x, (double)point->y};
    double across[2], to[2], across_to[2];
    ct_path_across(across, paths, i, both->line->first, both->line->end);
    if (!lead(to, here, there, at[0], at[1]) ||
        !inside(&there->relief.mask, to) ||
        !lead_across(across_to, both, at, across, to))
        return;

    const double dx = at[0] - (double)before->x, dy = at[1] - (double)before->y;
    const int x = (int)floor(at[0] + 0.5), y = (int)floor(at[1] + 0.5);
    const double px = ct_sqrt(dx * dx + dy * dy);
    const double share = add_response(both, point, at, to, px / level->scale);
    const double mm = share * px * ct_sqrt((double)ct_level_area(level, x, y));
    const int region = ct_byte_row(&level->region, y)[x];
    const double trust =
        ct_warp_trust(here->view->warp, (at[0] + 0.5) * level->factor,
                      (at[1] + 0.5) * level->factor);

    ct_profile_add(&window->here, here, at, across, mm);
    ct_profile_add(&window->there, there, to, across_to, mm);
    window->uncertain_mm += refined_mm + (1.0 - trust) * landmark_mm;
    window->points += 1.0;
    if (region < CT_REGIONS) {
        both->own->shared_mm[region] += mm;
        both->borrowed->shared_mm[region] += mm;
    }
}

static double weigh(const struct line_shape *shape, const struct both *both,
                    double excess)
{
    return ct_line_weight(ct_line_evidence(shape, excess, both->length) *
                          (double)both->line->prior);
}

static void measure_both(struct both *both)
{
    const size_t most = (size_t)(window_mm * both->here->scene->relief.scale);
    struct window window = {.points = 0.0};
    for (int r = 0; r < CT_REGIONS; r++) {
        both->own->shared_mm[r] = 0.0;
        both->borrowed->shared_mm[r] = 0.0;
        both->borrowed->length_mm[r] = 0.0;
    }
    for (size_t i = both->line->first + 1; i < both->line->end; i++) {
        add_point(both, &window, i);
        if ((i - both->line->first) % most == 0)
            close_window(both, &window);
    }
    close_window(both, &window);

    const int middle = ct_profile_middle(&both->sum_here, &both->sum_there);
    const struct line_shape here = ct_profile_shape(&both->sum_here, middle);
    const struct line_shape there = ct_profile_shape(&both->sum_there, middle);
    both->own->depth = (float)here.depth;
    both->own->width_mm = (float)here.width_mm;
    both->borrowed->depth = (float)there.depth;
    both->borrowed->width_mm = (float)there.width_mm;

    const double a = weigh(&here, both, both->excess_here);
    const double b = weigh(&there, both, both->excess_there);
    const double p = a * (1.0 - a), q = b * (1.0 - b);
    both->own->present = (float)a;
    both->borrowed->present = (float)b;
    both->own->doubt = both->borrowed->doubt =
        (float)(doubt * ct_sqrt(p > q ? p : q));
}

/* ---- All lines ----------------------------------------------------------- */

static cutis_status measure_side(const struct side *here, struct side *there,
                                 struct tools *tools)
{
    const struct lines *lines = &here->scene->lines;
    there->borrowed =
        ct_alloc(&tools->memory, here->own_count, sizeof(*there->borrowed));
    if (!there->borrowed)
        return ct_no_memory(tools);
    for (size_t i = 0; i < here->own_count; i++) {
        here->own[i] = lines->at[i];
        there->borrowed[i] = lines->at[i];
        struct both both = {.here = here,
                            .there = there,
                            .line = &lines->at[i],
                            .own = &here->own[i],
                            .borrowed = &there->borrowed[i]};
        const cutis_status status = i % 16 ? CUTIS_OK : ct_pulse(tools);
        if (status != CUTIS_OK)
            return status;
        measure_both(&both);
    }
    return CUTIS_OK;
}

/* Its own lines and then the borrowed ones. */
static cutis_status finish_side(struct side *side, size_t borrowed,
                                struct tools *tools)
{
    struct lines *lines = &side->scene->lines;
    struct line *at =
        ct_alloc(&tools->memory, side->own_count + borrowed, sizeof(*at));
    if (!at)
        return ct_no_memory(tools);
    for (size_t i = 0; i < side->own_count; i++)
        at[i] = side->own[i];
    for (size_t i = 0; i < borrowed; i++)
        at[side->own_count + i] = side->borrowed[i];
    ct_free(lines->at);
    lines->at = at;
    lines->count = side->own_count + borrowed;
    return CUTIS_OK;
}

cutis_status ct_lines_join(struct scene scene[2], struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct side side[2] = {{.own_count = 0}, {.own_count = 0}};
    const double usual = 0.5 * (scene[0].lines.usual + scene[1].lines.usual);

    for (int i = 0; i < 2; i++)
        if (!scene[i].lines.response.at || !scene[i].view->warp)
            goto done;
    for (int i = 0; i < 2; i++)
        TRY(start_side(&side[i], &scene[i], usual, tools));
    for (int i = 0; i < 2; i++)
        TRY(measure_side(&side[i], &side[1 - i], tools));
    for (int i = 0; i < 2; i++)
        TRY(finish_side(&side[i], side[1 - i].own_count, tools));
    for (int i = 0; i < 2; i++)
        scene[i].lines.paired = true;

done:
    for (int i = 0; i < 2; i++)
        free_side(&side[i]);
    return status;
}
