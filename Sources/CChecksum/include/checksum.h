#ifndef BATCHSTUDIO_CHECKSUM_H
#define BATCHSTUDIO_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/// Continues a CRC-32 (that of zlib, gzip and PNG) over more bytes; begin with 0.
uint32_t checksum_crc32(uint32_t crc, const void *bytes, size_t count);

#endif
