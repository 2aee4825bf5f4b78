/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The engine of the checks: asks every rule of rules_*.c
 * and turns what it finds into verdict, sentence and consequences.
 *
 * A failure removes the metrics it names; a strong warning doubles their
 * standard error; a warning, or a check that could not be made, multiplies it
 * by 1.4 unless the error has a term of its own for that (method, 10).
 */

#include <math.h>
#include <string.h>

#include "progress/progress.h"

static enum ct_level higher(enum ct_level a, enum ct_level b)
{
    return a > b ? a : b;
}

enum ct_level ct_level_of(const struct finding *finding, enum sense sense)
{
    const double sign = sense == MORE_IS_WORSE ? 1.0 : -1.0;
    const double value = sign * finding->value;

    if (isnan(value))
        return higher(finding->unknown, finding->level);
    if (value <= sign * finding->pass)
        return finding->level;
    if (value <= sign * finding->warn)
        return higher(CT_LEVEL_WARN, finding->level);
    if (value <= sign * finding->fail)
        return higher(CT_LEVEL_STRONG, finding->level);
    return CT_LEVEL_FAIL;
}

static cutis_check_verdict verdict_of(enum ct_level level)
{
    if (level == CT_LEVEL_PASS)
        return CUTIS_CHECK_PASS;
    return level == CT_LEVEL_FAIL ? CUTIS_CHECK_FAIL : CUTIS_CHECK_WARN;
}

static const char *sentence_of(const struct rule *rule, double value,
                               enum ct_level level)
{
    if (isnan(value) && rule->sentence[CT_LEVEL_UNKNOWN])
        return rule->sentence[CT_LEVEL_UNKNOWN];
    if (level == CT_LEVEL_STRONG && !rule->sentence[level])
        return rule->sentence[CT_LEVEL_WARN];
    return rule->sentence[level];
}

/* The names of the metrics in `set`, in report order; gives how many. */
static size_t list_metrics(const char **names, unsigned set)
{
    size_t count = 0;

    for (int m = 0; m < CT_METRICS; m++)
        if (set >> m & 1)
            names[count++] = ct_metric(m)->name;
    return count;
}

/* The metrics that cannot be compared for it. */
static unsigned removed(const struct finding *finding, enum ct_level level)
{
    const unsigned failed = level == CT_LEVEL_FAIL ? finding->removes : 0;

    return failed | finding->lost | finding->withholds;
}

/* The metrics whose error it widens; a term of their own eases a warning. */
static unsigned widened_by(const struct finding *finding, enum ct_level level,
                           unsigned own)
{
    switch (level) {
    case CT_LEVEL_WARN:
        return finding->widens & ~own;
    case CT_LEVEL_UNKNOWN:
    case CT_LEVEL_STRONG:
        return finding->widens;
    case CT_LEVEL_PASS:
    case CT_LEVEL_FAIL:
        break;
    }
    return 0;
}

/* What is put down as touched: at a pass, what the check watches over. */
static unsigned touched(const struct finding *finding, enum ct_level level)
{
    switch (level) {
    case CT_LEVEL_FAIL:
        return finding->lost ? finding->lost : finding->removes;
    case CT_LEVEL_WARN:
    case CT_LEVEL_STRONG:
        return finding->widens | finding->withholds;
    case CT_LEVEL_PASS:
    case CT_LEVEL_UNKNOWN:
        break;
    }
    return finding->widens | finding->removes | finding->withholds;
}

static void put_down(struct checks *out, const struct rule *rule,
                     struct finding *finding, cutis_check_scope scope,
                     const cutis_region *region)
{
    const int i = out->count++;
    const enum ct_level level = ct_level_of(finding, rule->sense);
    const enum ct_level told = finding->lost ? CT_LEVEL_FAIL : level;
    char room[CT_FIXED];

    if (!finding->shown[0])
        ct_say(finding, ct_fixed(room, finding->value, rule->decimals));
    ct_sentence_fill(out->message[i], CT_SENTENCE,
                     sentence_of(rule, finding->value, told), finding->shown);

    out->level[i] = level;
    out->widens[i] = (uint16_t)widened_by(finding, level, rule->own);
    out->removes[i] = (uint16_t)removed(finding, level);
    out->moving[i] = (uint16_t)(level > CT_LEVEL_PASS ? finding->moving : 0);
    out->of[i] = (cutis_check){
        .id = rule->id,
        .scope = scope,
        .verdict = verdict_of(told),
        .value = finding->value,
        .limit = finding->pass,
        .unit = finding->unit,
        .message = out->message[i],
        .affects_count = list_metrics(out->affects[i], touched(finding, told)),
        .affects = out->affects[i],
        .region = region,
    };
}

static void ask(struct checks *out, const struct rule *rule,
                const struct look *look, cutis_check_scope scope,
                const cutis_region *region)
{
    struct finding finding = {
        .value = NAN,
        .unit = rule->unit,
        .pass = rule->pass,
        .warn = rule->warn,
        .fail = rule->fail,
        .level = CT_LEVEL_PASS,
        .unknown = CT_LEVEL_UNKNOWN,
        .widens = rule->widens,
        .removes = rule->removes,
        .moving = rule->moving,
    };

    rule->look(&finding, look);
    if (!finding.skipped && out->count < CT_CHECKS)
        put_down(out, rule, &finding, scope, region);
}

static void ask_each(struct checks *out, const struct rule *rule,
                     const struct look *look)
{
    ask(out, rule, look, CUTIS_CHECK_BEFORE, NULL);
    if (look->other) {
        const struct look after = {
            .photo = look->other,
            .options = look->options,
        };
        ask(out, rule, &after, CUTIS_CHECK_AFTER, NULL);
    }
}

static void ask_regions(struct checks *out, const struct rule *rule,
                        const struct look *look, cutis_check_scope scope)
{
    for (int r = 0; r < CT_REGIONS; r++) {
        struct look there = *look;
        there.region = r;
        ask(out, rule, &there, scope,
            r == CT_FACE_REGION ? NULL : ct_region(r));
    }
}

static void ask_rule(struct checks *out, const struct rule *rule,
                     const struct look *look)
{
    const cutis_check_scope scope =
        look->other ? CUTIS_CHECK_PAIR : CUTIS_CHECK_BEFORE;

    switch (rule->asks) {
    case ASKS_EACH:
        ask_each(out, rule, look);
        break;
    case ASKS_PAIR:
        if (look->other && look->pair)
            ask(out, rule, look, scope, NULL);
        break;
    case ASKS_ONCE:
        ask(out, rule, look, scope, NULL);
        break;
    case ASKS_REGIONS:
        ask_regions(out, rule, look, scope);
        break;
    }
}

void ct_check(struct checks *out, const struct photo_facts *before,
              const struct photo_facts *after, const struct pair *pair,
              const cutis_compare_options *options)
{
    const struct look look = {
        .photo = before,
        .other = after,
        .pair = pair,
        .options = options,
    };

    out->count = 0;
    for (int i = 0; i < CT_PHOTO_RULES; i++)
        ask_rule(out, &ct_photo_rules[i], &look);
    for (int i = 0; i < CT_FACE_RULES; i++)
        ask_rule(out, &ct_face_rules[i], &look);
    for (int i = 0; i < CT_CAPTURE_RULES; i++)
        ask_rule(out, &ct_capture_rules[i], &look);
    for (int i = 0; i < CT_LIGHT_RULES; i++)
        ask_rule(out, &ct_light_rules[i], &look);
    for (int i = 0; i < CT_SKIN_RULES; i++)
        ask_rule(out, &ct_skin_rules[i], &look);
}

/* ---- What follows from them ---------------------------------------------- */

/* Where a smile, a frown or a squint folds the skin. */
static bool moves(int region)
{
    switch (region) {
    case CT_CROWSFEET_R:
    case CT_CROWSFEET_L:
    case CT_PERIORAL_UPPER:
    case CT_PERIORAL_LOWER:
        return true;
    default:
        return false;
    }
}

static bool concerns(const struct checks *checks, int i, int region)
{
    const cutis_region *const only = checks->of[i].region;

    return !only || only == ct_region(region);
}

static unsigned moved_there(const struct checks *checks, int i, int region)
{
    return moves(region) ? checks->moving[i] : 0;
}

/* The level at which check i widens a metric there, PASS for not at all. */
static enum ct_level widened(const struct checks *checks, int i, int metric,
                             int region)
{
    const unsigned set = checks->widens[i] | moved_there(checks, i, region);
    const bool does = concerns(checks, i, region) && set >> metric & 1 &&
                      checks->level[i] != CT_LEVEL_FAIL;

    return does ? checks->level[i] : CT_LEVEL_PASS;
}

/* Checks of one kind stand together: what two photographs have in common is
 * one fault.  Doubts, however many, count once. */
double ct_widening(const struct checks *checks, int metric, int region)
{
    bool doubt = false;
    double factor = 1.0;

    for (int i = 0; i < checks->count;) {
        const char *const id = checks->of[i].id;
        enum ct_level level = CT_LEVEL_PASS;

        for (; i < checks->count && checks->of[i].id == id; i++)
            level = higher(level, widened(checks, i, metric, region));
        if (level == CT_LEVEL_WARN)
            factor *= 1.4;
        if (level == CT_LEVEL_STRONG)
            factor *= 2.0;
        doubt = doubt || level == CT_LEVEL_UNKNOWN;
    }
    return doubt ? factor * 1.4 : factor;
}

const cutis_check *ct_forbids(const struct checks *checks, int metric,
                              int region)
{
    for (int i = 0; i < checks->count; i++) {
        unsigned set = checks->removes[i];
        if (checks->level[i] == CT_LEVEL_FAIL)
            set |= moved_there(checks, i, region);
        if (concerns(checks, i, region) && set >> metric & 1)
            return &checks->of[i];
    }
    return NULL;
}

/*
 * A face too small for pores and lines is as comparable as any in what it does
 * show; what it does not show has its reason in its own row.  One large and one
 * small face are told by their scale.
 */
static bool is_of_one_photograph(const struct checks *checks, int i)
{
    return strcmp(checks->of[i].id, "resolution") == 0 &&
           checks->removes[i] != CT_SET_ALL;
}

const cutis_check *ct_obstacle(const struct checks *checks)
{
    for (int i = 0; i < checks->count; i++)
        if (checks->of[i].verdict == CUTIS_CHECK_FAIL &&
            checks->removes[i] == CT_SET_ALL && !checks->of[i].region)
            return &checks->of[i];
    return NULL;
}

cutis_comparable ct_comparable(const struct checks *checks)
{
    if (ct_obstacle(checks))
        return CUTIS_COMPARABLE_NO;
    for (int i = 0; i < checks->count; i++)
        if (checks->of[i].verdict == CUTIS_CHECK_FAIL &&
            !is_of_one_photograph(checks, i))
            return CUTIS_COMPARABLE_LIMITED;
    return CUTIS_COMPARABLE_YES;
}
