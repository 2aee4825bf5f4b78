/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * A site's own repeat errors (method, 11.2).  Of skin that did not change the
 * differences of a comparison's pairs have mean 0 and covariance s^2 V
 * (progress/repeats.c), so each row gives s^2 = d' V^-1 d / n with n degrees of
 * freedom.  Rows of one person, metric and class of area are averaged and count
 * as one: what moves the forehead of a capture moves its cheeks too.  People
 * are pooled by their degrees of freedom.
 *
 * Where people came for several visits, s^2 parts into s_w^2 within visits and
 * s_b^2 between them (progress/scatter.c): of M, the mean square of visits'
 * means, and W, that within visits,
 *
 *     s_w^2 = W      s_b^2 = max(M - share W, 0)      s^2 = s_w^2 + s_b^2
 *
 * each with Satterthwaite's degrees of freedom.
 */

#include <math.h>
#include <string.h>

#include "account.h"
#include "session.h"
#include "site.h"

/* A mean square of several people, each with its degrees of freedom. */
struct pool {
    double sum, df, people;
    double weights, firsts, seconds; /* squared df times 1, q and q^2 */
};

/* What people said of one error. */
struct sum {
    struct pool all, within;
    double terms, counts, share; /* times the degrees of freedom of `all` */
};

struct cutis_calibration {
    struct memory *memory;
    struct site site; /* its errors have names alone */
    struct sum sum[CT_SITE_ERRORS];
};

/* One person's rows of one error, summed; the least df of a row. */
struct share {
    struct scatter sum;
    int rows;
};

/* One person: captures of one skin, or visits, each with several. */
struct person {
    const cutis_comparison *const *same;
    struct meeting meeting[CT_CAPTURES];
    int count;
    bool visits;
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

static bool scatter_of(struct scatter *out, const struct person *person, int m,
                       int r, int part)
{
    const struct meeting *const first = person->meeting;

    if (person->visits)
        return ct_scatter_between(out, first, person->count, m, r, part);
    return ct_scatter_of(out, first->accounts, first->pairs, m, r, part);
}

static double least(int rows, double before, double now)
{
    return rows && before < now ? before : now;
}

static void add_row(struct share *shares, struct site *site,
                    const struct person *person, int m, int r, int part)
{
    struct scatter scatter;
    if (!scatter_of(&scatter, person, m, r, part))
        return;
    const int i = place_of(site, &scatter);
    if (i < 0)
        return;
    struct share *const own = &shares[i];
    own->sum.variance += scatter.variance;
    own->sum.terms += scatter.terms;
    own->sum.counts += scatter.counts;
    own->sum.share += scatter.share;
    own->sum.within += scatter.within;
    own->sum.df = least(own->rows, own->sum.df, scatter.df);
    own->sum.within_df =
        least(own->rows, own->sum.within_df, scatter.within_df);
    own->rows++;
}

static void add_square(struct pool *pool, double square, double df)
{
    if (!(df > 0.0))
        return;
    pool->sum += df * square;
    pool->df += df;
    pool->people += 1.0;
    pool->weights += df * df;
    pool->firsts += df * df * square;
    pool->seconds += df * df * (square * square);
}

static void add_share(struct sum *sum, const struct share *own)
{
    const double rows = own->rows, weight = own->sum.df / rows;

    add_square(&sum->all, own->sum.variance / rows, own->sum.df);
    add_square(&sum->within, own->sum.within / rows, own->sum.within_df);
    sum->terms += weight * own->sum.terms;
    sum->counts += weight * own->sum.counts;
    sum->share += weight * own->sum.share;
}

static void add_all(struct cutis_calibration *into, const struct person *person,
                    struct share *shares)
{
    struct site *const site = &into->site;

    for (int m = 0; m < CT_METRICS; m++)
        for (int r = 0; r < CT_REGIONS; r++)
            add_row(shares, site, person, m, r, -1);
    for (int i = 0; i < CT_COMPONENTS; i++)
        add_row(shares, site, person, -1, CT_FACE_REGION, i);
    for (int i = 0; i < site->count; i++)
        if (shares[i].rows)
            add_share(&into->sum[i], &shares[i]);
}

/* Takes in how the captures were taken that took part. */
static void add_ways(struct site *site, const cutis_comparison *same)
{
    for (int side = 0; side < 2; side++)
        for (int i = 0; i < same->visit[side].count; i++) {
            const struct visit_photo *const photo = &same->visit[side].of[i];
            if (!photo->used)
                continue;
            site->px_per_mm[0] = fmin(site->px_per_mm[0], photo->face->scale);
            site->px_per_mm[1] = fmax(site->px_per_mm[1], photo->face->scale);
            site->schemes |= 1u << photo->face->scheme;
        }
}

/* Why a comparison says nothing of repeats. */
static cutis_status refuse(const cutis_comparison *same, struct tools *tools)
{
    if (same->outcome.comparable == CUTIS_COMPARABLE_NO)
        return ct_fail(tools, CUTIS_ERROR_UNSUITABLE,
                       "these captures cannot be compared: %.160s",
                       ct_obstacle(&same->outcome.checks)->message);
    if (same->dependent)
        return ct_fail(tools, CUTIS_ERROR_UNSUITABLE,
                       "the same picture is on both sides: captures of one "
                       "person are taken one by one");
    return CUTIS_OK;
}

static cutis_status add_person(cutis_calibration *calibration,
                               struct person *person, struct tools *tools)
{
    struct share shares[CT_SITE_ERRORS];
    cutis_status status = CUTIS_OK;

    memset(shares, 0, sizeof(shares));
    for (int v = 0; v < person->count; v++) {
        const cutis_comparison *const same = person->same[v];
        TRY(refuse(same, tools));
        person->meeting[v] = (struct meeting){same->accounts, same->pairs};
    }
    add_all(calibration, person, shares);
    for (int v = 0; v < person->count; v++) {
        add_ways(&calibration->site, person->same[v]);
        calibration->site.pairs += person->same[v]->pairs;
    }
    calibration->site.people += 1.0;
done:
    return status;
}

cutis_status cutis_calibration_add(cutis_session *session,
                                   cutis_calibration *calibration,
                                   const cutis_comparison *same)
{
    struct person person = {.same = &same, .count = 1};
    if (!session || !calibration || !same)
        return CUTIS_ERROR_ARGUMENT;
    ct_session_begin(session);
    return add_person(calibration, &person, &session->tools);
}

cutis_status cutis_calibration_add_visits(cutis_session *session,
                                          cutis_calibration *calibration,
                                          const cutis_comparison *const *same,
                                          size_t count)
{
    struct person person = {.same = same, .visits = true};
    if (!session || !calibration || !same)
        return CUTIS_ERROR_ARGUMENT;
    ct_session_begin(session);
    if (!count || count > CT_CAPTURES)
        return ct_fail(&session->tools, CUTIS_ERROR_ARGUMENT,
                       "a person has one comparison to %d, of the first visit "
                       "with each other",
                       CT_CAPTURES);
    for (size_t v = 0; v < count; v++)
        if (!same[v])
            return CUTIS_ERROR_ARGUMENT;
    person.count = (int)count;
    return add_person(calibration, &person, &session->tools);
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

/*
 * Degrees of freedom of a pooled mean square.  People repeat unlike: what their
 * mean squares q differ by counts where that is more than chance, by
 *
 *     df = 2 mean^2 / Var,    Var = n / (n - 1) sum (w (q - mean) / sum w)^2
 */
static double df_of(const struct pool *pool)
{
    const double mean = pool->sum / pool->df, n = pool->people;
    const double squares =
        pool->seconds - 2.0 * mean * pool->firsts + mean * mean * pool->weights;
    const double variance = n / (n - 1.0) * squares / (pool->df * pool->df);

    return n < 4.0 || !(variance > 0.0)
               ? pool->df
               : fmin(pool->df, 2.0 * mean * mean / variance);
}

/* Parts the variance of one capture into that of its visit and the rest. */
static void part(struct site_error *error, const struct sum *sum)
{
    const double mean = error->variance, share = sum->share / sum->all.df;
    const double within = sum->within.sum / sum->within.df;
    const double rest = (1.0 - share) * within;
    const double df = error->df, within_df = df_of(&sum->within);

    error->within_df = within_df;
    error->variance = within;
    error->df = within_df;
    if (mean <= share * within)
        return;
    error->between = mean - share * within;
    error->between_df =
        error->between * error->between /
        (mean * mean / df + share * within * share * within / within_df);
    error->variance = mean + rest;
    error->df = ct_satterthwaite(mean, df, rest, within_df);
}

/* What repeated exactly says nothing: it has nothing that could differ. */
static void finish(struct site *out, const cutis_calibration *from)
{
    *out = from->site;
    out->count = 0;
    for (int i = 0; i < from->site.count; i++) {
        const struct sum *const sum = &from->sum[i];
        if (!(sum->all.sum > 0.0))
            continue;
        struct site_error *const error = &out->of[out->count++];
        *error = from->site.of[i];
        error->df = df_of(&sum->all);
        error->variance = sum->all.sum / sum->all.df;
        error->terms = sum->terms / sum->all.df;
        error->counts = sum->counts / sum->all.df;
        if (sum->within.sum > 0.0)
            part(error, sum);
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
    finish(&site, calibration);
    const cutis_status status = ct_report_site(&text, &site, tools);
    return ct_deliver(&text, status, write, user, tools);
}
