/* Preloaded into the program: a file system without hard links and, where NO_EXCLUSIVE_RENAME is set, without such a rename. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>

int linkat(int from, const char *old, int to, const char *new, int flags) {
    (void)from, (void)old, (void)to, (void)new, (void)flags;
    errno = EPERM;
    return -1;
}

int renameat2(int from, const char *old, int to, const char *new, unsigned int flags) {
    static int (*real)(int, const char *, int, const char *, unsigned int);
    if (real == NULL) real = (int (*)(int, const char *, int, const char *, unsigned int))dlsym(RTLD_NEXT, "renameat2");
    if (getenv("NO_EXCLUSIVE_RENAME") != NULL) {
        errno = EINVAL;
        return -1;
    }
    return real(from, old, to, new, flags);
}
