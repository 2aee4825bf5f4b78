/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The regions of the face before as outlines for SVG: the cracks between cells
 * of a coarse grid are followed with the region on the right, corners are cut
 * to the middles of the cracks, and what lies within half a cell of a straight
 * line becomes one.
 */

#include <math.h>
#include <string.h>

#include "report/report.h"

enum {
    CELL = 4, /* frame px */
    ACROSS = CT_FRAME_WIDTH / CELL,
    DOWN = CT_FRAME_HEIGHT / CELL,
    CELLS = ACROSS * DOWN,
    LONGEST = 4096, /* cracks of an outline */
    SHORTEST = 24,
    REACH = 64 /* cracks that one line may take the place of */
};

/* Right, down, left, up: along a cell's upper, right, lower and left crack. */
enum { TURNS = 4 };
static const int step_x[TURNS] = {1, 0, -1, 0};
static const int step_y[TURNS] = {0, 1, 0, -1};

struct grid {
    uint8_t region[CELLS];
    uint8_t done[CELLS]; /* bit of a crack that was followed */
};

struct loop {
    int count;
    double x[LONGEST + 1], y[LONGEST + 1]; /* cells; the first again last */
};

static void fill(struct grid *grid, const struct frame *frame,
                 const struct face *face)
{
    const double *const s = frame->to_full[0];
    for (int j = 0; j < DOWN; j++)
        for (int i = 0; i < ACROSS; i++) {
            const double u = (i + 0.5) * CELL, v = (j + 0.5) * CELL;
            const double x = (s[0] * u - s[1] * v + s[2] - face->crop.x);
            const double y = (s[1] * u + s[0] * v + s[3] - face->crop.y);
            const bool inside = face->region.at && x >= 0.0 && y >= 0.0 &&
                                x < (double)face->region.width * face->factor &&
                                y < (double)face->region.height * face->factor;
            grid->region[j * ACROSS + i] =
                inside
                    ? ct_byte_row(&face->region,
                                  (int)y / face->factor)[(int)x / face->factor]
                    : CT_NO_REGION;
        }
}

static bool is_in(const struct grid *grid, int i, int j, int region)
{
    return i >= 0 && j >= 0 && i < ACROSS && j < DOWN &&
           grid->region[j * ACROSS + i] == region;
}

/* The cell on the right of the crack that leaves corner (x, y) that way. */
static void beside(int cell[2], int x, int y, int way)
{
    static const int right_x[TURNS] = {0, -1, -1, 0};
    static const int right_y[TURNS] = {0, 0, -1, -1};
    cell[0] = x + right_x[way];
    cell[1] = y + right_y[way];
}

/* Whether that crack bounds the region and was not followed yet. */
static bool leads(const struct grid *grid, int x, int y, int way, int region)
{
    int in[2], out[2];
    beside(in, x, y, way);
    beside(out, x, y, (way + 3) % TURNS);
    return is_in(grid, in[0], in[1], region) &&
           !is_in(grid, out[0], out[1], region) &&
           !(grid->done[in[1] * ACROSS + in[0]] >> way & 1);
}

/* From corner (x, y) around, sharpest turn to the right first. */
static void follow(struct loop *loop, struct grid *grid, int x, int y, int way,
                   int region)
{
    loop->count = 0;
    while (loop->count < LONGEST) {
        int cell[2];
        beside(cell, x, y, way);
        grid->done[cell[1] * ACROSS + cell[0]] |= (uint8_t)(1 << way);
        loop->x[loop->count] = x + 0.5 * step_x[way];
        loop->y[loop->count++] = y + 0.5 * step_y[way];
        x += step_x[way];
        y += step_y[way];
        int turn = 1;
        while (turn >= -1 &&
               !leads(grid, x, y, (way + turn + TURNS) % TURNS, region))
            turn--;
        if (turn < -1)
            break;
        way = (way + turn + TURNS) % TURNS;
    }
    loop->x[loop->count] = loop->x[0];
    loop->y[loop->count] = loop->y[0];
}

/* All of them between `a` and `b` lie within half a cell of the line. */
static bool straight(const struct loop *loop, int a, int b)
{
    const double dx = loop->x[b] - loop->x[a], dy = loop->y[b] - loop->y[a];
    const double size = dx * dx + dy * dy;
    for (int i = a + 1; i < b; i++) {
        const double off =
            dx * (loop->y[i] - loop->y[a]) - dy * (loop->x[i] - loop->x[a]);
        if (off * off > 0.25 * size)
            return false;
    }
    return true;
}

static void put_loop(struct text *out, const struct loop *loop)
{
    ct_text_format(out, "M%d %d", (int)(loop->x[0] * CELL),
                   (int)(loop->y[0] * CELL));
    for (int at = 0; at < loop->count;) {
        int end = at + 1;
        while (end < loop->count && end - at < REACH &&
               straight(loop, at, end + 1))
            end++;
        if (end < loop->count)
            ct_text_format(out, "L%d %d", (int)(loop->x[end] * CELL),
                           (int)(loop->y[end] * CELL));
        at = end;
    }
    ct_text_put(out, "z");
}

static void trace(struct text *out, struct grid *grid, struct loop *loop,
                  int region)
{
    memset(grid->done, 0, sizeof(grid->done));
    for (int j = 0; j < DOWN; j++)
        for (int i = 0; i < ACROSS; i++) {
            if (!leads(grid, i, j, 0, region))
                continue;
            follow(loop, grid, i, j, 0, region);
            if (loop->count >= SHORTEST)
                put_loop(out, loop);
        }
}

cutis_status ct_outlines_create(struct outlines *out,
                                const struct report *report,
                                const struct frame *frame, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct grid *const grid = ct_alloc(&tools->memory, 1, sizeof(*grid));
    struct loop *const loop = ct_alloc(&tools->memory, 1, sizeof(*loop));
    memset(out, 0, sizeof(*out));
    for (int r = 0; r < CT_REGIONS; r++)
        out->path[r].memory = &tools->memory;
    if (!grid || !loop) {
        status = ct_no_memory(tools);
        goto done;
    }
    fill(grid, frame, report->before->face);
    out->box = (struct rect){ACROSS, DOWN, 0, 0};
    int right = 0, bottom = 0;
    for (int k = 0; k < CELLS; k++) {
        const int i = k % ACROSS, j = k / ACROSS;
        if (grid->region[k] >= CT_FACE_REGION)
            continue;
        out->box.x = i < out->box.x ? i : out->box.x;
        out->box.y = j < out->box.y ? j : out->box.y;
        right = i > right ? i : right;
        bottom = j > bottom ? j : bottom;
    }
    out->box.width = CELL * (right + 1 - out->box.x);
    out->box.height = CELL * (bottom + 1 - out->box.y);
    out->box.x *= CELL;
    out->box.y *= CELL;
    for (int r = 0; r < CT_FACE_REGION; r++)
        trace(&out->path[r], grid, loop, r);
done:
    ct_free(grid);
    ct_free(loop);
    return status;
}

void ct_outlines_free(struct outlines *outlines)
{
    for (int r = 0; r < CT_REGIONS; r++)
        ct_text_free(&outlines->path[r]);
}
