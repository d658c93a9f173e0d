#include "start_guard.h"

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
