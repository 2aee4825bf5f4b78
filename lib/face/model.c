/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A .tflite file as a list of checked operations.  Field numbers are those of
 * TensorFlow Lite's schema.fbs, version 3.
 */

#include "face/model.h"

#include <string.h>

#include "face/flat.h"

/* Far more than any face model has, little enough for bounded memory. */
enum {
    MOST_TENSORS = 4096,
    MOST_OPERATIONS = 1024,
    MOST_VALUES = 1 << 22 /* of one tensor */
};

/* The tables of the file that reading goes through. */
struct reader {
    struct flat flat;
    size_t model, graph;
    struct flat_vector codes, buffers, tensors, operators;
};

static cutis_status malformed(struct tools *tools)
{
    return ct_fail(tools, CUTIS_ERROR_FORMAT, "the face model is damaged");
}

static cutis_status unknown(struct tools *tools, const char *what)
{
    return ct_fail(tools, CUTIS_ERROR_UNSUPPORTED,
                   "the face model has %s that cutis does not know", what);
}

static size_t bytes_each(enum ct_element element)
{
    return element == CT_FLOAT16 ? 2 : 4;
}

static cutis_status open_file(struct reader *reader, struct tools *tools)
{
    struct flat *const flat = &reader->flat;
    reader->model = ct_flat_table(flat, 0);
    reader->codes = ct_flat_vector(flat, reader->model, 1, 4);
    reader->buffers = ct_flat_vector(flat, reader->model, 4, 4);
    const struct flat_vector graphs = ct_flat_vector(flat, reader->model, 2, 4);
    if (flat->broken || graphs.count == 0)
        return malformed(tools);

    reader->graph = ct_flat_table(flat, graphs.at);
    reader->tensors = ct_flat_vector(flat, reader->graph, 0, 4);
    reader->operators = ct_flat_vector(flat, reader->graph, 3, 4);
    if (flat->broken || reader->tensors.count == 0 ||
        reader->operators.count == 0)
        return malformed(tools);
    if (reader->tensors.count > MOST_TENSORS ||
        reader->operators.count > MOST_OPERATIONS)
        return unknown(tools, "more parts than");
    return CUTIS_OK;
}

static cutis_status read_shape(struct tensor *out, struct flat *flat,
                               size_t table, struct tools *tools)
{
    const struct flat_vector shape = ct_flat_vector(flat, table, 0, 4);
    if (shape.count > CT_RANK)
        return unknown(tools, "tensors of more dimensions");

    out->rank = (int)shape.count;
    out->count = 1;
    for (int i = 0; i < CT_RANK; i++) {
        const int field = i - (CT_RANK - out->rank);
        out->dim[i] =
            field < 0 ? 1 : ct_flat_i32(flat, shape.at + 4 * (size_t)field);
        if (out->dim[i] < 1 || out->dim[i] > MOST_VALUES)
            return malformed(tools);
        out->count *= (size_t)out->dim[i];
        if (out->count > MOST_VALUES)
            return malformed(tools);
    }
    return CUTIS_OK;
}

/* The bytes of a constant; none for an activation. */
static cutis_status read_stored(struct tensor *out, struct reader *reader,
                                size_t index, struct tools *tools)
{
    struct flat *const flat = &reader->flat;
    if (index >= reader->buffers.count)
        return malformed(tools);

    const size_t buffer = ct_flat_table(flat, reader->buffers.at + 4 * index);
    const struct flat_vector bytes = ct_flat_vector(flat, buffer, 0, 1);
    if (flat->broken)
        return malformed(tools);
    if (bytes.count == 0)
        return CUTIS_OK;
    if (bytes.count != out->count * bytes_each(out->element))
        return malformed(tools);
    out->stored = flat->at + bytes.at;
    return CUTIS_OK;
}

static cutis_status read_tensor(struct tensor *out, struct reader *reader,
                                size_t at, struct tools *tools)
{
    struct flat *const flat = &reader->flat;
    cutis_status status;
    const size_t table = ct_flat_table(flat, at);
    TRY(read_shape(out, flat, table, tools));

    const int element = ct_flat_byte(flat, table, 1, CT_FLOAT32);
    if (element > CT_INT32) {
        status = unknown(tools, "numbers of a kind");
        goto done;
    }
    out->element = (enum ct_element)element;

    const int32_t buffer = ct_flat_int(flat, table, 2, 0);
    if (flat->broken || buffer < 0) {
        status = malformed(tools);
        goto done;
    }
    TRY(read_stored(out, reader, (size_t)buffer, tools));

done:
    return status;
}

/* The code of an operator; newer files have it in field 3, as an int. */
static int operator_code(struct reader *reader, size_t table)
{
    struct flat *const flat = &reader->flat;
    const int32_t index = ct_flat_int(flat, table, 0, 0);
    if (index < 0 || (size_t)index >= reader->codes.count) {
        flat->broken = true;
        return -1;
    }
    const size_t code =
        ct_flat_table(flat, reader->codes.at + 4 * (size_t)index);
    const int old = ct_flat_byte(flat, code, 0, 0);
    const int32_t new = ct_flat_int(flat, code, 3, 0);
    return new > old ? new : old;
}

static cutis_status read_operations(struct model *model, struct reader *reader,
                                    struct tools *tools)
{
    struct flat *const flat = &reader->flat;
    cutis_status status = CUTIS_OK;
    for (size_t i = 0; i < reader->operators.count; i++) {
        const size_t table = ct_flat_table(flat, reader->operators.at + 4 * i);
        const int code = operator_code(reader, table);
        if (flat->broken)
            return malformed(tools);
        struct operation *const next =
            &model->operations[model->operation_count++];
        TRY(ct_operation_read(next, flat, table, (enum ct_operator)code, model,
                              tools));
        /* Float16 constants are read where they are used. */
        if (code == CT_DEQUANTIZE)
            model->operation_count--;
    }

done:
    if (flat->broken)
        status = malformed(tools);
    return status;
}

/* Which tensors go in and come out of the whole. */
static cutis_status read_ends(struct model *model, struct reader *reader,
                              struct tools *tools)
{
    struct flat *const flat = &reader->flat;
    const struct flat_vector in = ct_flat_vector(flat, reader->graph, 1, 4);
    const struct flat_vector out = ct_flat_vector(flat, reader->graph, 2, 4);
    if (flat->broken || in.count != 1 || out.count == 0 ||
        out.count > CT_OPERANDS)
        return malformed(tools);

    model->input = ct_flat_i32(flat, in.at);
    model->output_count = (int)out.count;
    for (int i = 0; i < model->output_count; i++)
        model->output[i] = ct_flat_i32(flat, out.at + 4 * (size_t)i);

    for (int i = -1; i < model->output_count; i++) {
        const int end = i < 0 ? model->input : model->output[i];
        if (end < 0 || end >= model->tensor_count)
            return malformed(tools);
        if (model->tensors[end].stored ||
            model->tensors[end].element != CT_FLOAT32)
            return malformed(tools);
    }
    return CUTIS_OK;
}

static cutis_status make_room(struct model *model, const struct reader *reader,
                              struct tools *tools)
{
    model->tensors = ct_alloc(&tools->memory, reader->tensors.count,
                              sizeof(*model->tensors));
    model->operations = ct_alloc(&tools->memory, reader->operators.count,
                                 sizeof(*model->operations));
    if (!model->tensors || !model->operations)
        return ct_no_memory(tools);
    return CUTIS_OK;
}

cutis_status ct_model_load(struct model **out, const void *bytes, size_t size,
                           struct tools *tools)
{
    cutis_status status;
    struct reader reader = {.flat = {.at = bytes, .size = size}};
    struct model *model = ct_alloc(&tools->memory, 1, sizeof(*model));
    if (!model) {
        status = ct_no_memory(tools);
        goto done;
    }
    TRY(open_file(&reader, tools));
    TRY(make_room(model, &reader, tools));

    model->tensor_count = (int)reader.tensors.count;
    for (size_t i = 0; i < reader.tensors.count; i++)
        TRY(read_tensor(&model->tensors[i], &reader, reader.tensors.at + 4 * i,
                        tools));
    TRY(read_operations(model, &reader, tools));
    TRY(read_ends(model, &reader, tools));
    TRY(ct_model_plan(model, tools));

    *out = model;
    model = NULL;

done:
    ct_model_free(&model);
    return status;
}

const struct tensor *ct_model_input(const struct model *model)
{
    return &model->tensors[model->input];
}

const struct tensor *ct_model_output(const struct model *model, size_t count)
{
    for (int i = 0; i < model->output_count; i++) {
        const struct tensor *const out = &model->tensors[model->output[i]];
        if (out->count == count)
            return out;
    }
    return NULL;
}

void ct_model_free(struct model **model)
{
    struct model *const old = *model;
    if (!old)
        return;
    for (int i = 0; i < old->operation_count; i++) {
        ct_free(old->operations[i].weights);
        ct_free(old->operations[i].bias);
    }
    ct_free(old->operations);
    ct_free(old->tensors);
    ct_free(old->arena);
    ct_free(old->columns);
    ct_free(old->zeros);
    ct_free(old);
    *model = NULL;
}
