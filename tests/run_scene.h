/* SPDX-License-Identifier: BSD-2-Clause */

/* A run folder of two pairs, whose photographs are not there, and its plan. */

#ifndef CT_TESTS_RUN_SCENE_H
#define CT_TESTS_RUN_SCENE_H

#include <sys/stat.h>

#include "../tools/batch.h"
#include "folder_scene.h"

static struct plan plan;
static cutis_session *session;

static const char manifest[] = "pair_id,before,after,preset,site_profile\n"
                               "p1,a.png,b.png,,\n"
                               "p2,c.png,d.png,,\n";

static inline void set_up(void)
{
    folder_open();
    ck_assert_int_eq(cutis_session_create(NULL, &session), CUTIS_OK);
    ck_assert_int_eq(mkdir("run", 0777), 0);
    ck_assert_int_eq(mkdir("run/shards", 0777), 0);
    ck_assert_int_eq(mkdir("run/parts", 0777), 0);
    make("run/manifest.csv", manifest);
}

static inline void tear_down(void)
{
    plan_free(&plan);
    cutis_session_destroy(&session);
    remove_run("run");
    folder_close();
}

/* ---- Plans --------------------------------------------------------------- */

/* Writes a plan of `head`, ours, and `lines`, with an end that is right. */
static inline void write_plan(const char *head, const char *lines)
{
    char text[4096], hex[DIGEST];

    ck_assert_int_eq(file_digest("run/manifest.csv", hex), 0);
    int size = snprintf(text, sizeof(text),
                        "%sversion %s\nprofile %s\nsource s\nfolder /none\n"
                        "%smanifest %s\npairs 2\n",
                        head, cutis_version(), cutis_profile(), lines, hex);
    cutis_sha256(hex, text, (size_t)size);
    snprintf(text + size, sizeof(text) - (size_t)size, "end %s\n", hex);
    make("run/plan", text);
}

#define PLAN "cutis.plan/1\n"

static inline int load(void)
{
    plan_free(&plan);
    return HEARD(plan_load(&plan, "run"));
}

#endif
