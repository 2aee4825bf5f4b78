/* SPDX-License-Identifier: BSD-2-Clause */

#include "phantom/process.h"

#include <string.h>

#include "util/parallel.h"

static int clamp_index(int i, int count)
{
    return i < 0 ? 0 : i >= count ? count - 1 : i;
}

/* ---- In the camera ------------------------------------------------------- */

enum { RADIUS = 4, TONES = 4096, MOST = 40 };
static const double smooth_mm = 0.5, smooth_range = 0.06;

struct job {
    uint16_t *samples;
    const uint16_t *was; /* the samples before the step */
    const float *luma;   /* of them */
    float *spare;        /* the luma blurred along rows */
    int width, height;
    float sharpen, smooth;
    float line[RADIUS + 1]; /* Gaussian of sigma 1 */
    int radius;             /* of the bilateral filter */
    float near[MOST + 1];   /* its weights by distance along an axis */
    float alike[TONES];     /* and by difference of luma */
};

static uint16_t to_code(float v)
{
    return (uint16_t)(ct_clamp(v, 0.0f, 65535.0f) + 0.5f);
}

static void fill_luma(float *luma, const uint16_t *samples, size_t pixels)
{
    for (size_t i = 0; i < pixels; i++)
        luma[i] = 0.299f * (float)samples[3 * i] +
                  0.587f * (float)samples[3 * i + 1] +
                  0.114f * (float)samples[3 * i + 2];
}

static void smooth_pixel(const struct job *job, int x, int y)
{
    const size_t here = (size_t)y * (size_t)job->width + (size_t)x;
    const float own = job->luma[here];
    float sum[3] = {0}, all = 0.0f;
    for (int dy = -job->radius; dy <= job->radius; dy++) {
        const size_t row = (size_t)clamp_index(y + dy, job->height);
        for (int dx = -job->radius; dx <= job->radius; dx++) {
            const size_t i = row * (size_t)job->width +
                             (size_t)clamp_index(x + dx, job->width);
            const int tone = (int)(fabsf(job->luma[i] - own) * (1.0f / 16.0f));
            const float w = job->near[dx < 0 ? -dx : dx] *
                            job->near[dy < 0 ? -dy : dy] *
                            job->alike[tone < TONES ? tone : TONES - 1];
            all += w;
            for (int c = 0; c < 3; c++)
                sum[c] += w * (float)job->was[3 * i + (size_t)c];
        }
    }
    for (size_t c = 0; c < 3; c++)
        job->samples[3 * here + c] = to_code(
            ct_mix((float)job->was[3 * here + c], sum[c] / all, job->smooth));
}

static void smooth_row(void *context, int y)
{
    const struct job *job = context;
    for (int x = 0; x < job->width; x++)
        smooth_pixel(job, x, y);
}

static void blur_row(void *context, int y)
{
    const struct job *job = context;
    const float *from = job->luma + (size_t)y * (size_t)job->width;
    float *to = job->spare + (size_t)y * (size_t)job->width;
    for (int x = 0; x < job->width; x++) {
        to[x] = job->line[0] * from[x];
        for (int k = 1; k <= RADIUS; k++)
            to[x] += job->line[k] * (from[clamp_index(x - k, job->width)] +
                                     from[clamp_index(x + k, job->width)]);
    }
}

static void sharpen_row(void *context, int y)
{
    const struct job *job = context;
    for (int x = 0; x < job->width; x++) {
        const size_t here = (size_t)y * (size_t)job->width + (size_t)x;
        float blurred = 0.0f;
        for (int k = -RADIUS; k <= RADIUS; k++) {
            const size_t row = (size_t)clamp_index(y + k, job->height);
            blurred += job->line[k < 0 ? -k : k] *
                       job->spare[row * (size_t)job->width + (size_t)x];
        }
        const float more = job->sharpen * (job->luma[here] - blurred);
        for (size_t c = 0; c < 3; c++)
            job->samples[3 * here + c] =
                to_code((float)job->samples[3 * here + c] + more);
    }
}

static void make_weights(struct job *job, const struct camera *camera)
{
    double sum = 0.0;
    for (int k = 0; k <= RADIUS; k++)
        sum += (k ? 2.0 : 1.0) * exp(-0.5 * k * k);
    for (int k = 0; k <= RADIUS; k++)
        job->line[k] = (float)(exp(-0.5 * k * k) / sum);

    const double sigma = smooth_mm * camera->px_per_mm;
    job->radius = clamp_index((int)ceil(2.0 * sigma), MOST + 1);
    for (int k = 0; k <= job->radius; k++)
        job->near[k] = (float)exp(-0.5 * k * k / (sigma * sigma));
    for (int k = 0; k < TONES; k++) {
        const double d = (double)k / TONES / smooth_range;
        job->alike[k] = (float)exp(-0.5 * d * d);
    }
}

cutis_status ct_process(uint16_t *samples, const struct camera *camera,
                        int threads, struct tools *tools)
{
    const size_t pixels = (size_t)camera->width * (size_t)camera->height;
    cutis_status status = CUTIS_OK;
    struct job *job = ct_alloc(&tools->memory, 1, sizeof(*job));
    float *planes = ct_alloc_raw(&tools->memory, pixels, 2 * sizeof(*planes));
    uint16_t *was = ct_alloc_raw(&tools->memory, pixels, 3 * sizeof(*was));
    if (!job || !planes || !was) {
        status = ct_no_memory(tools);
        goto done;
    }
    *job = (struct job){.samples = samples,
                        .was = was,
                        .luma = planes,
                        .spare = planes + pixels,
                        .width = camera->width,
                        .height = camera->height,
                        .sharpen = (float)camera->sharpen,
                        .smooth = (float)camera->smooth};
    make_weights(job, camera);
    if (camera->smooth > 0.0) {
        memcpy(was, samples, pixels * 3 * sizeof(*was));
        fill_luma(planes, samples, pixels);
        ct_parallel(threads, camera->height, smooth_row, job);
    }
    if (camera->sharpen > 0.0) {
        fill_luma(planes, samples, pixels);
        ct_parallel(threads, camera->height, blur_row, job);
        ct_parallel(threads, camera->height, sharpen_row, job);
    }
done:
    ct_free(job);
    ct_free(planes);
    ct_free(was);
    return status;
}
