/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Runs a command whose system calls fail.
 *
 *     faulty LOG AT WHAT COMMAND ARGUMENT...
 *
 * LOG gets a line for each system call that a fault may meet, of the command
 * and of its children, from the first opening of /dev/null on (the first thing
 * that cutis does: what is before is the loader's): number, process, name, the
 * result.  Call number AT, counted from 1, meets the fault WHAT; 0 = none:
 *
 *     EIO, ENOSPC, EINTR, ...   it fails and does nothing
 *     short                     it takes one byte of those that it was given
 *     kill                      its process is killed before it
 *     ENOSPC+                   it fails, and so do all after it of its name
 *
 * Ends as the command ends; 125: this program itself failed, 124: no such call.
 * For Linux on x86-64.
 */

#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FAILED = 125, NO_SUCH_CALL = 124, MOST = 256, NAME = 4096 };

/* What an output, or the reading of an input, is made with. */
static const struct call {
    long number;
    const char *name;
    int path; /* which argument names a file, from 1; 0 = none */
    int size; /* which argument says how many bytes; 0 = none */
} calls[] = {
    {SYS_open, "open", 1, 0},
    {SYS_openat, "openat", 2, 0},
    {SYS_read, "read", 0, 3},
    {SYS_pread64, "pread64", 0, 3},
    {SYS_write, "write", 0, 3},
    {SYS_pwrite64, "pwrite64", 0, 3},
    {SYS_writev, "writev", 0, 0},
    {SYS_fsync, "fsync", 0, 0},
    {SYS_fdatasync, "fdatasync", 0, 0},
    {SYS_close, "close", 0, 0},
    {SYS_rename, "rename", 2, 0},
    {SYS_renameat, "renameat", 4, 0},
    {SYS_renameat2, "renameat2", 4, 0},
    {SYS_link, "link", 2, 0},
    {SYS_linkat, "linkat", 4, 0},
    {SYS_unlink, "unlink", 1, 0},
    {SYS_unlinkat, "unlinkat", 2, 0},
    {SYS_mkdir, "mkdir", 1, 0},
    {SYS_mkdirat, "mkdirat", 2, 0},
    {SYS_rmdir, "rmdir", 1, 0},
    {SYS_ftruncate, "ftruncate", 0, 0},
    {SYS_lseek, "lseek", 0, 0},
    {SYS_fstat, "fstat", 0, 0},
    {SYS_stat, "stat", 1, 0},
    {SYS_lstat, "lstat", 1, 0},
    {SYS_newfstatat, "newfstatat", 2, 0},
    {SYS_access, "access", 1, 0},
    {SYS_faccessat, "faccessat", 2, 0},
    {SYS_faccessat2, "faccessat2", 2, 0},
    {SYS_getdents64, "getdents64", 0, 0},
    {SYS_fcntl, "fcntl", 0, 0},
    {SYS_pipe, "pipe", 0, 0},
    {SYS_pipe2, "pipe2", 0, 0},
    {SYS_poll, "poll", 0, 0},
    {SYS_clone, "clone", 0, 0},
    {SYS_fork, "fork", 0, 0},
    {SYS_vfork, "vfork", 0, 0},
    {SYS_wait4, "wait4", 0, 0},
};

static const struct {
    const char *name;
    int error;
} errors[] = {{"EIO", EIO},       {"ENOSPC", ENOSPC}, {"EINTR", EINTR},
              {"EAGAIN", EAGAIN}, {"EMFILE", EMFILE}, {"EDQUOT", EDQUOT}};

/* A process or thread of the command. */
struct task {
    pid_t pid;
    bool inside;             /* of a call */
    const struct call *call; /* one of ours; NULL = another */
    long number;             /* of it, in the log */
    int fail_with;           /* when it comes out; 0 = nothing */
};

static struct task tasks[MOST];
static int task_count;
static FILE *out;
static long at, met; /* the call that meets the fault; calls so far */
static int error;    /* 0: short or kill */
static bool shortens, kills, for_good, begun, was_met;
static const struct call *failing; /* the name of those after it */

static struct task *task_of(pid_t pid)
{
    for (int i = 0; i < task_count; i++)
        if (tasks[i].pid == pid)
            return &tasks[i];
    if (task_count == MOST)
        exit(FAILED);
    tasks[task_count] = (struct task){.pid = pid};
    return &tasks[task_count++];
}

static void take_fault(const char *what)
{
    const size_t size = strcspn(what, "+");
    shortens = !strcmp(what, "short");
    kills = !strcmp(what, "kill");
    for_good = what[size] == '+';
    for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++)
        if (!strncmp(errors[i].name, what, size) && !errors[i].name[size])
            error = errors[i].error;
    if (!error && !shortens && !kills && strcmp(what, "none") != 0)
        exit(FAILED);
}

static unsigned long long argument(const struct user_regs_struct *regs, int i)
{
    const unsigned long long all[] = {regs->rdi, regs->rsi, regs->rdx,
                                      regs->r10, regs->r8};
    return all[i - 1];
}

/* A string of the process, as far as it can be read. */
static void read_path(char name[NAME], pid_t pid, unsigned long long from)
{
    size_t got = 0;
    while (got + sizeof(long) < NAME) {
        errno = 0;
        const long word =
            ptrace(PTRACE_PEEKDATA, pid, (void *)(from + got), NULL);
        if (errno)
            break;
        memcpy(name + got, &word, sizeof(word));
        got += sizeof(word);
        if (memchr(&word, 0, sizeof(word)))
            return;
    }
    name[got] = 0;
}

static void enter(struct task *task)
{
    struct user_regs_struct regs;
    char path[NAME] = "";
    if (ptrace(PTRACE_GETREGS, task->pid, NULL, &regs))
        return;
    task->call = NULL;
    task->fail_with = 0;
    for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
        if (calls[i].number == (long)regs.orig_rax)
            task->call = &calls[i];
    if (!task->call)
        return;
    if (task->call->path)
        read_path(path, task->pid, argument(&regs, task->call->path));
    begun = begun || !strcmp(path, "/dev/null");
    if (!begun)
        task->call = NULL;
    if (!begun)
        return;
    task->number = ++met;
    const bool now = met == at || (for_good && task->call == failing);
    fprintf(out, "%ld %d %s %s\n", met, (int)task->pid, task->call->name,
            *path ? path : "-");
    if (!now)
        return;
    was_met = true;
    failing = task->call;
    if (kills) {
        fflush(out);
        kill(task->pid, SIGKILL);
    } else if (shortens) {
        if (task->call->size == 3 && regs.rdx > 1) {
            regs.rdx = 1;
            ptrace(PTRACE_SETREGS, task->pid, NULL, &regs);
        }
    } else {
        task->fail_with = error;
        if (task->call->number == SYS_close)
            return; /* which has closed whatever it says */
        regs.orig_rax = (unsigned long long)-1;
        ptrace(PTRACE_SETREGS, task->pid, NULL, &regs);
    }
}

static void leave(struct task *task)
{
    struct user_regs_struct regs;
    if (!task->fail_with || ptrace(PTRACE_GETREGS, task->pid, NULL, &regs))
        return;
    regs.rax = (unsigned long long)-task->fail_with;
    ptrace(PTRACE_SETREGS, task->pid, NULL, &regs);
}

/* One stop of a task; gives the signal that it is to get. */
static int stop_of(pid_t pid, int status)
{
    struct task *const task = task_of(pid);
    const int signal = WSTOPSIG(status);
    if (signal == (SIGTRAP | 0x80)) {
        task->inside = !task->inside;
        if (task->inside)
            enter(task);
        else
            leave(task);
        return 0;
    }
    /* The stops that only say that a task was born or has a new program. */
    if (signal == SIGTRAP || (signal == SIGSTOP && !task->number))
        return 0;
    return signal;
}

static int follow(pid_t first)
{
    int status, result = FAILED;
    pid_t pid;
    const long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL |
                         PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
                         PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC;
    if (waitpid(first, &status, 0) != first ||
        ptrace(PTRACE_SETOPTIONS, first, NULL, options) ||
        ptrace(PTRACE_SYSCALL, first, NULL, NULL))
        return FAILED;
    while ((pid = waitpid(-1, &status, __WALL)) > 0) {
        if (WIFSTOPPED(status)) {
            const long signal = stop_of(pid, status);
            ptrace(PTRACE_SYSCALL, pid, NULL, (void *)signal);
        } else if (pid == first) {
            result = WIFSIGNALED(status) ? 128 + WTERMSIG(status)
                                         : WEXITSTATUS(status);
        }
    }
    return at && !was_met ? NO_SUCH_CALL : result;
}

int main(int argc, char **argv)
{
    if (argc < 5)
        return FAILED;
    out = fopen(argv[1], "we");
    at = atol(argv[2]);
    take_fault(argv[3]);
    const pid_t pid = fork();
    if (!out || pid < 0)
        return FAILED;
    if (!pid) {
        if (ptrace(PTRACE_TRACEME, 0, NULL, NULL))
            _exit(FAILED);
        raise(SIGSTOP);
        execv(argv[4], argv + 4);
        _exit(FAILED);
    }
    const int result = follow(pid);
    return fclose(out) ? FAILED : result;
}
