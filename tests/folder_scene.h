/* SPDX-License-Identifier: BSD-2-Clause */

/* A folder of its own for each test, files in it, and what is said on stderr.
 */

#ifndef CT_TESTS_FOLDER_SCENE_H
#define CT_TESTS_FOLDER_SCENE_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <check.h>

static char folder[64], words[8192];

static inline void folder_open(void)
{
    strcpy(folder, "/tmp/cutis-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(chdir(folder), 0);
}

/* Nothing is left in it but what a test has taken away itself. */
static inline void folder_close(void)
{
    ck_assert_int_eq(chdir("/"), 0);
    ck_assert_msg(rmdir(folder) == 0, "%s: %s", folder, strerror(errno));
}

static inline void make(const char *name, const char *bytes)
{
    FILE *const file = fopen(name, "wb");

    ck_assert_ptr_nonnull(file);
    fputs(bytes, file);
    ck_assert_int_eq(fclose(file), 0);
}

/* The file holds these bytes, and is taken away. */
static inline void holds(const char *name, const char *bytes)
{
    char got[64] = "";
    FILE *const file = fopen(name, "rb");

    ck_assert_msg(file != NULL, "%s: %s", name, strerror(errno));
    got[fread(got, 1, sizeof(got) - 1, file)] = 0;
    fclose(file);
    ck_assert_str_eq(got, bytes);
    unlink(name);
}

static int heard[2], stderr_before;

/* A pipe, which no limit of files is for. */
static inline void listen(void)
{
    fflush(stderr);
    stderr_before = dup(STDERR_FILENO);
    if (pipe(heard) || dup2(heard[1], STDERR_FILENO) < 0)
        abort();
    close(heard[1]);
}

/* Gives back `code`; what was said is in `words`. */
static inline int said(int code)
{
    fflush(stderr);
    dup2(stderr_before, STDERR_FILENO);
    close(stderr_before);
    const ssize_t size = read(heard[0], words, sizeof(words) - 1);
    words[size > 0 ? size : 0] = 0;
    close(heard[0]);
    return code;
}

#define HEARD(call) (listen(), said(call))

#endif
