/* SPDX-License-Identifier: BSD-2-Clause */

#ifndef CT_SIGNAL_WIDE_H
#define CT_SIGNAL_WIDE_H

#include "signal/signal.h"

/* From this sigma on (px) ct_gauss goes by way of a decimated plane. */
#define CT_WIDE_PX 6.0

cutis_status ct_gauss_wide(struct plane *dst, const struct plane *src,
                           double sigma, struct tools *tools);

/* G*(w (f - mean)) / G*w + mean of what the mask is the weight of; NaN where
 * G*w is under `least`.  Neither product is ever laid out whole. */
cutis_status ct_gauss_wide_masked(struct plane *dst, const struct plane *src,
                                  const struct bytes *mask, double sigma,
                                  float mean, float least, struct tools *tools);

#endif
