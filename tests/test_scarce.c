/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Every allocation of mask, capture and match fails once: the status says so,
 * and nothing is kept.
 */

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "match/match.h"
#include "scene.h"

static int allowed; /* allocations until one fails; < 0: none does */

static void *scarce(void *user, size_t size)
{
    (void)user;
    if (allowed == 0)
        return NULL;
    if (allowed > 0)
        allowed--;
    return malloc(size);
}

static void release(void *user, void *block)
{
    (void)user;
    free(block);
}

static cutis_status all_of_it(struct scene *s)
{
    struct tools *const tools = &scene_tools;
    const cutis_photo_options options = CUTIS_PHOTO_OPTIONS_DEFAULT;
    struct capture capture;
    struct pair pair = {0};
    cutis_status status = CUTIS_OK;

    TRY(ct_face_mask(&s->face, &s->skin, &s->picture, &options, tools));
    TRY(ct_match_capture(&capture, &s->picture, &s->face, &s->skin, tools));
    TRY(ct_match(&pair, &s->face, &s->face, NULL, tools));
done:
    ct_pair_free(&pair);
    ct_face_free(&s->face);
    return status;
}

START_TEST(every_allocation_may_fail)
{
    if (scene_without_model())
        return;
    allowed = -1;
    scene_tools.memory.from = (cutis_allocator){scarce, release, NULL};
    struct scene *const s = scene_create(1, scene_light_skin);
    const size_t before = scene_tools.memory.used;
    int failures = 0;
    for (;; failures++) {
        allowed = failures;
        scene_tools.sentence[0] = 0;
        const cutis_status status = all_of_it(s);
        ck_assert_uint_eq(scene_tools.memory.used, before);
        if (status == CUTIS_OK)
            break;
        ck_assert_int_eq(status, CUTIS_ERROR_MEMORY);
        ck_assert_uint_gt(strlen(scene_tools.sentence), 0);
        ck_assert_int_lt(failures, 1000);
    }
    ck_assert_int_gt(failures, 50);
    allowed = -1;
    scene_destroy(s);
    ck_assert_uint_eq(scene_tools.memory.used, 0);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("scarce");
    TCase *cases = tcase_create("scarce");
    tcase_add_checked_fixture(cases, scene_set_up, NULL);
    tcase_add_test(cases, every_allocation_may_fail);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
