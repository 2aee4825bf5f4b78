/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A site's own repeat errors (method, 11.2).  Of skin that did not change the
 * differences of a comparison's pairs have mean 0 and covariance s^2 V
 * (progress/repeats.c), so each row gives s^2 = d' V^-1 d / n with n degrees of
 * freedom.  Rows of one person, metric and class of area are averaged and count
 * as one: what moves the forehead of a capture moves its cheeks too.  People
 * are pooled by their degrees of freedom.
 */

#include <math.h>
#include <string.h>

#include "account.h"
#include "session.h"
#include "site.h"

/* variance is the sum of df times each person's until it is written. */
struct cutis_calibration {
    struct memory *memory;
    struct site site;
};

/* One person's rows of one error. */
struct share {
    double variance, terms; /* summed over rows */
    int rows, df;
};

cutis_status cutis_calibration_create(cutis_session *session,
                                      cutis_calibration **out)
{
    if (!session || !out)
        return CUTIS_ERROR_ARGUMENT;
    ct_session_begin(session);
    struct memory *const memory = &session->tools.memory;
    cutis_calibration *const made = ct_alloc(memory, 1, sizeof(*made));
    if (!made)
        return ct_session_end(&session->tools, CUTIS_ERROR_MEMORY);
    made->memory = memory;
    made->site.px_per_mm[0] = INFINITY;
    *out = made;
    return CUTIS_OK;
}

void cutis_calibration_destroy(cutis_calibration **calibration)
{
    if (!calibration || !*calibration)
        return;
    ct_free(*calibration);
    *calibration = NULL;
}

/* ---- Adding -------------------------------------------------------------- */

/* The place of an error among all, at the end where it is new; -1: no room. */
static int place_of(struct site *site, const struct scatter *of)
{
    const char *const form = of->form;
    const struct site_error *const found =
        ct_site_find(site, of->metric, form, of->extent);
    if (found)
        return (int)(found - site->of);
    if (site->count == CT_SITE_ERRORS || strlen(form) >= CT_FORM_NAME)
        return -1;
    struct site_error *const error = &site->of[site->count];
    *error = (struct site_error){.metric = of->metric, .extent = of->extent};
    memcpy(error->form, form, strlen(form) + 1);
    return site->count++;
}

static void add_row(struct share *shares, struct site *site,
                    const cutis_comparison *same, int m, int r, int part)
{
    struct scatter scatter;
    if (!ct_scatter_of(&scatter, same->accounts, same->pairs, m, r, part))
        return;
    const int i = place_of(site, &scatter);
    if (i < 0)
        return;
    shares[i].variance += scatter.variance;
    shares[i].terms += scatter.terms;
    shares[i].df =
        shares[i].rows && shares[i].df < scatter.df ? shares[i].df : scatter.df;
    shares[i].rows++;
}

static void add_all(struct cutis_calibration *into,
                    const cutis_comparison *same, struct share *shares)
{
    struct site *const site = &into->site;

    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++)
            add_row(shares, site, same, m, r, -1);
    for (int i = 0; i < CT_COMPONENTS; i++)
        add_row(shares, site, same, -1, CT_FACE_REGION, i);
    for (int i = 0; i < site->count; i++)
        if (shares[i].rows) {
            const double weight = (double)shares[i].df / shares[i].rows;
            site->of[i].variance += weight * shares[i].variance;
            site->of[i].terms += weight * shares[i].terms;
            site->of[i].df += shares[i].df;
        }
}

/* Takes in the scales of the captures that took part. */
static void add_scales(struct site *site, const cutis_comparison *same)
{
    for (int side = 0; side < 2; side++)
        for (int i = 0; i < same->visit[side].count; i++) {
            const struct visit_photo *const photo = &same->visit[side].of[i];
            if (!photo->used)
                continue;
            site->px_per_mm[0] = fmin(site->px_per_mm[0], photo->face->scale);
            site->px_per_mm[1] = fmax(site->px_per_mm[1], photo->face->scale);
        }
}

cutis_status cutis_calibration_add(cutis_session *session,
                                   cutis_calibration *calibration,
                                   const cutis_comparison *same)
{
    struct share shares[CT_SITE_ERRORS] = {{0}};
    if (!session || !calibration || !same)
        return CUTIS_ERROR_ARGUMENT;
    ct_session_begin(session);
    if (same->outcome.comparable == CUTIS_COMPARABLE_NO)
        return ct_fail(&session->tools, CUTIS_ERROR_UNSUITABLE,
                       "these captures cannot be compared: %.160s",
                       ct_obstacle(&same->outcome.checks)->message);
    if (same->dependent)
        return ct_fail(&session->tools, CUTIS_ERROR_UNSUITABLE,
                       "the same picture is on both sides: captures of one "
                       "person are taken one by one");

    add_all(calibration, same, shares);
    add_scales(&calibration->site, same);
    calibration->site.people += 1.0;
    calibration->site.pairs += same->pairs;
    return CUTIS_OK;
}

size_t cutis_calibration_people(const cutis_calibration *calibration)
{
    return calibration ? (size_t)calibration->site.people : 0;
}

size_t cutis_calibration_pairs(const cutis_calibration *calibration)
{
    return calibration ? (size_t)calibration->site.pairs : 0;
}

/* ---- Writing ------------------------------------------------------------- */

/* What repeated exactly says nothing: it has nothing that could differ. */
static void finish(struct site *out, const struct site *sums)
{
    *out = *sums;
    out->count = 0;
    for (int i = 0; i < sums->count; i++)
        if (sums->of[i].variance > 0.0) {
            struct site_error *const error = &out->of[out->count++];
            *error = sums->of[i];
            error->variance /= error->df;
            error->terms /= error->df;
        }
}

cutis_status cutis_calibration_write(cutis_session *session,
                                     const cutis_calibration *calibration,
                                     cutis_write_fn write, void *user)
{
    if (!session || !calibration || !write)
        return CUTIS_ERROR_ARGUMENT;
    ct_session_begin(session);
    struct tools *const tools = &session->tools;
    struct text text = {.memory = &tools->memory};
    struct site site;

    if (!(calibration->site.people > 0.0))
        return ct_fail(tools, CUTIS_ERROR_UNSUITABLE,
                       "nobody's captures were added");
    finish(&site, &calibration->site);
    const cutis_status status = ct_report_site(&text, &site, tools);
    return ct_deliver(&text, status, write, user, tools);
}
