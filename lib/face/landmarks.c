/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Face mesh (Kartynnik et al. 2019, arXiv:1907.06724): a network gives 468
 * points, with depth, of the face in a square of 192 × 192.  The first square
 * comes from the detector, which is coarse; the second from the points that
 * the first one gave.
 */

#include "face/landmarks.h"

#include "face/mesh.h"
#include "face/model.h"
#include "face/sample.h"

enum {
    INPUT = 192,
    PASSES = 2,
    CORNER_R = 33, /* outer corners of the eyes */
    CORNER_L = 263
};

static const double room = 1.5; /* side of the square by that of the face */

/* Turns the square so that `right` lies to the right of `left`. */
static void turn(struct square *square, cutis_point left, cutis_point right)
{
    const double x = right.x - left.x;
    const double y = right.y - left.y;
    const double length = ct_sqrt(x * x + y * y);
    square->cosine = length > 0 ? x / length : 1.0;
    square->sine = length > 0 ? y / length : 0.0;
}

static struct square square_of_detection(const struct detection *where)
{
    const double side =
        where->width > where->height ? where->width : where->height;
    struct square square = {.x = where->x, .y = where->y, .side = room * side};
    turn(&square, where->key[CT_KEY_EYE_R], where->key[CT_KEY_EYE_L]);
    return square;
}

/* Around all points, upright with the eyes. */
static struct square square_of_points(const struct landmarks *of)
{
    struct square square = {0};
    turn(&square, of->points[CORNER_R], of->points[CORNER_L]);

    double low[2] = {0}, high[2] = {0};
    for (int i = 0; i < CT_POINTS; i++) {
        const cutis_point p = of->points[i];
        const double at[2] = {p.x * square.cosine + p.y * square.sine,
                              p.y * square.cosine - p.x * square.sine};
        for (int k = 0; k < 2; k++) {
            low[k] = i == 0 || at[k] < low[k] ? at[k] : low[k];
            high[k] = i == 0 || at[k] > high[k] ? at[k] : high[k];
        }
    }
    const double u = (low[0] + high[0]) / 2;
    const double v = (low[1] + high[1]) / 2;
    const double width = high[0] - low[0];
    const double height = high[1] - low[1];
    square.x = u * square.cosine - v * square.sine;
    square.y = u * square.sine + v * square.cosine;
    square.side = room * (width > height ? width : height);
    return square;
}

static cutis_status look(struct landmarks *out, const struct model *model,
                         const struct square *square,
                         const struct picture *picture, struct tools *tools)
{
    const struct tensor *const input = ct_model_input(model);
    const struct tensor *const mesh = ct_model_output(model, 3 * CT_POINTS);
    const struct tensor *const presence = ct_model_output(model, 1);
    if (input->count != (size_t)INPUT * INPUT * 3 || !mesh || !presence)
        return ct_fail(tools, CUTIS_ERROR_INTERNAL,
                       "the face mesh has other inputs and outputs");

    const cutis_status status =
        ct_sample(input->at, INPUT, square, CT_BORDER_REPEAT, picture, tools);
    if (status != CUTIS_OK)
        return status;
    ct_model_run(model, tools);

    for (int i = 0; i < CT_POINTS; i++) {
        const float *const point = mesh->at + 3 * i;
        out->points[i] = ct_square_point(square, (double)point[0] / INPUT,
                                         (double)point[1] / INPUT);
        out->depth[i] = (float)(point[2] * square->side / INPUT);
    }
    out->presence = ct_model_logistic(presence->at[0]);
    return CUTIS_OK;
}

cutis_status ct_landmarks_find(struct landmarks *out,
                               const struct detection *where,
                               const struct picture *picture,
                               struct tools *tools)
{
    cutis_status status;
    struct model *model = NULL;
    const struct packed packed = ct_packed_network(CT_NETWORK_LANDMARKS);
    TRY(ct_model_load(&model, packed.bytes, packed.size, tools));

    struct square square = square_of_detection(where);
    for (int pass = 0; pass < PASSES; pass++) {
        TRY(look(out, model, &square, picture, tools));
        square = square_of_points(out);
    }

done:
    ct_model_free(&model);
    return status;
}
