/* SPDX-License-Identifier: BSD-2-Clause */

/* German: what checks and reasons say, by the pattern of the English
 * sentence.  The first that fits is taken. */

#include "report/words.h"

#include <stddef.h>

const struct ct_name ct_german_said[] = {
    {"Before: {0}", "Vorher: {0}"},
    {"After: {0}", "Nachher: {0}"},
    {NULL, NULL},
};
