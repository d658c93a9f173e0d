#include "start_guard.h"

#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

static const char no_proc[] =
    "ERROR: batchstudio can't start: /proc is not mounted. Mount it: mount -t proc proc /proc\n";

// Swift's runtime looks for itself in /proc before `main`, and aborts where it finds nothing; priorities below 101 are the
// C library's.
__attribute__((constructor(101))) static void require_proc(void) {
    if (access("/proc/self/exe", F_OK) == 0) return;
    // The exit code says the same where the text can't be written.
    if (write(STDERR_FILENO, no_proc, sizeof no_proc - 1) < 0) _exit(1);
    _exit(1);
}

// Each of malloc's arenas reserves 64 MB of address space: where that is limited, a few threads would take all of it.
__attribute__((constructor(101))) static void spare_address_space(void) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) mallopt(M_ARENA_MAX, 1);
}
