/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Which stretches of the ridges are lines.  Skin's relief and its pores answer
 * the filter as well as a fine line does, but not for long, and not with both
 * sides lighter all the way.  So a stretch is judged as a whole, by
 *
 *     sum of (response / usual response around - 1.95) over its length
 *     times  (depth under the darker side / SD of it) sqrt(length),
 *
 * the first being how much it stands out, the second how surely.  Folds lie
 * across the pull of the muscle below, while relief lies anyhow: where that way
 * is known, a stretch along it counts more, one across it less.  What is
 * neither surely a line nor surely none counts in part, so that nothing turns
 * on which side of a threshold it falls.
 */

#include <math.h>
#include <string.h>

#include "measure/measure.h"

static const double pi = 3.14159265358979324;
static const double least_ratio = 1.95; /* of the response to the usual one */
static const double drop_mm = 4.0;      /* of the sum, that ends a stretch */
static const double least_end = 0.55;   /* of the mean response */
static const double least_excess = 2.0; /* mm: of the sum */
static const double none_below = 15.0, sure_above = 80.0; /* evidence */
static const double least_mm = 4.0;                       /* from end to end */
static const double straightness = 0.77; /* of that, of the length */
static const double hair_width_mm = 0.2, hair_depth = 8.0;
static const double faint_hair_depth = 5.0; /* at the mask's edge */
static const double strand_mm = 8.0; /* of a hair that grows into the skin */
static const double edge_mm = 2.0;   /* it comes from so near the mask's edge */

/* The fold from nose to mouth, of the way between them. */
static const double fold_first = -0.2, fold_last = 1.3;
static const double fold_in_mm = -1.0, fold_out_mm = 14.0;
static const double fold_along = 0.77; /* cosine: 40 degrees */

/* ---- Stretches ----------------------------------------------------------- */

struct choice {
    struct lines *lines;
    const struct scene *scene;
    double factor; /* on the usual responses */
    size_t room;
    struct tools *tools;
};

static double step_mm(const struct path_point *a, const struct path_point *b,
                      double scale)
{
    const double dx = (double)(b->x - a->x), dy = (double)(b->y - a->y);
    return ct_sqrt(dx * dx + dy * dy) / scale;
}

/* The unit vector across the path at point i of [first, end). */
void ct_path_across(double out[2], const struct paths *paths, size_t i,
                    size_t first, size_t end)
{
    const size_t from = i > first + 3 ? i - 3 : first;
    const size_t to = i + 3 < end ? i + 3 : end - 1;
    const struct path_point *a = &paths->at[from], *b = &paths->at[to];
    const double dx = (double)(b->x - a->x), dy = (double)(b->y - a->y);
    const double length = ct_sqrt(dx * dx + dy * dy);
    out[0] = length > 0.0 ? -dy / length : 0.0;
    out[1] = length > 0.0 ? dx / length : 1.0;
}

static void take_profile(struct profile *profile, const struct choice *choice,
                         size_t first, size_t end)
{
    const struct paths *paths = &choice->lines->paths;
    for (size_t i = first; i < end; i++) {
        const double at[2] = {(double)paths->at[i].x, (double)paths->at[i].y};
        double across[2];
        ct_path_across(across, paths, i, first, end);
        ct_profile_add(profile, choice->scene, at, across, 1.0);
    }
}

/* By region, half of each step to either end's. */
static double add_lengths(struct line *line, const struct choice *choice)
{
    const struct level *level = &choice->scene->relief;
    const struct path_point *at = choice->lines->paths.at;
    double length = 0.0;
    for (size_t i = line->first + 1; i < line->end; i++) {
        const int x = (int)floor((double)at[i].x + 0.5);
        const int y = (int)floor((double)at[i].y + 0.5);
        const double px = step_mm(&at[i - 1], &at[i], 1.0);
        const double mm = px * ct_sqrt((double)ct_level_area(level, x, y));
        const int region = ct_byte_row(&level->region, y)[x];
        length += px / level->scale;
        if (region < CT_REGIONS)
            line->length_mm[region] += mm;
    }
    return length;
}

static double extent(const struct path_point *at, size_t first, size_t end,
                     double scale)
{
    double most = 0.0;
    for (size_t i = first; i < end; i += 4) {
        const double d = step_mm(&at[i], &at[end - 1], scale);
        const double e = step_mm(&at[first], &at[i], scale);
        most = d > most ? d : most;
        most = e > most ? e : most;
    }
    return most;
}

/* From end to end, as the face lies in the picture; by the picture where there
 * is no face. */
static void lay(double way[2], const struct choice *choice, size_t first,
                size_t end)
{
    const double *r = choice->scene->view->face->pose.rotation;
    const struct path_point *a = &choice->lines->paths.at[first];
    const struct path_point *b = &choice->lines->paths.at[end - 1];
    const double dx = (double)(b->x - a->x), dy = (double)(b->y - a->y);
    const bool posed = r[0] != 0.0 || r[3] != 0.0;
    way[0] = posed ? dx * r[0] + dy * r[3] : dx;
    way[1] = posed ? dx * r[1] + dy * r[4] : dy;
}

static enum ct_heading heading(const double way[2])
{
    static const double tangent = 0.41421356237309503; /* of 22.5 degrees */
    const double u = fabs(way[0]), v = fabs(way[1]);
    return v <= tangent * u   ? CT_LYING
           : u <= tangent * v ? CT_UPRIGHT
                              : CT_OBLIQUE;
}

/* Of -v the way up, whichever way the pose has v. */
static int nearest_way(const struct choice *choice, const double way[2])
{
    const double up =
        choice->scene->view->face->pose.rotation[4] < 0.0 ? way[1] : -way[1];
    int best = 0;
    double most = -1.0;
    for (int k = 0; k < CT_WAYS; k++) {
        const double angle = pi * k / CT_WAYS;
        const double along = fabs(way[0] * ct_cos(angle) + up * ct_sin(angle));
        best = along > most ? k : best;
        most = along > most ? along : most;
    }
    return best;
}

/* 1 where folds lie, -1 where they stand, 0 where they do either. */
static double folds(int region)
{
    switch (region) {
    case CT_FOREHEAD:
    case CT_CROWSFEET_R:
    case CT_CROWSFEET_L:
    case CT_INFRAORBITAL_R:
    case CT_INFRAORBITAL_L:
        return 1.0;
    case CT_GLABELLA:
    case CT_PERIORAL_UPPER:
    case CT_PERIORAL_LOWER:
        return -1.0;
    default:
        return 0.0;
    }
}

/* 2 along the folds of its regions, 1/2 across them. */
static double by_heading(const struct line *line, const double way[2])
{
    const double uu = way[0] * way[0], vv = way[1] * way[1];
    double sum = 0.0, length = 0.0;
    for (int r = 0; r < CT_REGIONS; r++) {
        sum += line->length_mm[r] * folds(r);
        length += line->length_mm[r];
    }
    if (!(length > 0.0) || !(uu + vv > 0.0))
        return 1.0;
    return ct_exp(0.69314718055994531 * sum / length * (uu - vv) / (uu + vv));
}

double ct_line_excess(double response, double usual)
{
    return response / usual - least_ratio;
}

double ct_line_evidence(const struct line_shape *shape, double excess,
                        double length)
{
    const double spread = shape->spread > 1e-3 ? shape->spread : 1e-3;
    return excess * shape->least * ct_sqrt(length) / spread;
}

/* 0 where it is surely no line, 1 where it surely is one. */
double ct_line_weight(double evidence)
{
    if (!(evidence > none_below))
        return 0.0;
    return evidence >= sure_above ? 1.0
                                  : ct_log(evidence / none_below) /
                                        ct_log(sure_above / none_below);
}

static bool near_edge(const struct level *level, const struct path_point *end)
{
    const double reach = edge_mm * level->scale;
    for (int k = 0; k < CT_ANGLES; k++) {
        const double angle = 2.0 * pi * k / CT_ANGLES;
        const int x = (int)floor((double)end->x + reach * ct_cos(angle) + 0.5);
        const int y = (int)floor((double)end->y + reach * ct_sin(angle) + 0.5);
        if (x < 0 || y < 0 || x >= level->width || y >= level->height ||
            !ct_byte_row(&level->mask, y)[x])
            return true;
    }
    return false;
}

/* The lens, the pixel (a box) and interpolation in it (a triangle) widen it.
 * Strands of several hairs are wide, but begin outside the mask and are short
 * within: folds as dark are longer.  A hair's tip is faint. */
static bool is_hair(const struct choice *choice, const struct line *line,
                    const struct line_shape *shape, double length)
{
    const struct level *level = &choice->scene->relief;
    const struct path_point *at = choice->lines->paths.at;
    const double blur_mm = choice->scene->view->blur_mm;
    const double lens = isnan(blur_mm) ? 0.0 : blur_mm;
    const double pixel = 0.25 / (level->scale * level->scale); /* 1/12 + 1/6 */
    const double seen = 5.5451774444795623 * (lens * lens + pixel);
    const double w = shape->width_mm;
    const bool narrow = w * w - seen < hair_width_mm * hair_width_mm;
    const bool comes_in = near_edge(level, &at[line->first]) ||
                          near_edge(level, &at[line->end - 1]);
    if (narrow && comes_in && shape->depth > faint_hair_depth)
        return true;
    return shape->depth > hair_depth &&
           (narrow || (comes_in && length < strand_mm));
}

/* Beside the way from a wing of the nose to the corner of the mouth, outwards,
 * and along it: most of the points between a first and a last share of the way.
 * false where no mesh of points is known. */
static bool is_fold(const struct choice *choice, size_t first, size_t end)
{
    static const int wing[2] = {129, 358}, corner[2] = {61, 291};
    const struct level *level = &choice->scene->relief;
    const struct face *face = choice->scene->view->face;
    const double pixel = (double)level->factor * face->factor;
    const struct path_point *at = choice->lines->paths.at;
    for (int k = 0; k < 2 && face->point_count == CT_POINTS; k++) {
        const cutis_point a = face->points[wing[k]];
        const cutis_point b = face->points[corner[k]];
        const cutis_point other = face->points[corner[1 - k]];
        const double dx = b.x - a.x, dy = b.y - a.y;
        const double whole = ct_sqrt(dx * dx + dy * dy);
        const double out =
            (other.x - a.x) * dy < (other.y - a.y) * dx ? 1.0 : -1.0;
        size_t inside = 0;
        for (size_t i = first; i < end && whole > 0.0; i++) {
            const double x = face->crop.x + ((double)at[i].x + 0.5) * pixel;
            const double y = face->crop.y + ((double)at[i].y + 0.5) * pixel;
            const double u = ((x - a.x) * dx + (y - a.y) * dy) / whole;
            const double v =
                out * ((x - a.x) * dy - (y - a.y) * dx) / whole / face->scale;
            inside += u > fold_first * whole && u < fold_last * whole &&
                      v > fold_in_mm && v < fold_out_mm;
        }
        const double ex = (double)(at[end - 1].x - at[first].x);
        const double ey = (double)(at[end - 1].y - at[first].y);
        const double along = fabs(ex * dx + ey * dy);
        if (2 * inside > end - first &&
            along > fold_along * whole * ct_sqrt(ex * ex + ey * ey))
            return true;
    }
    return false;
}

static cutis_status add_line(struct choice *choice, const struct line *line)
{
    struct lines *lines = choice->lines;
    if (lines->count == choice->room) {
        const size_t room = choice->room ? 2 * choice->room : 64;
        struct line *at =
            ct_alloc_raw(&choice->tools->memory, room, sizeof(*at));
        if (!at)
            return ct_no_memory(choice->tools);
        for (size_t i = 0; i < lines->count; i++)
            at[i] = lines->at[i];
        ct_free(lines->at);
        lines->at = at;
        choice->room = room;
    }
    lines->at[lines->count++] = *line;
    return CUTIS_OK;
}

/* Without the ends that answer little: the filter is long and sees a line
 * before it begins, where it answers with half.  The mean holds those ends. */
static void trim(const struct choice *choice, size_t *first, size_t *end)
{
    const struct path_point *at = choice->lines->paths.at;
    double sum = 0.0;
    for (size_t i = *first; i < *end; i++)
        sum += (double)at[i].response;
    const double least = least_end * sum / (double)(*end - *first);
    while (*end > *first + 1 && (double)at[*first].response < least)
        ++*first;
    while (*end > *first + 1 && (double)at[*end - 1].response < least)
        --*end;
}

/* A stretch that stands out by `excess`, if it is a line. */
static cutis_status judge(struct choice *choice, size_t first, size_t end,
                          double excess)
{
    const double scale = choice->scene->relief.scale;
    struct profile profile = {{0.0}, {0.0}, 0.0, 0.0, 0.0};
    if (excess < least_excess)
        return CUTIS_OK;
    trim(choice, &first, &end);
    struct line line = {.first = first, .end = end};
    line.extent_mm = (float)extent(choice->lines->paths.at, first, end, scale);
    const double length = add_lengths(&line, choice);
    if ((double)line.extent_mm < least_mm ||
        (double)line.extent_mm < straightness * length)
        return CUTIS_OK;

    take_profile(&profile, choice, first, end);
    const struct line_shape shape =
        ct_profile_shape(&profile, ct_profile_middle(&profile, NULL));
    double way[2];
    lay(way, choice, first, end);
    line.prior = (float)by_heading(&line, way);
    line.weight = (float)ct_line_weight(
        ct_line_evidence(&shape, excess, length) * (double)line.prior);
    line.present = line.weight;
    if (!(line.weight > 0.0f))
        return CUTIS_OK;
    line.depth = (float)shape.depth;
    line.width_mm = (float)shape.width_mm;
    line.heading = heading(way);
    line.way = nearest_way(choice, way);
    line.fold = is_fold(choice, first, end);
    line.hair = is_hair(choice, &line, &shape, length);
    for (int r = 0; r < CT_REGIONS; r++)
        line.shared_mm[r] = line.length_mm[r];
    return add_line(choice, &line);
}

/* Sums along a path; a stretch goes from where the sum was 0 to where it was
 * greatest, and ends when it has fallen too far. */
static cutis_status search(struct choice *choice, size_t first, size_t end)
{
    const struct path_point *at = choice->lines->paths.at;
    const double scale = choice->scene->relief.scale;
    cutis_status status = CUTIS_OK;
    size_t from = first, to = first;
    double sum = 0.0, most = 0.0;
    for (size_t i = first; i < end; i++) {
        const double step =
            i > first ? step_mm(&at[i - 1], &at[i], scale) : 1.0 / scale;
        const double usual = (double)at[i].usual * choice->factor;
        sum += step * ct_line_excess((double)at[i].response, usual);
        if (sum > most) {
            most = sum;
            to = i + 1;
        }
        if (i + 1 < end && sum > 0.0 && sum > most - drop_mm)
            continue;
        TRY(judge(choice, from, to, most));
        i = to > from ? to - 1 : i;
        from = to = i + 1;
        sum = most = 0.0;
    }
done:
    return status;
}

/* ---- Marks --------------------------------------------------------------- */

static void mark(struct lines *lines, size_t first, size_t end, uint8_t value)
{
    for (size_t i = first; i < end; i++) {
        const int x = (int)floor((double)lines->paths.at[i].x + 0.5);
        const int y = (int)floor((double)lines->paths.at[i].y + 0.5);
        uint8_t *here = &ct_byte_row(&lines->ridge, y)[x];
        *here = *here > value ? *here : value;
    }
}

static void mark_all(struct lines *lines)
{
    struct bytes *ridge = &lines->ridge;
    for (int y = 0; y < ridge->height; y++)
        memset(ct_byte_row(ridge, y), 0, (size_t)ridge->width);
    for (size_t i = 0; i < lines->count; i++)
        if (lines->at[i].hair || ct_line_counts(&lines->at[i]))
            mark(lines, lines->at[i].first, lines->at[i].end,
                 lines->at[i].hair ? 128 : 255);
}

cutis_status ct_lines_choose(struct lines *lines, const struct scene *scene,
                             double usual, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct choice choice = {
        .lines = lines,
        .scene = scene,
        .factor = lines->usual > 0.0 ? usual / lines->usual : 1.0,
        .tools = tools,
    };
    ct_free(lines->at);
    lines->at = NULL;
    lines->count = 0;
    for (size_t i = 0; i < lines->paths.count; i++)
        TRY(search(&choice, lines->paths.start[i], lines->paths.start[i + 1]));
    mark_all(lines);
done:
    return status;
}

void ct_lines_free(struct lines *lines)
{
    ct_free(lines->at);
    ct_paths_free(&lines->paths);
    ct_bytes_free(&lines->ridge);
    ct_plane_free(&lines->response);
    *lines = (struct lines){0};
}

cutis_status ct_lines_find(struct lines *out, const struct scene *scene,
                           struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct lines lines = {0};

    TRY(ct_ridges(&lines, scene, tools));
    TRY(ct_bytes_create(&lines.ridge, scene->relief.width, scene->relief.height,
                        tools));
    TRY(ct_lines_choose(&lines, scene, lines.usual, tools));
    *out = lines;
    lines = (struct lines){0};

done:
    ct_lines_free(&lines);
    return status;
}
