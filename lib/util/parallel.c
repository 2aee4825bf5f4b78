/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Before a first team of a size is made, as many threads are started and ended
 * by hand: where the system refuses one, OpenMP's runtime would end the
 * process, and we take fewer instead.  From then on a thread's teams are all of
 * one size, however few items a loop has: the runtime lets those go that a team
 * does not need, and for the next another process may have taken their place.
 */

#include "util/parallel.h"

#include <stdatomic.h>

#include "config.h"

#if HAVE_OPENMP

#include <pthread.h>
#ifdef __GLIBC__
#include <dlfcn.h>
#endif

enum { MOST = 256 };

/* OpenMP's threads end by pthread_exit, for which glibc loads this at its first
 * use, and ends the process where it cannot.  So the first use is ours. */
static bool can_end_threads(void)
{
#ifdef __GLIBC__
    return dlopen("libgcc_s.so.1", RTLD_NOW) != NULL;
#else
    return true;
#endif
}

static void *wait_for_gate(void *context)
{
    pthread_mutex_t *gate = context;
    pthread_mutex_lock(gate);
    pthread_mutex_unlock(gate);
    pthread_exit(NULL);
}

/* How many of `wanted` threads can live at once, the caller counted. */
static int probe(int wanted)
{
    pthread_mutex_t gate;
    pthread_t threads[MOST];
    int made = 0;

    if (!can_end_threads() || pthread_mutex_init(&gate, NULL))
        return 1;
    pthread_mutex_lock(&gate);
    while (made < wanted - 1 && made < MOST &&
           !pthread_create(&threads[made], NULL, wait_for_gate, &gate))
        made++;
    pthread_mutex_unlock(&gate);
    for (int i = 0; i < made; i++)
        pthread_join(threads[i], NULL);
    pthread_mutex_destroy(&gate);
    return made + 1;
}

/* The same, and the runtime makes its threads of that team; one caller at a
 * time, so that two do not count on the same ones. */
static int make_team(int wanted)
{
    static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

    pthread_mutex_lock(&one_at_a_time);
    const int team = probe(wanted);
    if (team > 1) {
        /* One that does nothing would be left out by the compiler. */
        atomic_int there;
        atomic_init(&there, 0);
#pragma omp parallel num_threads(team)
        atomic_fetch_add(&there, 1);
    }
    pthread_mutex_unlock(&one_at_a_time);
    return team;
}

/* The calling thread's team where so many are wanted; it is asked for anew only
 * when more are wanted than the last time. */
static int team_of(int threads)
{
    static _Thread_local int wanted = 1, team = 1;

    if (threads > wanted)
        team = make_team(threads);
    wanted = threads;
    team = team < threads ? team : threads;
    return team;
}

void ct_parallel(int threads, int count, void (*work)(void *context, int item),
                 void *context)
{
    const int team = count > 1 ? team_of(threads) : 1;
    if (team <= 1) {
        for (int i = 0; i < count; i++)
            work(context, i);
        return;
    }
#pragma omp parallel for num_threads(team) schedule(dynamic, 1)
    for (int i = 0; i < count; i++)
        work(context, i);
}

#else

void ct_parallel(int threads, int count, void (*work)(void *context, int item),
                 void *context)
{
    (void)threads;
    for (int i = 0; i < count; i++)
        work(context, i);
}

#endif

enum { QUESTIONS = 64 }; /* in one loop */

struct stoppable {
    struct tools *tools;
    void (*work)(void *context, int item);
    void *context;
    int step; /* items from one question to the next */
    atomic_bool stopped;
};

static void work_until_stopped(void *context, int item)
{
    struct stoppable *const all = context;
    if (atomic_load(&all->stopped))
        return;
    all->work(all->context, item);
    if (item % all->step == 0 && ct_pulse(all->tools) != CUTIS_OK)
        atomic_store(&all->stopped, true);
}

cutis_status ct_each(struct tools *tools, int count,
                     void (*work)(void *context, int item), void *context)
{
    struct stoppable all = {.tools = tools,
                            .work = work,
                            .context = context,
                            .step = 1 + count / QUESTIONS};
    atomic_init(&all.stopped, false);
    ct_parallel(tools->threads, count, work_until_stopped, &all);
    return atomic_load(&all.stopped) ? CUTIS_ERROR_CANCELLED : CUTIS_OK;
}
