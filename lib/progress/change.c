/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A change and its interval (method, 11.1 and 11.2).
 *
 *     linear   y = m                 delta in the unit
 *     ratio    y = ln(m + e)         e = half an item in the area, or 0;
 *                                    of lengths, half the shortest line
 *     MDC95 = t(.975, df) SE         CI95 = delta -+ MDC95
 */

#include <math.h>
#include <string.h>

#include "progress/progress.h"

static bool of_items(int metric)
{
    switch (metric) {
    case CT_LESION_DENSITY:
    case CT_PIGMENT_SPOTS:
    case CT_PORE_DENSITY:
    case CT_PORE_BURDEN:
    case CT_WRINKLE_INDEX:
    case CT_WRINKLE_DENSITY:
    case CT_FLAKES:
        return true;
    default:
        return false;
    }
}

double ct_half_item(int metric, double area_cm2)
{
    const double item = metric == CT_WRINKLE_DENSITY ? 4.0 : 1.0; /* mm */
    return of_items(metric) && area_cm2 > 0.0 ? 0.5 * item / area_cm2 : 0.0;
}

double ct_y(int metric, double area_cm2, double value)
{
    if (ct_metric(metric)->scale == CUTIS_LINEAR)
        return value;
    const double positive = value + ct_half_item(metric, area_cm2);
    return positive > 0.0 ? ct_log(positive) : NAN;
}

double ct_from_y(int metric, double area_cm2, double y)
{
    if (ct_metric(metric)->scale == CUTIS_LINEAR)
        return y;
    return fmax(ct_exp(y) - ct_half_item(metric, area_cm2), 0.0);
}

struct reach ct_reach(double df)
{
    return (struct reach){
        .df = df,
        .t90 = ct_t_quantile(0.90, df),
        .t95 = ct_t_quantile(0.95, df),
    };
}

struct step ct_step(double delta, double se, const struct reach *reach)
{
    if (isnan(delta) || !(se > 0.0))
        return (struct step){NAN, NAN, NAN, NAN, NAN, NAN, NAN};

    const double p = ct_t_two_sided(fabs(delta) / se, reach->df);
    return (struct step){
        .delta = delta,
        .se = se,
        .df = reach->df,
        .p = p,
        .adjusted = p,
        .mdc95 = se * reach->t95,
        .ci90 = se * reach->t90,
    };
}

/* A difference of logarithms as a ratio - 1. */
static double as_ratio(double delta)
{
    return ct_exp(delta) - 1.0;
}

/* No share of the skin changes by more than all of it, however unsure. */
static double within_share(const cutis_change *row, double change)
{
    const bool share =
        row->scale == CUTIS_LINEAR && row->unit && !strcmp(row->unit, "%");
    if (share && change > 100.0)
        return 100.0;
    return share && change < -100.0 ? -100.0 : change; /* or NaN */
}

void ct_publish(cutis_change *row, const struct step *step)
{
    const double low = within_share(row, step->delta - step->mdc95);
    const double high = within_share(row, step->delta + step->mdc95);
    const bool ratio = row->scale == CUTIS_LOG;

    row->change = row->after - row->before;
    row->relative_change = ratio ? as_ratio(step->delta) : NAN;
    row->se = step->se;
    row->df = step->df;
    row->ci95[0] = ratio ? as_ratio(low) : low;
    row->ci95[1] = ratio ? as_ratio(high) : high;
    row->mdc95 = ratio ? as_ratio(step->mdc95) : step->mdc95;
    row->p = step->p;
    row->p_adjusted = step->adjusted;
}
