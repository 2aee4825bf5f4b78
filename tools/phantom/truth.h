/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Pieces of the truth's JSON, each ending as its neighbours expect: what names
 * a member ends with a comma.
 */

#ifndef CT_PHANTOM_TRUTH_H
#define CT_PHANTOM_TRUTH_H

#include "phantom/phantom.h"
#include "phantom/view.h"

void ct_put_number(struct text *out, const char *name, double value);

/* Numbers in brackets, with few decimals: these lists are long. */
void ct_put_numbers(struct text *out, const double *v, int count, int decimals);
void ct_put_named(struct text *out, const char *name, const double *v,
                  int count, int decimals);

void ct_put_chart(struct text *out, const struct optics *optics,
                  const struct camera *camera);

/* Every feature of the skin, by kind; the last one has no comma. */
void ct_put_lists(struct text *out, const struct subject *subject,
                  const struct vista *view);

/* Points of the skin about 2 mm apart that both photographs show. */
cutis_status ct_put_warp(struct text *out, const struct truth *truth,
                         const struct vista view[2], struct tools *tools);

#endif
