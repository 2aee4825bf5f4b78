/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The libraries beneath, as the machine has them: a shared one may be older
 * than the one that this was built with.  One with known holes is not fed.
 * libjpeg-turbo does not tell its version at run time; the build looks at its
 * header.
 */

#include <png.h>
#include <zlib.h>

#include "acquire/acquire.h"
#include "config.h"

cutis_status ct_check_library(const char *name, uint32_t have, uint32_t least,
                              const char *version, struct tools *tools)
{
    if (have >= least)
        return CUTIS_OK;
    return ct_fail(tools, CUTIS_ERROR_UNSUPPORTED,
                   "%s on this machine is older than %s and has known holes; "
                   "bring it up to date",
                   name, version);
}

uint32_t ct_version_number(const char *version)
{
    uint32_t part[3] = {0};

    for (int i = 0; i < 3; i++) {
        while (*version >= '0' && *version <= '9')
            part[i] = 10 * part[i] + (uint32_t)(*version++ - '0');
        if (*version++ != '.')
            break;
    }
    return 10000 * part[0] + 100 * part[1] + part[2];
}

cutis_status ct_check_png_libraries(struct tools *tools)
{
    cutis_status status;

    TRY(ct_check_library("libpng", png_access_version_number(),
                         LEAST_LIBPNG_NUMBER, LEAST_LIBPNG, tools));
    TRY(ct_check_library("zlib", ct_version_number(zlibVersion()),
                         LEAST_ZLIB_NUMBER, LEAST_ZLIB, tools));

done:
    return status;
}
