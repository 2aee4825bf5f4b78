/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * From a path or a block of bytes to a picture.  A file is read whole: mapping
 * it would turn somebody else's truncation into a signal.
 */

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "acquire/acquire.h"
#include "util/hash.h"

static const char *why_not(int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
        return "there is no such file";
    case EACCES:
    case EPERM:
        return "there is no permission to read it";
    case EMFILE:
    case ENFILE:
        return "too many files are open";
    case ELOOP:
        return "its links lead in a circle";
    case ENAMETOOLONG:
        return "its name is too long";
    default:
        return "the system failed to read it";
    }
}

static cutis_status io_failed(struct tools *tools, int error)
{
    return ct_fail(tools, CUTIS_ERROR_IO, "the file cannot be read: %s",
                   why_not(error));
}

/* A descriptor of a regular file, and its size. */
static cutis_status open_file(int *out, size_t *size, const char *path,
                              const cutis_options *limits, struct tools *tools)
{
    struct stat about;

    /* O_NONBLOCK: a pipe without a writer must not hold us up. */
    const int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    *out = file;
    if (file < 0)
        return io_failed(tools, errno);
    if (fstat(file, &about) != 0)
        return io_failed(tools, errno);
    if (!S_ISREG(about.st_mode))
        return ct_fail(tools, CUTIS_ERROR_IO,
                       "only regular files are read, and this is not one");
    if (limits->max_file && (uint64_t)about.st_size > limits->max_file)
        return ct_fail(tools, CUTIS_ERROR_LIMIT,
                       "the file has %" PRIu64
                       " bytes, beyond the limit of %" PRIu64,
                       (uint64_t)about.st_size, limits->max_file);
    *size = (size_t)about.st_size;
    return CUTIS_OK;
}

/* Up to `size` bytes: a file that shrinks meanwhile gives fewer. */
static cutis_status read_all(size_t *got, int file, uint8_t *bytes, size_t size,
                             struct tools *tools)
{
    *got = 0;
    while (*got < size) {
        const ssize_t n = read(file, bytes + *got, size - *got);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return io_failed(tools, errno);
        if (n == 0)
            break;
        *got += (size_t)n;
    }
    return CUTIS_OK;
}

/* All of a file in one block, to be freed. */
static cutis_status take_file(uint8_t **out, size_t *got, const char *path,
                              const cutis_options *limits, struct tools *tools)
{
    cutis_status status;
    int file = -1;
    size_t size = 0;

    TRY(open_file(&file, &size, path, limits, tools));
    *out = ct_alloc_raw(&tools->memory, size, 1);
    if (!*out)
        TRY(ct_no_memory(tools));
    TRY(read_all(got, file, *out, size, tools));

done:
    if (file >= 0)
        close(file);
    return status;
}

cutis_status ct_acquire_file(struct picture *out, const char *path,
                             const cutis_options *limits, struct tools *tools)
{
    cutis_status status;
    uint8_t *bytes = NULL;
    size_t size = 0;

    TRY(take_file(&bytes, &size, path, limits, tools));
    TRY(ct_acquire_memory(out, bytes, size, limits, tools));

done:
    ct_free(bytes);
    return status;
}

cutis_status ct_acquire_rest(struct picture *picture, const char *path,
                             const void *bytes, size_t size,
                             const cutis_options *limits, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    uint8_t *taken = NULL;

    if (picture->source != CT_SOURCE_JPEG)
        goto done;
    if (path) {
        char now[sizeof(picture->sha256)];
        TRY(take_file(&taken, &size, path, limits, tools));
        ct_sha256(taken, size, now);
        if (strcmp(now, picture->sha256) != 0)
            TRY(ct_fail(tools, CUTIS_ERROR_IO,
                        "the file was changed while it was read"));
    }
    TRY(ct_jpeg_rest(picture, (struct span){path ? taken : bytes, size},
                     tools));

done:
    ct_free(taken);
    return status;
}

/* The same for the same samples under the same colours, whatever they came in;
 * whether sRGB was stated or assumed makes no difference to a number. */
static void hash_picture(struct picture *picture)
{
    const enum ct_colour_space space =
        picture->space == CT_ASSUMED_SRGB ? CT_SRGB : picture->space;
    const uint64_t about[5] = {
        (uint64_t)picture->width, (uint64_t)picture->height,
        (uint64_t)picture->channels, (uint64_t)picture->bits, (uint64_t)space};
    const size_t samples = (size_t)picture->width * (size_t)picture->height *
                           (size_t)picture->channels;

    picture->pixel_hash =
        ct_hash(ct_hash(0, about, sizeof(about)), picture->samples,
                samples * (size_t)(picture->bits / 8));
}

static cutis_status decode(struct picture *out, struct span file,
                           const cutis_options *limits, struct tools *tools)
{
    const char *name;

    switch (ct_sniff(&name, file)) {
    case CT_KIND_JPEG:
        return ct_jpeg_decode(out, file, limits, tools);
    case CT_KIND_PNG:
        return ct_png_decode(out, file, limits, tools);
    case CT_KIND_KNOWN:
        return ct_fail(tools, CUTIS_ERROR_UNSUPPORTED,
                       "this build cannot read %s; save it as JPEG or PNG",
                       name);
    default:
        return ct_fail(tools, CUTIS_ERROR_FORMAT,
                       file.size ? "the file is not a picture that is known"
                                 : "the file is empty");
    }
}

cutis_status ct_acquire_memory(struct picture *out, const void *bytes,
                               size_t size, const cutis_options *limits,
                               struct tools *tools)
{
    cutis_status status;
    struct picture picture = {.jpeg_quality = NAN, .jpeg_table_fit = NAN};

    if (limits->max_file && size > limits->max_file)
        TRY(ct_fail(tools, CUTIS_ERROR_LIMIT,
                    "the file has %zu bytes, beyond the limit of %" PRIu64,
                    size, limits->max_file));
    ct_exif_clear(&picture.exif);
    TRY(decode(&picture, (struct span){bytes, size}, limits, tools));
    hash_picture(&picture);
    ct_sha256(bytes, size, picture.sha256);

    *out = picture;
    picture = (struct picture){0};

done:
    ct_picture_free(&picture);
    return status;
}

/* ---- Pixels from the caller ---------------------------------------------- */

static const struct {
    int channels, bits;
    bool alpha;
} layouts[] = {
    [CUTIS_PIXELS_GREY8] = {1, 8, false},
    [CUTIS_PIXELS_RGB8] = {3, 8, false},
    [CUTIS_PIXELS_RGBA8] = {4, 8, true},
    [CUTIS_PIXELS_GREY16] = {1, 16, false},
    [CUTIS_PIXELS_RGB16] = {3, 16, false},
    [CUTIS_PIXELS_RGBA16] = {4, 16, true},
};

static cutis_status check_pixels(struct header *out, const cutis_pixels *pixels,
                                 struct tools *tools)
{
    if (!pixels->data || pixels->struct_size < sizeof(*pixels))
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "the pixels have no data, or no struct_size");
    if (pixels->format >= sizeof(layouts) / sizeof(layouts[0]))
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "%" PRIu32 " is not a format of pixels", pixels->format);
    if (pixels->width == 0 || pixels->height == 0)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "the picture is %" PRIu32 " x %" PRIu32 " pixels",
                       pixels->width, pixels->height);
    if (pixels->display_p3 > 1)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT, "display_p3 is 0 or 1");

    *out = (struct header){
        .width = pixels->width,
        .height = pixels->height,
        .channels = layouts[pixels->format].channels,
        .bits = layouts[pixels->format].bits,
        .alpha = layouts[pixels->format].alpha,
    };
    return CUTIS_OK;
}

/* Rows may lie in either direction, but never on each other. */
static cutis_status check_stride(const struct header *header, ptrdiff_t stride,
                                 struct tools *tools)
{
    const size_t row = ct_row_bytes(header);
    const size_t step =
        stride < 0 ? (size_t)0 - (size_t)stride : (size_t)stride;

    if (step < row && header->height > 1)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "a stride of %td bytes is too short for rows of %zu",
                       stride, row);
    if (step > PTRDIFF_MAX / header->height)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "a stride of %td bytes leaves the address space",
                       stride);
    return CUTIS_OK;
}

cutis_status ct_acquire_pixels(struct picture *out, const cutis_pixels *pixels,
                               const cutis_options *limits, struct tools *tools)
{
    cutis_status status;
    struct picture picture = {
        .source = CT_SOURCE_PIXELS, .jpeg_quality = NAN, .jpeg_table_fit = NAN};
    struct header header;
    struct sink sink;
    const struct colour_hints hints = {
        .srgb = !pixels->display_p3,
        .has_cicp = pixels->display_p3 != 0,
        .cicp = {12, 13, 0, 1}, /* Display P3 in ITU-T H.273 */
    };

    TRY(check_pixels(&header, pixels, tools));
    TRY(ct_check_header(&header, 0, limits, tools));
    TRY(check_stride(&header, pixels->stride, tools));
    ct_exif_clear(&picture.exif);
    TRY(ct_sink_open(&sink, &picture, &header, 1, limits, tools));
    ct_sink_put(&sink, pixels->data, pixels->stride, 0, header.height);
    ct_sink_close(&sink);
    TRY(ct_colour_decide(&picture, &hints, tools));
    hash_picture(&picture);
    ct_sha256(picture.samples,
              ct_row_bytes(&header) / (size_t)header.channels *
                  (size_t)picture.channels * header.height,
              picture.sha256);

    *out = picture;
    picture = (struct picture){0};

done:
    ct_picture_free(&picture);
    return status;
}

cutis_status ct_picture_trim(struct picture *picture, struct rect part,
                             struct tools *tools)
{
    const struct rect held = ct_picture_held(picture);
    const size_t pixel =
        (size_t)picture->channels * (size_t)(picture->bits / 8);
    const size_t row = pixel * (size_t)part.width;
    if (part.width == held.width && part.height == held.height)
        return CUTIS_OK;
    /* Both are held for a moment; without room for that all of it stays. */
    if (ct_memory_left(&tools->memory) / row <= (size_t)part.height)
        return CUTIS_OK;

    uint8_t *const samples =
        ct_alloc_raw(&tools->memory, (size_t)part.height, row);
    if (!samples)
        return ct_no_memory(tools);
    for (int y = 0; y < part.height; y++)
        memcpy(samples + (size_t)y * row,
               (const uint8_t *)picture->samples +
                   pixel * ct_picture_index(picture, part.x, part.y + y),
               row);
    ct_free(picture->samples);
    picture->samples = samples;
    picture->left = part.x;
    picture->top = part.y;
    picture->right = picture->width - part.x - part.width;
    picture->bottom = picture->height - part.y - part.height;
    return CUTIS_OK;
}

void ct_picture_free(struct picture *picture)
{
    ct_icc_free(picture->icc_transform);
    ct_free(picture->to_linear);
    ct_bytes_free(&picture->opaque);
    for (int c = 0; c < 4; c++)
        ct_bytes_free(&picture->rest[c]);
    ct_free(picture->samples);
    *picture = (struct picture){0};
}
