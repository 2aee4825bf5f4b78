/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Runs a network, operation by operation.  Shapes were checked when it was
 * read, so nothing here can fail.
 */

#include <string.h>

#include "face/model.h"

/* One operation with its tensors at hand. */
struct job {
    const struct operation *does;
    const struct model *model;
    const struct kernels *kernels;
    const float *in;
    float *out;
    const int32_t *from, *to; /* their dimensions */
};

/* The values of a pixel of an activation. */
static const float *pixel(const float *values, const int32_t *dim, int y, int x)
{
    return values + ((size_t)y * (size_t)dim[2] + (size_t)x) * (size_t)dim[3];
}

/* ---- Convolutions -------------------------------------------------------- */

/* One row of inputs under the filter, from column `left`; 0 outside. */
static void unroll_span(float *out, const struct job *job, int y, int left)
{
    const size_t channels = (size_t)job->from[3];
    const int width = job->does->filter_x;
    const size_t count = (size_t)width * channels;
    if (y < 0 || y >= job->from[1]) {
        memset(out, 0, count * sizeof(*out));
    } else if (left >= 0 && left + width <= job->from[2]) {
        memcpy(out, pixel(job->in, job->from, y, left), count * sizeof(*out));
    } else {
        memset(out, 0, count * sizeof(*out));
        for (int i = 0; i < width; i++)
            if (left + i >= 0 && left + i < job->from[2])
                memcpy(out + (size_t)i * channels,
                       pixel(job->in, job->from, y, left + i),
                       channels * sizeof(*out));
    }
}

/* The inputs under the filter at every position of output row `y`, one
 * position after another. */
static void unroll_row(const struct job *job, int y)
{
    const struct operation *const does = job->does;
    const size_t span = (size_t)does->filter_x * (size_t)job->from[3];
    const int top = y * does->stride_y - does->before_y;
    float *next = job->model->columns;

    for (int x = 0; x < job->to[2]; x++)
        for (int j = 0; j < does->filter_y; j++) {
            unroll_span(next, job, top + j,
                        x * does->stride_x - does->before_x);
            next += span;
        }
}

static void run_conv(const struct job *job)
{
    const struct operation *const does = job->does;
    const size_t outs = (size_t)job->to[3];
    const size_t depth =
        (size_t)does->filter_x * (size_t)does->filter_y * (size_t)job->from[3];
    const bool plain = depth == (size_t)job->from[3] && does->stride_x == 1;

    for (int y = 0; y < job->to[1]; y++) {
        float *const row = job->out + (size_t)y * (size_t)job->to[2] * outs;
        for (int x = 0; x < job->to[2]; x++)
            memcpy(row + (size_t)x * outs, does->bias, outs * sizeof(*row));
        if (!plain)
            unroll_row(job, y);
        const float *const from =
            plain ? pixel(job->in, job->from, y * does->stride_y, 0)
                  : job->model->columns;
        job->kernels->gemm(row, outs, from, depth, does->weights, outs,
                           job->to[2], depth, outs);
    }
}

/* `count` output pixels of row `y` from column `x` on; more than one only where
 * the filter stays inside from left to right. */
static void filter_pixels(const struct job *job, int y, int x, int count)
{
    const struct operation *const does = job->does;
    const size_t channels = (size_t)job->from[3];
    const int top = y * does->stride_y - does->before_y;
    const int left = x * does->stride_x - does->before_x;
    const float *taps[CT_TAPS];
    int tap = 0;

    for (int j = top; j < top + does->filter_y; j++)
        for (int i = left; i < left + does->filter_x; i++) {
            const bool inside =
                j >= 0 && j < job->from[1] && i >= 0 && i < job->from[2];
            taps[tap++] =
                inside ? pixel(job->in, job->from, j, i) : job->model->zeros;
        }
    float *const out =
        job->out + ((size_t)y * (size_t)job->to[2] + (size_t)x) * channels;
    job->kernels->depthwise(out, taps, does->weights, does->bias, tap,
                            (size_t)does->stride_x * channels, count, channels);
}

/* Output columns [first, end) of which the filter stays inside. */
static void inner_columns(const struct job *job, int *first, int *end)
{
    const struct operation *const does = job->does;
    const int last = job->from[2] + does->before_x - does->filter_x;
    *first = (does->before_x + does->stride_x - 1) / does->stride_x;
    *end = last < 0 ? 0 : last / does->stride_x + 1;
    if (*end > job->to[2])
        *end = job->to[2];
    if (*first >= *end)
        *first = *end = 0;
}

static void run_depthwise(const struct job *job)
{
    int first, end;
    inner_columns(job, &first, &end);
    for (int y = 0; y < job->to[1]; y++) {
        const int top = y * job->does->stride_y - job->does->before_y;
        const bool whole =
            top >= 0 && top + job->does->filter_y <= job->from[1];
        for (int x = 0; x < job->to[2];) {
            const int count = whole && x == first && end > first ? end - x : 1;
            filter_pixels(job, y, x, count);
            x += count;
        }
    }
}

/* ---- Everything else ----------------------------------------------------- */

static void pool_pixel(const struct job *job, int y, int x)
{
    const struct operation *const does = job->does;
    const int channels = job->from[3];
    const int top = y * does->stride_y - does->before_y;
    const int left = x * does->stride_x - does->before_x;
    float *const out = job->out + ((size_t)y * (size_t)job->to[2] + (size_t)x) *
                                      (size_t)channels;
    bool first = true;

    for (int j = top; j < top + does->filter_y; j++) {
        for (int i = left; i < left + does->filter_x; i++) {
            if (j < 0 || j >= job->from[1] || i < 0 || i >= job->from[2])
                continue;
            const float *const in = pixel(job->in, job->from, j, i);
            for (int c = 0; c < channels; c++)
                out[c] = first || in[c] > out[c] ? in[c] : out[c];
            first = false;
        }
    }
}

static void run_pool(const struct job *job)
{
    for (int y = 0; y < job->to[1]; y++)
        for (int x = 0; x < job->to[2]; x++)
            pool_pixel(job, y, x);
}

static void run_add(const struct job *job)
{
    const float *const other = job->model->tensors[job->does->in[1]].at;
    const size_t count = job->model->tensors[job->does->out].count;
    for (size_t i = 0; i < count; i++)
        job->out[i] = job->in[i] + other[i];
}

static void run_relu(const struct job *job)
{
    const size_t count = job->model->tensors[job->does->out].count;
    for (size_t i = 0; i < count; i++)
        job->out[i] = job->in[i] > 0 ? job->in[i] : 0;
}

static void run_prelu(const struct job *job)
{
    const size_t channels = (size_t)job->from[3];
    const size_t count = job->model->tensors[job->does->out].count;
    const float *const restrict in = job->in;
    const float *const restrict alpha = job->does->weights;
    float *const restrict out = job->out;
    for (size_t i = 0; i < count; i += channels)
        for (size_t c = 0; c < channels; c++) {
            const float v = in[i + c];
            const float above = v > 0 ? v : 0.0f;
            const float below = v > 0 ? 0.0f : v;
            out[i + c] = above + below * alpha[c];
        }
}

static void run_logistic(const struct job *job)
{
    const size_t count = job->model->tensors[job->does->out].count;
    for (size_t i = 0; i < count; i++)
        job->out[i] = (float)ct_model_logistic(job->in[i]);
}

static void run_reshape(const struct job *job)
{
    const size_t count = job->model->tensors[job->does->out].count;
    memcpy(job->out, job->in, count * sizeof(*job->out));
}

static void run_pad(const struct job *job)
{
    const int *const pad = job->does->pad;
    const int32_t *const from = job->from;
    const int32_t *const to = job->to;
    const size_t row = (size_t)from[3] * sizeof(*job->out);

    memset(job->out, 0,
           job->model->tensors[job->does->out].count * sizeof(*job->out));
    for (int b = 0; b < from[0]; b++)
        for (int y = 0; y < from[1]; y++)
            for (int x = 0; x < from[2]; x++) {
                const int line = (b + pad[0]) * to[1] + y + pad[1];
                float *const out =
                    job->out +
                    ((size_t)line * (size_t)to[2] + (size_t)(x + pad[2])) *
                        (size_t)to[3] +
                    (size_t)pad[3];
                memcpy(out, pixel(job->in, from, b * from[1] + y, x), row);
            }
}

/* Values before the axis are outer loops, those behind it are runs. */
static void run_concatenation(const struct job *job)
{
    const struct operation *const does = job->does;
    size_t outer = 1, inner = 1;
    for (int i = 0; i < does->axis; i++)
        outer *= (size_t)job->to[i];
    for (int i = does->axis; i < CT_RANK; i++)
        inner *= (size_t)job->to[i];

    size_t offset = 0;
    for (int k = 0; k < does->in_count; k++) {
        const struct tensor *const in = &job->model->tensors[does->in[k]];
        const size_t run = in->count / outer;
        for (size_t o = 0; o < outer; o++)
            memcpy(job->out + o * inner + offset, in->at + o * run,
                   run * sizeof(*job->out));
        offset += run;
    }
}

static void run_one(const struct job *job)
{
    switch (job->does->code) {
    case CT_CONV_2D:
        run_conv(job);
        break;
    case CT_DEPTHWISE_CONV_2D:
        run_depthwise(job);
        break;
    case CT_MAX_POOL_2D:
        run_pool(job);
        break;
    case CT_ADD:
        run_add(job);
        break;
    case CT_RELU:
        run_relu(job);
        break;
    case CT_PRELU:
        run_prelu(job);
        break;
    case CT_LOGISTIC:
        run_logistic(job);
        break;
    case CT_PAD:
        run_pad(job);
        break;
    case CT_CONCATENATION:
        run_concatenation(job);
        break;
    case CT_RESHAPE:
        run_reshape(job);
        break;
    case CT_DEQUANTIZE: /* done when the file was read */
        break;
    }
}

double ct_model_logistic(double x)
{
    /* exp leaves the range of double beyond 709; 100 is 1 or 0 already. */
    const double most = 100.0;
    const double bounded = x > most ? most : x < -most ? -most : x;
    return 1.0 / (1.0 + ct_exp(-bounded));
}

void ct_model_run(const struct model *model, const struct tools *tools)
{
    for (int i = 0; i < model->operation_count; i++) {
        const struct operation *const does = &model->operations[i];
        const struct tensor *const in = &model->tensors[does->in[0]];
        const struct tensor *const out = &model->tensors[does->out];
        const struct job job = {
            .does = does,
            .model = model,
            .kernels = tools->kernels,
            .in = in->at,
            .out = out->at,
            .from = in->dim,
            .to = out->dim,
        };
        run_one(&job);
    }
}
