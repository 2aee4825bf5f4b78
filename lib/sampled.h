/* SPDX-License-Identifier: BSD-2-Clause */

/* What one stretch of skin says of skin like it: stages.h includes this. */

#ifndef CT_SAMPLED_H
#define CT_SAMPLED_H

/* How much a change would differ on other skin of the same kind (method 11.3),
 * on the scale of y. */
struct sampling {
    double se;        /* NaN = not known */
    double n;         /* independent cells that those of the row are worth */
    double length_mm; /* over which they resemble each other by 1 / e; 0 */
    double block_se;  /* by the moving-block bootstrap; NaN: too little skin */
};

#endif
