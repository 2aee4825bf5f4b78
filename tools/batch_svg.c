/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The picture of Bland and Altman as SVG: of each pair the difference over the
 * mean, the mean difference with its interval, the limits of agreement with
 * theirs.  Black on white, and lines told apart by their dashes.
 */

#include <math.h>
#include <string.h>

#include "batch.h"
#include "batch_stats.h"

enum {
    WIDTH = 640,
    HEIGHT = 440,
    LEFT = 90,
    RIGHT = 110,
    TOP = 46,
    BOTTOM = 62
};

struct axes {
    double low[2], high[2]; /* of x and y */
};

static void put_text(FILE *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '<')
            fputs("&lt;", out);
        else if (*text == '&')
            fputs("&amp;", out);
        else
            fputc(*text, out);
    }
}

static double at_x(const struct axes *axes, double x)
{
    return LEFT + (WIDTH - LEFT - RIGHT) * (x - axes->low[0]) /
                      (axes->high[0] - axes->low[0]);
}

static double at_y(const struct axes *axes, double y)
{
    return HEIGHT - BOTTOM -
           (HEIGHT - TOP - BOTTOM) * (y - axes->low[1]) /
               (axes->high[1] - axes->low[1]);
}

static void include(struct axes *axes, int axis, double value)
{
    axes->low[axis] = fmin(axes->low[axis], value);
    axes->high[axis] = fmax(axes->high[axis], value);
}

static struct axes axes_of(const struct cell *cell)
{
    struct axes axes = {{INFINITY, INFINITY}, {-INFINITY, -INFINITY}};
    const cutis_paired *const paired = &cell->paired;
    for (size_t i = 0; i < cell->pairs; i++) {
        const double *const pair = &cell->value[2 * i];
        include(&axes, 0, 0.5 * (pair[0] + pair[1]));
        include(&axes, 1, pair[1] - pair[0]);
    }
    include(&axes, 1, 0.0);
    include(&axes, 1, paired->limit[0] - paired->limit_margin);
    include(&axes, 1, paired->limit[1] + paired->limit_margin);
    for (int i = 0; i < 2; i++) {
        const double wide = axes.high[i] - axes.low[i];
        const double margin =
            wide > 0.0 ? 0.04 * wide : fmax(1e-6, fabs(axes.low[i]));
        axes.low[i] -= margin;
        axes.high[i] += margin;
    }
    return axes;
}

/* 1, 2 or 5 times a power of ten, for four to ten of them. */
static double step_of(double wide)
{
    const double power = pow(10.0, floor(log10(wide / 4.0)));
    const double times = wide / 4.0 / power;
    return power * (times >= 5.0 ? 5.0 : times >= 2.0 ? 2.0 : 1.0);
}

static void put_ticks(FILE *out, const struct axes *axes, int axis)
{
    const double step = step_of(axes->high[axis] - axes->low[axis]);
    for (double k = ceil(axes->low[axis] / step); k * step <= axes->high[axis];
         k += 1.0) {
        const double value = k == 0.0 ? 0.0 : k * step;
        const double x = axis ? LEFT : at_x(axes, value);
        const double y = axis ? at_y(axes, value) : HEIGHT - BOTTOM;
        fprintf(out,
                "<path d=\"M%.1f %.1f%s\"/><text x=\"%.1f\" y=\"%.1f\" "
                "text-anchor=\"%s\">%.6g</text>\n",
                x, y, axis ? "h-5" : "v5", axis ? x - 8 : x,
                axis ? y + 4 : y + 18, axis ? "end" : "middle", value);
    }
}

/* A level with the band of its interval, and its value on the right. */
static void put_level(FILE *out, const struct axes *axes, double value,
                      double margin, const char *dash, const char *name)
{
    const double y = at_y(axes, value), right = WIDTH - RIGHT;
    const double top = at_y(axes, value + margin);
    fprintf(out,
            "<rect x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\" "
            "fill=\"#000\" fill-opacity=\".08\" stroke=\"none\"/>\n",
            LEFT, top, WIDTH - LEFT - RIGHT, at_y(axes, value - margin) - top);
    fprintf(out,
            "<path d=\"M%d %.1fH%.0f\" stroke-dasharray=\"%s\"/>"
            "<text x=\"%.0f\" y=\"%.1f\">%s %.3g</text>\n",
            LEFT, y, right, dash, right + 6, y + 4, name, value);
}

static void put_words(FILE *out, const struct cell *cell)
{
    fprintf(out, "<text x=\"%d\" y=\"24\" font-size=\"15\">", LEFT);
    put_text(out, cell->metric);
    fputs(" (", out);
    put_text(out, cell->reading);
    fputs("), ", out);
    put_text(out, cell->region);
    if (*cell->group) {
        fputs(", ", out);
        put_text(out, cell->group);
    }
    fprintf(out, ", %zu pairs</text>\n", cell->pairs);
    fprintf(out,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">mean of before "
            "and after, ",
            (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 18);
    put_text(out, cell->unit);
    fprintf(out,
            "</text>\n<text transform=\"translate(22 %d) rotate(-90)\" "
            "text-anchor=\"middle\">after - before, ",
            (TOP + HEIGHT - BOTTOM) / 2);
    put_text(out, cell->unit);
    fputs("</text>\n", out);
}

static void put_picture(FILE *out, const struct cell *cell)
{
    const struct axes axes = axes_of(cell);
    const cutis_paired *const paired = &cell->paired;
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" "
            "height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" "
            "font-size=\"12\">\n<rect width=\"100%%\" height=\"100%%\" "
            "fill=\"#fff\"/>\n",
            WIDTH, HEIGHT, WIDTH, HEIGHT);
    put_words(out, cell);
    fputs("<g stroke=\"#000\" fill=\"none\">\n", out);
    fprintf(out, "<path d=\"M%d %dV%dH%d\"/>\n</g>\n", LEFT, TOP,
            HEIGHT - BOTTOM, WIDTH - RIGHT);
    fputs("<g stroke=\"#000\" stroke-width=\"1\" font-size=\"12\">\n"
          "<style>text{stroke:none}</style>\n",
          out);
    put_ticks(out, &axes, 0);
    put_ticks(out, &axes, 1);
    put_level(out, &axes, paired->mean, paired->mean - paired->ci95[0], "none",
              "mean");
    put_level(out, &axes, paired->limit[1], paired->limit_margin, "6 4",
              "+1.96 sd");
    put_level(out, &axes, paired->limit[0], paired->limit_margin, "6 4",
              "-1.96 sd");
    fprintf(out, "<path d=\"M%d %.1fH%d\" stroke-dasharray=\"1 3\"/>\n</g>\n",
            LEFT, at_y(&axes, 0.0), WIDTH - RIGHT);
    fputs("<g fill=\"#0072b2\" fill-opacity=\".6\">\n", out);
    for (size_t i = 0; i < cell->pairs; i++) {
        const double *const pair = &cell->value[2 * i];
        fprintf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>\n",
                at_x(&axes, 0.5 * (pair[0] + pair[1])),
                at_y(&axes, pair[1] - pair[0]));
    }
    fputs("</g>\n</svg>\n", out);
}

int stats_draw(const struct cell *cell, const char *folder, size_t number,
               char name[64])
{
    struct output output;
    char path[MOST_PATH];
    /* A metric's name is the table's, which may hold anything. */
    const size_t plain =
        strspn(cell->metric, "abcdefghijklmnopqrstuvwxyz_0123456789");
    snprintf(name, 64, "%zu-%.*s.svg", number, plain > 40 ? 40 : (int)plain,
             cell->metric);
    if (!file_path(path, folder, name)) {
        fprintf(stderr, "cutis: %s: too long a name\n", folder);
        return EXIT_OUTPUT;
    }
    const int code = output_open(&output, path);
    if (code)
        return code;
    put_picture(output.file, cell);
    return output_close(&output, 1);
}
