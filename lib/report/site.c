/* SPDX-License-Identifier: BSD-2-Clause */

/* The document cutis.site-profile/1: docs/json.md. */

#include <math.h>

#include "report/report.h"
#include "site.h"

/* Six digits: more would be noise, and these read back exactly. */
static double rounded(double value)
{
    double scale = 1.0;

    while (value * scale < 1e5 && scale < 1e15)
        scale *= 10.0;
    return floor(value * scale + 0.5) / scale;
}

/* What a visit's captures do not share, and what they do. */
static void put_parts(struct json *json, const struct site_error *error)
{
    const double within = error->variance - error->between;

    ct_json_put_number(json, "s_within", rounded(sqrt(within)));
    ct_json_put_number(json, "df_within", rounded(error->within_df));
    ct_json_put_number(json, "s_between", rounded(sqrt(error->between)));
    ct_json_put_number(json, "df_between", rounded(error->between_df));
}

static void put_error(struct json *json, const struct site_error *error)
{
    const cutis_metric *const metric = ct_metric(error->metric);

    ct_json_open(json, '{');
    ct_json_put_string(json, "metric", metric->name);
    ct_json_put_string(json, "reading", error->form);
    ct_json_put_string(json, "scale", ct_scale_name(metric->scale));
    ct_json_put_string(json, "area", ct_extent_name(error->extent));
    ct_json_put_number(json, "s0", rounded(sqrt(error->variance)));
    ct_json_put_number(json, "terms", rounded(error->terms));
    if (error->counts > 0.0)
        ct_json_put_number(json, "counts", rounded(error->counts));
    ct_json_put_number(json, "df", rounded(error->df));
    if (error->within_df > 0.0)
        put_parts(json, error);
    ct_json_close(json);
}

cutis_status ct_report_site(struct text *out, const struct site *site,
                            struct tools *tools)
{
    struct json json = {.out = out};
    const double range[2] = {rounded(site->px_per_mm[0]),
                             rounded(site->px_per_mm[1])};

    ct_json_open(&json, '{');
    ct_json_put_string(&json, "schema", "cutis.site-profile/1");
    ct_json_tool(&json);
    ct_json_put_number(&json, "people", site->people);
    ct_json_put_number(&json, "pairs", site->pairs);
    ct_json_put_pair(&json, "px_per_mm", range);
    ct_json_key(&json, "landmarks");
    ct_json_open(&json, '[');
    for (unsigned s = 0; ct_scheme_name(s); s++)
        if (site->schemes & 1u << s)
            ct_json_string(&json, ct_scheme_name(s));
    ct_json_close(&json);
    ct_json_key(&json, "errors");
    ct_json_open(&json, '[');
    for (int i = 0; i < site->count; i++)
        put_error(&json, &site->of[i]);
    ct_json_close(&json);
    ct_json_close(&json);
    return out->failed ? ct_no_memory(tools) : CUTIS_OK;
}
