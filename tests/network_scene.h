/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Small networks as .tflite files, written here from numbers that a test may
 * spoil one by one.  Field numbers are those of TensorFlow Lite's schema.fbs,
 * version 3; layout: "FlatBuffer Internals", flatbuffers.dev.
 */

#ifndef CT_TESTS_NETWORK_SCENE_H
#define CT_TESTS_NETWORK_SCENE_H

#include <stdint.h>
#include <string.h>

#include <check.h>

enum { NET_TENSORS = 10, NET_STEPS = 3, NET_OPTIONS = 8, NET_BYTES = 4096 };

struct net_tensor {
    int rank, dim[5];
    int element;
    int buffer;          /* -1: its own */
    int bytes;           /* of the constant; 0: an activation */
    uint8_t stored[288]; /* the constant */
};

struct net_step {
    int code, index; /* `index`: into the list of codes; -1: its own */
    int in[9], ins;
    int out, outs;
    int option[NET_OPTIONS], options; /* numbers of the table of options */
};

struct net {
    struct net_tensor tensor[NET_TENSORS];
    int tensors;
    struct net_step step[NET_STEPS];
    int steps;
    int input, inputs, output, outputs, graphs;
};

struct net_file {
    uint8_t bytes[NET_BYTES];
    size_t size;
};

static inline void net_put(struct net_file *file, size_t at, uint32_t value)
{
    ck_assert_uint_le(at + 4, NET_BYTES);
    for (size_t i = 0; i < 4; i++)
        file->bytes[at + i] = (uint8_t)(value >> 8 * i);
    if (file->size < at + 4)
        file->size = at + 4;
}

/* What is written next is what the offset at `at` leads to; 0: nothing does. */
static inline void net_lead(struct net_file *file, size_t at)
{
    if (at)
        net_put(file, at, (uint32_t)(file->size - at));
}

/* A table whose fields are those of the mask, each of 4 bytes and 0, that the
 * offset at `from` leads to; where they stand. */
static inline void net_table(struct net_file *file, size_t from, unsigned mask,
                             size_t field[NET_OPTIONS])
{
    const size_t list = file->size;
    const unsigned length = 4 + 2 * NET_OPTIONS;
    const size_t table = list + length;
    file->bytes[list] = (uint8_t)length;
    file->size = table;
    net_put(file, table, (uint32_t)(table - list));
    for (int i = 0; i < NET_OPTIONS; i++)
        if (mask >> i & 1) {
            field[i] = file->size;
            file->bytes[list + 4 + 2 * (size_t)i] = (uint8_t)(field[i] - table);
            net_put(file, field[i], 0);
        }
    if (from)
        net_put(file, from, (uint32_t)(table - from));
}

/* A vector of `count` numbers or offsets; where the first of them stands. */
static inline size_t net_vector(struct net_file *file, size_t from, int count)
{
    net_lead(file, from);
    net_put(file, file->size, (uint32_t)count);
    const size_t first = file->size;
    for (int i = 0; i < count; i++)
        net_put(file, file->size, 0);
    return first;
}

static inline void net_numbers(struct net_file *file, size_t from,
                               const int *number, int count)
{
    const size_t first = net_vector(file, from, count);
    for (int i = 0; i < count; i++)
        net_put(file, first + 4 * (size_t)i, (uint32_t)number[i]);
}

/* Buffer 0 is empty, buffer i + 1 is tensor i's. */
static inline void net_buffers(struct net_file *file, const struct net *net,
                               size_t from)
{
    size_t field[NET_OPTIONS];
    const size_t first = net_vector(file, from, net->tensors + 1);
    net_table(file, first, 0, field);
    for (int i = 0; i < net->tensors; i++) {
        const struct net_tensor *const tensor = &net->tensor[i];
        const size_t at = first + 4 * (size_t)(i + 1);
        net_table(file, at, tensor->bytes ? 1 : 0, field);
        if (!tensor->bytes)
            continue;
        net_lead(file, field[0]);
        net_put(file, file->size, (uint32_t)tensor->bytes);
        ck_assert_uint_le(file->size + sizeof(tensor->stored), NET_BYTES);
        memcpy(file->bytes + file->size, tensor->stored,
               sizeof(tensor->stored));
        file->size += (size_t)(tensor->bytes + 3) / 4 * 4;
    }
}

static inline void net_graph(struct net_file *file, const struct net *net,
                             size_t from)
{
    size_t graph[NET_OPTIONS], field[NET_OPTIONS];
    net_table(file, from, 0xF, graph);
    const int inputs[] = {net->input, net->input};
    const int outputs[9] = {net->output, net->output, net->output};
    net_numbers(file, graph[1], inputs, net->inputs);
    net_numbers(file, graph[2], outputs, net->outputs);
    size_t first = net_vector(file, graph[0], net->tensors);
    for (int i = 0; i < net->tensors; i++) {
        const struct net_tensor *const tensor = &net->tensor[i];
        net_table(file, first + 4 * (size_t)i, 7, field);
        net_put(file, field[1], (uint32_t)tensor->element);
        net_put(file, field[2],
                (uint32_t)(tensor->buffer == -1 ? i + 1 : tensor->buffer));
        net_numbers(file, field[0], tensor->dim, tensor->rank);
    }
    first = net_vector(file, graph[3], net->steps);
    for (int i = 0; i < net->steps; i++) {
        const struct net_step *const step = &net->step[i];
        const int outs[] = {step->out, step->out};
        const bool told = step->options > 0;
        net_table(file, first + 4 * (size_t)i, told ? 0x17 : 7, field);
        net_put(file, field[0], (uint32_t)(step->index < 0 ? i : step->index));
        net_numbers(file, field[1], step->in, step->ins);
        net_numbers(file, field[2], outs, step->outs);
        if (!told)
            continue;
        size_t option[NET_OPTIONS];
        net_table(file, field[4], (1u << step->options) - 1, option);
        for (int k = 0; k < step->options; k++)
            net_put(file, option[k], (uint32_t)step->option[k]);
    }
}

static inline void net_write(struct net_file *file, const struct net *net)
{
    size_t model[NET_OPTIONS], field[NET_OPTIONS];
    memset(file, 0, sizeof(*file));
    file->size = 4;
    net_table(file, 0, 1 << 1 | 1 << 2 | 1 << 4, model);
    net_put(file, 0, (uint32_t)(4 + 4 + 2 * NET_OPTIONS));
    const size_t codes = net_vector(file, model[1], net->steps);
    for (int i = 0; i < net->steps; i++) {
        net_table(file, codes + 4 * (size_t)i, 1 << 3, field);
        net_put(file, field[3], (uint32_t)net->step[i].code);
    }
    net_buffers(file, net, model[4]);
    net_graph(file, net, net_vector(file, model[2], net->graphs));
}

/* ---- Putting one together ------------------------------------------------ */

/* Adds a tensor of batch 1; its number. */
static inline int net_tensor(struct net *net, int height, int width, int depth)
{
    struct net_tensor *const out = &net->tensor[net->tensors];
    *out = (struct net_tensor){
        .rank = 4, .dim = {1, height, width, depth}, .buffer = -1};
    return net->tensors++;
}

static inline int net_constant(struct net *net, int rank, const int *dim,
                               const float *value)
{
    struct net_tensor *const out = &net->tensor[net->tensors];
    int count = 1;
    *out = (struct net_tensor){.rank = rank, .buffer = -1};
    for (int i = 0; i < rank; i++)
        count *= out->dim[i] = dim[i];
    out->bytes = 4 * count;
    memcpy(out->stored, value, (size_t)out->bytes);
    return net->tensors++;
}

/* The one operator, from tensor 0 to the last, with every constant between. */
static inline void net_close(struct net *net, int code)
{
    struct net_step *const step = &net->step[0];
    net->steps = net->inputs = net->outputs = net->graphs = 1;
    step->code = code;
    step->index = -1;
    step->ins = net->tensors - 1;
    for (int i = 0; i < step->ins; i++)
        step->in[i] = i;
    net->input = 0;
    net->output = step->out = net->tensors - 1;
    step->outs = 1;
}

static inline void net_options(struct net *net, int count, const int *option)
{
    net->step[0].options = count;
    memcpy(net->step[0].option, option, (size_t)count * sizeof(int));
}

#endif
