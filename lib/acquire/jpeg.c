/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * JPEG by the libjpeg API of libjpeg-turbo: the slow exact integer transform
 * and smooth chroma interpolation, both bit-exact on every processor.  Any
 * warning of the decoder means that pixels are made up, so a warning is an
 * error unless the caller allows damage.
 */

#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

#include "acquire/acquire.h"

/* All that outlives a jump out of libjpeg. */
struct job {
    struct jpeg_decompress_struct decoder;
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    jmp_buf exit;
    cutis_status status; /* of the jump */
    struct picture *picture;
    struct sink sink;
    struct jpeg_markers markers;
    struct span file;
    const cutis_options *limits;
    struct tools *tools;
    uint8_t *strip;     /* rows on their way to be turned */
    uint32_t sound;     /* rows before the first warning */
    void *profile;      /* block of the joined profile */
    bool open, started; /* the decoder; the decoding */
    bool many_scans;    /* that add up to the picture */
};

/* ---- libjpeg's errors as ours -------------------------------------------- */

static _Noreturn void leave(struct job *job, cutis_status status)
{
    job->status = status;
    longjmp(job->exit, 1);
}

static cutis_status status_of(int code)
{
    switch (code) {
    case JERR_OUT_OF_MEMORY:
        return CUTIS_ERROR_MEMORY;
    case JERR_NO_BACKING_STORE:
    case JERR_IMAGE_TOO_BIG:
    case JERR_WIDTH_OVERFLOW:
        return CUTIS_ERROR_LIMIT;
    case JERR_ARITH_NOTIMPL:
    case JERR_BAD_PRECISION:
    case JERR_CCIR601_NOTIMPL:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_FRACT_SAMPLE_NOTIMPL:
    case JERR_NOT_COMPILED:
    case JERR_SOF_UNSUPPORTED:
        return CUTIS_ERROR_UNSUPPORTED;
    default:
        return CUTIS_ERROR_DAMAGED;
    }
}

/* libjpeg's word for it, as part of a sentence. */
static void explain(struct job *job, cutis_status status)
{
    struct jpeg_common_struct *common =
        (struct jpeg_common_struct *)&job->decoder;
    char message[JMSG_LENGTH_MAX];

    common->err->format_message(common, message);
    ct_fail(job->tools, status, "%s: %s",
            status == CUTIS_ERROR_DAMAGED ? "the JPEG file is damaged"
                                          : "the JPEG file cannot be decoded",
            message);
}

/* From here on rows are made up; before the first row, nothing is lost yet. */
static void lose_rows(struct job *job)
{
    const uint32_t now = job->decoder.output_scanline;

    if (job->started && now < job->sound)
        job->sound = now;
    job->picture->damaged = true;
}

static void on_error(j_common_ptr common)
{
    struct job *job = common->client_data;
    const cutis_status status = status_of(common->err->msg_code);

    explain(job, status);
    leave(job, status);
}

static void on_message(j_common_ptr common, int level)
{
    struct job *job = common->client_data;

    /* Traces; and a version number that says nothing about the pixels. */
    if (level >= 0 || common->err->msg_code == JWRN_JFIF_MAJOR)
        return;
    if (!job->limits->allow_damaged)
        on_error(common);
    lose_rows(job);
}

static void on_output(j_common_ptr common)
{
    (void)common;
}

/* Called at every row of blocks that is decoded, in every scan. */
static void on_progress(j_common_ptr common)
{
    struct job *job = common->client_data;
    const struct jpeg_progress_mgr *p = &job->progress;
    const double passes = p->total_passes < 1 ? 1 : p->total_passes;
    const double part =
        p->pass_limit > 0 ? (double)p->pass_counter / (double)p->pass_limit : 0;
    const double done = (p->completed_passes + part) / passes;

    const cutis_status status =
        ct_progress(job->tools, done < 1.0 ? done : 1.0);
    if (status != CUTIS_OK)
        leave(job, status);
}

/* ---- Before the pixels --------------------------------------------------- */

/* Processes (n of SOFn) that are decoded: baseline, extended, progressive. */
static cutis_status check_process(const struct jpeg_markers *markers,
                                  struct tools *tools)
{
    const char *why = NULL;

    if (markers->process < 0)
        return ct_fail(tools, CUTIS_ERROR_DAMAGED,
                       "the JPEG file ends before its picture begins");
    if (markers->process == 3 || markers->process == 11)
        why = "it is lossless";
    else if (markers->process > 8)
        why = "it is arithmetically coded";
    else if (markers->process > 2)
        why = "it is hierarchical";
    else if (markers->precision != 8)
        why = "its samples do not have 8 bits";
    else if (markers->height == 0 && markers->width > 0)
        why = "it does not say its height before its pixels";
    else if (markers->components == 4)
        why = "it is for print (CMYK); export it as sRGB";
    else if (markers->components != 1 && markers->components != 3)
        why = "it has neither one nor three colour channels";
    if (why)
        return ct_fail(tools, CUTIS_ERROR_UNSUPPORTED,
                       "this JPEG file cannot be read: %s", why);
    return CUTIS_OK;
}

/* Even an empty block takes a bit of each plane, or the file is cut short. */
static cutis_status check_length(const struct job *job)
{
    const struct jpeg_markers *markers = &job->markers;
    const uint64_t blocks = ((uint64_t)markers->width + 7) / 8 *
                            (((uint64_t)markers->height + 7) / 8);

    if (blocks / 8 / 16 > job->file.size && !job->limits->allow_damaged)
        return ct_fail(job->tools, CUTIS_ERROR_DAMAGED,
                       "the JPEG file is too short for its %" PRIu32
                       " x %" PRIu32 " pixels",
                       markers->width, markers->height);
    return CUTIS_OK;
}

static cutis_status check_scans(const struct job *job)
{
    const uint64_t limit = job->limits->max_scans;

    if (limit && job->markers.scans > limit)
        return ct_fail(job->tools, CUTIS_ERROR_LIMIT,
                       "the JPEG file has %" PRIu64
                       " scans, beyond the limit of %" PRIu64,
                       job->markers.scans, limit);
    return CUTIS_OK;
}

static struct header header_of(const struct jpeg_markers *markers)
{
    return (struct header){
        .width = markers->width,
        .height = markers->height,
        .channels = markers->components,
        .bits = 8,
    };
}

/* What can be refused without a decoder. */
static cutis_status check_markers(const struct job *job)
{
    cutis_status status;
    const struct header header = header_of(&job->markers);

    TRY(check_process(&job->markers, job->tools));
    TRY(ct_check_header(&header, 0, job->limits, job->tools));
    TRY(check_scans(job));
    TRY(check_length(job));

done:
    return status;
}

static cutis_status decide_colour(struct job *job)
{
    cutis_status status;
    const struct exif *exif = &job->picture->exif;
    struct colour_hints hints = {
        .exif_space = exif->colour_space,
        .exif_adobe = strcmp(exif->interop, "R03") == 0,
    };

    job->picture->channels = job->markers.components;
    job->picture->bits = 8;
    TRY(ct_jpeg_profile(&hints.profile, &job->profile, &job->markers,
                        job->limits, job->tools));
    TRY(ct_colour_decide(job->picture, &hints, job->tools));

done:
    return status;
}

/* ---- The pixels ---------------------------------------------------------- */

/* Bytes of coefficients that libjpeg keeps where scans add up. */
static uint64_t coefficient_bytes(const struct jpeg_decompress_struct *decoder)
{
    uint64_t blocks = 0;

    for (int i = 0; i < decoder->num_components; i++) {
        const jpeg_component_info *c = &decoder->comp_info[i];
        blocks += ((uint64_t)c->width_in_blocks + 4) *
                  ((uint64_t)c->height_in_blocks + 4);
    }
    return blocks * sizeof(JBLOCK);
}

static void describe(struct job *job)
{
    const struct jpeg_decompress_struct *decoder = &job->decoder;
    const jpeg_component_info *c = decoder->comp_info;
    struct picture *picture = job->picture;
    const bool grey = decoder->num_components == 1;
    const JQUANT_TBL *luma = decoder->quant_tbl_ptrs[c[0].quant_tbl_no & 3];
    const JQUANT_TBL *chroma =
        grey ? NULL : decoder->quant_tbl_ptrs[c[1].quant_tbl_no & 3];

    picture->jpeg_h = grey ? 1 : c[0].h_samp_factor / c[1].h_samp_factor;
    picture->jpeg_v = grey ? 1 : c[0].v_samp_factor / c[1].v_samp_factor;
    if (luma)
        picture->jpeg_quality =
            ct_jpeg_quality(&picture->jpeg_table_fit, luma->quantval,
                            chroma ? chroma->quantval : NULL);
}

/* Reads libjpeg's idea of the header and says how to decode. */
static cutis_status prepare(struct job *job)
{
    struct jpeg_decompress_struct *decoder = &job->decoder;
    const struct jpeg_markers *markers = &job->markers;

    jpeg_mem_src(decoder, job->file.at, (unsigned long)job->file.size);
    jpeg_read_header(decoder, TRUE);
    if (decoder->image_width != markers->width ||
        decoder->image_height != markers->height ||
        decoder->num_components != markers->components)
        return ct_fail(job->tools, CUTIS_ERROR_DAMAGED,
                       "the JPEG file contradicts itself about its size");

    decoder->out_color_space =
        decoder->num_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
    decoder->dct_method = JDCT_ISLOW;
    decoder->do_fancy_upsampling = TRUE;
    decoder->do_block_smoothing = FALSE;
    job->many_scans = jpeg_has_multiple_scans(decoder);
    describe(job);

    const struct header header = header_of(markers);
    const uint64_t extra = job->many_scans ? coefficient_bytes(decoder) : 0;
    return ct_check_header(&header, extra, job->limits, job->tools);
}

/* What libjpeg may take of the memory limit for coefficients. */
static void bound_memory(struct job *job)
{
    const size_t left = ct_memory_left(&job->tools->memory);

    job->decoder.mem->max_memory_to_use = 0;
    if (left < LONG_MAX)
        job->decoder.mem->max_memory_to_use = left ? (long)left : 1;
}

static void read_rows(struct job *job)
{
    struct jpeg_decompress_struct *decoder = &job->decoder;
    const bool direct = ct_sink_in_place(&job->sink);
    const size_t stride = ct_row_bytes(&job->sink.header);
    const uint32_t height = job->sink.header.height;
    JSAMPROW rows[CT_STRIP];

    while (decoder->output_scanline < height) {
        const uint32_t y = decoder->output_scanline;
        const uint32_t left = height - y;
        const uint32_t count = left < CT_STRIP ? left : CT_STRIP;
        uint8_t *to = direct ? ct_sink_row(&job->sink, y) : job->strip;

        for (uint32_t i = 0; i < count; i++)
            rows[i] = to + i * stride;
        while (decoder->output_scanline < y + count) {
            const uint32_t have = decoder->output_scanline - y;
            jpeg_read_scanlines(decoder, rows + have, count - have);
        }
        if (!direct)
            ct_sink_put(&job->sink, to, (ptrdiff_t)stride, y, count);
    }
}

static cutis_status open_sink(struct job *job)
{
    cutis_status status;
    const struct header header = header_of(&job->markers);

    TRY(ct_sink_open(&job->sink, job->picture, &header,
                     job->picture->exif.orientation, job->limits, job->tools));
    if (ct_sink_in_place(&job->sink))
        goto done;
    job->strip = ct_alloc(&job->tools->memory, CT_STRIP, ct_row_bytes(&header));
    if (!job->strip)
        status = ct_no_memory(job->tools);

done:
    return status;
}

/* Everything that libjpeg may jump out of; the caller catches. */
static cutis_status decode(struct job *job)
{
    cutis_status status;
    struct jpeg_decompress_struct *decoder = &job->decoder;

    jpeg_create_decompress(decoder);
    job->open = true;
    decoder->progress = &job->progress;
    bound_memory(job);
    TRY(prepare(job));
    TRY(open_sink(job));
    bound_memory(job);

    jpeg_start_decompress(decoder);
    job->started = true;
    read_rows(job);
    jpeg_finish_decompress(decoder);

done:
    return status;
}

static cutis_status decode_guarded(struct job *job)
{
    job->errors.error_exit = on_error;
    if (setjmp(job->exit))
        return job->status;
    return decode(job);
}

/* After a failure that may be allowed: what is there, and what is not. */
static cutis_status settle(struct job *job, cutis_status status)
{
    if (status == CUTIS_ERROR_DAMAGED && job->limits->allow_damaged &&
        job->started) {
        lose_rows(job);
        job->tools->sentence[0] = '\0';
        status = CUTIS_OK;
    }
    /* Scans that add up leave every row with something of the picture. */
    if (status == CUTIS_OK && job->picture->damaged && !job->many_scans)
        status = ct_sink_lost(&job->sink, job->sound, job->tools);
    return status;
}

cutis_status ct_jpeg_decode(struct picture *out, struct span file,
                            const cutis_options *limits, struct tools *tools)
{
    cutis_status status;
    struct job job = {
        .picture = out,
        .file = file,
        .limits = limits,
        .tools = tools,
        .sound = UINT32_MAX,
    };

    out->source = CT_SOURCE_JPEG;
    ct_jpeg_markers(&job.markers, file);
    TRY(check_markers(&job));
    ct_exif_read(&out->exif, job.markers.exif);
    TRY(decide_colour(&job));

    job.decoder.err = jpeg_std_error(&job.errors);
    job.decoder.client_data = &job;
    job.errors.emit_message = on_message;
    job.errors.output_message = on_output;
    job.progress.progress_monitor = on_progress;
    TRY(settle(&job, decode_guarded(&job)));

done:
    if (job.open)
        jpeg_destroy_decompress(&job.decoder);
    ct_free(job.strip);
    ct_free(job.profile);
    return status;
}
