/* SPDX-License-Identifier: BSD-2-Clause */

#include "capture.h"

#include <stdlib.h>

void capture_free(struct capture *capture)
{
    free(capture->path);
    free(capture->card);
    free(capture->chart);
    free(capture->landmarks);
    *capture = (struct capture){0};
}
