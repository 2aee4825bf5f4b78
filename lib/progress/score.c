/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The treatment progress score (method, 11.5).  With improvements I, full
 * scales Q and weights w,
 *
 *     score = 100 sum of w g(I / Q) / sum of w       g(x) = x within [-1, 1]
 *
 * Its interval comes from draws of every I from Student's t around what was
 * measured, in pairs of +- so that swapping the photographs mirrors it exactly.
 * Forms of one metric share their draws: they err together.
 */

#include <math.h>
#include <string.h>

#include "progress/progress.h"
#include "util/hash.h"

/* t of more degrees of freedom is drawn as of so many: hardly any wider. */
enum { DRAWS = 4000, MOST_DF = 200 };

/* A component that is there. */
struct term {
    int metric;
    double weight; /* of what is there, sums to 1 */
    double gain;   /* improvement / full scale */
    double error;  /* its standard error, likewise */
    double df;
};

static double full_scale(int metric)
{
    switch (metric) {
    case CT_REDNESS:
        return 5.6; /* H: +50 % blood */
    case CT_TONE_ITA:
        return 5.0; /* degrees */
    case CT_ERYTHEMA_AREA:
        return 10.0; /* points */
    default:
        return 0.35667494393873245; /* ln(1 / 0.7): -30 % */
    }
}

static double clip(double x)
{
    return fmax(-1.0, fmin(1.0, x));
}

/* ---- Draws --------------------------------------------------------------- */

/* Chi squared of `df` degrees, a whole number: -2 ln of a uniform for every
 * two of them, and the square of a normal for an odd one. */
static double draw_chi_squared(struct random *random, int df)
{
    double product = 1.0, sum = 0.0;

    for (int i = 0; i + 1 < df; i += 2) {
        product *= 1.0 - ct_random_uniform(random);
        if (product < 1e-200 || i + 3 >= df) {
            sum -= 2.0 * ct_log(product);
            product = 1.0;
        }
    }
    if (df % 2) {
        const double odd = ct_random_normal(random);
        sum += odd * odd;
    }
    return sum;
}

static double draw_t(struct random *random, double df)
{
    const int whole = df < MOST_DF ? (int)df : MOST_DF;
    const double squares = draw_chi_squared(random, whole);

    return ct_random_normal(random) * sqrt(whole / squares);
}

static double total(const struct term *terms, int n, const double *t,
                    double sign)
{
    double sum = 0.0;

    for (int i = 0; i < n; i++)
        sum += terms[i].weight *
               clip(terms[i].gain + sign * (terms[i].error * t[i]));
    return 100.0 * sum;
}

static void draw_pair(double out[2], const struct term *terms, int n,
                      struct random *random)
{
    double t[CT_COMPONENTS];

    for (int i = 0; i < n; i++) {
        int same = 0;
        while (terms[same].metric != terms[i].metric)
            same++;
        t[i] = same < i ? t[same] : draw_t(random, terms[i].df);
    }
    out[0] = total(terms, n, t, 1.0);
    out[1] = total(terms, n, t, -1.0);
}

/* Which quantile of ordered draws 0 is. */
static double place_of_zero(const double *draws)
{
    int below = 0;

    while (below < DRAWS && draws[below] <= 0.0)
        below++;
    if (below == 0 || below == DRAWS)
        return below ? 1.0 : 0.0;
    const double last = draws[below - 1], next = draws[below];
    return (below - 1 - last / (next - last)) / (DRAWS - 1);
}

/* The interval, and the p at which it would end at 0. */
static cutis_status interval(double ci[2], double *p, const struct term *terms,
                             int n, uint64_t seed, struct tools *tools)
{
    const double least = 2.0 / DRAWS; /* that so many draws can show */
    struct random random;
    double *const draws = ct_alloc_raw(&tools->memory, DRAWS, sizeof(*draws));
    if (!draws)
        return ct_no_memory(tools);

    ct_random_seed(&random, seed);
    for (int i = 0; i < DRAWS; i += 2)
        draw_pair(draws + i, terms, n, &random);

    /* The upper end is the lower end of the mirrored draws, to the last bit. */
    ci[0] = ct_quantile_d(draws, DRAWS, 0.025);
    const double low = place_of_zero(draws);
    for (int i = 0; i < DRAWS; i++)
        draws[i] = -draws[i];
    ci[1] = -ct_quantile_d(draws, DRAWS, 0.025);
    *p = fmin(1.0, fmax(least, 2.0 * fmin(low, place_of_zero(draws))));
    ct_free(draws);
    return CUTIS_OK;
}

/* ---- The score ----------------------------------------------------------- */

static bool there(const struct step *step)
{
    return step && !isnan(step->delta);
}

/* Fills components but for their verdicts; gives the weight that is there. */
static double lay_out(cutis_component *out, const struct preset *preset,
                      const struct step *const *step, const char *const *name)
{
    const int n = ct_part_count(preset);
    double present = 0.0;

    for (int i = 0; i < n; i++)
        present += there(step[i]) ? preset->part[i].weight : 0.0;
    for (int i = 0; i < n; i++) {
        const struct part *const part = &preset->part[i];
        cutis_component *const c = &out[i];
        const cutis_verdict verdict = c->verdict;
        *c = (cutis_component){
            .metric = ct_metric(part->metric),
            .reading = name[i],
            .weight = part->weight,
            .improvement = NAN,
            .full_scale = full_scale(part->metric),
            .points = NAN,
            .verdict = verdict,
            .ci95 = {NAN, NAN},
        };
        if (!there(step[i]))
            continue;
        /* + 0.0: no improvement is 0, never -0. */
        c->improvement = (double)c->metric->direction * step[i]->delta + 0.0;
        c->ci95[0] = c->improvement - step[i]->mdc95;
        c->ci95[1] = c->improvement + step[i]->mdc95;
        c->used_weight = part->weight / present;
        c->points =
            100.0 * c->used_weight * clip(c->improvement / c->full_scale) + 0.0;
    }
    return present;
}

static int list_terms(struct term *out, const struct preset *preset,
                      const cutis_component *component,
                      const struct step *const *step)
{
    const int n = ct_part_count(preset);
    int count = 0;

    for (int i = 0; i < n; i++) {
        if (!there(step[i]))
            continue;
        const double scale = component[i].full_scale;
        out[count++] = (struct term){
            .metric = preset->part[i].metric,
            .weight = component[i].used_weight,
            .gain = component[i].improvement / scale,
            .error = step[i]->se / scale,
            .df = step[i]->df,
        };
    }
    return count;
}

/* Whether any component by itself moved in `sign`'s direction beyond noise. */
static bool any_beyond(const struct preset *preset,
                       const cutis_component *component,
                       const struct step *const *step, double sign)
{
    const int n = ct_part_count(preset);

    for (int i = 0; i < n; i++)
        if (there(step[i]) && sign * component[i].improvement > step[i]->mdc95)
            return true;
    return false;
}

static cutis_verdict verdict_of(const struct outcome *out,
                                const struct preset *preset,
                                const struct step *const *step)
{
    const cutis_score *const score = &out->score;

    if (score->ci95[0] > 0.0 && any_beyond(preset, out->component, step, 1.0))
        return CUTIS_VERDICT_IMPROVED;
    if (score->ci95[1] < 0.0 && any_beyond(preset, out->component, step, -1.0))
        return CUTIS_VERDICT_WORSE;
    return CUTIS_VERDICT_NO_MEASURABLE_CHANGE;
}

static const char *label_of(double score)
{
    const double size = fabs(score);

    if (size < 15.0)
        return "none or slight";
    return size <= 40.0 ? "moderate" : "marked";
}

/* Says why there is no score; false if there may be one. */
static bool withheld(struct outcome *out, double present, enum phase phase,
                     double days)
{
    cutis_score *const score = &out->score;
    char shown[CT_FIXED];

    if (out->comparable == CUTIS_COMPARABLE_NO) {
        score->verdict = CUTIS_VERDICT_NOT_COMPARABLE;
        ct_sentence_fill(out->score_reason, CT_SENTENCE,
                         "Not scoreable: these photographs cannot be "
                         "compared.",
                         "");
    } else if (phase == PHASE_ACUTE || phase == PHASE_HEALING) {
        score->verdict = CUTIS_VERDICT_TOO_EARLY;
        ct_sentence_fill(out->score_reason, CT_SENTENCE,
                         "Not scored: {} after the treatment the skin is still "
                         "healing.",
                         ct_days(shown, days));
    } else if (present < 0.6 - 1e-9) {
        score->verdict = CUTIS_VERDICT_NOT_MEASURABLE;
        ct_sentence_fill(
            out->score_reason, CT_SENTENCE,
            "Not scoreable: only {} % of what the score is made of could be "
            "compared, and 60 % are needed.",
            ct_fixed(shown, 100.0 * present, 0));
    } else {
        return false;
    }
    score->reason = out->score_reason;
    return true;
}

cutis_status ct_score(struct outcome *out, const struct preset *preset,
                      const struct step *const *step, const char *const *name,
                      double days, uint64_t seed, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct term terms[CT_COMPONENTS];
    const enum phase phase = ct_phase(days);
    const double present = lay_out(out->component, preset, step, name);
    cutis_score *const score = &out->score;

    out->score_reason[0] = 0;
    out->score_p = NAN;
    *score = (cutis_score){
        .preset = preset->name,
        .score = NAN,
        .ci95 = {NAN, NAN},
        .component_count = (size_t)ct_part_count(preset),
        .components = out->component,
    };
    if (withheld(out, present, phase, days))
        return CUTIS_OK;

    const int n = list_terms(terms, preset, out->component, step);
    const double none[CT_COMPONENTS] = {0};
    TRY(interval(score->ci95, &out->score_p, terms, n, seed, tools));
    score->score = total(terms, n, none, 1.0) + 0.0;
    score->label = label_of(score->score);
    score->verdict = verdict_of(out, preset, step);
    if (phase == PHASE_EARLY) {
        char shown[CT_FIXED];
        score->verdict = CUTIS_VERDICT_TOO_EARLY;
        score->reason = out->score_reason;
        ct_sentence_fill(
            out->score_reason, CT_SENTENCE,
            "{} after the treatment it is too early for a verdict; "
            "the score only shows the trend.",
            ct_days(shown, days));
    }

done:
    return status;
}
