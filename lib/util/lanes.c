/* SPDX-License-Identifier: BSD-2-Clause */

#include "util/lanes.h"

#include <stdatomic.h>
#include <string.h>

#include "config.h"

enum { MOST_SAID = 4 }; /* sentences of an item to the log */

/* What an item leaves behind. */
struct left {
    cutis_status status;
    bool begun;
    char sentence[CT_SENTENCE];
    int said_count;
    char said[MOST_SAID][CT_SENTENCE];
};

struct lanes {
    struct tools *tools; /* the caller's */
    ct_lane_fn *work;
    void *context;
    int count, threads; /* of each lane */
    atomic_int next;
    atomic_bool failed, stopped; /* stopped: cancelled by the caller */
    struct left *left;           /* [count] */
};

static void keep_said(void *user, const char *sentence)
{
    struct left *const left = user;
    if (left->said_count < MOST_SAID)
        strncpy(left->said[left->said_count++], sentence, CT_SENTENCE - 1);
}

static int ask_stopped(void *user, double done)
{
    struct lanes *const lanes = user;
    (void)done;
    return atomic_load(&lanes->stopped);
}

/* Tools like the caller's for an item: its memory and kernels, but words and
 * progress of its own. */
static void lend(struct tools *own, struct lanes *lanes, struct left *left)
{
    struct tools *const tools = lanes->tools;

    *own = (struct tools){
        .memory = {.home = ct_books(&tools->memory)},
        .kernels = tools->kernels,
        .threads = lanes->threads,
        .log = tools->log ? keep_said : NULL,
        .log_user = left,
        .progress = ask_stopped,
        .progress_user = lanes,
    };
    ct_tools_begin(own);
}

/* On the caller's thread the caller hears of it. */
static void tell_caller(struct tools *own, const struct lanes *lanes, int item)
{
    const struct tools *const tools = lanes->tools;
    const double step =
        (tools->progress_to - tools->progress_from) / lanes->count;

    own->progress = tools->progress;
    own->progress_user = tools->progress_user;
    own->progress_from = tools->progress_from + item * step;
    own->progress_to = tools->progress_from + (item + 1) * step;
    own->progress_told = tools->progress_told;
    own->caller = tools->caller;
}

/* Item after item, until there is none, or one fails. */
static void run_lane(struct lanes *lanes, bool on_caller)
{
    while (!atomic_load(&lanes->failed)) {
        const int item = atomic_fetch_add(&lanes->next, 1);
        if (item >= lanes->count)
            return;

        struct left *const left = &lanes->left[item];
        struct tools own;
        lend(&own, lanes, left);
        if (on_caller)
            tell_caller(&own, lanes, item);
        left->begun = true;
        left->status = lanes->work(lanes->context, item, &own);
        memcpy(left->sentence, own.sentence, CT_SENTENCE);
        if (left->status != CUTIS_OK)
            atomic_store(&lanes->failed, true);
        if (!on_caller)
            continue;
        lanes->tools->progress_told = own.progress_told;
        lanes->tools->cancelled = own.cancelled;
        if (own.cancelled)
            atomic_store(&lanes->stopped, true);
    }
}

/* ---- The second lane ----------------------------------------------------- */

#if HAVE_OPENMP

#include <errno.h>
#include <pthread.h>
#include <time.h>

enum { STACK = 4 << 20, ASK_NS = 20000000 };

struct second {
    struct lanes *lanes;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t done;
    bool over;
};

static void *run_second(void *context)
{
    struct second *const second = context;

    run_lane(second->lanes, false);
    pthread_mutex_lock(&second->mutex);
    second->over = true;
    pthread_cond_signal(&second->done);
    pthread_mutex_unlock(&second->mutex);
    return NULL;
}

/* A thread of its own and not OpenMP's, so that it may have a team. */
static bool begin_second(struct second *second)
{
    pthread_attr_t with;
    bool begun = false;

    if (pthread_attr_init(&with))
        return false;
    pthread_attr_setstacksize(&with, STACK);
    if (!pthread_mutex_init(&second->mutex, NULL)) {
        if (!pthread_cond_init(&second->done, NULL)) {
            begun = !pthread_create(&second->thread, &with, run_second, second);
            if (!begun)
                pthread_cond_destroy(&second->done);
        }
        if (!begun)
            pthread_mutex_destroy(&second->mutex);
    }
    pthread_attr_destroy(&with);
    return begun;
}

/* Waits for it; meanwhile the caller may still stop the work. */
static void end_second(struct second *second)
{
    struct lanes *const lanes = second->lanes;

    pthread_mutex_lock(&second->mutex);
    while (!second->over) {
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += ASK_NS;
        if (until.tv_nsec >= 1000000000) {
            until.tv_nsec -= 1000000000;
            until.tv_sec++;
        }
        if (pthread_cond_timedwait(&second->done, &second->mutex, &until) !=
            ETIMEDOUT)
            continue;
        pthread_mutex_unlock(&second->mutex);
        if (ct_pulse(lanes->tools) != CUTIS_OK)
            atomic_store(&lanes->stopped, true);
        pthread_mutex_lock(&second->mutex);
    }
    pthread_mutex_unlock(&second->mutex);
    pthread_join(second->thread, NULL);
    pthread_cond_destroy(&second->done);
    pthread_mutex_destroy(&second->mutex);
}

static void run_both(struct lanes *lanes)
{
    struct second second = {.lanes = lanes};
    const bool begun = begin_second(&second);

    if (!begun)
        lanes->threads = lanes->tools->threads;
    run_lane(lanes, true);
    if (begun)
        end_second(&second);
}

#else

static void run_both(struct lanes *lanes)
{
    run_lane(lanes, true);
}

#endif

/* ---- All of it ----------------------------------------------------------- */

/* The first failure's words, and what went to the log. */
static cutis_status settle(struct lanes *lanes, int *failed)
{
    struct tools *const tools = lanes->tools;
    cutis_status status = CUTIS_OK;

    for (int i = 0; i < lanes->count; i++) {
        const struct left *const left = &lanes->left[i];
        for (int k = 0; k < left->said_count; k++)
            ct_tell(tools, "%s", left->said[k]);
        if (status == CUTIS_OK && left->begun && left->status != CUTIS_OK) {
            status = left->status;
            if (failed)
                *failed = i;
            if (left->sentence[0])
                ct_fail(tools, status, "%s", left->sentence);
        }
    }
    return tools->cancelled ? CUTIS_ERROR_CANCELLED : status;
}

static cutis_status one_by_one(struct tools *tools, int count, ct_lane_fn *work,
                               void *context, int *failed)
{
    const double from = tools->progress_from, to = tools->progress_to;
    cutis_status status = CUTIS_OK;

    for (int i = 0; i < count && status == CUTIS_OK; i++) {
        tools->progress_from = from + (to - from) * i / count;
        tools->progress_to = from + (to - from) * (i + 1) / count;
        status = work(context, i, tools);
        if (status != CUTIS_OK && failed)
            *failed = i;
    }
    tools->progress_from = from;
    tools->progress_to = to;
    return status;
}

cutis_status ct_side_by_side(struct tools *tools, int count, ct_lane_fn *work,
                             void *context, int *failed)
{
    if (tools->threads < 2 || count < 2)
        return one_by_one(tools, count, work, context, failed);

    struct lanes lanes = {
        .tools = tools,
        .work = work,
        .context = context,
        .count = count,
        .threads = tools->threads / 2,
        .left = ct_alloc(&tools->memory, (size_t)count, sizeof(*lanes.left)),
    };
    if (!lanes.left)
        return ct_no_memory(tools);
    run_both(&lanes);
    const cutis_status status = settle(&lanes, failed);
    ct_free(lanes.left);
    return status;
}
