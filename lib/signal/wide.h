/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef CT_SIGNAL_WIDE_H
#define CT_SIGNAL_WIDE_H

#include "signal/signal.h"

/* From this sigma on (px) ct_gauss goes by way of a decimated plane. */
#define CT_WIDE_PX 6.0

cutis_status ct_gauss_wide(struct plane *dst, const struct plane *src,
                           double sigma, struct tools *tools);

#endif
