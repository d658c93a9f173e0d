/* Preloaded into the program: fails fsync, or moves clocks, as long as a file says so. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <sys/time.h>
#include <unistd.h>

static int claimed(const char *variable) {
    const char *path = getenv(variable);
    return path != NULL && unlink(path) == 0;
}

int fsync(int descriptor) {
    static int (*real)(int);
    if (real == NULL) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    if (claimed("BREAK_FSYNC")) { errno = EIO; return -1; }
    return real(descriptor);
}

int fdatasync(int descriptor) {
    static int (*real)(int);
    if (real == NULL) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    if (claimed("BREAK_FSYNC")) { errno = EIO; return -1; }
    return real(descriptor);
}

/* The seconds that the file of a variable holds, 0 where there is none. */
static long seconds_of(const char *variable) {
    const char *path = getenv(variable);
    long seconds = 0;
    if (path == NULL) return 0;
    FILE *file = fopen(path, "r");
    if (file != NULL) {
        if (fscanf(file, "%ld", &seconds) != 1) seconds = 0;
        fclose(file);
    }
    return seconds;
}

/* A clock that is set moves the time of day alone; a machine that was asleep moves the time since its start as well. */
static long shift(clockid_t clock) {
    if (clock == CLOCK_BOOTTIME) return seconds_of("SLEEP_CLOCK");
    if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) return seconds_of("SHIFT_CLOCK") + seconds_of("SLEEP_CLOCK");
    return 0;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    static int (*real)(clockid_t, struct timespec *);
    if (real == NULL) real = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int result = real(clock, time);
    if (result == 0) time->tv_sec += shift(clock);
    return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    static int (*real)(struct timeval *, void *);
    if (real == NULL) real = (int (*)(struct timeval *, void *))dlsym(RTLD_NEXT, "gettimeofday");
    int result = real(time, zone);
    if (result == 0) time->tv_sec += shift(CLOCK_REALTIME);
    return result;
}
