/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Where the after photograph shows the same skin as the before one: what the
 * map of skin adds to shift, turn and size, at nodes over the frame.  For the
 * eye only.  The map ends where the face does; from there on the displacement
 * fades, so that no seam shows.
 */

#include <math.h>
#include <string.h>

#include "report/report.h"

enum { STEP = 9, SWEEPS = 40 }; /* frame px; each way */

static const double fading = 0.99; /* from node to node, about 5 of them */

/* ---- Where skin lies ----------------------------------------------------- */

static void by_similarity(double to[2], const double s[4], double u, double v)
{
    to[0] = s[0] * u - s[1] * v + s[2];
    to[1] = s[1] * u + s[0] * v + s[3];
}

bool ct_skin_moved(double by[2], const struct report *report,
                   const struct frame *frame, double u, double v)
{
    const struct face *const before = report->before->face;
    const struct face *const after = report->after->face;
    double full[2], rigid[2], work[2];
    by_similarity(full, frame->to_full[0], u, v);
    by_similarity(rigid, frame->to_full[1], u, v);
    if (!ct_warp_at(&report->pair->warp[0],
                    (full[0] - before->crop.x) / before->factor,
                    (full[1] - before->crop.y) / before->factor, work))
        return false;
    by[0] = work[0] * after->factor + after->crop.x - rigid[0];
    by[1] = work[1] * after->factor + after->crop.y - rigid[1];
    return true;
}

/* ---- Nodes --------------------------------------------------------------- */

static void find_known(struct lattice *out, struct bytes *known,
                       const struct frame *frame, const struct report *report)
{
    for (int j = 0; j < out->x.height; j++)
        for (int i = 0; i < out->x.width; i++) {
            double by[2];
            if (!ct_skin_moved(by, report, frame, i * STEP, j * STEP))
                continue;
            ct_byte_row(known, j)[i] = 255;
            ct_row(&out->x, j)[i] = (float)by[0];
            ct_row(&out->y, j)[i] = (float)by[1];
            out->most = fmax(out->most, fmax(fabs(by[0]), fabs(by[1])));
        }
}

/* The mean of the four nodes around, a border repeating itself, a little less.
 */
static float around(const struct plane *plane, int i, int j)
{
    const float *const row = ct_row(plane, j);
    const int last = plane->width - 1, end = plane->height - 1;
    const float sum = row[i > 0 ? i - 1 : 0] + row[i < last ? i + 1 : last] +
                      ct_row(plane, j > 0 ? j - 1 : 0)[i] +
                      ct_row(plane, j < end ? j + 1 : end)[i];
    return (float)(0.25 * fading) * sum;
}

static void fade_node(struct lattice *out, const struct bytes *known, int n)
{
    const int i = n % out->x.width, j = n / out->x.width;
    if (ct_byte_row(known, j)[i])
        return;
    ct_row(&out->x, j)[i] = around(&out->x, i, j);
    ct_row(&out->y, j)[i] = around(&out->y, i, j);
}

static cutis_status fade(struct lattice *out, const struct bytes *known,
                         struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    const int count = out->x.width * out->x.height;
    for (int sweep = 0; sweep < SWEEPS && status == CUTIS_OK; sweep++) {
        status = ct_pulse(tools);
        for (int n = 0; n < count; n++)
            fade_node(out, known, n);
        for (int n = count - 1; n >= 0; n--)
            fade_node(out, known, n);
    }
    return status;
}

cutis_status ct_lattice_create(struct lattice *out, const struct frame *frame,
                               const struct report *report, struct tools *tools)
{
    const int columns = (frame->width + STEP - 1) / STEP + 1;
    const int rows = (frame->height + STEP - 1) / STEP + 1;
    struct bytes known = {0};
    cutis_status status;

    *out = (struct lattice){.step = STEP};
    TRY(ct_plane_create(&out->x, columns, rows, tools));
    TRY(ct_plane_create(&out->y, columns, rows, tools));
    TRY(ct_bytes_create(&known, columns, rows, tools));
    for (int j = 0; j < rows; j++) {
        memset(ct_row(&out->x, j), 0, (size_t)columns * sizeof(float));
        memset(ct_row(&out->y, j), 0, (size_t)columns * sizeof(float));
        memset(ct_byte_row(&known, j), 0, (size_t)columns);
    }
    find_known(out, &known, frame, report);
    TRY(ct_pulse(tools));
    TRY(fade(out, &known, tools));
done:
    ct_bytes_free(&known);
    return status;
}

void ct_lattice_free(struct lattice *lattice)
{
    ct_plane_free(&lattice->x);
    ct_plane_free(&lattice->y);
}

void ct_lattice_at(double by[2], const struct lattice *lattice, double u,
                   double v)
{
    const double across = u / lattice->step, down = v / lattice->step;
    const int i = (int)across, j = (int)down;
    const double fx = across - i, fy = down - j;
    const float *const x = ct_row(&lattice->x, j) + i;
    const float *const y = ct_row(&lattice->y, j) + i;
    const float *const below_x = ct_row(&lattice->x, j + 1) + i;
    const float *const below_y = ct_row(&lattice->y, j + 1) + i;
    by[0] = (1 - fy) * ((1 - fx) * (double)x[0] + fx * (double)x[1]) +
            fy * ((1 - fx) * (double)below_x[0] + fx * (double)below_x[1]);
    by[1] = (1 - fy) * ((1 - fx) * (double)y[0] + fx * (double)y[1]) +
            fy * ((1 - fx) * (double)below_y[0] + fx * (double)below_y[1]);
}
