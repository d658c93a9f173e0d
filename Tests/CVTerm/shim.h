#ifndef BATCHSTUDIO_CVTERM_SHIM_H
#define BATCHSTUDIO_CVTERM_SHIM_H
// <spawn.h> and <pty.h> come through here because Swift's Glibc module leaves openpty and POSIX_SPAWN_SETSID out.
#include <pty.h>
#include <spawn.h>
#include <vterm.h>

#ifndef POSIX_SPAWN_SETSID
#define POSIX_SPAWN_SETSID 0x80
#endif
static const short HARNESS_SPAWN_FLAGS = POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
#endif
