/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What may be said of a change (method, 11.4 and 11.6): a direction only
 * beyond what repeat photographs would show and after adjusting for how many
 * things were looked at; and never before the skin has healed.
 */

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "progress/progress.h"

const char *cutis_verdict_name(cutis_verdict verdict)
{
    static const char *const names[CUTIS_VERDICT_COUNT] = {
        [CUTIS_VERDICT_OK] = "ok",
        [CUTIS_VERDICT_NOT_MEASURABLE] = "not_measurable",
        [CUTIS_VERDICT_NOT_COMPARABLE] = "not_comparable",
        [CUTIS_VERDICT_IMPROVED] = "improved",
        [CUTIS_VERDICT_WORSE] = "worse",
        [CUTIS_VERDICT_CHANGED] = "changed",
        [CUTIS_VERDICT_NO_MEASURABLE_CHANGE] = "no_measurable_change",
        [CUTIS_VERDICT_NO_RELEVANT_CHANGE] = "no_relevant_change",
        [CUTIS_VERDICT_INCONCLUSIVE] = "inconclusive",
        [CUTIS_VERDICT_TOO_EARLY] = "too_early",
    };
    const bool known = (unsigned)verdict < CUTIS_VERDICT_COUNT;

    return known ? names[verdict] : "unknown";
}

double ct_sesoi(const cutis_metric *metric)
{
    if (!(metric->sesoi > 0.0))
        return NAN;
    return metric->scale == CUTIS_LOG ? ct_log(1.0 + metric->sesoi)
                                      : metric->sesoi;
}

cutis_verdict ct_direction(double delta, cutis_direction direction)
{
    if (direction == CUTIS_NO_DIRECTION)
        return CUTIS_VERDICT_CHANGED;
    return (delta > 0.0) == (direction == CUTIS_HIGHER_IS_BETTER)
               ? CUTIS_VERDICT_IMPROVED
               : CUTIS_VERDICT_WORSE;
}

cutis_verdict ct_verdict(const struct step *step, const cutis_metric *metric)
{
    const double sesoi = ct_sesoi(metric);
    const double size = fabs(step->delta);

    if (isnan(step->delta))
        return CUTIS_VERDICT_NOT_MEASURABLE;
    if (step->adjusted < 0.05 && size > step->mdc95)
        return ct_direction(step->delta, metric->direction);
    if (size + step->ci90 <= sesoi)
        return CUTIS_VERDICT_NO_RELEVANT_CHANGE;
    if (step->mdc95 > 2.0 * sesoi)
        return CUTIS_VERDICT_INCONCLUSIVE;
    return CUTIS_VERDICT_NO_MEASURABLE_CHANGE;
}

enum phase ct_phase(double days)
{
    if (!(days >= 0.0) || days >= 42.0)
        return PHASE_RIPE;
    if (days <= 3.0)
        return PHASE_ACUTE;
    return days < 14.0 ? PHASE_HEALING : PHASE_EARLY;
}

/* ---- Sentences ----------------------------------------------------------- */

/* "13 %" or "1.1 H": a size on the published scale. */
static void put_size(char *out, size_t size, const cutis_change *row,
                     double value)
{
    char number[CT_FIXED];
    const bool ratio = row->scale == CUTIS_LOG;
    const double shown = ratio ? 100.0 * value : value;
    const char *const unit = ratio ? "%" : row->unit ? row->unit : "";

    ct_fixed(number, shown, shown < 10.0);
    if (strcmp(unit, "1") == 0 || !unit[0])
        snprintf(out, size, "%s", number);
    else
        snprintf(out, size, "%s %s", number, unit);
}

static void explain_size(char *reason, const cutis_change *row)
{
    char shown[64];

    switch (row->verdict) {
    case CUTIS_VERDICT_NO_RELEVANT_CHANGE:
        put_size(shown, sizeof(shown), row, row->metric->sesoi);
        ct_sentence_fill(
            reason, CT_SENTENCE,
            "Any change is smaller than {}, the least that matters.", shown);
        break;
    case CUTIS_VERDICT_INCONCLUSIVE:
        put_size(shown, sizeof(shown), row, row->mdc95);
        ct_sentence_fill(
            reason, CT_SENTENCE,
            "These photographs cannot show a change smaller than {}.", shown);
        break;
    case CUTIS_VERDICT_NO_MEASURABLE_CHANGE:
        put_size(shown, sizeof(shown), row, row->mdc95);
        ct_sentence_fill(
            reason, CT_SENTENCE,
            "The difference is one that two photographs of unchanged skin "
            "may show (up to {}).",
            shown);
        break;
    default:
        break;
    }
}

void ct_sentence_add(char *reason, const char *sentence)
{
    const size_t used = strlen(reason);
    const size_t more = strlen(sentence) + 1;

    if (used + 1 + more > CT_SENTENCE)
        return;
    if (used)
        reason[used] = ' ';
    memcpy(reason + used + (used > 0), sentence, more);
}

/* Redness without a neutral is redness against the person's paler skin. */
static void add_blindness(char *reason, const cutis_change *row)
{
    const bool blind = row->reading && !strcmp(row->reading, "H_excess");

    if (blind && reason[0])
        ct_sentence_add(reason,
                        "Without a grey card an even change of the whole face "
                        "stays unseen.");
}

static double detail_of(const cutis_detail *details, size_t count,
                        const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (!strcmp(details[i].name, name))
            return details[i].value;
    return 0.0;
}

/* Moles look like scabs, but they were there before: only clearly more of them
 * says something, whatever the verdict on the flakes. */
static void add_scabs(char *reason, const cutis_change *row)
{
    static const char scabs[] = "scab_density";
    const double before =
        detail_of(row->details_before, row->detail_count_before, scabs);
    const double after =
        detail_of(row->details_after, row->detail_count_after, scabs);

    if (!strcmp(row->metric->name, "flakes") && after > 1.5 * before)
        ct_sentence_add(
            reason, "There are dark red-brown spots, which may be scabs, that "
                    "were not there before: do not pick them, and ask your "
                    "practitioner if they hurt or weep.");
}

/* The two things in healing skin that a person should ask about. */
static bool alarming(char *reason, const cutis_change *row,
                     const struct step *step, double days)
{
    char shown[CT_FIXED];

    if (strcmp(row->metric->name, "redness") != 0)
        return false;
    if (days <= 3.0 && step->delta > 14.0) {
        ct_sentence_fill(
            reason, CT_SENTENCE,
            "Redness is much stronger than before (by {} H); if it grows "
            "or hurts, ask your practitioner.",
            ct_fixed(shown, step->delta, 0));
        return true;
    }
    if (days > 7.0 && step->delta > step->mdc95) {
        ct_sentence_fill(reason, CT_SENTENCE,
                         "Redness is still stronger than before {} after the "
                         "treatment, which is longer than expected: ask your "
                         "practitioner.",
                         ct_days(shown, days));
        return true;
    }
    return false;
}

void ct_judge_row(cutis_change *row, char *reason, const struct step *step,
                  double days)
{
    char shown[CT_FIXED];

    reason[0] = 0;
    row->verdict = ct_verdict(step, row->metric);
    if (ct_phase(days) == PHASE_RIPE) {
        explain_size(reason, row);
        add_blindness(reason, row);
        add_scabs(reason, row);
        return;
    }

    row->verdict = CUTIS_VERDICT_TOO_EARLY;
    if (!alarming(reason, row, step, days))
        ct_sentence_fill(
            reason, CT_SENTENCE,
            "{} after the treatment it is too early for a verdict.",
            ct_days(shown, days));
    add_scabs(reason, row);
}
