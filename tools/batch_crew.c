/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Processes that work on shards.  Each gets the number of a shard through a
 * pipe and answers through another; one that dies, whatever killed it, leaves
 * its shard to be given out again.  The parent makes no session and starts no
 * thread.
 */

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "batch.h"
#include "heap.h"

/* How often a shard may take its process with it; how long until one that is in
 * other hands is asked for again; how often that long nobody can be hired. */
enum { MOST_DEATHS = 3, BUSY_MS = 500, MOST_REFUSALS = 20 };

enum state { NOT_OURS, TO_DO, BUSY, IN_WORK, DONE, LEFT };

/* What a worker says; shorter than a pipe passes in one piece. */
struct news {
    enum { PAIR, SHARD } kind;
    enum shard_made made;
    uint64_t rows, failed; /* of the shard, or of the pair: 1 and 0 or 1 */
    char why[256];
};

struct worker {
    pid_t pid; /* 0 = none */
    int jobs, news;
    bool works;
    size_t shard;
    uint64_t done, failed; /* of that shard so far */
};

struct crew {
    const struct plan *plan;
    const struct options *options;
    uint8_t *state, *deaths;
    size_t next; /* no shard before it is TO_DO */
    struct worker worker[MOST_WORKERS];
    int workers;
    struct tally tally;
    uint64_t done, failed; /* in shards that are published */
    uint64_t asked;        /* in ours */
    bool disk_failed;
    int refused; /* why no process was made, or told what to do; 0 = it was */
    int refusals;
};

/* ---- A worker ------------------------------------------------------------ */

static bool tell(int pipe, const struct news *news)
{
    ssize_t put;
    do
        put = write(pipe, news, sizeof(*news));
    while (put < 0 && errno == EINTR);
    return put == (ssize_t)sizeof(*news);
}

static void tell_pair(void *user, bool failed)
{
    const struct news news = {.kind = PAIR, .rows = 1, .failed = failed};
    tell(*(const int *)user, &news);
}

static int on_progress(void *user, double done)
{
    (void)user;
    (void)done;
    return stop_signal() != 0;
}

static bool take_job(int jobs, size_t *shard)
{
    ssize_t got;
    do
        got = read(jobs, shard, sizeof(*shard));
    while (got < 0 && errno == EINTR && !stop_signal());
    return got == (ssize_t)sizeof(*shard);
}

static int work(const struct plan *plan, const struct options *options,
                int jobs, int news)
{
    cutis_options wanted = plan->options.session;
    struct heap heap = {0};
    cutis_session *session = NULL;
    size_t shard;

    wanted.allocator = heap_allocator(&heap);
    wanted.threads = 1;
    wanted.isa = options->session.isa;
    wanted.progress = on_progress;
    const cutis_status status = cutis_session_create(&wanted, &session);
    const struct shard_job job = {.plan = plan,
                                  .session = session,
                                  .locks = shard_locks(plan),
                                  .told = tell_pair,
                                  .user = &news};
    bool heard = true; /* else both would wait for each other */
    while (heard && take_job(jobs, &shard)) {
        struct news answer = {.kind = SHARD, .made = SHARD_LATER};
        struct shard_end end = {0};
        if (status == CUTIS_OK)
            answer.made = shard_make(&job, shard, &end, answer.why);
        else
            snprintf(answer.why, sizeof(answer.why), "%s",
                     cutis_status_text(status));
        answer.rows = end.rows;
        answer.failed = end.failed;
        heard = tell(news, &answer);
    }
    cutis_session_destroy(&session);
    return 0;
}

/* ---- Hiring -------------------------------------------------------------- */

static void close_pipes(struct worker *worker)
{
    if (worker->jobs >= 0)
        close(worker->jobs);
    close(worker->news);
    worker->jobs = worker->news = -1;
}

static bool hire(struct crew *crew, struct worker *worker)
{
    int jobs[2], news[2];
    if (pipe(jobs)) {
        crew->refused = errno;
        return false;
    }
    if (pipe(news)) {
        crew->refused = errno;
        close(jobs[0]);
        close(jobs[1]);
        return false;
    }
    *worker = (struct worker){.jobs = jobs[1], .news = news[0]};
    worker->pid = fork();
    crew->refused = worker->pid < 0 ? errno : 0;
    if (worker->pid == 0) {
        /* The ends of others would keep their pipes open. */
        for (int i = 0; i < crew->workers; i++)
            if (crew->worker[i].pid > 0)
                close_pipes(&crew->worker[i]);
        close_pipes(worker);
        _exit(work(crew->plan, crew->options, jobs[0], news[1]));
    }
    close(jobs[0]);
    close(news[1]);
    if (worker->pid > 0)
        return true;
    close_pipes(worker);
    worker->pid = 0;
    return false;
}

/* Its shard is given out again, unless that killed others too. */
static void bury(struct crew *crew, struct worker *worker)
{
    int status = 0;
    close_pipes(worker);
    while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR) {
    }
    worker->pid = 0;
    if (!worker->works)
        return;
    worker->works = false;
    const size_t shard = worker->shard;
    const bool again = ++crew->deaths[shard] < MOST_DEATHS && !stop_signal();
    crew->state[shard] = again ? TO_DO : LEFT;
    if (again && shard < crew->next)
        crew->next = shard;
    if (stop_signal())
        return;
    tally_clear(&crew->tally);
    fprintf(stderr, "cutis: shard %zu: its process ended by signal %d; %s\n",
            shard + 1, WIFSIGNALED(status) ? WTERMSIG(status) : 0,
            again ? "once more" : "left out");
}

/* ---- Giving out ---------------------------------------------------------- */

/* A shard to be done; `busy`: also one that was in other hands. */
static bool find_shard(struct crew *crew, bool busy, size_t *shard)
{
    while (crew->next < crew->plan->shards && crew->state[crew->next] != TO_DO)
        crew->next++;
    *shard = crew->next;
    if (crew->next < crew->plan->shards)
        return true;
    for (size_t i = 0; busy && i < crew->plan->shards; i++)
        if (crew->state[i] == BUSY) {
            *shard = i;
            return true;
        }
    return false;
}

static bool order(struct crew *crew, struct worker *worker, size_t shard)
{
    const bool taken =
        write(worker->jobs, &shard, sizeof(shard)) == (ssize_t)sizeof(shard);
    crew->refused = taken ? 0 : errno;
    return taken;
}

/* How many workers have work after this. */
static int give_out(struct crew *crew, bool busy)
{
    int working = 0;
    for (int i = 0; i < crew->workers; i++) {
        struct worker *const worker = &crew->worker[i];
        size_t shard;
        if (!worker->works && !stop_signal() && !crew->disk_failed &&
            find_shard(crew, busy, &shard) &&
            (worker->pid > 0 || hire(crew, worker)) &&
            order(crew, worker, shard)) {
            crew->state[shard] = IN_WORK;
            worker->works = true;
            worker->shard = shard;
            worker->done = worker->failed = 0;
        }
        working += worker->works;
    }
    return working;
}

/* ---- Listening ----------------------------------------------------------- */

static void count(struct crew *crew)
{
    crew->tally.done = crew->done;
    crew->tally.failed = crew->failed;
    for (int i = 0; i < crew->workers; i++)
        if (crew->worker[i].works) {
            crew->tally.done += crew->worker[i].done;
            crew->tally.failed += crew->worker[i].failed;
        }
}

static void take_shard(struct crew *crew, struct worker *worker,
                       const struct news *news)
{
    static const uint8_t states[] = {[SHARD_DONE] = DONE,
                                     [SHARD_BUSY] = BUSY,
                                     [SHARD_LATER] = LEFT,
                                     [SHARD_STOPPED] = LEFT,
                                     [SHARD_NOT_WRITTEN] = LEFT};
    worker->works = false;
    crew->state[worker->shard] = states[news->made];
    crew->disk_failed |= news->made == SHARD_NOT_WRITTEN;
    if (news->made == SHARD_DONE) {
        crew->done += news->rows;
        crew->failed += news->failed;
    }
    if (news->made == SHARD_LATER) {
        tally_clear(&crew->tally);
        fprintf(stderr, "cutis: shard %zu is left for later: %s\n",
                worker->shard + 1, news->why);
    }
}

static void hear(struct crew *crew, struct worker *worker)
{
    struct news news;
    const ssize_t got = read(worker->news, &news, sizeof(news));
    if (got < 0 && errno == EINTR)
        return;
    if (got != (ssize_t)sizeof(news)) {
        bury(crew, worker);
    } else if (news.kind == PAIR) {
        worker->done++;
        worker->failed += news.failed;
    } else {
        take_shard(crew, worker, &news);
    }
}

static void listen_for(struct crew *crew, int timeout_ms)
{
    struct pollfd ends[MOST_WORKERS];
    for (int i = 0; i < crew->workers; i++)
        ends[i] = (struct pollfd){
            .fd = crew->worker[i].pid > 0 ? crew->worker[i].news : -1,
            .events = POLLIN};
    const int ready = poll(ends, (nfds_t)crew->workers, timeout_ms);
    if (!ready || (ready < 0 && errno == EINTR))
        return;
    /* Where it cannot be asked who speaks, who works is waited for. */
    for (int i = 0; i < crew->workers; i++)
        if (ready < 0 ? crew->worker[i].works : ends[i].revents)
            hear(crew, &crew->worker[i]);
}

/* ---- The whole ----------------------------------------------------------- */

/* A signal to us alone is meant for all. */
static void dismiss(struct crew *crew)
{
    for (int i = 0; i < crew->workers; i++) {
        struct worker *const worker = &crew->worker[i];
        if (worker->pid <= 0)
            continue;
        if (stop_signal())
            kill(worker->pid, SIGTERM);
        close(worker->jobs);
        worker->jobs = -1;
    }
    for (int i = 0; i < crew->workers; i++)
        if (crew->worker[i].pid > 0) {
            crew->worker[i].works = false;
            bury(crew, &crew->worker[i]);
        }
}

static void look_around(struct crew *crew, uint64_t part, uint64_t of)
{
    for (size_t i = 0; i < crew->plan->shards; i++) {
        struct shard_end end;
        if (i % of != part)
            continue;
        crew->asked += crew->plan->shard[i].rows;
        crew->state[i] = TO_DO;
        if (!shard_is_done(crew->plan, i, &end))
            continue;
        crew->state[i] = DONE;
        crew->done += end.rows;
        crew->failed += end.failed;
    }
    crew->tally.pairs = crew->asked;
    crew->tally.done_before = crew->done;
}

/* Nobody works, and for long no process could be made. */
static bool is_deserted(struct crew *crew, bool working)
{
    crew->refusals = working || !crew->refused ? 0 : crew->refusals + 1;
    if (crew->refusals < MOST_REFUSALS)
        return false;
    tally_clear(&crew->tally);
    fprintf(stderr, "cutis: no process can be put to work: %s\n",
            strerror(crew->refused));
    return true;
}

static void work_through(struct crew *crew)
{
    struct timespec now;
    double busy_at = 0.0;
    size_t shard;
    for (;;) {
        clock_gettime(CLOCK_MONOTONIC, &now);
        const double ms = 1e3 * (double)now.tv_sec + 1e-6 * (double)now.tv_nsec;
        const bool busy = ms >= busy_at;
        if (busy)
            busy_at = ms + BUSY_MS;
        const bool working = give_out(crew, busy) > 0;
        const bool open = !stop_signal() && !crew->disk_failed &&
                          find_shard(crew, true, &shard);
        if (!working && !open)
            break;
        if (stop_signal() || is_deserted(crew, working))
            break;
        listen_for(crew, BUSY_MS);
        count(crew);
        tally_draw(&crew->tally);
    }
    dismiss(crew);
}

static int result_of(const struct crew *crew)
{
    if (stop_signal())
        return EXIT_SIGNAL + stop_signal();
    if (crew->done < crew->asked) {
        fprintf(stderr,
                "cutis: %llu of %llu pairs are done; run it again for "
                "the others\n",
                (unsigned long long)crew->done,
                (unsigned long long)crew->asked);
        return crew->disk_failed ? EXIT_OUTPUT : EXIT_INCOMPLETE;
    }
    if (!crew->options->quiet)
        fprintf(stderr, "cutis: %llu pairs, %llu failed\n",
                (unsigned long long)crew->done,
                (unsigned long long)crew->failed);
    return crew->failed ? EXIT_SOME_FAILED : 0;
}

int crew_run(const struct plan *plan, const struct options *options,
             uint64_t part, uint64_t of)
{
    struct crew *const crew = calloc(1, sizeof(*crew));
    int code = EXIT_TRY_AGAIN;
    if (crew) {
        crew->plan = plan;
        crew->options = options;
        crew->state = calloc(plan->shards, 1);
        crew->deaths = calloc(plan->shards, 1);
    }
    if (crew && crew->state && crew->deaths) {
        const uint32_t wanted = options->session.threads;
        crew->workers = (int)(wanted < plan->shards ? wanted : plan->shards);
        signal(SIGPIPE, SIG_IGN);
        signal(SIGXFSZ, SIG_IGN); /* a limit is an error as a full disk is */
        tally_start(&crew->tally, options);
        look_around(crew, part, of);
        work_through(crew);
        tally_clear(&crew->tally);
        shards_tidy(plan);
        code = result_of(crew);
    }
    if (crew) {
        free(crew->state);
        free(crew->deaths);
    }
    free(crew);
    return code;
}
