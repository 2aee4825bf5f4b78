/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * From thin ridges to paths.  Ridges of skin are a mesh: where they meet, they
 * are parted into pieces, and pieces are joined again where one goes on as the
 * other does, straight over a junction or a gap.  What only touched a line
 * stays behind.
 */

#include <math.h>
#include <stdlib.h>

#include "measure/measure.h"

static const double tangent_mm = 1.0; /* of a piece's end, for its direction */
static const double least_mm = 0.4;   /* of a piece */
static const double bend_mm = 0.6;    /* each side of a bend */
static const double bend = 0.82;      /* cosine: 35 degrees part a piece */
static const double gap_mm = 2.0;     /* between pieces that are joined */
static const double near_mm = 0.5;    /* below, the gap's direction is noise */
static const double turn = 0.77;      /* cosine: 40 degrees from end to end */
static const double aside = 0.82;     /* cosine: 35 degrees from end to gap */
static const double turn_mm = 10.0;   /* a turn costs as much as a gap */
static const double smooth_mm = 0.25;

enum { NONE = -1 };

/* ---- Pieces -------------------------------------------------------------- */

struct pieces {
    struct path_point *at;
    size_t *start; /* [count + 1] */
    size_t count;
};

static bool on(const struct bytes *mask, int x, int y)
{
    return x >= 0 && y >= 0 && x < mask->width && y < mask->height &&
           ct_byte_row(mask, y)[x];
}

static const int around[8][2] = {{0, -1}, {1, 0}, {0, 1},  {-1, 0},
                                 {1, -1}, {1, 1}, {-1, 1}, {-1, -1}};

static int neighbours(const struct bytes *mask, int x, int y)
{
    int count = 0;
    for (int k = 0; k < 8; k++)
        count += on(mask, x + around[k][0], y + around[k][1]);
    return count;
}

/* Three branches or more leave the pixel. */
static bool is_junction(const struct bytes *mask, int x, int y)
{
    static const int ring[8][2] = {{0, -1}, {1, -1}, {1, 0},  {1, 1},
                                   {0, 1},  {-1, 1}, {-1, 0}, {-1, -1}};
    int starts = 0;
    for (int k = 0; k < 8; k++) {
        const int *a = ring[k], *b = ring[(k + 1) % 8];
        starts += !on(mask, x + a[0], y + a[1]) && on(mask, x + b[0], y + b[1]);
    }
    return starts > 2;
}

static void part(struct bytes *mask)
{
    const int width = mask->width;
    for (int y = 0; y < mask->height; y++) {
        uint8_t *row = ct_byte_row(mask, y);
        for (int x = 0; (x = ct_next_set(row, x, width)) < width; x++)
            if (is_junction(mask, x, y))
                row[x] = 128;
    }
    for (int y = 0; y < mask->height; y++) {
        uint8_t *row = ct_byte_row(mask, y);
        for (int x = 0; x < width; x++)
            row[x] = row[x] == 128 ? 0 : row[x];
    }
}

/* Follows a piece from (x, y), taking its pixels away. */
static size_t follow(struct path_point *out, struct bytes *mask, int x, int y)
{
    size_t n = 0;
    for (bool more = true; more;) {
        out[n++] = (struct path_point){.x = (float)x, .y = (float)y};
        ct_byte_row(mask, y)[x] = 0;
        more = false;
        for (int k = 0; k < 8 && !more; k++)
            if (on(mask, x + around[k][0], y + around[k][1])) {
                x += around[k][0];
                y += around[k][1];
                more = true;
            }
    }
    return n;
}

/* Cosine of the angle between the ways to and from a point, `reach` points
 * each; 1 near the ends. */
static double straight(const struct path_point *path, size_t n, size_t i,
                       size_t reach)
{
    if (i < reach || i + reach >= n)
        return 1.0;
    const struct path_point *a = &path[i - reach], *b = &path[i];
    const struct path_point *c = &path[i + reach];
    const double ux = (double)(b->x - a->x), uy = (double)(b->y - a->y);
    const double vx = (double)(c->x - b->x), vy = (double)(c->y - b->y);
    const double uv = ct_sqrt((ux * ux + uy * uy) * (vx * vx + vy * vy));
    return uv > 0.0 ? (ux * vx + uy * vy) / uv : -1.0;
}

static bool bends(const struct path_point *path, size_t n, size_t i,
                  size_t reach)
{
    const double here = straight(path, n, i, reach);
    if (here > bend)
        return false;
    for (size_t k = 1; k <= reach; k++)
        if (straight(path, n, i - k, reach) <= here ||
            straight(path, n, i + k, reach) < here)
            return false;
    return true;
}

struct tracing {
    struct pieces *out;
    size_t used, least, reach;
};

/* Keeps the n points at `used`, parted at bends, without short rests. */
static void keep(struct tracing *tracing, size_t n)
{
    struct pieces *out = tracing->out;
    const struct path_point *path = out->at + tracing->used;
    size_t *start = out->start + out->count;
    size_t first = 0, kept = 0, cuts = 0;
    for (size_t i = 1; i <= n; i++)
        if (i == n || bends(path, n, i, tracing->reach))
            start[++cuts] = i;
    for (size_t k = 1; k <= cuts; k++) {
        const size_t end = start[k];
        if (end - first >= tracing->least) {
            for (size_t i = first; i < end; i++)
                out->at[tracing->used + kept + i - first] = path[i];
            kept += end - first;
            out->start[++out->count] = tracing->used + kept;
        }
        first = end;
    }
    tracing->used += kept;
}

/* Those that have ends first, then the rings; takes the mask's pixels away. */
static cutis_status trace(struct pieces *out, struct bytes *mask, double scale,
                          struct tools *tools)
{
    struct tracing tracing = {.out = out,
                              .least = (size_t)ceil(least_mm * scale),
                              .reach = (size_t)ceil(bend_mm * scale)};
    const int width = mask->width;
    size_t total = 0;
    for (int y = 0; y < mask->height; y++) {
        const uint8_t *row = ct_byte_row(mask, y);
        for (int x = 0; x < width; x++)
            total += row[x] != 0;
    }
    out->at = ct_alloc_raw(&tools->memory, total, sizeof(*out->at));
    out->start = ct_alloc(&tools->memory, total + 1, sizeof(*out->start));
    if (!out->at || !out->start)
        return ct_no_memory(tools);

    for (int rings = 0; rings < 2; rings++)
        for (int y = 0; y < mask->height; y++) {
            const uint8_t *row = ct_byte_row(mask, y);
            for (int x = 0; (x = ct_next_set(row, x, width)) < width; x++)
                if (rings || neighbours(mask, x, y) < 2)
                    keep(&tracing, follow(out->at + tracing.used, mask, x, y));
        }
    return CUTIS_OK;
}

/* ---- Joining ------------------------------------------------------------- */

/* One end of a piece, and the way it points, outwards. */
struct end {
    double x, y, dx, dy;
    int mate; /* the end it is joined to; NONE */
};

/* Ends 2 i and 2 i + 1 are of piece i. */
static struct end end_of(const struct pieces *pieces, size_t i, bool last,
                         double scale)
{
    const size_t first = pieces->start[i], n = pieces->start[i + 1] - first;
    const size_t reach = (size_t)(tangent_mm * scale);
    const size_t inner = n - 1 < reach ? n - 1 : reach;
    const struct path_point *tip = &pieces->at[last ? first + n - 1 : first];
    const struct path_point *in = last ? tip - inner : tip + inner;
    const double dx = (double)(tip->x - in->x), dy = (double)(tip->y - in->y);
    const double length = ct_sqrt(dx * dx + dy * dy);
    const double whole = length > 0.0 ? length : 1.0;
    return (struct end){.x = (double)tip->x,
                        .y = (double)tip->y,
                        .dx = dx / whole,
                        .dy = dy / whole,
                        .mate = NONE};
}

struct link {
    double cost;
    int from, to;
};

/* px of a straight way, longer by what it turns; negative: not one line. */
static double cost_of(const struct end *a, const struct end *b, double scale)
{
    const double gx = b->x - a->x, gy = b->y - a->y;
    const double gap = ct_sqrt(gx * gx + gy * gy);
    const double on_line = -(a->dx * b->dx + a->dy * b->dy);
    if (gap > gap_mm * scale || on_line < turn)
        return -1.0;
    if (gap > near_mm * scale && (a->dx * gx + a->dy * gy < aside * gap ||
                                  -(b->dx * gx + b->dy * gy) < aside * gap))
        return -1.0;
    return gap + turn_mm * scale * (1.0 - on_line);
}

static int by_cost(const void *a, const void *b)
{
    const struct link *p = a, *q = b;
    if (p->cost != q->cost)
        return p->cost < q->cost ? -1 : 1;
    if (p->from != q->from)
        return p->from < q->from ? -1 : 1;
    return (p->to > q->to) - (p->to < q->to);
}

struct links {
    struct link *at;
    size_t count, room;
};

static cutis_status add_link(struct links *links, struct link link,
                             struct tools *tools)
{
    if (links->count == links->room) {
        const size_t room = links->room ? 2 * links->room : 256;
        struct link *at = ct_alloc_raw(&tools->memory, room, sizeof(*at));
        if (!at)
            return ct_no_memory(tools);
        for (size_t i = 0; i < links->count; i++)
            at[i] = links->at[i];
        ct_free(links->at);
        links->at = at;
        links->room = room;
    }
    links->at[links->count++] = link;
    return CUTIS_OK;
}

struct place {
    double x, y;
    int end;
};

static int by_height(const void *a, const void *b)
{
    const struct place *p = a, *q = b;
    if (p->y != q->y)
        return p->y < q->y ? -1 : 1;
    return (p->end > q->end) - (p->end < q->end);
}

/* All pairs of ends that could be one line. */
static cutis_status propose(struct links *out, const struct end *ends,
                            int count, double scale, struct tools *tools)
{
    const double far = gap_mm * scale;
    cutis_status status = CUTIS_OK;
    struct place *place =
        ct_alloc_raw(&tools->memory, (size_t)count, sizeof(*place));
    if (!place)
        return ct_no_memory(tools);
    for (int i = 0; i < count; i++)
        place[i] = (struct place){ends[i].x, ends[i].y, i};
    if (count > 0)
        qsort(place, (size_t)count, sizeof(*place), by_height);
    for (int i = 0; i < count; i++) {
        if (i % 64 == 0)
            TRY(ct_pulse(tools));
        for (int k = i + 1; k < count && place[k].y - place[i].y <= far; k++) {
            if (fabs(place[k].x - place[i].x) > far)
                continue;
            const int p = place[i].end, q = place[k].end;
            const struct link link = {cost_of(&ends[p], &ends[q], scale),
                                      p < q ? p : q, p < q ? q : p};
            if (link.cost >= 0.0 && p / 2 != q / 2)
                TRY(add_link(out, link, tools));
        }
    }
    if (out->count > 0)
        qsort(out->at, out->count, sizeof(*out->at), by_cost);
done:
    ct_free(place);
    return status;
}

static int root_of(int *parent, int i)
{
    while (parent[i] != i)
        i = parent[i] = parent[parent[i]];
    return i;
}

/* The cheapest links first; no end twice, and no ring. */
static cutis_status join(struct end *ends, int pieces, double scale,
                         struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct links links = {0};
    int *parent = ct_alloc_raw(&tools->memory, (size_t)pieces, sizeof(int));
    if (!parent)
        return ct_no_memory(tools);
    for (int i = 0; i < pieces; i++)
        parent[i] = i;
    TRY(propose(&links, ends, 2 * pieces, scale, tools));
    for (size_t i = 0; i < links.count; i++) {
        struct end *a = &ends[links.at[i].from], *b = &ends[links.at[i].to];
        const int p = root_of(parent, links.at[i].from / 2);
        const int q = root_of(parent, links.at[i].to / 2);
        if (a->mate != NONE || b->mate != NONE || p == q)
            continue;
        a->mate = links.at[i].to;
        b->mate = links.at[i].from;
        parent[p] = q;
    }
done:
    ct_free(links.at);
    ct_free(parent);
    return status;
}

/* ---- Paths --------------------------------------------------------------- */

/* Points of a straight way, both ends left out, a pixel apart or less. */
static size_t bridge(struct path_point *out, const struct end *a,
                     const struct end *b)
{
    const double dx = b->x - a->x, dy = b->y - a->y;
    const int steps = (int)ceil(ct_sqrt(dx * dx + dy * dy));
    for (int i = 1; i < steps; i++)
        out[i - 1] = (struct path_point){.x = (float)(a->x + dx * i / steps),
                                         .y = (float)(a->y + dy * i / steps)};
    return steps > 1 ? (size_t)steps - 1 : 0;
}

/* One chain of pieces, from the free end `at`. */
static size_t chain(struct path_point *out, const struct pieces *pieces,
                    const struct end *ends, bool *seen, int at)
{
    size_t n = 0;
    for (bool more = true; more;) {
        const int piece = at / 2;
        const size_t first = pieces->start[piece];
        const size_t count = pieces->start[piece + 1] - first;
        for (size_t i = 0; i < count; i++)
            out[n++] = pieces->at[at % 2 ? first + count - 1 - i : first + i];
        seen[piece] = true;
        const int out_end = at ^ 1;
        more = ends[out_end].mate != NONE;
        if (more) {
            at = ends[out_end].mate;
            n += bridge(out + n, &ends[out_end], &ends[at]);
        }
    }
    return n;
}

/* The weights of a smooth way's neighbours, and their sums so far. */
enum { NEIGHBOURS = 32 };
struct smoothing {
    double weight[NEIGHBOURS], sum[NEIGHBOURS];
    size_t most;
};

static void lay_smoothing(struct smoothing *out, double scale)
{
    const size_t most = (size_t)(3.0 * smooth_mm * scale);
    out->most = most < NEIGHBOURS ? most : NEIGHBOURS - 1;
    out->weight[0] = out->sum[0] = 1.0;
    for (size_t k = 1; k <= out->most; k++) {
        const double d = (double)k / (smooth_mm * scale);
        out->weight[k] = ct_exp(-0.5 * d * d);
        out->sum[k] = out->sum[k - 1] + 2.0 * out->weight[k];
    }
}

/* Steps of a pixel made a smooth way; the ends stay. */
static void smooth(struct path_point *path, struct path_point *scratch,
                   size_t n, const struct smoothing *by)
{
    for (size_t i = 0; i < n; i++) {
        const size_t left = i < n - 1 - i ? i : n - 1 - i;
        const size_t reach = left < by->most ? left : by->most;
        double x = (double)path[i].x, y = (double)path[i].y;
        for (size_t k = 1; k <= reach; k++) {
            x += by->weight[k] * (double)(path[i - k].x + path[i + k].x);
            y += by->weight[k] * (double)(path[i - k].y + path[i + k].y);
        }
        scratch[i] = (struct path_point){.x = (float)(x / by->sum[reach]),
                                         .y = (float)(y / by->sum[reach])};
    }
    for (size_t i = 0; i < n; i++)
        path[i] = scratch[i];
}

static cutis_status chain_all(struct paths *out, const struct pieces *pieces,
                              const struct end *ends, double scale,
                              struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct path_point *scratch = NULL;
    struct smoothing smoothing;
    const size_t gap = (size_t)(gap_mm * scale) + 2;
    const size_t reach = (size_t)ceil(bend_mm * scale);
    const size_t room = pieces->start[pieces->count] + pieces->count * gap;
    bool *seen = ct_alloc(&tools->memory, pieces->count, sizeof(*seen));
    scratch = ct_alloc_raw(&tools->memory, room, sizeof(*scratch));
    out->at = ct_alloc_raw(&tools->memory, room, sizeof(*out->at));
    out->start = ct_alloc(&tools->memory, room + 1, sizeof(*out->start));
    if (!seen || !scratch || !out->at || !out->start)
        TRY(ct_no_memory(tools));

    lay_smoothing(&smoothing, scale);
    for (int i = 0; i < 2 * (int)pieces->count; i++) {
        if (seen[i / 2] || ends[i].mate != NONE)
            continue;
        const size_t first = out->start[out->count];
        const size_t n = chain(out->at + first, pieces, ends, seen, i);
        smooth(out->at + first, scratch, n, &smoothing);
        for (size_t k = 1; k <= n; k++)
            if (k == n || bends(out->at + first, n, k, reach))
                out->start[++out->count] = first + k;
    }
done:
    ct_free(scratch);
    ct_free(seen);
    return status;
}

void ct_paths_free(struct paths *paths)
{
    ct_free(paths->at);
    ct_free(paths->start);
    *paths = (struct paths){0};
}

cutis_status ct_paths_trace(struct paths *out, struct bytes *ridge,
                            double scale, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct pieces pieces = {0};
    struct end *ends = NULL;
    struct paths paths = {0};

    TRY(ct_pulse(tools));
    part(ridge);
    TRY(ct_pulse(tools));
    TRY(trace(&pieces, ridge, scale, tools));
    TRY(ct_pulse(tools));
    ends = ct_alloc_raw(&tools->memory, 2 * pieces.count, sizeof(*ends));
    if (!ends)
        TRY(ct_no_memory(tools));
    for (size_t i = 0; i < 2 * pieces.count; i++)
        ends[i] = end_of(&pieces, i / 2, i % 2 != 0, scale);
    TRY(join(ends, (int)pieces.count, scale, tools));
    TRY(ct_pulse(tools));
    TRY(chain_all(&paths, &pieces, ends, scale, tools));
    *out = paths;
    paths = (struct paths){0};

done:
    ct_paths_free(&paths);
    ct_free(ends);
    ct_free(pieces.at);
    ct_free(pieces.start);
    return status;
}
