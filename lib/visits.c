/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Visits with several captures.  Each visit's captures are put in the order of
 * their pixels' hashes, those that fail alone are left out, and the k-th of one
 * meets the k-th of the other, the smaller visit's from the first again when
 * they run out.  So the caller's order decides nothing, swapped visits make
 * swapped pairs, and a visit meets itself picture by picture.
 */

#include <math.h>
#include <string.h>

#include "account.h"
#include "session.h"
#include "util/hash.h"

/* What is worked on; too large for a stack. */
struct work {
    cutis_comparison *out;
    const struct shoot *visit;
    double least_blur_mm2;
    int order[2][CT_CAPTURES]; /* of those that are left */
    int left[2];
    struct site site; /* what the site's profile says */
    struct checks checks;
    struct pair pair; /* while it is not the one that is shown */
    struct readings readings[2];
    struct tools *tools;
};

static const cutis_photo *photo_of(const struct work *work, int side, int i)
{
    return work->visit[side].photo[i];
}

static uint64_t hash_of(const struct work *work, int side, int i)
{
    return photo_of(work, side, i)->picture.pixel_hash;
}

/* ---- Which captures ------------------------------------------------------ */

static cutis_status put_in_order(struct work *work, int side)
{
    int *const order = work->order[side];
    const int n = (int)work->visit[side].count;

    for (int i = 0; i < n; i++) {
        int at = i;
        for (; at > 0 &&
               hash_of(work, side, order[at - 1]) > hash_of(work, side, i);
             at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    work->left[side] = n;
    for (int i = 1; i < n; i++)
        if (hash_of(work, side, order[i - 1]) == hash_of(work, side, order[i]))
            return ct_fail(work->tools, CUTIS_ERROR_ARGUMENT,
                           "captures %d and %d %s are the same picture: "
                           "captures of a visit are taken one by one",
                           order[i - 1] + 1, order[i] + 1,
                           side ? "after" : "before");
    return CUTIS_OK;
}

static void list_visit(struct work *work, int side)
{
    struct visit *const visit = &work->out->visit[side];

    visit->count = (int)work->visit[side].count;
    for (int i = 0; i < visit->count; i++)
        visit->of[i] = (struct visit_photo){
            .picture = &photo_of(work, side, i)->picture,
            .face = &photo_of(work, side, i)->face,
        };
}

static void leave_out(struct visit_photo *taken, const cutis_check *why)
{
    memcpy(taken->reason, why->message, CT_SENTENCE);
}

/* Leaves out those that no photograph can be compared with, unless that is all
 * of them. */
static void drop_failures(struct work *work, int side)
{
    struct visit *const visit = &work->out->visit[side];
    int good[CT_CAPTURES], count = 0;

    for (int k = 0; k < visit->count; k++) {
        const int i = work->order[side][k];
        const struct photo_facts facts =
            ct_facts_of(photo_of(work, side, i), NULL);
        ct_check(&work->checks, &facts, NULL, NULL, &work->out->asked.options);
        const cutis_check *const why = ct_obstacle(&work->checks);
        if (why)
            leave_out(&visit->of[i], why);
        else
            good[count++] = i;
    }
    if (count) {
        memcpy(work->order[side], good, sizeof(good));
        work->left[side] = count;
    }
}

static bool is_shared(const struct work *work)
{
    for (int i = 0; i < work->left[0]; i++)
        for (int k = 0; k < work->left[1]; k++)
            if (hash_of(work, 0, work->order[0][i]) ==
                hash_of(work, 1, work->order[1][k]))
                return true;
    return false;
}

/* Of all that is left, in ascending order. */
static uint64_t seed_of(const struct work *work)
{
    uint64_t seed = 0;
    int i = 0, k = 0;

    for (int n = 0; n < work->left[0] + work->left[1]; n++) {
        const uint64_t a =
            i < work->left[0] ? hash_of(work, 0, work->order[0][i]) : 0;
        const uint64_t b =
            k < work->left[1] ? hash_of(work, 1, work->order[1][k]) : 0;
        const bool first = i < work->left[0] && (k == work->left[1] || a <= b);
        const uint64_t hash = first ? a : b;
        i += first;
        k += !first;
        seed = n ? ct_hash(seed, &hash, 8) : hash;
    }
    return seed;
}

/* ---- Pair by pair -------------------------------------------------------- */

/* Keeps the pair's pictures and lists: it is the first. */
static void show(struct work *work, const cutis_photo *const photo[2],
                 const int capture[2])
{
    cutis_comparison *const out = work->out;

    out->pair = work->pair;
    memset(&work->pair, 0, sizeof(work->pair));
    for (int side = 0; side < 2; side++) {
        memcpy(&out->readings[side], &work->readings[side],
               sizeof(out->readings[side]));
        memset(&work->readings[side], 0, sizeof(work->readings[side]));
        out->facts[side] = ct_facts_of(photo[side], &out->readings[side]);
        out->capture[side][capture[side]].shown = 1;
    }
    out->outcome.comparable = CUTIS_COMPARABLE_NO;
}

static void forget(struct work *work)
{
    ct_pair_free(&work->pair);
    memset(&work->pair, 0, sizeof(work->pair));
    for (int side = 0; side < 2; side++) {
        ct_readings_free(&work->readings[side]);
        memset(&work->readings[side], 0, sizeof(work->readings[side]));
    }
}

/* A pair that cannot be compared is left out while there are others. */
static bool is_useless(struct work *work, const int capture[2], bool last)
{
    const cutis_check *const why = ct_obstacle(&work->checks);

    if (!why || (last && !work->out->pairs))
        return false;
    for (int side = 0; side < 2; side++)
        leave_out(&work->out->visit[side].of[capture[side]], why);
    return true;
}

static cutis_status add_pair(struct work *work,
                             const cutis_photo *const photo[2],
                             const int capture[2])
{
    cutis_comparison *const out = work->out;
    const struct photo_facts facts[2] = {
        ct_facts_of(photo[0], &work->readings[0]),
        ct_facts_of(photo[1], &work->readings[1])};
    const struct captures number = {
        .before = out->visit[0].count > 1 ? capture[0] + 1 : 0,
        .after = out->visit[1].count > 1 ? capture[1] + 1 : 0,
    };
    struct account *const account = &out->accounts[out->pairs];
    cutis_status status;

    TRY(ct_measure_photos(work->readings, photo, &work->pair, !out->pairs,
                          &out->asked.options, work->tools));
    ct_check(&work->checks, &facts[0], &facts[1], &work->pair,
             &out->asked.options);
    TRY(ct_take_account(account, &work->checks, &facts[0], &facts[1],
                        &work->pair, &out->asked.options,
                        out->errors.site_used ? &work->site : NULL,
                        work->tools));
    for (int side = 0; side < 2; side++) {
        account->capture[side] = capture[side];
        out->visit[side].of[capture[side]].used = true;
    }
    if (!out->pairs++)
        show(work, photo, capture);
    ct_checks_merge(&out->outcome.checks, &work->checks, &number);
    const cutis_comparable comparable = ct_comparable(&work->checks);
    if (comparable < out->outcome.comparable)
        out->outcome.comparable = comparable;
done:
    return status;
}

static double square(double x)
{
    return x * x;
}

/* What a pair lacks to the least blur that was asked for; none where its own is
 * not known. */
static double more_blur(const struct work *work,
                        const cutis_photo *const photo[2])
{
    const struct capture *const a = &photo[0]->capture;
    const struct capture *const b = &photo[1]->capture;
    const double own = isnan(work->pair.blur_mm2)
                           ? fmax(square(a->blur_mm), square(b->blur_mm))
                           : square(ct_common_blur(&work->pair, a, b));

    return fmax(work->least_blur_mm2 - own, 0.0);
}

static cutis_status compare_pair(struct work *work, int k, int n)
{
    const double from = 0.9 * k / n, to = 0.9 * (k + 1) / n;
    const int capture[2] = {work->order[0][k % work->left[0]],
                            work->order[1][k % work->left[1]]};
    const cutis_photo *const photo[2] = {photo_of(work, 0, capture[0]),
                                         photo_of(work, 1, capture[1])};
    const struct photo_facts facts[2] = {ct_facts_of(photo[0], NULL),
                                         ct_facts_of(photo[1], NULL)};
    struct tools *const tools = work->tools;
    cutis_status status;

    ct_session_share(tools, from, from + (to - from) / 9.0);
    TRY(ct_progress(tools, 0.0));
    TRY(ct_pair_photos(&work->pair, photo, tools));
    work->pair.more_mm2 = more_blur(work, photo);
    ct_session_share(tools, from + (to - from) / 9.0, to);
    TRY(ct_progress(tools, 0.0));
    ct_check(&work->checks, &facts[0], &facts[1], &work->pair,
             &work->out->asked.options);
    if (!is_useless(work, capture, k == n - 1))
        TRY(add_pair(work, photo, capture));
    forget(work);
done:
    return status;
}

/* ---- The site's profile -------------------------------------------------- */

/* Whether all photographs that are left are like those of the profile; if not,
 * why. */
static bool fits(const struct work *work)
{
    for (int side = 0; side < 2; side++)
        for (int i = 0; i < work->left[side]; i++) {
            const cutis_photo *const photo =
                photo_of(work, side, work->order[side][i]);
            if (!ct_site_fits(&work->site, &photo->face,
                              work->out->errors.reason))
                return false;
        }
    return true;
}

static cutis_status take_site(struct work *work)
{
    const cutis_compare_options *const options = &work->out->asked.options;
    struct errors *const errors = &work->out->errors;
    const void *const bytes = options->site_profile;
    const size_t size = options->site_profile_size;
    cutis_status status = CUTIS_OK;

    if (!bytes)
        return CUTIS_OK;
    TRY(ct_site_read(&work->site, bytes, size, work->tools));
    ct_sha256(bytes, size, errors->sha256);
    errors->site_given = true;
    errors->people = work->site.people;
    errors->site_used = fits(work);
done:
    return status;
}

/* ---- All of them --------------------------------------------------------- */

static cutis_status judge(struct work *work)
{
    cutis_comparison *const out = work->out;
    const struct trial trial = {
        .accounts = out->accounts,
        .pairs = out->pairs,
        .dependent = out->dependent,
        .before = &out->facts[0],
        .after = &out->facts[1],
        .options = &out->asked.options,
        .seed = seed_of(work),
    };
    cutis_status status;

    ct_session_share(work->tools, 0.9, 1.0);
    TRY(ct_progress(work->tools, 0.0));
    TRY(ct_progress_judge(&out->outcome, &trial, work->tools));
    for (int side = 0; side < 2; side++)
        for (int i = 0; i < out->visit[side].count; i++) {
            struct visit_photo *const taken = &out->visit[side].of[i];
            cutis_capture *const capture = &out->capture[side][i];
            if (taken->used)
                taken->reason[0] = 0;
            capture->info = &photo_of(work, side, i)->info;
            capture->used = taken->used;
            capture->reason = taken->reason[0] ? taken->reason : NULL;
        }
    TRY(ct_progress(work->tools, 1.0));
done:
    return status;
}

static cutis_status compare(struct work *work)
{
    cutis_comparison *const out = work->out;
    cutis_status status;

    for (int side = 0; side < 2; side++) {
        list_visit(work, side);
        TRY(put_in_order(work, side));
        if (work->left[side] > 1)
            drop_failures(work, side);
    }
    const int n = work->left[0] > work->left[1] ? work->left[0] : work->left[1];
    TRY(take_site(work));
    out->accounts =
        ct_alloc(&work->tools->memory, (size_t)n, sizeof(*out->accounts));
    if (!out->accounts)
        TRY(ct_no_memory(work->tools));
    for (int k = 0; k < n; k++)
        TRY(compare_pair(work, k, n));
    out->dependent = is_shared(work);
    out->errors.pairs = out->pairs;
    out->errors.repeats = out->pairs > 1 && !out->dependent;
    TRY(judge(work));
done:
    return status;
}

cutis_status ct_compare_visits(cutis_comparison **out,
                               const struct shoot visit[2],
                               double least_blur_mm2,
                               const cutis_compare_options *options,
                               struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    cutis_comparison *made = ct_alloc(&tools->memory, 1, sizeof(*made));
    struct work *const work = ct_alloc(&tools->memory, 1, sizeof(*work));
    if (!made || !work) {
        status = ct_no_memory(tools);
        goto done;
    }
    work->out = made;
    work->visit = visit;
    work->least_blur_mm2 = least_blur_mm2;
    work->tools = tools;
    TRY(ct_take_compare_options(&made->asked, options, tools));
    TRY(compare(work));

    *out = made;
    made = NULL;
done:
    if (work)
        forget(work);
    ct_free(work);
    cutis_comparison_destroy(&made);
    return status;
}

/* ---- The calls ----------------------------------------------------------- */

static bool is_visit(const cutis_photo *const *photo, size_t count)
{
    if (!photo || !count || count > CT_CAPTURES)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!photo[i])
            return false;
    return true;
}

cutis_status
cutis_visits_compare(cutis_session *session, const cutis_photo *const *before,
                     size_t before_count, const cutis_photo *const *after,
                     size_t after_count, const cutis_compare_options *options,
                     cutis_comparison **out)
{
    const struct shoot visit[2] = {{before, before_count},
                                   {after, after_count}};
    if (!session || !out)
        return CUTIS_ERROR_ARGUMENT;
    ct_session_begin(session);
    struct tools *const tools = &session->tools;
    if (!is_visit(before, before_count) || !is_visit(after, after_count))
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "a visit has 1 to %d photographs", CT_CAPTURES);
    return ct_session_end(tools,
                          ct_compare_visits(out, visit, 0.0, options, tools));
}

cutis_status cutis_photos_compare(cutis_session *session,
                                  const cutis_photo *before,
                                  const cutis_photo *after,
                                  const cutis_compare_options *options,
                                  cutis_comparison **out)
{
    if (!session || !before || !after || !out)
        return CUTIS_ERROR_ARGUMENT;
    return cutis_visits_compare(session, &before, 1, &after, 1, options, out);
}

void cutis_comparison_destroy(cutis_comparison **comparison)
{
    if (!comparison || !*comparison)
        return;
    for (int i = 0; i < 2; i++)
        ct_readings_free(&(*comparison)->readings[i]);
    ct_pair_free(&(*comparison)->pair);
    ct_free((*comparison)->accounts);
    ct_free(*comparison);
    *comparison = NULL;
}

const cutis_capture *
cutis_comparison_capture_at(const cutis_comparison *comparison,
                            cutis_check_scope visit, size_t index)
{
    const int side = visit == CUTIS_CHECK_AFTER;
    const bool inside = comparison && visit != CUTIS_CHECK_PAIR &&
                        index < (size_t)comparison->visit[side].count;
    return inside ? &comparison->capture[side][index] : NULL;
}
