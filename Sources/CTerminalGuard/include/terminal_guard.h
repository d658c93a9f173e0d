#ifndef BATCHSTUDIO_TERMINAL_GUARD_H
#define BATCHSTUDIO_TERMINAL_GUARD_H

// Gives the terminal back as it was when the process crashes, and turns signals into bytes on a pipe.
// In C, because a handler may call async-signal-safe functions only, and Swift's globals are initialised lazily.

/// Remembers the terminal's settings; to be called before ncurses changes them. Returns 0, or -1.
int terminal_guard_save(int terminal);

/// Installs handlers for crash signals that write `sequence`, put the saved settings back, and let the crash go on.
/// Standard error is a log file meanwhile: what `log` holds from now on is written to `standard_error` then.
/// Returns 0, or -1 when the sequence is too long.
int terminal_guard_arm(const char *sequence, int log, int standard_error);

/// Takes the crash handlers away again.
void terminal_guard_disarm(void);

/// The reading end of the pipe, -1 if there can be none: a signal is its number in one byte, a wake-up is 0.
int terminal_guard_pipe(void);

/// Sends a signal through the pipe instead of letting it act.
void terminal_guard_watch(int signal);

/// Lets a watched signal act again as it did before.
void terminal_guard_unwatch(int signal);

/// Tells that the signals read so far are being answered. An unanswered third request to stop ends the process at once.
void terminal_guard_answered(void);

/// Wakes whoever polls the pipe; safe from any thread.
void terminal_guard_wake(void);

#endif
