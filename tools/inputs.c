/* SPDX-License-Identifier: BSD-2-Clause */

#include "inputs.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int refuse(int code, const char *what, const char *why)
{
    fprintf(stderr, "cutis: %s: %s\n", what, why);
    return code;
}

static int refuse_line(const char *path, int number)
{
    fprintf(stderr, "cutis: %s: line %d is not a point, \"x y\" in pixels\n",
            path, number);
    return EXIT_BAD_INPUT;
}

/* Where one photograph stands: before or after, and among all. */
struct place {
    int index, shot;
};

/* The entry for it; one serves all, and two serve those before and after. */
static const char *entry(const char *const *list, int count, struct place place)
{
    const int at = count > PHOTOS ? place.shot : place.index;
    return count ? list[at < count ? at : count - 1] : NULL;
}

/* Whether there are as many as can be dealt out. */
static bool is_dealt(const struct options *options, int count)
{
    const int shots = options->captures[0].count + options->captures[1].count +
                      (options->file_count == PHOTOS ? PHOTOS : 0);
    return count <= PHOTOS || count == shots;
}

/* Reads lines "x y" (or "x,y"); a line that starts with # is passed over. */
static int read_points(cutis_point *points, size_t *count, const char *path)
{
    FILE *file = fopen(path, "r");
    if (!file)
        return refuse(exit_of_open(errno), path, strerror(errno));

    char line[256];
    int code = 0, number = 0;
    *count = 0;
    while (!code && fgets(line, sizeof(line), file)) {
        char *end;
        number++;
        if (number > MOST_LINES)
            code = refuse(EXIT_BAD_INPUT, path, "more lines than points have");
        if (line[0] == '#' || line[strspn(line, " \t\r\n")] == 0)
            continue;
        const double x = strtod(line, &end);
        end += strspn(end, " \t,");
        char *rest;
        const double y = strtod(end, &rest);
        if (*count == MOST_POINTS)
            code = refuse(EXIT_BAD_INPUT, path, "more than 4096 points");
        else if (end == line || rest == end || !isfinite(x) || !isfinite(y))
            code = refuse_line(path, number);
        else
            points[(*count)++] = (cutis_point){x, y};
    }
    if (!code && ferror(file))
        code = refuse(EXIT_IO, path, strerror(errno));
    fclose(file);
    return code;
}

/* Four corners. */
static bool take_corners(cutis_point corner[4], const char *text)
{
    const char *at = text;
    for (int i = 0; i < 8; i++) {
        char *end;
        const double value = strtod(at, &end);
        if (end == at || *end != (i < 7 ? ',' : 0) || !isfinite(value))
            return false;
        *(i % 2 ? &corner[i / 2].y : &corner[i / 2].x) = value;
        at = end + 1;
    }
    return true;
}

static const char *wrong_at(const struct options *options, struct place place)
{
    const char *const card = entry(options->card, options->card_count, place);
    const char *const chart =
        entry(options->chart, options->chart_count, place);
    cutis_point corner[4];
    if (!is_dealt(options, options->card_count) ||
        !is_dealt(options, options->chart_count) ||
        !is_dealt(options, options->landmarks_count) ||
        !is_dealt(options, options->skin_count))
        return "card, chart, landmarks and skin are given once, once a visit, "
               "or once a photograph";
    if (card && !take_corners(corner, card))
        return "a card is x1,y1,x2,y2,x3,y3,x4,y4";
    if (chart && !take_corners(corner, chart))
        return "a chart is x1,y1,x2,y2,x3,y3,x4,y4";
    if (options->landmarks_count && options->skin_count)
        return "skin is not said together with landmarks";
    if (options->skin_count && !(options->px_per_mm > 0.0))
        return "skin needs a scale, px-per-mm";
    return NULL;
}

const char *inputs_wrong(const struct options *options, int index)
{
    return wrong_at(options, (struct place){index, index});
}

static int read_landmarks(struct inputs *inputs, const char *path)
{
    size_t count;
    const int code = read_points(inputs->points, &count, path);
    if (code)
        return code;
    if (count != 468 && count != 478 && count != 68)
        return refuse(EXIT_BAD_INPUT, path, "not 468, 478 or 68 points");
    inputs->options.landmarks =
        count == 68 ? CUTIS_LANDMARKS_IBUG68 : CUTIS_LANDMARKS_MESH;
    inputs->options.landmark_points = inputs->points;
    inputs->options.landmark_count = (uint32_t)count;
    return 0;
}

static int read_skin(struct inputs *inputs, const char *path)
{
    inputs->options.landmarks = CUTIS_LANDMARKS_NONE;
    if (!strcmp(path, "all"))
        return 0;
    inputs->options.polygon = inputs->points;
    const int code =
        read_points(inputs->points, &inputs->options.polygon_count, path);
    return code || inputs->options.polygon_count >= 3
               ? code
               : refuse(EXIT_BAD_INPUT, path, "not three corners or more");
}

int inputs_read(struct inputs *inputs, const struct options *options, int index)
{
    return inputs_read_shot(inputs, options, index, index);
}

int inputs_read_shot(struct inputs *inputs, const struct options *options,
                     int index, int shot)
{
    const struct place place = {index, shot};
    const char *const card = entry(options->card, options->card_count, place);
    const char *const chart =
        entry(options->chart, options->chart_count, place);
    const char *const skin = entry(options->skin, options->skin_count, place);
    const char *const landmarks =
        entry(options->landmarks, options->landmarks_count, place);

    inputs->options = (cutis_photo_options)CUTIS_PHOTO_OPTIONS_DEFAULT;
    inputs->options.ipd_mm = options->ipd_mm;
    inputs->options.px_per_mm = options->px_per_mm;
    inputs->options.card_reflectance = options->card_reflectance;
    inputs->options.chart_edition = options->chart_edition;
    inputs->options.backdrop = options->backdrop;
    const char *const wrong = wrong_at(options, place);
    if (wrong) {
        fprintf(stderr, "cutis: %s\n", wrong);
        return EXIT_USAGE;
    }

    int code = 0;
    if (card)
        take_corners(inputs->options.card, card);
    if (chart)
        take_corners(inputs->options.chart, chart);
    if (landmarks)
        code = read_landmarks(inputs, landmarks);
    if (!code && skin)
        code = read_skin(inputs, skin);
    return code;
}
