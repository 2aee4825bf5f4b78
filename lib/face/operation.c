/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The operators of a .tflite file, one by one: shapes are checked against each
 * other here, so that running them can trust what it finds.
 */

#include <string.h>

#include "face/flat.h"
#include "face/model.h"

/* Fields of the option tables in which the window operators keep theirs. */
struct window_fields {
    int activation, dilation_x, dilation_y; /* -1 = has none */
};

static cutis_status misfit(struct tools *tools)
{
    return ct_fail(tools, CUTIS_ERROR_FORMAT,
                   "the face model's tensors do not fit each other");
}

static cutis_status unknown(struct tools *tools, const char *what)
{
    return ct_fail(tools, CUTIS_ERROR_UNSUPPORTED,
                   "the face model has %s that cutis does not know", what);
}

/* IEEE 754 half to single precision, exactly; without branches, so that it goes
 * through many at a time. */
static float half(unsigned bits)
{
    const uint32_t sign = (uint32_t)(bits & 0x8000u) << 16;
    const uint32_t rest = (uint32_t)(bits & 0x7fffu) << 13;
    const uint32_t unbounded = rest >= 0x0f800000u ? 0x7f800000u : 0u;
    float value;
    memcpy(&value, &rest, sizeof(value));
    value *= 0x1p112f; /* the difference of the exponents' biases */
    uint32_t all;
    memcpy(&all, &value, sizeof(all));
    all |= sign | unbounded;
    memcpy(&value, &all, sizeof(value));
    return value;
}

/* The constant's elements [first, first + count) as floats. */
static void unpack(float *out, const struct tensor *tensor, size_t first,
                   size_t count)
{
    if (tensor->element == CT_FLOAT16) {
        const uint8_t *const at = tensor->stored + 2 * first;
        for (size_t i = 0; i < count; i++)
            out[i] = half(at[2 * i] | (unsigned)at[2 * i + 1] << 8);
        return;
    }
    struct flat flat = {tensor->stored, 4 * tensor->count, false};
    for (size_t i = 0; i < count; i++) {
        const uint32_t bits = ct_flat_u32(&flat, 4 * (first + i));
        if (tensor->element == CT_INT32)
            out[i] = (float)ct_flat_i32(&flat, 4 * (first + i));
        else
            memcpy(&out[i], &bits, sizeof(bits));
    }
}

static const struct tensor *in_tensor(const struct operation *operation,
                                      const struct model *model)
{
    return &model->tensors[operation->in[0]];
}

static bool same_shape(const struct tensor *a, const struct tensor *b)
{
    return memcmp(a->dim, b->dim, sizeof(a->dim)) == 0;
}

/* Operand `index` of the file's list, a constant of the given element. */
static const struct tensor *constant(const struct model *model,
                                     struct flat *flat, struct flat_vector list,
                                     size_t index)
{
    if (index >= list.count)
        return NULL;
    const int32_t id = ct_flat_i32(flat, list.at + 4 * index);
    if (id < 0 || id >= model->tensor_count || !model->tensors[id].stored)
        return NULL;
    return &model->tensors[id];
}

/* The first `count` operands, which must be activations. */
static bool activations(struct operation *out, const struct model *model,
                        struct flat *flat, struct flat_vector list,
                        size_t count)
{
    if (count > CT_OPERANDS || count > list.count || count == 0)
        return false;
    out->in_count = (int)count;
    for (size_t i = 0; i < count; i++) {
        const int32_t id = ct_flat_i32(flat, list.at + 4 * i);
        if (id < 0 || id >= model->tensor_count)
            return false;
        if (model->tensors[id].stored ||
            model->tensors[id].element != CT_FLOAT32)
            return false;
        out->in[i] = id;
    }
    return true;
}

/* All of a constant as floats that the caller frees. */
static float *unpack_all(const struct tensor *tensor, struct tools *tools)
{
    float *const values =
        ct_alloc_raw(&tools->memory, tensor->count, sizeof(float));
    if (values)
        unpack(values, tensor, 0, tensor->count);
    return values;
}

/* Weights of a convolution, from [out][filter][in] to [filter][in][out], so
 * that a row of the matrix product runs along the outputs. */
static float *unpack_transposed(const struct tensor *tensor,
                                struct tools *tools)
{
    enum { BLOCK = 16 }; /* a cache line is written whole */
    const size_t outs = (size_t)tensor->dim[0];
    const size_t depth = tensor->count / outs;
    float *const rows =
        ct_alloc_raw(&tools->memory, BLOCK * depth, sizeof(float));
    float *const values =
        ct_alloc_raw(&tools->memory, tensor->count, sizeof(float));
    for (size_t first = 0; rows && values && first < outs; first += BLOCK) {
        const size_t width = first + BLOCK < outs ? BLOCK : outs - first;
        unpack(rows, tensor, first * depth, width * depth);
        for (size_t k = 0; k < depth; k++)
            for (size_t o = 0; o < width; o++)
                values[k * outs + first + o] = rows[o * depth + k];
    }
    if (!rows) {
        ct_free(values);
        return NULL;
    }
    ct_free(rows);
    return values;
}

/* How a window of `filter` moves from `in` to `out` positions; false if it
 * cannot.  *before is the padding in front. */
static bool fits(int in, int out, int filter, int stride, bool same,
                 int *before)
{
    enum { MOST = 4096 };
    if (filter < 1 || stride < 1 || filter > MOST || stride > MOST)
        return false;
    *before = 0;
    if (!same)
        return in >= filter && out == (in - filter) / stride + 1;
    if (out != (in - 1) / stride + 1)
        return false;
    const int missing = (out - 1) * stride + filter - in;
    *before = missing > 0 ? missing / 2 : 0;
    return true;
}

/* Padding, strides and where the window lies.  Filter sizes are set already. */
static cutis_status read_window(struct operation *out, struct flat *flat,
                                size_t options, struct window_fields fields,
                                const struct model *model, struct tools *tools)
{
    enum { SAME = 0, VALID = 1 };
    const int padding = ct_flat_byte(flat, options, 0, SAME);
    out->stride_x = ct_flat_int(flat, options, 1, 0);
    out->stride_y = ct_flat_int(flat, options, 2, 0);
    if (padding > VALID || ct_flat_byte(flat, options, fields.activation, 0))
        return unknown(tools, "a fused activation or padding");
    if (fields.dilation_x >= 0 &&
        (ct_flat_int(flat, options, fields.dilation_x, 1) != 1 ||
         ct_flat_int(flat, options, fields.dilation_y, 1) != 1))
        return unknown(tools, "a dilated convolution");

    const int32_t *const from = in_tensor(out, model)->dim;
    const int32_t *const to = model->tensors[out->out].dim;
    if (from[0] != 1 || to[0] != 1 ||
        !fits(from[1], to[1], out->filter_y, out->stride_y, padding == SAME,
              &out->before_y) ||
        !fits(from[2], to[2], out->filter_x, out->stride_x, padding == SAME,
              &out->before_x))
        return misfit(tools);
    return CUTIS_OK;
}

static cutis_status read_conv(struct operation *out, struct flat *flat,
                              size_t options, struct flat_vector list,
                              struct model *model, struct tools *tools)
{
    const struct tensor *const weights = constant(model, flat, list, 1);
    const struct tensor *const bias = constant(model, flat, list, 2);
    if (!activations(out, model, flat, list, 1) || !weights || !bias)
        return misfit(tools);

    const bool deep = out->code == CT_CONV_2D;
    const int32_t ins = in_tensor(out, model)->dim[3];
    const int32_t outs = model->tensors[out->out].dim[3];
    const int32_t *const dim = weights->dim;
    if (dim[3] != ins || dim[0] != (deep ? outs : 1) ||
        bias->count != (size_t)outs || (!deep && ins != outs))
        return misfit(tools);

    if (!deep && weights->count / (size_t)outs > CT_TAPS)
        return unknown(tools, "a filter of a size");

    out->filter_y = dim[1];
    out->filter_x = dim[2];
    const struct window_fields fields = deep ? (struct window_fields){3, 4, 5}
                                             : (struct window_fields){4, 5, 6};
    const cutis_status status =
        read_window(out, flat, options, fields, model, tools);
    if (status != CUTIS_OK)
        return status;

    out->bias = unpack_all(bias, tools);
    out->weights =
        deep ? unpack_transposed(weights, tools) : unpack_all(weights, tools);
    return out->bias && out->weights ? CUTIS_OK : ct_no_memory(tools);
}

static cutis_status read_pool(struct operation *out, struct flat *flat,
                              size_t options, struct flat_vector list,
                              struct model *model, struct tools *tools)
{
    if (!activations(out, model, flat, list, 1) ||
        in_tensor(out, model)->dim[3] != model->tensors[out->out].dim[3])
        return misfit(tools);
    out->filter_x = ct_flat_int(flat, options, 3, 0);
    out->filter_y = ct_flat_int(flat, options, 4, 0);
    return read_window(out, flat, options, (struct window_fields){5, -1, -1},
                       model, tools);
}

static cutis_status read_prelu(struct operation *out, struct flat *flat,
                               struct flat_vector list, struct model *model,
                               struct tools *tools)
{
    const struct tensor *const alpha = constant(model, flat, list, 1);
    if (!activations(out, model, flat, list, 1) || !alpha ||
        !same_shape(in_tensor(out, model), &model->tensors[out->out]) ||
        alpha->dim[3] != in_tensor(out, model)->dim[3] ||
        alpha->count != (size_t)alpha->dim[3])
        return misfit(tools);
    out->weights = unpack_all(alpha, tools);
    return out->weights ? CUTIS_OK : ct_no_memory(tools);
}

/* ADD, RELU, LOGISTIC: element by element. */
static cutis_status read_pointwise(struct operation *out, struct flat *flat,
                                   size_t options, struct flat_vector list,
                                   struct model *model, struct tools *tools)
{
    const size_t count = out->code == CT_ADD ? 2 : 1;
    if (!activations(out, model, flat, list, count))
        return misfit(tools);
    if (out->code == CT_ADD && ct_flat_byte(flat, options, 0, 0))
        return unknown(tools, "a fused activation");
    for (size_t i = 0; i < count; i++)
        if (!same_shape(&model->tensors[out->in[i]], &model->tensors[out->out]))
            return misfit(tools);
    return CUTIS_OK;
}

static cutis_status read_pad(struct operation *out, struct flat *flat,
                             struct flat_vector list, struct model *model,
                             struct tools *tools)
{
    const struct tensor *const amount = constant(model, flat, list, 1);
    if (!activations(out, model, flat, list, 1) || !amount ||
        amount->element != CT_INT32 || amount->count != 2 * CT_RANK ||
        in_tensor(out, model)->rank != CT_RANK)
        return misfit(tools);

    const int32_t *const from = in_tensor(out, model)->dim;
    const int32_t *const to = model->tensors[out->out].dim;
    float pads[2 * CT_RANK];
    unpack(pads, amount, 0, (size_t)2 * CT_RANK);
    for (size_t i = 0; i < CT_RANK; i++) {
        const float before = pads[2 * i];
        const float after = pads[2 * i + 1];
        if (before < 0 || after < 0 ||
            (float)from[i] + before + after != (float)to[i])
            return misfit(tools);
        out->pad[i] = (int)before;
    }
    return CUTIS_OK;
}

static cutis_status read_concatenation(struct operation *out, struct flat *flat,
                                       size_t options, struct flat_vector list,
                                       struct model *model, struct tools *tools)
{
    const struct tensor *const to = &model->tensors[out->out];
    const int32_t axis = ct_flat_int(flat, options, 0, 0);
    if (ct_flat_byte(flat, options, 1, 0))
        return unknown(tools, "a fused activation");
    if (!activations(out, model, flat, list, list.count) || axis < -to->rank ||
        axis >= to->rank)
        return misfit(tools);
    out->axis = axis < 0 ? axis + CT_RANK : axis + CT_RANK - to->rank;

    int64_t sum = 0;
    for (int i = 0; i < out->in_count; i++) {
        struct tensor one = model->tensors[out->in[i]];
        sum += one.dim[out->axis];
        one.dim[out->axis] = to->dim[out->axis];
        if (!same_shape(&one, to))
            return misfit(tools);
    }
    return sum == to->dim[out->axis] ? CUTIS_OK : misfit(tools);
}

static cutis_status read_reshape(struct operation *out, struct flat *flat,
                                 struct flat_vector list, struct model *model,
                                 struct tools *tools)
{
    if (!activations(out, model, flat, list, 1) ||
        in_tensor(out, model)->count != model->tensors[out->out].count)
        return misfit(tools);
    return CUTIS_OK;
}

/* A float16 constant: its result is the same constant. */
static cutis_status read_dequantize(struct operation *out, struct flat *flat,
                                    struct flat_vector list,
                                    struct model *model, struct tools *tools)
{
    const struct tensor *const from = constant(model, flat, list, 0);
    struct tensor *const to = &model->tensors[out->out];
    if (!from || from->element != CT_FLOAT16 || !same_shape(from, to))
        return misfit(tools);
    to->stored = from->stored;
    to->element = from->element;
    return CUTIS_OK;
}

cutis_status ct_operation_read(struct operation *out, struct flat *flat,
                               size_t table, enum ct_operator code,
                               struct model *model, struct tools *tools)
{
    const struct flat_vector ins = ct_flat_vector(flat, table, 1, 4);
    const struct flat_vector outs = ct_flat_vector(flat, table, 2, 4);
    const size_t field = ct_flat_field(flat, table, 4);
    const size_t options = field ? ct_flat_table(flat, field) : 0;
    if (flat->broken || outs.count != 1)
        return misfit(tools);

    *out = (struct operation){.code = code, .out = ct_flat_i32(flat, outs.at)};
    if (out->out < 0 || out->out >= model->tensor_count ||
        model->tensors[out->out].stored ||
        model->tensors[out->out].element != CT_FLOAT32)
        return misfit(tools);

    switch (code) {
    case CT_CONV_2D:
    case CT_DEPTHWISE_CONV_2D:
        return read_conv(out, flat, options, ins, model, tools);
    case CT_MAX_POOL_2D:
        return read_pool(out, flat, options, ins, model, tools);
    case CT_PRELU:
        return read_prelu(out, flat, ins, model, tools);
    case CT_ADD:
    case CT_RELU:
    case CT_LOGISTIC:
        return read_pointwise(out, flat, options, ins, model, tools);
    case CT_PAD:
        return read_pad(out, flat, ins, model, tools);
    case CT_CONCATENATION:
        return read_concatenation(out, flat, options, ins, model, tools);
    case CT_RESHAPE:
        return read_reshape(out, flat, ins, model, tools);
    case CT_DEQUANTIZE:
        return read_dequantize(out, flat, ins, model, tools);
    }
    return unknown(tools, "an operator");
}
