#define _GNU_SOURCE
#include "terminal_guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const int crash_signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT};
enum { crash_signal_count = sizeof crash_signals / sizeof *crash_signals };

static struct termios saved_settings;
static int saved_terminal = -1;

static volatile sig_atomic_t is_armed;
static char restore_sequence[256];
static size_t restore_length;
static int log_file = -1;
static off_t log_start;
static int real_standard_error = -1;

static struct sigaction previous[NSIG];
// A stack overflow leaves no stack for the handler; this one serves the thread that armed the guard.
static char alternate_stack[1 << 16];

static int ends[2] = {-1, -1};
static volatile sig_atomic_t unanswered;

static void write_all(int file, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(file, bytes, count);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        bytes += written;
        count -= (size_t)written;
    }
}

// Swift writes the text of a fatalError to standard error just before it traps: unread, it would be lost in the log.
static void replay_log(void) {
    if (log_file < 0 || real_standard_error < 0) return;
    dup2(real_standard_error, STDERR_FILENO);
    char bytes[1024];
    ssize_t count;
    while ((count = pread(log_file, bytes, sizeof bytes, log_start)) > 0) {
        write_all(STDERR_FILENO, bytes, (size_t)count);
        log_start += count;
    }
}

static void restore_terminal(void) {
    if (!is_armed) return;
    is_armed = 0;
    write_all(saved_terminal, restore_sequence, restore_length);
    tcsetattr(saved_terminal, TCSANOW, &saved_settings);
    replay_log();
}

// Whoever handled the signal before, Swift's backtracer or the default, gets it after this: a fault happens again on return,
// in its true context; a signal that was sent has to be sent again.
static void on_crash(int signal, siginfo_t *info, void *context) {
    (void)context;
    restore_terminal();
    sigaction(signal, &previous[signal], NULL);
    if (info->si_code <= 0) raise(signal);
}

int terminal_guard_save(int terminal) {
    saved_terminal = terminal;
    return tcgetattr(terminal, &saved_settings);
}

int terminal_guard_arm(const char *sequence, int log, int standard_error) {
    restore_length = strlen(sequence);
    if (restore_length > sizeof restore_sequence) return -1;
    memcpy(restore_sequence, sequence, restore_length);
    log_file = log;
    log_start = log < 0 ? 0 : lseek(log, 0, SEEK_END);
    real_standard_error = standard_error;

    stack_t stack = {.ss_sp = alternate_stack, .ss_size = sizeof alternate_stack};
    sigaltstack(&stack, NULL);
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = on_crash;
    action.sa_flags = SA_ONSTACK | SA_SIGINFO | SA_NODEFER;
    for (int i = 0; i < crash_signal_count; i++) sigaction(crash_signals[i], &action, &previous[crash_signals[i]]);
    is_armed = 1;
    return 0;
}

void terminal_guard_disarm(void) {
    if (!is_armed) return;
    is_armed = 0;
    for (int i = 0; i < crash_signal_count; i++) sigaction(crash_signals[i], &previous[crash_signals[i]], NULL);
}

static void on_signal(int signal) {
    int error = errno;
    if (signal == SIGTERM || signal == SIGINT || signal == SIGHUP) unanswered++;
    // The loop that should answer hangs: better to end without it than not at all.
    if (unanswered >= 3) {
        restore_terminal();
        _exit(128 + signal);
    }
    char byte = (char)signal;
    if (ends[1] >= 0) (void)!write(ends[1], &byte, 1);
    errno = error;
}

int terminal_guard_pipe(void) {
    if (ends[0] < 0 && pipe2(ends, O_NONBLOCK | O_CLOEXEC) != 0) return -1;
    return ends[0];
}

void terminal_guard_watch(int signal) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    action.sa_flags = SA_RESTART;
    sigaction(signal, &action, &previous[signal]);
}

void terminal_guard_unwatch(int signal) {
    sigaction(signal, &previous[signal], NULL);
}

void terminal_guard_answered(void) {
    unanswered = 0;
}

void terminal_guard_wake(void) {
    char byte = 0;
    if (ends[1] >= 0) (void)!write(ends[1], &byte, 1);
}
