#ifndef BATCHSTUDIO_CNCURSESW_SHIM_H
#define BATCHSTUDIO_CNCURSESW_SHIM_H

// The wide functions are hidden without this: SwiftPM drops the -D flags of ncursesw.pc.
#define NCURSES_WIDECHAR 1
// Functions, which Swift can call, wherever a macro of the same name exists.
#define NCURSES_NOMACROS 1

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <wchar.h>
#include <curses.h>
#include <term.h>

// <term.h> names terminal capabilities by macros as short as `lines` and `bell`; none of them may leak.
#undef lines
#undef columns

// <wchar.h> declares it for _XOPEN_SOURCE only.
extern int wcwidth(wchar_t);

// C globals are shared mutable state to Swift 6; functions that read them are not.
static inline WINDOW *ncurses_screen(void) { return stdscr; }
static inline WINDOW *ncurses_shown_screen(void) { return curscr; }
static inline int ncurses_rows(void) { return LINES; }
static inline int ncurses_columns(void) { return COLS; }
static inline int ncurses_colors(void) { return COLORS; }
static inline FILE *ncurses_stdin(void) { return stdin; }
static inline FILE *ncurses_stdout(void) { return stdout; }

// Macros that Swift cannot import.
static const attr_t NCURSES_BOLD = A_BOLD;
static const attr_t NCURSES_DIM = A_DIM;
static const attr_t NCURSES_REVERSE = A_REVERSE;
static const attr_t NCURSES_UNDERLINE = A_UNDERLINE;
static const attr_t NCURSES_ITALIC = A_ITALIC;

// The colour pair of setcchar is a short; ncurses 6.1 and later take a wider one through the last argument.
static inline int ncurses_setcchar(cchar_t *cell, const wchar_t *text, attr_t attributes, int pair) {
    return setcchar(cell, text, attributes, (short)(pair > 32767 ? 32767 : pair), &pair);
}

// A terminfo string; NULL when the terminal lacks it (tigetstr tells "not a string" by -1).
static inline const char *ncurses_capability(const char *name) {
    char *text = tigetstr((char *)name);
    return text == (char *)-1 ? NULL : text;
}

#endif
