/* SPDX-License-Identifier: BSD-2-Clause */

/* What can be measured, for people. */

#ifndef CUTIS_TOOLS_LISTING_H
#define CUTIS_TOOLS_LISTING_H

/* Metrics with units and limits, then regions; gives the exit code. */
int list_metrics(void);

#endif
