/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Scan conversion at pixel centres.  The side of an edge on which a centre
 * lies is the sign of one expression, whose value changes its sign and nothing
 * else when the picture is mirrored; so left and right are treated alike.
 */

#include <limits.h>
#include <math.h>
#include <string.h>

#include "face/mask.h"
#include "util/parallel.h"

/* > 0 where (x, y) lies left of the edge p -> q that runs downwards. */
static double side(cutis_point p, cutis_point q, double x, double y)
{
    return (q.x - p.x) * (y - p.y) - (x - p.x) * (q.y - p.y);
}

/* Where an edge crosses a row of centres. */
struct crossing {
    double x;
    int left;  /* the last pixel left of the edge */
    int right; /* the first one right of it */
};

static struct crossing cross(cutis_point p, cutis_point q, double y, int width)
{
    struct crossing c = {.x = p.x + (y - p.y) * (q.x - p.x) / (q.y - p.y)};
    const double guess = floor(c.x - 0.5);
    c.left = guess < -1 ? -1 : guess > width ? width : (int)guess;

    while (c.left >= 0 && side(p, q, c.left + 0.5, y) <= 0)
        c.left--;
    while (c.left + 1 < width && side(p, q, c.left + 1.5, y) > 0)
        c.left++;
    c.right = c.left + 1;
    while (c.right < width && side(p, q, c.right + 0.5, y) >= 0)
        c.right++;
    return c;
}

static int row_crossings(struct crossing *out, const cutis_point *at, int count,
                         double y, int width)
{
    int n = 0;
    for (int i = 0; i < count; i++) {
        cutis_point p = at[i], q = at[(i + 1) % count];
        if (p.y > q.y) {
            const cutis_point swap = p;
            p = q;
            q = swap;
        }
        if (!(p.y <= y && y < q.y))
            continue;
        const struct crossing c = cross(p, q, y, width);
        int place = n++;
        for (; place > 0 && out[place - 1].x > c.x; place--)
            out[place] = out[place - 1];
        out[place] = c;
    }
    return n;
}

static bool all_finite(const cutis_point *at, int count)
{
    for (int i = 0; i < count; i++)
        if (!(fabs(at[i].x) < 1e9 && fabs(at[i].y) < 1e9))
            return false;
    return count > 2;
}

static int clamped(double value, int low, int high)
{
    return value < low ? low : value > high ? high : (int)value;
}

cutis_status ct_fill(struct bytes *mask, const cutis_point *at, int count,
                     uint8_t from, uint8_t to, struct tools *tools)
{
    if (!all_finite(at, count))
        return CUTIS_OK;
    struct crossing *const found =
        ct_alloc_raw(&tools->memory, (size_t)count, sizeof(*found));
    if (!found)
        return ct_no_memory(tools);

    /* Other rows of centres have no crossing. */
    double top = at[0].y, bottom = at[0].y;
    for (int i = 1; i < count; i++) {
        top = fmin(top, at[i].y);
        bottom = fmax(bottom, at[i].y);
    }
    const int end = clamped(ceil(bottom), 0, mask->height);
    for (int y = clamped(floor(top), 0, end); y < end; y++) {
        uint8_t *const row = ct_byte_row(mask, y);
        const int n = row_crossings(found, at, count, y + 0.5, mask->width);
        for (int i = 0; i + 1 < n; i += 2) {
            const int last = found[i + 1].left;
            const int stop = last < mask->width ? last + 1 : mask->width;
            for (int x = found[i].right; x < stop; x++)
                row[x] = row[x] == from ? to : row[x];
        }
    }
    ct_free(found);
    return CUTIS_OK;
}

/* ---- Facets ---------------------------------------------------------------
 */

struct facet {
    cutis_point p[3];
    double u[3][2]; /* template */
    double area;    /* twice, px2; > 0 */
    double left, top, right, bottom;
    double step[2]; /* on the template, from one pixel of a row to the next */
    double pace[2]; /* pixels of a row to a cell; 0 steps: infinite */
    double slack;   /* more than rounding moves a place on the template */
    uint16_t index;
};

struct scene {
    struct face *face;
    struct facet facets[CT_FACETS];
    int count;
};

/* Normal of a facet in the head's turned frame, times twice the area. */
static void normal(double out[3], const struct surface *s, int i)
{
    const double *const a = s->posed[s->facets[i][0]];
    const double *const b = s->posed[s->facets[i][1]];
    const double *const c = s->posed[s->facets[i][2]];
    const double e[3] = {b[0] - a[0], b[1] - a[1], b[2] - a[2]};
    const double f[3] = {c[0] - a[0], c[1] - a[1], c[2] - a[2]};
    out[0] = e[1] * f[2] - e[2] * f[1];
    out[1] = e[2] * f[0] - e[0] * f[2];
    out[2] = e[0] * f[1] - e[1] * f[0];
}

/* Of the angle between a facet and the camera, [-1,1]; < 0 faces away. */
static double facet_cosine(const struct surface *surface, int i)
{
    double n[3];
    normal(n, surface, i);
    const double size = sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
    return size > 0 ? -n[2] / size : 0;
}

static double facet_depth(const struct surface *s, int i)
{
    return s->posed[s->facets[i][0]][2] + s->posed[s->facets[i][1]][2] +
           s->posed[s->facets[i][2]][2];
}

/* How the template runs along a row.  A place on it is some dozen roundings of
 * products as large as the squared extent, times cells, over the area. */
static void measure_facet(struct facet *f)
{
    f->left = fmin(f->p[0].x, fmin(f->p[1].x, f->p[2].x));
    f->right = fmax(f->p[0].x, fmax(f->p[1].x, f->p[2].x));
    f->top = fmin(f->p[0].y, fmin(f->p[1].y, f->p[2].y));
    f->bottom = fmax(f->p[0].y, fmax(f->p[1].y, f->p[2].y));
    for (int k = 0; k < 3; k++) {
        const double down = f->p[(k + 2) % 3].y - f->p[(k + 1) % 3].y;
        for (int i = 0; i < 2; i++)
            f->step[i] -= down * f->u[k][i] / f->area;
    }
    for (int i = 0; i < 2; i++)
        f->pace[i] = 1.0 / fabs(f->step[i]);
    const double extent = fmax(f->right - f->left, f->bottom - f->top);
    f->slack = 1e-9 + 1e-11 * extent * extent / f->area;
}

/* Adds facet i unless it has no area in the picture or is turned over there.
 * The mesh's facets run against the clock as one sees them. */
static void add_facet(struct scene *scene, const struct surface *surface, int i)
{
    struct facet f = {.index = (uint16_t)i};
    for (int k = 0; k < 3; k++) {
        const int v = surface->facets[i][2 - k];
        f.p[k] = surface->at[v];
        f.u[k][0] = surface->unrolled[v][0];
        f.u[k][1] = surface->unrolled[v][1];
    }
    f.area = side(f.p[0], f.p[1], f.p[2].x, f.p[2].y);
    if (!all_finite(f.p, 3) || !(f.area > 0))
        return;
    measure_facet(&f);
    scene->facets[scene->count++] = f;
}

/* Facets that face the camera, the nearest first: where two claim a pixel,
 * be it an edge or a fold, the nearer has it, then the lower number. */
static void sort_facets(struct scene *scene, const struct surface *surface)
{
    uint16_t order[CT_FACETS];
    double depth[CT_FACETS];
    int count = 0;
    for (int i = 0; i < CT_FACETS; i++) {
        if (scene->face->cosine[i] <= 0)
            continue;
        depth[i] = facet_depth(surface, i);
        int place = count++;
        for (; place > 0 && depth[order[place - 1]] > depth[i]; place--)
            order[place] = order[place - 1];
        order[place] = (uint16_t)i;
    }
    for (int i = 0; i < count; i++)
        add_facet(scene, surface, order[i]);
}

/* The pixels [*from, *to) of a row that an edge leaves on its left.  In floats
 * as in numbers the side of an edge never turns back along a row, so that they
 * are one run, whose ends are near where the edge crosses. */
static void cut_run(int *from, int *to, cutis_point p, cutis_point q, double y)
{
    const double down = q.y - p.y;
    if (down == 0) {
        if (side(p, q, *from + 0.5, y) < 0)
            *to = *from;
        return;
    }
    const bool ends = down > 0;
    const double at = p.x + (q.x - p.x) * (y - p.y) / down;
    int x = clamped(at, *from, *to);
    while (x > *from && (side(p, q, x - 0.5, y) < 0) == ends)
        x--;
    while (x < *to && (side(p, q, x + 0.5, y) < 0) != ends)
        x++;
    *(ends ? to : from) = x;
}

/* Where a pixel lies on the template. */
static void place(double at[2], const struct facet *f, int x, int y)
{
    const double cx = x + 0.5, cy = y + 0.5;
    const double a = side(f->p[1], f->p[2], cx, cy);
    const double b = side(f->p[2], f->p[0], cx, cy);
    const double c = side(f->p[0], f->p[1], cx, cy);
    const double u = a * f->u[0][0] + b * f->u[1][0] + c * f->u[2][0];
    const double v = a * f->u[0][1] + b * f->u[1][1] + c * f->u[2][1];
    at[0] = u / f->area;
    at[1] = v / f->area;
}

/* The way of a facet's row along one axis of the template. */
struct axis {
    double first, step; /* cells: of pixel 0, and from one to the next */
    double pace;        /* pixels to a cell */
    double slack;
    int cells;
    int cell; /* that pixels surely lie in, so many more of them: */
    int left;
};

/* How many pixels from pixel `at` on surely lie in the cell that it does. */
static void look_ahead(struct axis *a, int at)
{
    const int most = INT_MAX / 2;
    const double place = a->first + at * a->step;
    a->left = 0;
    if (!(place >= 0 && place < a->cells))
        return;
    a->cell = (int)place;
    const double part = place - a->cell;
    if (!(part > a->slack && part < 1 - a->slack))
        return;
    const double way = (a->step > 0 ? 1 - part : part) - a->slack;
    const double pixels = way * a->pace;
    a->left = pixels < most ? (int)pixels + 1 : most;
}

/* The axes of a facet's row, whose pixel 0 is pixel `from`. */
static void lay_axes(struct axis out[2], const struct facet *f, int from, int y)
{
    static const int cells[2] = {CT_CELLS_X, CT_CELLS_Y};
    double first[2];
    place(first, f, from, y);
    for (int i = 0; i < 2; i++)
        out[i] = (struct axis){.first = first[i],
                               .step = f->step[i],
                               .pace = f->pace[i],
                               .slack = f->slack,
                               .cells = cells[i]};
}

/* Cells of pixels of row y from x on, axes being those from pixel `from` on.
 * Up to BLOCK - 1 more are written after them. */
enum { BLOCK = 8 };

static void lay_cells(uint16_t *out, const struct facet *f,
                      const struct axis axes[2], int from, int x, int n, int y)
{
    struct axis u = axes[0], v = axes[1];
    u.left = v.left = 0;
    for (int i = 0, count; i < n; i += count) {
        if (!u.left)
            look_ahead(&u, x + i - from);
        if (!v.left)
            look_ahead(&v, x + i - from);
        count = u.left < v.left ? u.left : v.left;
        count = count < n - i ? count : n - i;
        uint16_t cell = (uint16_t)(v.cell * CT_CELLS_X + u.cell);
        if (count == 0) {
            double at[2];
            place(at, f, x + i, y);
            cell = ct_cell_at(at[0], at[1]);
            count = 1;
        }
        u.left -= u.left ? count : 0;
        v.left -= v.left ? count : 0;
        for (int k = 0; k < count; k += BLOCK)
            for (int j = 0; j < BLOCK; j++)
                out[i + k + j] = cell;
    }
}

/* Which pixels of a row are drawn: runs [from, to), in order and apart. */
struct drawn {
    int count;
    int from[CT_FACETS], to[CT_FACETS];
};

static void draw_run(struct face *face, const struct facet *f,
                     const struct axis axes[2], int start, int from, int to,
                     int y)
{
    const size_t row = (size_t)y * (size_t)face->region.width;
    for (int x = from, n; x < to; x += n) {
        const size_t at = row + (size_t)x;
        uint16_t cells[CT_RUN + BLOCK];
        n = ct_run_of(x, to);
        lay_cells(cells, f, axes, start, x, n, y);
        memcpy(face->cell + at, cells, (size_t)n * sizeof(*cells));
        for (int i = 0; i < n; i++)
            face->triangle[at + (size_t)i] = f->index;
    }
}

/* Makes one run of those from `first` on that [from, to) meets or touches. */
static void add_run(struct drawn *drawn, int first, int from, int to)
{
    int end = first; /* of what it takes in */
    while (end < drawn->count && drawn->from[end] <= to)
        end++;
    if (end > first) {
        from = from < drawn->from[first] ? from : drawn->from[first];
        to = to > drawn->to[end - 1] ? to : drawn->to[end - 1];
    }
    const size_t after = (size_t)(drawn->count - end) * sizeof(int);
    memmove(drawn->from + first + 1, drawn->from + end, after);
    memmove(drawn->to + first + 1, drawn->to + end, after);
    drawn->from[first] = from;
    drawn->to[first] = to;
    drawn->count += first + 1 - end;
}

/* A facet has of a row what no nearer one has. */
static void draw_facet(struct drawn *drawn, struct face *face,
                       const struct facet *f, int y)
{
    const int width = face->region.width;
    int from = clamped(floor(f->left), 0, width);
    int to = clamped(ceil(f->right), from, width);
    for (int k = 0; k < 3; k++)
        cut_run(&from, &to, f->p[k], f->p[(k + 1) % 3], y + 0.5);
    if (from >= to)
        return;
    struct axis axes[2];
    lay_axes(axes, f, from, y);
    int near = 0; /* the first run that does not end before this one */
    while (near < drawn->count && drawn->to[near] < from)
        near++;
    int x = from;
    for (int i = near; i < drawn->count && drawn->from[i] < to; i++) {
        draw_run(face, f, axes, from, x, drawn->from[i], y);
        x = drawn->to[i] > x ? drawn->to[i] : x;
    }
    draw_run(face, f, axes, from, x, to, y);
    add_run(drawn, near, from, to);
}

/* No facet and no cell where nothing is drawn. */
static void clear_rest(const struct drawn *drawn, struct face *face, int y)
{
    const int width = face->region.width;
    const size_t row = (size_t)y * (size_t)width;
    int x = 0;
    for (int i = 0; i <= drawn->count; i++) {
        const int end = i < drawn->count ? drawn->from[i] : width;
        for (; x < end; x++) {
            face->triangle[row + (size_t)x] = CT_FACETS;
            face->cell[row + (size_t)x] = CT_NO_CELL;
        }
        x = i < drawn->count ? drawn->to[i] : width;
    }
}

static void draw_band(void *context, int band)
{
    const struct scene *const scene = context;
    const int height = scene->face->region.height;
    const int first = band * CT_BAND;
    const int end = first + CT_BAND < height ? first + CT_BAND : height;
    uint16_t here[CT_FACETS]; /* that lie on the band, the nearest first */
    int count = 0;

    for (int i = 0; i < scene->count; i++)
        if (scene->facets[i].top < end && scene->facets[i].bottom > first)
            here[count++] = (uint16_t)i;
    for (int y = first; y < end; y++) {
        struct drawn drawn;
        drawn.count = 0;
        for (int i = 0; i < count; i++) {
            const struct facet *const f = &scene->facets[here[i]];
            if (f->top < y + 1 && f->bottom > y)
                draw_facet(&drawn, scene->face, f, y);
        }
        clear_rest(&drawn, scene->face, y);
    }
}

/* From the canonical face itself and not from the turned one, so that every
 * photograph has the same to the last bit. */
static void shape_of(struct facet_shape *out, const uint16_t facet[3],
                     const double at[CT_VERTICES][3])
{
    const double *const a = at[facet[0]], *const b = at[facet[1]];
    const double *const c = at[facet[2]];
    const double e[3] = {b[0] - a[0], b[1] - a[1], b[2] - a[2]};
    const double f[3] = {c[0] - a[0], c[1] - a[1], c[2] - a[2]};
    const double n[3] = {e[1] * f[2] - e[2] * f[1], e[2] * f[0] - e[0] * f[2],
                         e[0] * f[1] - e[1] * f[0]};
    const double size = sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
    for (int k = 0; k < 3; k++) {
        out->middle[k] = (float)((a[k] + b[k] + c[k]) / 3);
        out->normal[k] = (float)(size > 0 ? n[k] / size : 0);
    }
}

static void fill_shapes(struct face *face, const struct surface *surface)
{
    double canonical[CT_VERTICES][3];
    if (!ct_surface_canonical(canonical))
        return;
    for (int i = 0; i < CT_FACETS; i++)
        shape_of(&face->shape[i], surface->facets[i],
                 (const double(*)[3])canonical);
}

/* Skin is not looked at where a facet is seen this obliquely, so its pixels
 * never count for more than 1 / 0.2 of a frontal one. */
static const double least_cosine = 0.2;

cutis_status ct_raster(struct face *face, const struct surface *surface,
                       struct tools *tools)
{
    struct scene *const scene = ct_alloc(&tools->memory, 1, sizeof(*scene));
    face->shape = ct_alloc(&tools->memory, CT_FACETS, sizeof(*face->shape));
    if (!scene || !face->shape) {
        ct_free(scene);
        return ct_no_memory(tools);
    }

    const double scale = face->work_scale;
    for (int i = 0; i < CT_FACETS; i++) {
        const double cosine = facet_cosine(surface, i);
        face->cosine[i] = (float)cosine;
        face->mm2[i] =
            (float)(1.0 / (scale * scale * fmax(cosine, least_cosine)));
    }

    fill_shapes(face, surface);
    scene->face = face;
    sort_facets(scene, surface);
    const cutis_status status = ct_each(
        tools, (face->region.height + CT_BAND - 1) / CT_BAND, draw_band, scene);
    ct_free(scene);
    return status;
}
