/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Light to samples: the lens's blur, the pixels' area, the shot and read noise,
 * white balance, tone curve, coding and rounding, in the order in which a
 * camera does them.
 */

#include "phantom/phantom.h"

#include "phantom/process.h"
#include "util/parallel.h"

/* Linear sRGB to linear Display P3. */
static const float to_p3[3][3] = {{0.8224621f, 0.1775380f, 0.0f},
                                  {0.0331941f, 0.9668058f, 0.0f},
                                  {0.0170827f, 0.0723974f, 0.9105199f}};

/* ---- Blur ---------------------------------------------------------------- */

enum { REACH = 255 };

struct blur {
    const float *from;
    float *to;
    int width, height;
    int radius;
    float w[REACH + 1];
    bool down; /* along columns */
};

static int clamp_index(int i, int count)
{
    return i < 0 ? 0 : i >= count ? count - 1 : i;
}

static void blur_row(const struct blur *blur, int y)
{
    const size_t width = (size_t)blur->width;
    const float *from = blur->from + (size_t)y * width;
    float *to = blur->to + (size_t)y * width;
    for (int x = 0; x < blur->width; x++) {
        float sum = blur->w[0] * from[x];
        for (int k = 1; k <= blur->radius; k++)
            sum += blur->w[k] * (from[clamp_index(x - k, blur->width)] +
                                 from[clamp_index(x + k, blur->width)]);
        to[x] = sum;
    }
}

static void blur_down(const struct blur *blur, int y)
{
    const size_t width = (size_t)blur->width;
    float *to = blur->to + (size_t)y * width;
    const float *middle = blur->from + (size_t)y * width;
    for (size_t x = 0; x < width; x++)
        to[x] = blur->w[0] * middle[x];
    for (int k = 1; k <= blur->radius; k++) {
        const float *above =
            blur->from + (size_t)clamp_index(y - k, blur->height) * width;
        const float *below =
            blur->from + (size_t)clamp_index(y + k, blur->height) * width;
        for (size_t x = 0; x < width; x++)
            to[x] += blur->w[k] * (above[x] + below[x]);
    }
}

static void blur_band(void *context, int item)
{
    const struct blur *blur = context;
    const int end = (item + 1) * CT_BAND;
    for (int y = item * CT_BAND; y < end && y < blur->height; y++) {
        if (blur->down)
            blur_down(blur, y);
        else
            blur_row(blur, y);
    }
}

/* Half of a Gaussian that sums to 1 over the whole. */
static void make_kernel(struct blur *blur, double sigma)
{
    blur->radius = clamp_index((int)ceil(4.0 * sigma), REACH + 1);
    double sum = 0.0;
    for (int k = 0; k <= blur->radius; k++)
        sum += (k ? 2.0 : 1.0) * exp(-0.5 * k * k / (sigma * sigma));
    for (int k = 0; k <= blur->radius; k++)
        blur->w[k] = (float)(exp(-0.5 * k * k / (sigma * sigma)) / sum);
}

static cutis_status blur_frame(struct frame *frame, double sigma, int threads,
                               struct tools *tools)
{
    if (sigma < 0.05)
        return CUTIS_OK;
    const size_t n = (size_t)frame->width * (size_t)frame->height;
    float *between = ct_alloc_raw(&tools->memory, n, sizeof(*between));
    if (!between)
        return ct_no_memory(tools);

    struct blur blur = {.width = frame->width, .height = frame->height};
    make_kernel(&blur, sigma);
    const int bands = (frame->height + CT_BAND - 1) / CT_BAND;
    for (int c = 0; c < 3; c++) {
        blur.from = frame->at[c];
        blur.to = between;
        blur.down = false;
        ct_parallel(threads, bands, blur_band, &blur);
        blur.from = between;
        blur.to = frame->at[c];
        blur.down = true;
        ct_parallel(threads, bands, blur_band, &blur);
    }
    ct_free(between);
    return CUTIS_OK;
}

/* ---- Pixels -------------------------------------------------------------- */

enum { CURVE = 65536, NORMALS = 4096 };

struct sensor {
    const struct frame *frame;
    const struct scene *scene;
    int scale;
    float gain[3];
    uint16_t *samples;
    uint16_t *code; /* of linear [0,1] in CURVE - 1 steps of its root */
    float *normal;  /* quantiles of the normal distribution */
};

static double encode(double linear)
{
    return linear <= 0.0031308 ? 12.92 * linear
                               : 1.055 * pow(linear, 1.0 / 2.4) - 0.055;
}

/* What a camera does to the coded picture it does in 16 bits. */
static bool processes(const struct camera *camera)
{
    return camera->sharpen > 0.0 || camera->smooth > 0.0;
}

static void to_bytes(uint16_t *samples, size_t count)
{
    for (size_t i = 0; i < count; i++)
        samples[i] = (uint16_t)((samples[i] * 255U + 32767U) / 65535U);
}

/* The table goes by the square root, so that it is fine enough in the dark. */
static void make_tables(struct sensor *sensor)
{
    const double top =
        sensor->scene->output.bits == 16 || processes(&sensor->scene->camera)
            ? 65535.0
            : 255.0;
    for (int i = 0; i < CURVE; i++) {
        const double root = (double)i / (CURVE - 1);
        const double toned = pow(root * root, sensor->scene->camera.curve);
        sensor->code[i] = (uint16_t)(encode(toned) * top + 0.5);
    }
    struct random random;
    ct_random_seed(&random, 1);
    /* A bounded bell of unit SD: sums of four uniforms. */
    for (int i = 0; i < NORMALS; i++) {
        double sum = 0.0;
        for (int k = 0; k < 4; k++)
            sum += ct_random_uniform(&random);
        sensor->normal[i] = (float)((sum - 2.0) * 1.7320508);
    }
}

/* Two table entries make a draw, of unit variance. */
static float draw(const struct sensor *sensor, uint64_t bits)
{
    return 0.70710678f * (sensor->normal[bits & (NORMALS - 1)] +
                          sensor->normal[bits >> 12 & (NORMALS - 1)]);
}

static float box_mean(const struct frame *frame, int c, int x, int y, int scale)
{
    const size_t width = (size_t)frame->width;
    const float *at =
        frame->at[c] + (size_t)(y * scale) * width + (size_t)(x * scale);
    if (scale == 1)
        return *at;
    float sum = 0.0f;
    for (int j = 0; j < scale; j++)
        for (int i = 0; i < scale; i++)
            sum += at[(size_t)j * width + (size_t)i];
    return sum / (float)(scale * scale);
}

static uint16_t code_of(const struct sensor *sensor, float linear)
{
    const float root = sqrtf(ct_clamp(linear, 0.0f, 1.0f));
    return sensor->code[(int)(root * (CURVE - 1) + 0.5f)];
}

static void expose_row(const struct sensor *sensor, int y)
{
    const struct camera *camera = &sensor->scene->camera;
    const int width = camera->width;
    const float shot =
        (float)(camera->noise * camera->noise * 0.35); /* SD at 0.35 */
    const float read = (float)(camera->read_noise * camera->read_noise);
    uint16_t *to = sensor->samples + (size_t)y * (size_t)width * 3;
    struct random random;
    ct_random_seed(&random, ct_hash(camera->noise_seed, &y, sizeof(y)));

    for (int x = 0; x < width; x++) {
        const uint64_t a = ct_random_next(&random);
        const uint64_t b = ct_random_next(&random);
        const float bell[3] = {draw(sensor, a), draw(sensor, a >> 32),
                               draw(sensor, b)};
        float rgb[3];
        for (int c = 0; c < 3; c++) {
            const float light =
                box_mean(sensor->frame, c, x, y, sensor->scale) *
                sensor->gain[c];
            rgb[c] = light + bell[c] * sqrtf(shot * ct_max(light, 0.0f) + read);
        }
        for (int c = 0; c < 3; c++) {
            float v = rgb[c];
            if (sensor->scene->output.display_p3)
                v = to_p3[c][0] * rgb[0] + to_p3[c][1] * rgb[1] +
                    to_p3[c][2] * rgb[2];
            to[3 * x + c] = code_of(sensor, v);
        }
    }
}

static void expose_band(void *context, int item)
{
    const struct sensor *sensor = context;
    const int end = (item + 1) * CT_BAND;
    for (int y = item * CT_BAND; y < end && y < sensor->scene->camera.height;
         y++)
        expose_row(sensor, y);
}

cutis_status ct_expose(uint16_t **samples, struct frame *frame,
                       const struct scene *scene, int scale,
                       struct tools *tools)
{
    const struct camera *camera = &scene->camera;
    const size_t n = (size_t)camera->width * (size_t)camera->height;
    cutis_status status = CUTIS_OK;
    struct sensor sensor = {.frame = frame, .scene = scene, .scale = scale};
    sensor.samples = ct_alloc_raw(&tools->memory, n, 3 * sizeof(uint16_t));
    sensor.code = ct_alloc_raw(&tools->memory, CURVE, sizeof(uint16_t));
    sensor.normal = ct_alloc_raw(&tools->memory, NORMALS, sizeof(float));
    if (!sensor.samples || !sensor.code || !sensor.normal) {
        status = ct_no_memory(tools);
        goto done;
    }

    TRY(blur_frame(frame, camera->blur * camera->px_per_mm * scale,
                   scene->threads, tools));
    TRY(ct_defocus(frame, camera->defocus * camera->px_per_mm * scale,
                   scene->threads, tools));
    const struct focus focus = {
        .aperture = camera->aperture,
        .distance = camera->distance - camera->focus,
        .focal = camera->px_per_mm * scale * camera->distance,
    };
    TRY(ct_focus(frame, &focus, scene->threads, tools));
    for (int c = 0; c < 3; c++)
        sensor.gain[c] = (float)(camera->white[c] * exp2(camera->exposure));
    make_tables(&sensor);
    ct_parallel(scene->threads, (camera->height + CT_BAND - 1) / CT_BAND,
                expose_band, &sensor);
    if (processes(camera)) {
        TRY(ct_process(sensor.samples, camera, scene->threads, tools));
        if (scene->output.bits != 16)
            to_bytes(sensor.samples, 3 * n);
    }
    *samples = sensor.samples;
    sensor.samples = NULL;
done:
    ct_free(sensor.samples);
    ct_free(sensor.code);
    ct_free(sensor.normal);
    return status;
}
