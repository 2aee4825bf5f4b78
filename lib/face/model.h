/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A small float32 neural network, read from a .tflite file that need not be
 * trusted.  Activations are batch × height × width × channels with batch 1.
 * Every sum is taken in one order, so results are the same bits everywhere.
 */

#ifndef CT_FACE_MODEL_H
#define CT_FACE_MODEL_H

#include <stdint.h>

#include "signal/signal.h"
#include "util/tools.h"

/* BuiltinOperator of the TensorFlow Lite schema, those that are understood. */
enum ct_operator {
    CT_ADD = 0,
    CT_CONCATENATION = 2,
    CT_CONV_2D = 3,
    CT_DEPTHWISE_CONV_2D = 4,
    CT_DEQUANTIZE = 6,
    CT_LOGISTIC = 14,
    CT_MAX_POOL_2D = 17,
    CT_RELU = 19,
    CT_RESHAPE = 22,
    CT_PAD = 34,
    CT_PRELU = 54
};

/* TensorType of the schema, likewise. */
enum ct_element { CT_FLOAT32 = 0, CT_FLOAT16 = 1, CT_INT32 = 2 };

enum {
    CT_RANK = 4,
    CT_OPERANDS = 8,
    CT_TAPS = 64 /* positions under a depthwise filter, at most */
};

struct tensor {
    int32_t dim[CT_RANK]; /* of fewer dimensions the first are 1 */
    int rank;             /* as the file has it */
    size_t count;         /* product of dim */
    enum ct_element element;
    const uint8_t *stored; /* a constant's bytes in the file; else NULL */
    float *at;             /* where its values are while the network runs */
};

/* What an operator does, checked, with its weights in the order of use. */
struct operation {
    enum ct_operator code;
    int in_count;
    int in[CT_OPERANDS]; /* tensors */
    int out;
    int stride_x, stride_y;
    int filter_x, filter_y;
    int before_x, before_y; /* rows and columns of padding before the first */
    int pad[CT_RANK];       /* PAD: how many come before, in each dimension */
    int axis;               /* CONCATENATION: [0,3] */
    float *weights;         /* CONV: [filter y][x][in][out]; alphas of PRELU */
    float *bias;
};

struct model {
    int tensor_count, operation_count;
    struct tensor *tensors;
    struct operation *operations;
    int input;
    int output_count;
    int output[CT_OPERANDS];
    float *arena;   /* all activations */
    float *columns; /* one output row of a convolution, unrolled */
    float *zeros;   /* as many as any tensor has channels */
    struct memory *memory;
};

/*
 * Reads a network.  `bytes` must outlive the call only.  FORMAT: malformed.
 * UNSUPPORTED: well-formed, with what this interpreter does not do.  MEMORY.
 */
cutis_status ct_model_load(struct model **out, const void *bytes, size_t size,
                           struct tools *tools);

/* From the input tensor's values to the output tensors'. */
void ct_model_run(const struct model *model, const struct tools *tools);

/* 1 / (1 + exp(-x)), for outputs that are logits. */
double ct_model_logistic(double x);

const struct tensor *ct_model_input(const struct model *model);

/* The output that has `count` values; NULL if none has. */
const struct tensor *ct_model_output(const struct model *model, size_t count);

void ct_model_free(struct model **model);

/* ---- Between the files of the reader ------------------------------------- */

struct flat;

/* Reads one operator's table.  Looks at what is in model->tensors already. */
cutis_status ct_operation_read(struct operation *out, struct flat *flat,
                               size_t table, enum ct_operator code,
                               struct model *model, struct tools *tools);

/* Gives every activation a place in the arena. */
cutis_status ct_model_plan(struct model *model, struct tools *tools);

#endif
