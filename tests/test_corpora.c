/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The malformed, awkward and valid files of ../shared/corpora, and photographs:
 * each gets a status, quickly and in bounded memory, and the valid ones give
 * the samples that an independent decoder gives (oracles/png.py, jpeg.py).
 */

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "pictures.h"
#include "util/hash.h"

/* An address sanitizer keeps what is freed, so memory says nothing there. */
#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#define SANITIZED __has_feature(address_sanitizer)
#else
#define SANITIZED 0
#endif

enum { PATH_ROOM = 1024 };

static char shared[PATH_ROOM / 2];

/* Whether ../shared is there; says so where it is not. */
static int have_shared(void)
{
    const char *place = getenv("CUTIS_SHARED");
    DIR *folder = place ? opendir(place) : NULL;

    if (!folder) {
        printf("SKIPPED: ../shared is not there\n");
        return 0;
    }
    closedir(folder);
    snprintf(shared, sizeof(shared), "%s", place);
    return 1;
}

/* Of the processor, as others may want the machine meanwhile. */
static double now_s(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static double peak_mb(void)
{
    struct rusage usage;

    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024.0;
}

/* ---- Every file ---------------------------------------------------------- */

struct walk {
    int counts[CUTIS_STATUS_COUNT];
    int files;
    double slowest_s;
    uint32_t allow_damaged;
};

static void visit(struct walk *walk, const char *path)
{
    struct bench bench;
    bench_open(&bench);
    bench.options.allow_damaged = walk->allow_damaged;

    const double begun = now_s();
    const cutis_status status =
        ct_acquire_file(&bench.picture, path, &bench.options, &bench.tools);
    const double took = now_s() - begun;

    ck_assert_msg(status <= CUTIS_ERROR_UNSUPPORTED &&
                      status != CUTIS_ERROR_ARGUMENT,
                  "%s: status %d", path, status);
    ck_assert_msg((status == CUTIS_OK) == !bench.tools.sentence[0], "%s", path);
    ck_assert_msg(took < 2.0, "%s took %.1f s", path, took);
    if (took > walk->slowest_s)
        walk->slowest_s = took;
    walk->counts[status]++;
    walk->files++;
    bench_close(&bench);
}

static void visit_folder(struct walk *walk, const char *path)
{
    char inner[PATH_ROOM];
    DIR *folder = opendir(path);

    ck_assert_ptr_nonnull(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(inner, sizeof(inner), "%s/%s", path, entry->d_name);
        DIR *deeper = opendir(inner);
        if (deeper) {
            closedir(deeper);
            visit_folder(walk, inner);
        } else {
            visit(walk, inner);
        }
    }
    closedir(folder);
}

START_TEST(every_file_gets_a_status_in_time_and_memory)
{
    char path[PATH_ROOM];
    struct walk walk = {.allow_damaged = (uint32_t)_i};

    snprintf(path, sizeof(path), "%s/corpora", shared);
    visit_folder(&walk, path);
    printf("corpora, damage %s: %d files, slowest %.0f ms, peak %.0f MB\n",
           _i ? "allowed" : "refused", walk.files, walk.slowest_s * 1e3,
           peak_mb());
    for (int i = 0; i < CUTIS_STATUS_COUNT; i++)
        if (walk.counts[i])
            printf("  %-12s %4d\n", cutis_status_name((cutis_status)i),
                   walk.counts[i]);
    ck_assert_int_gt(walk.files, 800);
    if (!SANITIZED)
        ck_assert_double_lt(peak_mb(), 256.0);
}
END_TEST

/* ---- The valid ones ------------------------------------------------------ */

static const struct {
    const char *name;
    int width, height, channels, bits;
    char sha256[65];
    int masked;
} valid[] = {
#include "oracles/png.inc"
};

/* In the order of the file's bytes, which the oracle hashed. */
static void to_big_endian(struct picture *picture)
{
    const size_t count =
        (size_t)(picture->width * picture->height) * (size_t)picture->channels;
    uint8_t *at = picture->samples;

    if (picture->bits == 16)
        for (size_t i = 0; i < count; i++) {
            const unsigned value = ((const uint16_t *)picture->samples)[i];
            at[2 * i] = (uint8_t)(value >> 8);
            at[2 * i + 1] = (uint8_t)value;
        }
}

static int masked(const struct picture *picture)
{
    int count = 0;

    for (int y = 0; picture->opaque.at && y < picture->height; y++)
        for (int x = 0; x < picture->width; x++)
            count += ct_byte_row(&picture->opaque, y)[x] != 255;
    return count;
}

START_TEST(valid_pngs_are_exact)
{
    char path[PATH_ROOM], hex[65];
    struct bench bench;

    bench_open(&bench);
    snprintf(path, sizeof(path), "%s/corpora/pngsuite/%s", shared,
             valid[_i].name);
    ck_assert_int_eq(
        ct_acquire_file(&bench.picture, path, &bench.options, &bench.tools),
        CUTIS_OK);
    struct picture *picture = &bench.picture;
    ck_assert_int_eq(picture->width, valid[_i].width);
    ck_assert_int_eq(picture->height, valid[_i].height);
    ck_assert_int_eq(picture->channels, valid[_i].channels);
    ck_assert_int_eq(picture->bits, valid[_i].bits);
    ck_assert_int_eq(masked(picture), valid[_i].masked);
    to_big_endian(picture);
    ct_sha256(picture->samples,
              (size_t)(picture->width * picture->height * picture->channels *
                       picture->bits / 8),
              hex);
    ck_assert_str_eq(hex, valid[_i].sha256);
    bench_close(&bench);
}
END_TEST

START_TEST(broken_pngs_are_refused)
{
    static const struct {
        const char *name;
        cutis_status status;
    } broken[] = {
        {"xc1n0g08", CUTIS_ERROR_DAMAGED}, {"xc9n2c08", CUTIS_ERROR_DAMAGED},
        {"xcrn0g04", CUTIS_ERROR_FORMAT},  {"xcsn0g01", CUTIS_ERROR_DAMAGED},
        {"xd0n2c08", CUTIS_ERROR_DAMAGED}, {"xd3n2c08", CUTIS_ERROR_DAMAGED},
        {"xd9n2c08", CUTIS_ERROR_DAMAGED}, {"xdtn0g01", CUTIS_ERROR_DAMAGED},
        {"xhdn0g08", CUTIS_ERROR_DAMAGED}, {"xlfn0g04", CUTIS_ERROR_FORMAT},
        {"xs1n0g01", CUTIS_ERROR_FORMAT},  {"xs2n0g01", CUTIS_ERROR_FORMAT},
        {"xs4n0g01", CUTIS_ERROR_FORMAT},  {"xs7n0g01", CUTIS_ERROR_FORMAT},
    };
    char path[PATH_ROOM];

    for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
        struct bench bench;
        bench_open(&bench);
        snprintf(path, sizeof(path), "%s/corpora/pngsuite/%s.png", shared,
                 broken[i].name);
        const cutis_status status =
            ct_acquire_file(&bench.picture, path, &bench.options, &bench.tools);
        ck_assert_msg(status == broken[i].status, "%s: %d", broken[i].name,
                      status);
        bench_close(&bench);
    }
}
END_TEST

static const struct {
    const char *name;
    int width, height; /* as stored */
    char sha256[65];
} photographs[] = {
#include "oracles/jpeg.inc"
};

START_TEST(photographs_are_exact)
{
    char path[PATH_ROOM], hex[65];
    struct bench bench;

    bench_open(&bench);
    snprintf(path, sizeof(path), "%s/%s", shared, photographs[_i].name);
    ck_assert_int_eq(
        ct_acquire_file(&bench.picture, path, &bench.options, &bench.tools),
        CUTIS_OK);
    const struct picture *picture = &bench.picture;
    const int width = photographs[_i].width, height = photographs[_i].height;
    const uint8_t *from = picture->samples;
    uint8_t *stored = calloc((size_t)(width * height), 3);

    /* Orientation 6: the stored top row is the right-hand column. */
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            const int turned = picture->exif.orientation == 6;
            const size_t at = turned ? (size_t)(x * height + height - 1 - y)
                                     : (size_t)(y * width + x);
            memcpy(stored + 3 * (size_t)(y * width + x), from + 3 * at, 3);
        }
    ct_sha256(stored, (size_t)(width * height * 3), hex);
    ck_assert_str_eq(hex, photographs[_i].sha256);
    free(stored);
    bench_close(&bench);
}
END_TEST

/* ---- Orientations -------------------------------------------------------- */

/* Mean absolute difference in levels; from the left, or with a mirrored. */
enum side { FROM_LEFT, MIRRORED };
static double mean_difference(const struct picture *a, const struct picture *b,
                              enum side side)
{
    const uint8_t *p = a->samples, *q = b->samples;
    const int row = a->width * 3;
    double sum = 0.0;

    for (int y = 0; y < a->height; y++)
        for (int i = 0; i < row; i++) {
            const int x = side == MIRRORED ? row - 3 - i + 2 * (i % 3) : i;
            sum += abs(p[y * row + x] - q[y * row + i]);
        }
    return sum / ((double)row * a->height);
}

/* Each file was compressed by itself, so they differ by some levels; a scene
 * turned wrongly differs by tens. */
START_TEST(all_orientations_show_the_same_scene)
{
    static const char *const scenes[2] = {"Landscape", "Portrait"};
    char path[PATH_ROOM];
    struct bench first, other;

    bench_open(&first);
    for (int i = 1; i <= 8; i++) {
        bench_open(&other);
        struct bench *bench = i == 1 ? &first : &other;
        snprintf(path, sizeof(path), "%s/corpora/exif-orientation/%s_%d.jpg",
                 shared, scenes[_i], i);
        ck_assert_int_eq(ct_acquire_file(&bench->picture, path, &bench->options,
                                         &bench->tools),
                         CUTIS_OK);
        ck_assert_int_eq(bench->picture.exif.orientation, i);
        ck_assert_int_eq(bench->picture.width, _i ? 1200 : 1800);
        ck_assert_int_eq(bench->picture.height, _i ? 1800 : 1200);
        ck_assert_double_lt(
            mean_difference(&first.picture, &bench->picture, FROM_LEFT), 5.0);
        ck_assert_double_gt(
            mean_difference(&first.picture, &bench->picture, MIRRORED), 20.0);
        bench_close(&other);
    }
    bench_close(&first);
}
END_TEST

int main(void)
{
    enum { MESON_SKIPS = 77 };

    if (!have_shared())
        return MESON_SKIPS;
    Suite *suite = suite_create("corpora");
    TCase *all = tcase_create("files");
    SRunner *runner = srunner_create(suite);

    tcase_add_loop_test(all, every_file_gets_a_status_in_time_and_memory, 0, 2);
    tcase_add_loop_test(all, valid_pngs_are_exact, 0,
                        sizeof(valid) / sizeof(valid[0]));
    tcase_add_test(all, broken_pngs_are_refused);
    tcase_add_loop_test(all, photographs_are_exact, 0,
                        sizeof(photographs) / sizeof(photographs[0]));
    tcase_add_loop_test(all, all_orientations_show_the_same_scene, 0, 2);
    suite_add_tcase(suite, all);
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
