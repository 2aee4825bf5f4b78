/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * PNG by the low-level API of libpng, which only sees the pixels: every chunk
 * beside IHDR, PLTE, tRNS, IDAT and IEND is skipped (chunks.c has read those of
 * interest), but its checksum is still held against its bytes.
 */

#include <inttypes.h>
#include <setjmp.h>
#include <string.h>

#include <png.h>

#include "acquire/acquire.h"

/* All that outlives a jump out of libpng. */
struct job {
    png_structp decoder;
    png_infop info;
    jmp_buf exit;
    struct picture *picture;
    struct header header;
    struct sink sink;
    struct png_chunks chunks;
    struct span file;
    size_t at; /* bytes of the file that libpng has had */
    const cutis_options *limits;
    struct tools *tools;
    cutis_status status; /* of the jump */
    uint8_t *buffer;     /* rows on their way: a strip, or all if interlaced */
    png_bytep *rows;     /* of an interlaced picture */
    uint32_t sound;      /* rows that were decoded */
    void *profile;       /* block of the inflated profile */
};

/* ---- libpng's ways ------------------------------------------------------- */

static png_voidp on_malloc(png_structp png, png_alloc_size_t size)
{
    struct job *job = png_get_mem_ptr(png);
    void *block = ct_alloc_raw(&job->tools->memory, size, 1);

    if (!block)
        job->status = CUTIS_ERROR_MEMORY;
    return block;
}

static void on_free(png_structp png, png_voidp block)
{
    (void)png;
    ct_free(block);
}

static _Noreturn void leave(struct job *job, cutis_status status)
{
    if (job->status == CUTIS_OK)
        job->status = status;
    longjmp(job->exit, 1);
}

static PNG_FUNCTION(void, on_error, (png_structp png, png_const_charp message),
                    PNG_NORETURN)
{
    struct job *job = png_get_error_ptr(png);

    if (job->status == CUTIS_ERROR_MEMORY)
        ct_no_memory(job->tools);
    else
        ct_fail(job->tools, CUTIS_ERROR_DAMAGED, "the PNG file is damaged: %s",
                message);
    leave(job, CUTIS_ERROR_DAMAGED);
}

/* libpng warns of oddities that do not touch the pixels, and, where damage is
 * allowed, of damage. */
static void on_warning(png_structp png, png_const_charp message)
{
    struct job *job = png_get_error_ptr(png);

    if (job->limits->allow_damaged && strstr(message, "CRC"))
        job->picture->damaged = true;
    ct_tell(job->tools, "libpng: %s.", message);
}

static void on_read(png_structp png, png_bytep out, size_t size)
{
    struct job *job = png_get_io_ptr(png);

    if (size > job->file.size - job->at)
        png_error(png, "it ends too early");
    memcpy(out, job->file.at + job->at, size);
    job->at += size;
}

/* ---- Before the pixels --------------------------------------------------- */

enum { PALETTE = 3, GREY_ALPHA = 4, RGB_ALPHA = 6, COLOUR = 2, ALPHA = 4 };

static struct header header_of(const struct png_chunks *chunks)
{
    const bool alpha = (chunks->colour & ALPHA) || chunks->transparent;

    return (struct header){
        .width = chunks->width,
        .height = chunks->height,
        .channels = (chunks->colour & COLOUR ? 3 : 1) + (alpha ? 1 : 0),
        .bits = chunks->depth == 16 ? 16 : 8,
        .alpha = alpha,
    };
}

/* Bytes that are decoded before they are put in place. */
static size_t buffer_rows(const struct job *job)
{
    const bool turned = job->picture->exif.orientation > 1 || job->header.alpha;

    if (!turned)
        return 0;
    return job->chunks.interlace ? job->header.height : CT_STRIP;
}

/* Bytes that libpng makes of the file's, before expanding; at least. */
static uint64_t packed_bytes(const struct png_chunks *chunks)
{
    static const int samples[7] = {1, 1, 3, 1, 2, 1, 4};
    const int colour = chunks->colour <= RGB_ALPHA ? chunks->colour : 0;
    const uint64_t depth = chunks->depth > 16 ? 1 : (uint64_t)chunks->depth;

    return (uint64_t)chunks->width * chunks->height / 8 * depth *
           (uint64_t)samples[colour];
}

static cutis_status check_chunks(const struct job *job)
{
    cutis_status status;
    const size_t row = ct_row_bytes(&job->header);
    const uint64_t extra =
        (uint64_t)buffer_rows(job) * row + 3 * (uint64_t)row +
        (job->chunks.interlace ? job->header.height * sizeof(png_bytep) : 0);

    TRY(ct_check_header(&job->header, extra, job->limits, job->tools));
    /* Deflate makes at most 1032 bytes of one. */
    if (packed_bytes(&job->chunks) / 1032 > job->file.size &&
        !job->limits->allow_damaged)
        status = ct_fail(job->tools, CUTIS_ERROR_DAMAGED,
                         "the PNG file is too short for its %" PRIu32
                         " x %" PRIu32 " pixels",
                         job->header.width, job->header.height);

done:
    return status;
}

static cutis_status decide_colour(struct job *job)
{
    cutis_status status;
    struct colour_hints hints = job->chunks.hints;
    const struct exif *exif = &job->picture->exif;

    job->picture->channels = job->header.channels - (job->header.alpha ? 1 : 0);
    job->picture->bits = job->header.bits;
    hints.exif_space = exif->colour_space;
    hints.exif_adobe = strcmp(exif->interop, "R03") == 0;
    TRY(ct_png_profile(&hints.profile, &job->profile, &job->chunks, job->limits,
                       job->tools));
    TRY(ct_colour_decide(job->picture, &hints, job->tools));

done:
    return status;
}

/* ---- The pixels ---------------------------------------------------------- */

static bool host_is_little(void)
{
    const uint16_t one = 1;
    uint8_t first;

    memcpy(&first, &one, 1);
    return first == 1;
}

/* Tells libpng what to refuse, what to skip and what to hand out. */
static void configure(struct job *job)
{
    png_structp png = job->decoder;
    const int crc =
        job->limits->allow_damaged ? PNG_CRC_WARN_USE : PNG_CRC_ERROR_QUIT;

    png_set_read_fn(png, job, on_read);
    png_set_crc_action(png, crc, crc);
    png_set_user_limits(png, job->header.width, job->header.height);
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    /* Nothing beside the pixels is kept; these bound what could be. */
    png_set_chunk_cache_max(png, 1);
    png_set_chunk_malloc_max(png, job->file.size);
}

static cutis_status check_info(struct job *job)
{
    png_structp png = job->decoder;

    png_set_expand(png);
    if (host_is_little())
        png_set_swap(png);
    png_set_interlace_handling(png);
    png_read_update_info(png, job->info);
    if (png_get_image_width(png, job->info) != job->header.width ||
        png_get_image_height(png, job->info) != job->header.height ||
        png_get_rowbytes(png, job->info) != ct_row_bytes(&job->header))
        return ct_fail(job->tools, CUTIS_ERROR_DAMAGED,
                       "the PNG file contradicts itself about its pixels");
    return CUTIS_OK;
}

static cutis_status allocate(struct job *job)
{
    cutis_status status;
    struct memory *memory = &job->tools->memory;
    const size_t count = buffer_rows(job);

    TRY(ct_sink_open(&job->sink, job->picture, &job->header,
                     job->picture->exif.orientation, job->limits, job->tools));
    job->buffer = ct_alloc(memory, count, ct_row_bytes(&job->header));
    job->rows = ct_alloc(memory, job->header.height, sizeof(*job->rows));
    if (!job->buffer || !job->rows)
        TRY(ct_no_memory(job->tools));
    for (uint32_t y = 0; y < job->header.height; y++) {
        const size_t row = ct_row_bytes(&job->header);
        job->rows[y] = count == 0 ? ct_sink_row(&job->sink, y)
                                  : job->buffer + y % count * row;
    }

done:
    return status;
}

static cutis_status read_rows(struct job *job)
{
    const uint32_t height = job->header.height;
    const size_t stride = ct_row_bytes(&job->header);
    const bool put = buffer_rows(job) > 0;
    cutis_status status = CUTIS_OK;

    for (uint32_t y = 0; y < height; y += CT_STRIP) {
        const uint32_t left = height - y;
        const uint32_t count = left < CT_STRIP ? left : CT_STRIP;
        TRY(ct_progress(job->tools, (double)y / height));
        png_read_rows(job->decoder, job->rows + y, NULL, count);
        if (put)
            ct_sink_put(&job->sink, job->rows[y], (ptrdiff_t)stride, y, count);
        job->sound = y + count;
    }

done:
    return status;
}

/* All rows, seven times over.  Before the last pass no row is whole. */
static cutis_status read_passes(struct job *job)
{
    enum { PASSES = 7 };
    const uint32_t height = job->header.height;
    cutis_status status = CUTIS_OK;

    for (int pass = 0; pass < PASSES; pass++) {
        TRY(ct_progress(job->tools, (double)pass / PASSES));
        png_read_rows(job->decoder, job->rows, NULL, height);
    }
    job->sound = height;

done:
    return status;
}

/* Everything that libpng may jump out of; the caller catches. */
static cutis_status decode(struct job *job)
{
    cutis_status status;

    configure(job);
    png_read_info(job->decoder, job->info);
    TRY(check_info(job));
    TRY(allocate(job));
    if (job->chunks.interlace)
        TRY(read_passes(job));
    else
        TRY(read_rows(job));
    png_read_end(job->decoder, NULL);

done:
    return status;
}

static cutis_status decode_guarded(struct job *job)
{
    if (setjmp(job->exit))
        return job->status;
    job->decoder =
        png_create_read_struct_2(PNG_LIBPNG_VER_STRING, job, on_error,
                                 on_warning, job, on_malloc, on_free);
    if (job->decoder)
        job->info = png_create_info_struct(job->decoder);
    if (!job->info)
        return ct_no_memory(job->tools);
    return decode(job);
}

/* After the decoding: what there is of an interlaced picture goes to its place,
 * and what a damaged file no longer holds is marked. */
static cutis_status settle(struct job *job, cutis_status status)
{
    const struct header *header = &job->header;

    if (status == CUTIS_ERROR_DAMAGED && job->limits->allow_damaged &&
        job->sound > 0) {
        job->picture->damaged = true;
        job->tools->sentence[0] = '\0';
        status = CUTIS_OK;
    }
    if (status != CUTIS_OK)
        return status;
    if (job->chunks.interlace && buffer_rows(job))
        ct_sink_put(&job->sink, job->buffer, (ptrdiff_t)ct_row_bytes(header), 0,
                    header->height);
    status = ct_sink_lost(&job->sink, job->sound, job->tools);
    ct_sink_close(&job->sink);
    return status;
}

cutis_status ct_png_decode(struct picture *out, struct span file,
                           const cutis_options *limits, struct tools *tools)
{
    cutis_status status;
    struct job job = {
        .picture = out, .file = file, .limits = limits, .tools = tools};

    out->source = CT_SOURCE_PNG;
    ct_png_chunks(&job.chunks, file);
    out->animated = job.chunks.animated;
    job.header = header_of(&job.chunks);
    ct_exif_read(&out->exif, job.chunks.exif);
    TRY(ct_check_png_libraries(tools));
    TRY(check_chunks(&job));
    TRY(decide_colour(&job));
    TRY(settle(&job, decode_guarded(&job)));

done:
    png_destroy_read_struct(&job.decoder, &job.info, NULL);
    ct_free(job.rows);
    ct_free(job.buffer);
    ct_free(job.profile);
    return status;
}
