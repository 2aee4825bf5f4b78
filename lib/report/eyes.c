/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A black bar over both eyes, from the landmarks: for whoever passes pictures
 * on.  It hides the eyes, not the person: a face can be known by the rest.
 */

#include <math.h>
#include <string.h>

#include "report/report.h"

/* Of an eye's width: beyond the outer corners, and above and below them. */
static const double beyond = 0.4, beside = 0.55;

/* In frame px: from one end along the unit vector (x, y). */
struct bar {
    double from[2], along[2], length, half;
};

bool ct_eyes_asked(const struct report *report)
{
    return report->options && report->options->cover_eyes;
}

cutis_status ct_eyes_can_be_covered(const struct report *report,
                                    struct tools *tools)
{
    double corner[4][2];
    for (int i = 0; ct_eyes_asked(report) && i < ct_report_photos(report); i++)
        if (!ct_eye_corners(corner,
                            i ? report->after->face : report->before->face))
            return ct_fail(tools, CUTIS_ERROR_UNSUPPORTED,
                           "the eyes cannot be covered: without landmarks "
                           "nobody knows where they are");
    return CUTIS_OK;
}

static double length_of(const double a[2], const double b[2])
{
    const double x = b[0] - a[0], y = b[1] - a[1];
    return sqrt(x * x + y * y);
}

/* Corners come outer, inner, inner, outer. */
static struct bar bar_of(const struct frame *frame, const struct face *face,
                         int which)
{
    double full[4][2], corner[4][2];
    struct bar bar = {.half = -1.0};
    if (!ct_eye_corners(full, face))
        return bar;
    for (int i = 0; i < 4; i++)
        ct_into_frame(corner[i], frame, which, full[i][0], full[i][1]);
    const double eye = 0.5 * (length_of(corner[0], corner[1]) +
                              length_of(corner[2], corner[3]));
    const double across = length_of(corner[0], corner[3]);
    if (!(across > 0.0))
        return bar;
    for (int c = 0; c < 2; c++) {
        bar.along[c] = (corner[3][c] - corner[0][c]) / across;
        bar.from[c] = corner[0][c] - beyond * eye * bar.along[c];
    }
    bar.length = across + 2.0 * beyond * eye;
    bar.half = beside * eye;
    return bar;
}

static bool covers(const struct bar *bar, double u, double v)
{
    const double x = u - bar->from[0], y = v - bar->from[1];
    const double along = x * bar->along[0] + y * bar->along[1];
    const double off = y * bar->along[0] - x * bar->along[1];
    return along >= 0.0 && along <= bar->length && fabs(off) <= bar->half;
}

void ct_eyes_cover(uint8_t *samples, size_t stride, int channels, int shrink,
                   const struct frame *frame, const struct report *report,
                   int which)
{
    if (!ct_eyes_asked(report))
        return;
    const struct face *const face =
        which ? report->after->face : report->before->face;
    const struct bar bar = bar_of(frame, face, which);
    for (int y = 0; y < frame->height / shrink; y++)
        for (int x = 0; x < frame->width / shrink; x++)
            if (covers(&bar, (x + 0.5) * shrink, (y + 0.5) * shrink))
                memset(samples + (size_t)y * stride + x * channels, 0,
                       (size_t)channels);
}
