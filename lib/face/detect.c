/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * BlazeFace (Bazarevsky et al. 2019, arXiv:1907.05047): a network of 128 × 128
 * inputs tells for each of 896 anchors how far off a face is and how likely.
 * What overlaps is blended, weighted by the score.
 *
 * When the whole picture shows nothing, it is looked at again, smaller and in
 * parts; when it shows nothing surely, turned as well.
 */

#include "face/detect.h"

#include "face/mesh.h"
#include "face/model.h"

enum {
    INPUT = 128,
    VALUES = 16, /* of an anchor: box centre, size, then the keys, in pixels */
    ANCHORS = 896,
    COARSE = 16, /* the first grid's side, 2 anchors a cell; then half, 6 */
    FINE_ANCHORS = 2,
    COARSE_ANCHORS = 6,
    CANDIDATES = 128
};

static const double least_score = 0.5;

/* Upright portraits score 0.85 and more (38 of 38), the same ones upside down
 * 0.58 to 0.76, with landmarks in the wrong places. */
static const double sure_score = 0.85;

static const double most_overlap = 0.3; /* of two different faces */

/* A detection in the network's square, everything in [0,1]. */
struct candidates {
    int count;
    struct detection of[CANDIDATES];
};

/* The centre of an anchor. */
static cutis_point anchor(int index)
{
    const int fine = COARSE * COARSE * FINE_ANCHORS;
    const int side = index < fine ? COARSE : COARSE / 2;
    const int cell =
        index < fine ? index / FINE_ANCHORS : (index - fine) / COARSE_ANCHORS;
    const int column = cell % side;
    const int row = cell / side;
    return (cutis_point){(column + 0.5) / side, (row + 0.5) / side};
}

static struct detection decode(const float *values, int index, double score)
{
    const cutis_point at = anchor(index);
    struct detection out = {
        .x = at.x + values[0] / INPUT,
        .y = at.y + values[1] / INPUT,
        .width = values[2] / INPUT,
        .height = values[3] / INPUT,
        .score = score,
    };
    for (int k = 0; k < CT_FACE_KEYS; k++) {
        out.key[k].x = at.x + values[4 + 2 * k] / INPUT;
        out.key[k].y = at.y + values[5 + 2 * k] / INPUT;
    }
    return out;
}

static double shared(double a, double a_size, double b, double b_size)
{
    const double a0 = a - a_size / 2, a1 = a + a_size / 2;
    const double b0 = b - b_size / 2, b1 = b + b_size / 2;
    const double both = (a1 < b1 ? a1 : b1) - (a0 > b0 ? a0 : b0);
    return both > 0.0 ? both : 0.0;
}

/* Intersection over union of two boxes. */
static double overlap(const struct detection *a, const struct detection *b)
{
    const double both = shared(a->x, a->width, b->x, b->width) *
                        shared(a->y, a->height, b->y, b->height);
    const double all = a->width * a->height + b->width * b->height - both;
    return all > 0 ? both / all : 0.0;
}

static void add_weighted(struct detection *sum, const struct detection *one)
{
    const double w = one->score;
    sum->x += w * one->x;
    sum->y += w * one->y;
    sum->width += w * one->width;
    sum->height += w * one->height;
    for (int k = 0; k < CT_FACE_KEYS; k++) {
        sum->key[k].x += w * one->key[k].x;
        sum->key[k].y += w * one->key[k].y;
    }
    sum->score += w;
}

static void divide(struct detection *sum, double score)
{
    const double w = sum->score;
    sum->x /= w;
    sum->y /= w;
    sum->width /= w;
    sum->height /= w;
    for (int k = 0; k < CT_FACE_KEYS; k++) {
        sum->key[k].x /= w;
        sum->key[k].y /= w;
    }
    sum->score = score;
}

/* Takes the best candidate and all that overlap it out of the list, blended. */
static struct detection blend_best(struct candidates *from)
{
    int best = 0;
    for (int i = 1; i < from->count; i++)
        if (from->of[i].score > from->of[best].score)
            best = i;

    const struct detection top = from->of[best];
    struct detection sum = {0};
    int kept = 0;
    for (int i = 0; i < from->count; i++) {
        if (i == best || overlap(&from->of[i], &top) > most_overlap)
            add_weighted(&sum, &from->of[i]);
        else
            from->of[kept++] = from->of[i];
    }
    from->count = kept;
    divide(&sum, top.score);
    return sum;
}

/* From the network's square to the picture. */
static void place(struct detection *one, const struct square *square)
{
    const cutis_point centre = ct_square_point(square, one->x, one->y);
    one->x = centre.x;
    one->y = centre.y;
    one->width *= square->side;
    one->height *= square->side;
    for (int k = 0; k < CT_FACE_KEYS; k++)
        one->key[k] = ct_square_point(square, one->key[k].x, one->key[k].y);
}

/* Adds a face unless a larger or surer one is there already. */
static void keep(struct detections *out, const struct detection *one)
{
    for (int i = 0; i < out->count; i++)
        if (overlap(&out->of[i], one) > most_overlap) {
            if (one->score > out->of[i].score)
                out->of[i] = *one;
            return;
        }
    if (out->count < CT_FACES)
        out->of[out->count++] = *one;
}

static void collect(struct candidates *out, const float *boxes,
                    const float *logits)
{
    out->count = 0;
    for (int i = 0; i < ANCHORS && out->count < CANDIDATES; i++) {
        const double score = ct_model_logistic(logits[i]);
        if (!(score >= least_score))
            continue;
        const struct detection one = decode(boxes + VALUES * i, i, score);
        if (one.width > 0 && one.height > 0)
            out->of[out->count++] = one;
    }
}

/* Looks at one square of the picture. */
static cutis_status look(struct detections *out, const struct model *model,
                         const struct square *square,
                         const struct overview *overview, struct tools *tools)
{
    const struct tensor *const input = ct_model_input(model);
    const struct tensor *const boxes = ct_model_output(model, ANCHORS * VALUES);
    const struct tensor *const logits = ct_model_output(model, ANCHORS);
    if (input->count != (size_t)INPUT * INPUT * 3 || !boxes || !logits)
        return ct_fail(tools, CUTIS_ERROR_INTERNAL,
                       "the face detector has other inputs and outputs");

    const cutis_status status =
        ct_sample(input->at, INPUT, square, CT_BORDER_ZERO, overview, tools);
    if (status != CUTIS_OK)
        return status;
    for (size_t i = 0; i < input->count; i++)
        input->at[i] = 2.0f * input->at[i] - 1.0f;
    ct_model_run(model, tools);

    struct candidates candidates;
    collect(&candidates, boxes->at, logits->at);
    while (candidates.count > 0) {
        struct detection one = blend_best(&candidates);
        place(&one, square);
        keep(out, &one);
    }
    return CUTIS_OK;
}

/* All of the picture, its upright axis along `turn`'s sine and cosine. */
static struct square whole(const struct picture *picture, const double turn[2])
{
    const int side =
        picture->width > picture->height ? picture->width : picture->height;
    return (struct square){picture->width / 2.0, picture->height / 2.0, side,
                           turn[0], turn[1]};
}

/* Halves of the picture that overlap by half. */
static cutis_status look_at_parts(struct detections *out,
                                  const struct model *model,
                                  const struct square *all,
                                  const struct overview *overview,
                                  struct tools *tools)
{
    enum { STEPS = 3 };
    cutis_status status = CUTIS_OK;
    for (int i = 0; i < STEPS * STEPS; i++) {
        struct square part = *all;
        part.side /= 2;
        const int column = i % STEPS - 1;
        const int row = i / STEPS - 1;
        part.x += column * all->side / 4;
        part.y += row * all->side / 4;
        if (part.x < 0 || part.x > overview->picture->width || part.y < 0 ||
            part.y > overview->picture->height)
            continue;
        TRY(look(out, model, &part, overview, tools));
    }
done:
    return status;
}

/* As a whole; else smaller, for faces that fill the frame; else in parts. */
static cutis_status search(struct detections *out, const struct model *model,
                           const struct overview *overview,
                           const double turn[2], struct tools *tools)
{
    const double smaller = 1.6;
    const struct square all = whole(overview->picture, turn);
    struct square wide = all;
    wide.side *= smaller;
    cutis_status status;

    out->count = 0;
    TRY(look(out, model, &all, overview, tools));
    if (out->count == 0)
        TRY(look(out, model, &wide, overview, tools));
    if (out->count == 0)
        TRY(look_at_parts(out, model, &all, overview, tools));
done:
    return status;
}

static double best_score(const struct detections *list)
{
    double best = 0.0;
    for (int i = 0; i < list->count; i++)
        best = list->of[i].score > best ? list->of[i].score : best;
    return best;
}

static void sort_by_size(struct detections *list)
{
    for (int i = 1; i < list->count; i++) {
        const struct detection one = list->of[i];
        int k = i;
        for (; k > 0 && list->of[k - 1].width * list->of[k - 1].height <
                            one.width * one.height;
             k--)
            list->of[k] = list->of[k - 1];
        list->of[k] = one;
    }
}

cutis_status ct_detect(struct detections *out, const struct overview *overview,
                       struct tools *tools)
{
    /* Cosine and sine: upright, upside down, on either side. */
    static const double turns[][2] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};
    enum { TURNS = sizeof(turns) / sizeof(turns[0]) };
    cutis_status status;
    struct model *model = NULL;
    struct detections turned;
    const struct packed packed = ct_packed_network(CT_NETWORK_DETECT);
    TRY(ct_model_load(&model, packed.bytes, packed.size, tools));

    out->count = 0;
    for (int i = 0; i < TURNS && best_score(out) < sure_score; i++) {
        TRY(search(&turned, model, overview, turns[i], tools));
        if (best_score(&turned) > best_score(out))
            *out = turned;
    }
    sort_by_size(out);

done:
    ct_model_free(&model);
    return status;
}
