/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What whole levels lose of a JPEG.  In a block that is flat a decoder rounds
 * all samples alike, so that no mean over a grey card brings back what it lost:
 * up to half a level of chroma, and half of what that adds to red or blue, or 1
 * to 2 % of light.  The file knows better: the block's mean is its first
 * coefficient, times its step, over 8.  What its whole levels add up to follows
 * from the few other coefficients that there are.  Where there are many, each
 * sample rounds otherwise, and nothing is lost on average.
 *
 * This takes a second pass over the file, for which there is only reason where
 * a card or a chart is to be read.  Whatever goes wrong in it leaves the
 * picture as it was decoded.
 */

#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

#include "acquire/acquire.h"

enum { MOST_WAVES = 8 };

/* What Cb and Cr add to R, G and B (JFIF). */
static const float red_of = 1.402f, blue_of = 1.772f;
static const float green_of_cb = -0.344136f, green_of_cr = -0.714136f;

/* All that outlives a jump out of libjpeg. */
struct job {
    struct jpeg_decompress_struct decoder;
    struct jpeg_error_mgr errors;
    jmp_buf exit;
    struct bytes rest[4];
    float wave[8][8];
    cutis_status status;
};

static _Noreturn void on_error(j_common_ptr common)
{
    struct job *job = common->client_data;
    longjmp(job->exit, 1);
}

/* A warning: what follows may be made up. */
static void on_message(j_common_ptr common, int level)
{
    if (level < 0)
        on_error(common);
}

static void on_output(j_common_ptr common)
{
    (void)common;
}

/* wave[u][x]: a half of cos((2 x + 1) u pi / 16), of u = 0 over the root of
 * 2. */
static void make_waves(float wave[8][8])
{
    static const float half[9] = {0.5f,        0.49039264f, 0.46193977f,
                                  0.41573481f, 0.35355339f, 0.27778512f,
                                  0.19134172f, 0.09754516f, 0.0f};
    for (int u = 0; u < 8; u++)
        for (int x = 0; x < 8; x++) {
            int k = (2 * x + 1) * u % 32;
            k = k > 16 ? 32 - k : k;
            const float high = k > 8 ? -half[16 - k] : half[k];
            wave[u][x] = u ? high : half[4];
        }
}

/* Levels of a block about the middle one, before they are whole; false where
 * there are so many waves that each rounds otherwise. */
static bool levels_of(float level[DCTSIZE2], const struct job *job,
                      const JCOEF *block, const JQUANT_TBL *table)
{
    int waves = 0;
    for (int i = 1; i < DCTSIZE2; i++)
        waves += block[i] != 0;
    if (waves > MOST_WAVES)
        return false;

    const float mean = (float)block[0] * (float)table->quantval[0] / 8.0f;
    for (int i = 0; i < DCTSIZE2; i++)
        level[i] = mean;
    for (int i = 1; waves > 0; i++) {
        if (!block[i])
            continue;
        waves--;
        const float high = (float)block[i] * (float)table->quantval[i];
        const float *const along = job->wave[i % 8];
        const float *const down = job->wave[i / 8];
        for (int y = 0; y < 8; y++)
            for (int x = 0; x < 8; x++)
                level[8 * y + x] += high * down[y] * along[x];
    }
    return true;
}

static float whole(float level)
{
    return floorf(level + 0.5f);
}

/* The mean of 64 rests, as a byte. */
static uint8_t as_byte(float sum)
{
    const float rest = whole(sum);
    return (uint8_t)(CT_NO_REST + (int)(rest < -127.0f  ? -127.0f
                                        : rest > 127.0f ? 127.0f
                                                        : rest));
}

/* A row of blocks of a component, by its number in the file. */
static JBLOCKROW row_of(struct job *job, jvirt_barray_ptr *blocks, int c, int y)
{
    struct jpeg_decompress_struct *const decoder = &job->decoder;
    return decoder->mem->access_virt_barray((j_common_ptr)decoder, blocks[c],
                                            (JDIMENSION)y, 1, FALSE)[0];
}

static void read_luma(struct job *job, jvirt_barray_ptr *blocks)
{
    const JQUANT_TBL *const table = job->decoder.comp_info[0].quant_table;
    struct bytes *const out = &job->rest[0];
    float level[DCTSIZE2];

    for (int y = 0; y < out->height; y++) {
        JBLOCKROW row = row_of(job, blocks, 0, y);
        for (int x = 0; x < out->width; x++) {
            float sum = 0.0f;
            if (levels_of(level, job, row[x], table))
                for (int k = 0; k < DCTSIZE2; k++)
                    sum += level[k] - whole(level[k]);
            ct_byte_row(out, y)[x] = as_byte(sum);
        }
    }
}

/* What chroma adds to R, G and B is made whole once more. */
static void add_rest(float sum[3], float cb, float cr)
{
    const float b = whole(cb), r = whole(cr);

    sum[0] += red_of * cr - whole(red_of * r);
    sum[1] += green_of_cb * cb + green_of_cr * cr -
              whole(green_of_cb * b + green_of_cr * r);
    sum[2] += blue_of * cb - whole(blue_of * b);
}

static void read_chroma(struct job *job, jvirt_barray_ptr *blocks)
{
    const jpeg_component_info *const about = job->decoder.comp_info;
    float cb[DCTSIZE2], cr[DCTSIZE2];

    for (int y = 0; y < job->rest[1].height; y++) {
        JBLOCKROW blue = row_of(job, blocks, 1, y);
        JBLOCKROW red = row_of(job, blocks, 2, y);
        for (int x = 0; x < job->rest[1].width; x++) {
            float sum[3] = {0.0f, 0.0f, 0.0f};
            if (levels_of(cb, job, blue[x], about[1].quant_table) &&
                levels_of(cr, job, red[x], about[2].quant_table))
                for (int k = 0; k < DCTSIZE2; k++)
                    add_rest(sum, cb[k], cr[k]);
            for (int c = 0; c < 3; c++)
                ct_byte_row(&job->rest[1 + c], y)[x] = as_byte(sum[c]);
        }
    }
}

/* Three components, two of them chroma alike, each of whose blocks covers whole
 * blocks of light. */
static bool is_usual(const struct jpeg_decompress_struct *decoder)
{
    const jpeg_component_info *const c = decoder->comp_info;
    return decoder->num_components == 3 &&
           decoder->jpeg_color_space == JCS_YCbCr &&
           c[0].h_samp_factor % c[1].h_samp_factor == 0 &&
           c[0].v_samp_factor % c[1].v_samp_factor == 0 &&
           c[1].h_samp_factor == c[2].h_samp_factor &&
           c[1].v_samp_factor == c[2].v_samp_factor;
}

static cutis_status read_file(struct job *job, struct span file,
                              struct tools *tools)
{
    struct jpeg_decompress_struct *const decoder = &job->decoder;
    const size_t left = ct_memory_left(&tools->memory);
    cutis_status status = CUTIS_OK;

    jpeg_create_decompress(decoder);
    if (left < LONG_MAX)
        decoder->mem->max_memory_to_use = left ? (long)left : 1;
    jpeg_mem_src(decoder, file.at, (unsigned long)file.size);
    jpeg_read_header(decoder, TRUE);
    if (!is_usual(decoder))
        goto done;
    jvirt_barray_ptr *const blocks = jpeg_read_coefficients(decoder);
    for (int i = 0; i < 4; i++) {
        const jpeg_component_info *const c = &decoder->comp_info[i > 0];
        if (!c->quant_table)
            goto done;
        TRY(ct_bytes_create(&job->rest[i], (int)c->width_in_blocks,
                            (int)c->height_in_blocks, tools));
    }
    read_luma(job, blocks);
    read_chroma(job, blocks);

done:
    return status;
}

static void read_guarded(struct job *job, struct span file, struct tools *tools)
{
    job->errors.error_exit = on_error;
    if (setjmp(job->exit)) {
        for (int c = 0; c < 4; c++)
            ct_bytes_free(&job->rest[c]);
        return;
    }
    job->status = read_file(job, file, tools);
}

cutis_status ct_jpeg_rest(struct picture *picture, struct span file,
                          struct tools *tools)
{
    struct job job = {.status = CUTIS_OK};

    if (picture->damaged)
        return CUTIS_OK;
    make_waves(job.wave);
    job.decoder.err = jpeg_std_error(&job.errors);
    job.decoder.client_data = &job;
    job.errors.emit_message = on_message;
    job.errors.output_message = on_output;
    read_guarded(&job, file, tools);
    jpeg_destroy_decompress(&job.decoder);
    for (int c = 0; c < 4; c++)
        picture->rest[c] = job.rest[c];
    return job.status;
}

/* ---- Reading it ---------------------------------------------------------- */

/* The stored place of an upright one, by EXIF orientation. */
static void stored_place(int at[2], const struct picture *picture, int x, int y)
{
    static const bool swap[9] = {
        [5] = true, [6] = true, [7] = true, [8] = true};
    static const bool back_x[9] = {
        [2] = true, [3] = true, [6] = true, [7] = true};
    static const bool back_y[9] = {
        [3] = true, [4] = true, [7] = true, [8] = true};
    const int o = picture->exif.orientation;
    const int u = back_x[o] ? picture->width - 1 - x : x;
    const int v = back_y[o] ? picture->height - 1 - y : y;

    at[0] = swap[o] ? v : u;
    at[1] = swap[o] ? u : v;
}

void ct_picture_rest(const struct picture *picture, int x, int y, float rgb[3])
{
    int at[2];

    stored_place(at, picture, x, y);
    rgb[0] = rgb[1] = rgb[2] = 0.0f;
    for (int i = 0; i < 4; i++) {
        const struct bytes *const from = &picture->rest[i];
        const int u = at[0] / (8 * (i ? picture->jpeg_h : 1));
        const int v = at[1] / (8 * (i ? picture->jpeg_v : 1));
        if (u >= from->width || v >= from->height) /* or there is none */
            continue;
        const float rest = (float)(ct_byte_row(from, v)[u] - CT_NO_REST);
        for (int c = 0; c < 3; c++)
            if (i == 0 || c == i - 1)
                rgb[c] += (1.0f / 64.0f) * rest;
    }
}
