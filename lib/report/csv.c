/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A row a metric and region, as RFC 4180 has it but with \n at line ends: the
 * first line names the columns, a number that does not exist is empty.
 */

#include <math.h>
#include <string.h>

#include "report/report.h"

/* A cell and what ends it. */
static void put(struct text *out, const char *value, const char *end)
{
    const char *const plain = value ? value : "";
    if (!strpbrk(plain, ",\"\r\n")) {
        ct_text_put(out, plain);
    } else {
        ct_text_put(out, "\"");
        for (const char *at = plain; *at; at++) {
            if (*at == '"')
                ct_text_put(out, "\"");
            ct_text_add(out, at, 1);
        }
        ct_text_put(out, "\"");
    }
    ct_text_put(out, end);
}

static void number(struct text *out, double value, const char *end)
{
    if (isfinite(value))
        ct_text_number(out, value);
    ct_text_put(out, end);
}

static void put_change(struct text *out, const struct report *report,
                       const cutis_change *row)
{
    put(out, report->before->picture->sha256, ",");
    put(out, report->after->picture->sha256, ",");
    put(out, row->metric->name, ",");
    put(out, row->region->name, ",");
    put(out, row->reading, ",");
    put(out, row->unit, ",");
    number(out, row->before, ",");
    number(out, row->after, ",");
    number(out, row->change, ",");
    number(out, row->relative_change, ",");
    put(out, ct_scale_name(row->scale), ",");
    number(out, row->se, ",");
    number(out, row->df, ",");
    number(out, row->ci95[0], ",");
    number(out, row->ci95[1], ",");
    number(out, row->mdc95, ",");
    number(out, row->p, ",");
    number(out, row->p_adjusted, ",");
    number(out, row->coverage, ",");
    number(out, row->area_cm2, ",");
    put(out, cutis_verdict_name(row->verdict), ",");
    put(out, row->reason, "\n");
}

static void put_comparison(struct text *out, const struct report *report)
{
    ct_text_put(out, "before_sha256,after_sha256,metric,region,reading,unit,"
                     "before,after,change,relative_change,scale,se,df,"
                     "ci95_low,ci95_high,mdc95,p,p_adjusted,coverage,area_cm2,"
                     "verdict,reason\n");
    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++)
            if (report->outcome->change[m][r].metric)
                put_change(out, report, &report->outcome->change[m][r]);
}

static void put_measurement(struct text *out, const struct report *report,
                            const cutis_measurement *row)
{
    put(out, report->before->picture->sha256, ",");
    put(out, row->metric->name, ",");
    put(out, row->region->name, ",");
    put(out, row->reading, ",");
    put(out, row->unit, ",");
    number(out, row->value, ",");
    number(out, row->coverage, ",");
    number(out, row->area_cm2, ",");
    put(out, cutis_verdict_name(row->verdict), ",");
    put(out, row->reason, "\n");
}

static void put_reading(struct text *out, const struct report *report)
{
    ct_text_put(out, "sha256,metric,region,reading,unit,value,coverage,"
                     "area_cm2,verdict,reason\n");
    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++) {
            const cutis_measurement row =
                ct_measurement_of(report->before->readings, m, r);
            put_measurement(out, report, &row);
        }
}

cutis_status ct_report_csv(struct text *out, const struct report *report,
                           struct tools *tools)
{
    if (report->outcome)
        put_comparison(out, report);
    else
        put_reading(out, report);
    return out->failed ? ct_no_memory(tools) : CUTIS_OK;
}
