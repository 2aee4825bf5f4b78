/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Several questions at several visits: one family, in which the chance of any
 * false verdict stays under 5 % whatever else is true (method, visits over
 * time).
 *
 * Within a question, fallback (Wiens 2003), from the last visit back: the last
 * one, which the answer rests on, has last_part of the question's error, the
 * others share the rest, and a visit that is shown hands its error on to the
 * one before.  With W(s..i) the error of visits s back to i together,
 *
 *     a(i) = min over s >= i of max over s >= j >= i of p(j) / W(s..j)
 *
 * Between questions, Holm by whole questions: one that is shown at all of its
 * visits hands its error on to the rest.  With A(1) <= A(2) <= ... the largest
 * a of each of n questions, and B(k) = max over l <= k of (n - l + 1) A(l),
 *
 *     adjusted of question j = min over k <= j of
 *                              max((n - k + 1) a, B(k - 1))
 *
 * Of one visit this is Holm, of one question it is fallback.
 */

#include <math.h>
#include <string.h>

#include "progress/series.h"

static const double last_part = 0.8;

/* One question's p at the visits where it has one, in the order of time. */
struct question {
    double *p; /* as given */
    int count, at[CT_VISITS];
    double own[CT_VISITS]; /* a */
    double largest;        /* A */
};

static double share_of(int i, int count)
{
    if (count == 1)
        return 1.0;
    return i == count - 1 ? last_part : (1.0 - last_part) / (count - 1);
}

static void fall_back(struct question *question)
{
    const int n = question->count;

    question->largest = 0.0;
    for (int i = 0; i < n; i++)
        question->own[i] = 1.0;
    for (int from = n - 1; from >= 0; from--) {
        double error = 0.0, needed = 0.0;
        for (int i = from; i >= 0; i--) {
            error += share_of(i, n);
            needed = fmax(needed, question->p[question->at[i]] / error);
            question->own[i] = fmin(question->own[i], needed);
        }
    }
    for (int i = 0; i < n; i++)
        question->largest = fmax(question->largest, question->own[i]);
}

static void list(struct question *question, double *p, int visits)
{
    question->p = p;
    question->count = 0;
    for (int i = 0; i < visits; i++)
        if (!isnan(p[i]))
            question->at[question->count++] = i;
}

/* By what they show at all of their visits, equals as they came. */
static void insert(struct question **order, int n, struct question *one)
{
    for (; n > 0 && order[n - 1]->largest > one->largest; n--)
        order[n] = order[n - 1];
    order[n] = one;
}

/* Raises `adjusted` = 1 down to what stage `k` allows, `done` being B(k). */
static void lower(double *adjusted, const struct question *question,
                  double factor, double done)
{
    for (int i = 0; i < question->count; i++)
        adjusted[i] = fmin(adjusted[i], fmax(factor * question->own[i], done));
}

void ct_adjust_course(double (*p)[CT_VISITS], int questions, int visits)
{
    struct question all[CT_QUESTIONS], *order[CT_QUESTIONS];
    double adjusted[CT_VISITS], done[CT_QUESTIONS + 1] = {0.0};
    int n = 0;

    for (int q = 0; q < questions; q++) {
        list(&all[q], p[q], visits);
        fall_back(&all[q]);
        if (all[q].count)
            insert(order, n++, &all[q]);
    }
    for (int j = 0; j < n; j++) {
        done[j + 1] = fmax(done[j], (n - j) * order[j]->largest);
        for (int i = 0; i < order[j]->count; i++)
            adjusted[i] = 1.0;
        for (int k = 0; k <= j; k++)
            lower(adjusted, order[j], n - k, done[k]);
        for (int i = 0; i < order[j]->count; i++)
            order[j]->p[order[j]->at[i]] = adjusted[i];
    }
}
