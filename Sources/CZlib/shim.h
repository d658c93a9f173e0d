#ifndef BATCHSTUDIO_CZLIB_SHIM_H
#define BATCHSTUDIO_CZLIB_SHIM_H

#include <zlib.h>

#endif
