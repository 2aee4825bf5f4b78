/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Spots and lesions of two photographs.  Outlines that cover one another, laid
 * on each other through the map of the two faces and moved to where the skin
 * around looks alike, belong together: one to one, or one to several where a
 * spot split or merged.  Each such group has one outline, the union of its
 * own in both photographs, and is measured inside it in both.  So its burden
 * goes with its contrast in proportion, through the limit of detection and
 * through fragmentation, and no photograph's noise chose the outline alone.
 *
 * All is done on the grid of the photograph in which the group is stronger;
 * which one that is does not depend on the order.
 */

#include <math.h>
#include <stdlib.h>

#include "measure/join.h"

static const double least_overlap = 0.3; /* of the smaller outline */
static const double least_view = 0.7;    /* share of the outline seen in both */
static const double seen_share = 0.6;    /* of what one photograph asks for */
static const double quarter_pi = 0.78539816339744831;

enum { MOST_RING = 16384 };

/* ---- What belongs together ----------------------------------------------- */

/* Both sides' items, the first photograph's first. */
struct groups {
    struct spot *spot;
    uint32_t *root;
    size_t count[2];
    float *ring[3]; /* of each map, and room; MOST_RING values each */
};

static size_t place_of(const struct groups *g, int side, size_t index)
{
    return (side ? g->count[0] : 0) + index;
}

static uint32_t root_of(const struct groups *g, uint32_t i)
{
    while (g->root[i] != i)
        i = g->root[i];
    return i;
}

static void unite(struct groups *g, size_t a, size_t b)
{
    const uint32_t i = root_of(g, (uint32_t)a), j = root_of(g, (uint32_t)b);
    g->root[i < j ? j : i] = i < j ? i : j;
}

/* Pixels of an item's outline, and of those that `other` owns. */
static void count_shared(const struct marks *m, int side, size_t index,
                         const struct spot *spot, int other, int *all,
                         int *shared)
{
    const struct box box =
        ct_box_around(&m->scene[side]->colour, spot->x, spot->y, spot->reach);
    *all = *shared = 0;
    for (int y = box.y0; y <= box.y1; y++)
        for (int x = box.x0; x <= box.x1; x++) {
            double to[2];
            if (ct_owner_at(m, side, x, y) != (int)index + 1)
                continue;
            ++*all;
            if (ct_across(m, side, x, y, spot->shift, to))
                *shared += ct_owner_at(m, !side, to[0], to[1]) == other + 1;
        }
}

static void link_item(struct groups *g, const struct marks *m, int side,
                      size_t index)
{
    const struct spot *spot = &g->spot[place_of(g, side, index)];
    const double scale = m->scene[!side]->colour.scale;
    double to[2];
    if (!ct_across(m, side, spot->x, spot->y, spot->shift, to))
        return;
    for (size_t k = 0; k < g->count[!side]; k++) {
        const struct spot *other = &g->spot[place_of(g, !side, k)];
        const double dx = other->x - to[0], dy = other->y - to[1];
        const double far = other->reach + spot->reach + scale;
        int own, shared, theirs, back;
        if (dx * dx + dy * dy > far * far)
            continue;
        count_shared(m, side, index, spot, (int)k, &own, &shared);
        count_shared(m, !side, k, other, (int)index, &theirs, &back);
        const double area = own < theirs ? own : theirs;
        if (shared >= least_overlap * area || back >= least_overlap * area)
            unite(g, place_of(g, side, index), place_of(g, !side, k));
    }
}

/* ---- Measuring a group --------------------------------------------------- */

struct group {
    int side; /* whose grid */
    uint32_t root;
    size_t main[2]; /* each side's strongest item; none if no pieces */
    int pieces[2];
    double own[2];             /* sums of burdens */
    double area[2];            /* sums of areas, mm2 */
    double mm2, seen;          /* of the common outline, and of it in both */
    double sum[2], inside;     /* of the maps, and pixels, inside */
    double red[2][2];          /* of H of either: inside and in the ring */
    double contrast[2], error; /* of the common outline; SD of the change */
    double red_contrast;       /* of both, H */
};

static void gather_group(struct group *group, const struct groups *g,
                         const struct marks *m)
{
    for (int s = 0; s < 2; s++) {
        double best = -1.0;
        for (size_t i = 0; i < g->count[s]; i++) {
            const struct item *item = &m->list[s]->at[i];
            const double burden = (double)item->burden;
            const double size = (double)item->size_mm;
            if (root_of(g, (uint32_t)place_of(g, s, i)) != group->root)
                continue;
            group->pieces[s]++;
            group->own[s] += burden;
            group->area[s] += quarter_pi * size * size;
            if (burden > best) {
                best = burden;
                group->main[s] = i;
            }
        }
    }
    group->side =
        group->own[1] > group->own[0] ||
        (group->own[1] == group->own[0] && group->area[1] > group->area[0]);
}

static bool in_group(const struct groups *g, const struct group *group,
                     int side, int owner)
{
    return owner &&
           root_of(g, (uint32_t)place_of(g, side, (size_t)owner - 1)) ==
               group->root;
}

/* How far from the main item's middle the group reaches, px. */
static double reach_of(const struct groups *g, const struct group *group)
{
    const int s = group->side;
    const struct spot *main = &g->spot[place_of(g, s, group->main[s])];
    double most = main->reach;
    for (size_t i = 0; i < g->count[s]; i++) {
        const struct spot *spot = &g->spot[place_of(g, s, i)];
        const double dx = spot->x - main->x, dy = spot->y - main->y;
        const double reach = ct_sqrt(dx * dx + dy * dy) + spot->reach;
        if (root_of(g, (uint32_t)place_of(g, s, i)) == group->root &&
            reach > most)
            most = reach;
    }
    return most;
}

/* One pixel of the grid that both photographs show. */
static void take_pixel(struct group *group, const struct groups *g,
                       const struct marks *m, int x, int y, const double to[2],
                       bool inside, size_t *ring)
{
    const int s = group->side;
    const float v[2] = {ct_row(m->map[s], y)[x],
                        ct_between(m->map[!s], to[0], to[1])};
    if (inside) {
        group->seen += (double)ct_level_area(&m->scene[s]->colour, x, y);
        group->inside += 1.0;
        group->sum[s] += (double)v[0];
        group->sum[!s] += (double)v[1];
    } else {
        g->ring[s][*ring] = v[0];
        g->ring[!s][(*ring)++] = v[1];
    }
    if (m->brown) {
        group->red[s][!inside] += (double)ct_row(&m->scene[s]->blood_raw, y)[x];
        group->red[!s][!inside] +=
            (double)ct_between(&m->scene[!s]->blood_raw, to[0], to[1]);
    }
}

/* Sums inside the common outline, and the values of the ring around. */
static size_t visit(struct group *group, const struct groups *g,
                    const struct marks *m)
{
    const int s = group->side;
    const struct level *level = &m->scene[s]->colour;
    const struct spot *main = &g->spot[place_of(g, s, group->main[s])];
    const double reach = reach_of(g, group);
    const double near = ct_ring_near / ct_reach_sigma * reach;
    const double far = ct_ring_far / ct_reach_sigma * reach;
    const struct box box = ct_box_around(level, main->x, main->y, far);
    size_t ring = 0;

    for (int y = box.y0; y <= box.y1; y++)
        for (int x = box.x0; x <= box.x1; x++) {
            const double dx = x - main->x, dy = y - main->y;
            const double d2 = dx * dx + dy * dy;
            double to[2];
            if (!ct_marks_skin(m, s, x, y))
                continue;
            const int owner = ct_owner_at(m, s, x, y);
            const bool both = ct_across(m, s, x, y, main->shift, to) &&
                              ct_marks_skin(m, !s, to[0], to[1]);
            const int theirs = both ? ct_owner_at(m, !s, to[0], to[1]) : 0;
            const bool inside =
                in_group(g, group, s, owner) || in_group(g, group, !s, theirs);
            const bool around = d2 >= near * near && d2 <= far * far &&
                                !owner && !theirs && ring < MOST_RING;
            if (inside)
                group->mm2 += (double)ct_level_area(level, x, y);
            if (both && (inside || around))
                take_pixel(group, g, m, x, y, to, inside, &ring);
        }
    return ring;
}

/* The robust SD of the difference of the two rings. */
static double ring_noise(const struct groups *g, size_t n)
{
    float *const d = g->ring[2];
    for (size_t i = 0; i < n; i++)
        d[i] = g->ring[1][i] - g->ring[0][i];
    const float middle = (float)ct_quantile(d, n, 0.5);
    for (size_t i = 0; i < n; i++)
        d[i] = fabsf(d[i] - middle);
    return 1.4826 * ct_quantile(d, n, 0.5);
}

/* False if the group is out of view in one of the photographs. */
static bool measure_group(struct group *group, const struct groups *g,
                          const struct marks *m)
{
    const size_t ring = visit(group, g, m);
    if (group->seen < least_view * group->mm2 || ring < 16 ||
        !(group->seen > 0.0))
        return false;
    const double pixel = group->seen / group->inside;
    const double draws = group->seen / m->grain_mm2;
    const double around = (double)ring * pixel / m->grain_mm2;
    group->error =
        ring_noise(g, ring) * ct_sqrt(1.0 / (draws > 1.0 ? draws : 1.0) +
                                      1.0 / (around > 1.0 ? around : 1.0));
    for (int s = 0; s < 2; s++) {
        group->contrast[s] =
            group->sum[s] / group->inside - ct_quantile(g->ring[s], ring, 0.5);
        group->red_contrast +=
            group->red[s][0] / group->inside - group->red[s][1] / (double)ring;
    }
    return true;
}

/* ---- Lists in step ------------------------------------------------------- */

static uint8_t kind_of(const struct group *group, const struct marks *m)
{
    const double both = group->contrast[0] + group->contrast[1];
    if (!m->brown)
        return CT_SPOT_RED;
    return group->red_contrast < ct_red_share * both ? CT_SPOT_PIGMENT
                                                     : CT_SPOT_MIXED;
}

/* What one photograph's contrast is per contrast in a common outline: a
 * lesion's own is that of its middle. */
static double own_scale(const struct group *group, const struct marks *m)
{
    const int s = group->side;
    const struct item *item = &m->list[s]->at[group->main[s]];
    const double common = group->contrast[s];
    return m->brown || !(common > 0.0) ? 1.0 : (double)item->contrast / common;
}

static struct item side_of(const struct group *group, const struct groups *g,
                           const struct marks *m, int s)
{
    const int from = group->side;
    const struct spot *main = &g->spot[place_of(g, from, group->main[from])];
    const struct level *level = &m->scene[s]->colour;
    const struct item *own = &m->list[from]->at[group->main[from]];
    struct item item = *own;
    double to[2];

    if (group->pieces[s]) {
        item = m->list[s]->at[group->main[s]];
        item.size_mm = (float)ct_sqrt(group->area[s] / quarter_pi);
    } else if (ct_across(m, from, main->x, main->y, main->shift, to)) {
        item.x = (float)((to[0] + 0.5) * level->factor);
        item.y = (float)((to[1] + 0.5) * level->factor);
    }
    item.region = own->region;
    item.cell = own->cell;
    item.pieces = (uint8_t)(group->pieces[s] < 255 ? group->pieces[s] : 255);
    item.contrast = (float)(group->contrast[s] * own_scale(group, m));
    item.burden = item.contrast * (float)group->seen;
    item.kind = kind_of(group, m);
    item.seen =
        group->pieces[s] || (double)item.contrast >= seen_share * m->least;
    return item;
}

static cutis_status add_group(struct list into[2], const struct group *group,
                              const struct groups *g, const struct marks *m,
                              struct tools *tools)
{
    struct item side[2] = {side_of(group, g, m, 0), side_of(group, g, m, 1)};
    const double area = group->seen * own_scale(group, m);
    const struct evidence evidence = {
        .burden = {(double)side[0].burden, (double)side[1].burden},
        .error = group->error * area,
        .least = m->least * group->seen,
        .pieces = {group->pieces[0], group->pieces[1]},
    };
    return ct_add_sides(into, side, &evidence, tools);
}

struct order {
    double key, size;
    size_t index;
};

static int by_strength(const void *left, const void *right)
{
    const struct order *a = left, *b = right;
    if (a->key != b->key)
        return a->key > b->key ? -1 : 1;
    if (a->size != b->size)
        return a->size > b->size ? -1 : 1;
    return a->index < b->index ? -1 : 1;
}

cutis_status ct_sort_both(struct list lists[2], struct tools *tools)
{
    const size_t n = lists[0].count;
    cutis_status status = CUTIS_OK;
    struct order *order = ct_alloc_raw(&tools->memory, n + 1, sizeof(*order));
    struct item *copy = ct_alloc_raw(&tools->memory, n + 1, sizeof(*copy));
    if (!order || !copy)
        TRY(ct_no_memory(tools));
    for (size_t i = 0; i < n; i++) {
        const struct item *a = &lists[0].at[i], *b = &lists[1].at[i];
        order[i] = (struct order){(double)a->burden + (double)b->burden,
                                  (double)a->size_mm + (double)b->size_mm, i};
    }
    if (n)
        qsort(order, n, sizeof(*order), by_strength);
    for (int s = 0; s < 2; s++) {
        for (size_t i = 0; i < n; i++)
            copy[i] = lists[s].at[order[i].index];
        for (size_t i = 0; i < n; i++)
            lists[s].at[i] = copy[i];
    }

done:
    ct_free(copy);
    ct_free(order);
    return status;
}

static cutis_status add_groups(struct list into[2], const struct groups *g,
                               const struct marks *m, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    for (size_t i = 0; i < g->count[0] + g->count[1]; i++) {
        struct group group = {.root = (uint32_t)i};
        if (g->root[i] != i)
            continue;
        gather_group(&group, g, m);
        if (measure_group(&group, g, m))
            TRY(add_group(into, &group, g, m, tools));
    }

done:
    return status;
}

/* ---- All of it ----------------------------------------------------------- */

static cutis_status make_groups(struct groups *g, const struct marks *m,
                                struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct patch *patch = ct_alloc(&tools->memory, 1, sizeof(*patch));
    const size_t all = m->list[0]->count + m->list[1]->count;
    g->count[0] = m->list[0]->count;
    g->count[1] = m->list[1]->count;
    g->spot = ct_alloc(&tools->memory, all + 1, sizeof(*g->spot));
    g->root = ct_alloc(&tools->memory, all + 1, sizeof(*g->root));
    if (!patch || !g->spot || !g->root)
        TRY(ct_no_memory(tools));
    for (int k = 0; k < 3; k++) {
        g->ring[k] = ct_alloc_raw(&tools->memory, MOST_RING, sizeof(float));
        if (!g->ring[k])
            TRY(ct_no_memory(tools));
    }

    for (int s = 0; s < 2; s++)
        for (size_t i = 0; i < g->count[s]; i++) {
            const size_t place = place_of(g, s, i);
            g->root[place] = (uint32_t)place;
            g->spot[place] = ct_spot_of(m, s, i);
            ct_find_shift(&g->spot[place], patch, m, s);
        }
    for (int s = 0; s < 2; s++)
        for (size_t i = 0; i < g->count[s]; i++)
            link_item(g, m, s, i);

done:
    ct_free(patch);
    return status;
}

cutis_status ct_join_marks(struct marks *m, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct groups groups = {0};
    struct list joined[2] = {{0}, {0}};

    TRY(make_groups(&groups, m, tools));
    TRY(add_groups(joined, &groups, m, tools));
    TRY(ct_sort_both(joined, tools));
    for (int s = 0; s < 2; s++) {
        ct_list_free(m->list[s]);
        *m->list[s] = joined[s];
        joined[s] = (struct list){0};
    }

done:
    for (int s = 0; s < 2; s++)
        ct_list_free(&joined[s]);
    for (int k = 0; k < 3; k++)
        ct_free(groups.ring[k]);
    ct_free(groups.spot);
    ct_free(groups.root);
    return status;
}
