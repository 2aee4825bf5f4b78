/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * From readings to what may be said of them: checks, changes with their error,
 * families of tests, verdicts, the score.  Method, sections 10 and 11.
 *
 * A change is worked on as a difference of y, where y is the reading itself
 * (linear metrics) or its logarithm (ratio metrics).
 */

#ifndef CT_PROGRESS_PROGRESS_H
#define CT_PROGRESS_PROGRESS_H

#include "account.h"

/* ---- Sets of metrics ----------------------------------------------------- */

/* Bits 1 << CT_REDNESS ..., as in struct checks. */
enum {
    CT_SET_PORES = 1 << CT_PORE_DENSITY | 1 << CT_PORE_BURDEN,
    CT_SET_WRINKLES = 1 << CT_WRINKLE_INDEX | 1 << CT_WRINKLE_DENSITY,
    CT_SET_FINE =
        CT_SET_PORES | CT_SET_WRINKLES | 1 << CT_TEXTURE | 1 << CT_FLAKES,
    CT_SET_COLOUR = 1 << CT_REDNESS | 1 << CT_ERYTHEMA_AREA |
                    1 << CT_LESION_DENSITY | 1 << CT_PIGMENT_SPOTS |
                    1 << CT_TONE_EVENNESS | 1 << CT_TONE_ITA,
    /* Sums and shares over areas, and lines. */
    CT_SET_AREAS = CT_SET_PORES | CT_SET_WRINKLES | 1 << CT_ERYTHEMA_AREA |
                   1 << CT_LESION_DENSITY | 1 << CT_PIGMENT_SPOTS |
                   1 << CT_SHINE | 1 << CT_FLAKES,
    CT_SET_ALL = (1 << CT_METRICS) - 1
};

/* ---- Checks -------------------------------------------------------------- */

/* What a check looks at; `other` and `pair` NULL for one photograph. */
struct look {
    const struct photo_facts *photo, *other;
    const struct pair *pair;
    const cutis_compare_options *options;
    int region;
};

/* What it finds.  Starts as its rule says; looking may change all of it. */
struct finding {
    double value; /* NaN: could not be estimated */
    const char *unit;
    double pass, warn, fail; /* limits, as in struct rule */
    enum ct_level level;     /* at least this one */
    enum ct_level unknown;   /* the level of a NaN */
    unsigned widens, removes, moving;
    unsigned lost;      /* metrics with tighter limits, which fail */
    unsigned withholds; /* metrics removed without a failure */
    bool skipped;       /* there is nothing to ask about here */
    char shown[128];    /* takes the place of {}; empty: the value */
};

/* Which photographs a rule asks about. */
enum asks { ASKS_EACH, ASKS_PAIR, ASKS_ONCE, ASKS_REGIONS };

enum sense { MORE_IS_WORSE, LESS_IS_WORSE };

struct rule {
    const char *id, *unit;
    enum asks asks;
    enum sense sense;
    double pass, warn, fail; /* up to `pass` a pass, up to `warn` a warning,
                                up to `fail` a strong one, beyond a failure */
    unsigned widens, removes, moving;
    unsigned own; /* metrics whose error has a term for what this checks */
    int decimals; /* of the value in a sentence */
    void (*look)(struct finding *finding, const struct look *look);
    const char *sentence[CT_LEVEL_FAIL + 1]; /* UNKNOWN's where the value is
                                                NaN; STRONG NULL = WARN's */
};

enum { CT_PHOTO_RULES = 10, CT_FACE_RULES = 7, CT_CAPTURE_RULES = 8 };
extern const struct rule ct_photo_rules[CT_PHOTO_RULES];
extern const struct rule ct_face_rules[CT_FACE_RULES];
extern const struct rule ct_capture_rules[CT_CAPTURE_RULES];
enum { CT_LIGHT_RULES = 2 };
extern const struct rule ct_light_rules[CT_LIGHT_RULES];
enum { CT_SKIN_RULES = 4 };
extern const struct rule ct_skin_rules[CT_SKIN_RULES];

/* Share of patches of skin that were found again; NaN where none was tried. */
double ct_same_skin(const struct pair *pair);

/* The level of `value` under a rule's sense and a finding's limits. */
enum ct_level ct_level_of(const struct finding *finding, enum sense sense);

/* By how much the checks widen the error of a metric in a region, >= 1. */
double ct_widening(const struct checks *checks, int metric, int region);

/* The check that forbids comparing a metric in a region, or NULL. */
const cutis_check *ct_forbids(const struct checks *checks, int metric,
                              int region);

/* Largest |log10 ratio| of red to green and blue to green between the neutral
 * of two photographs as the camera gave it; NaN without one in each. */
double ct_white_difference(const struct photo_facts *before,
                           const struct photo_facts *after);

/* ---- Words --------------------------------------------------------------- */

/* `value` with a fixed number of decimals, whatever the locale; "?" where it
 * is not finite or too long. */
enum { CT_FIXED = 32 };
const char *ct_fixed(char room[CT_FIXED], double value, int decimals);

/* "1 day", "30 days". */
const char *ct_days(char room[CT_FIXED], double days);

/* What takes the place of {} in a finding's sentence. */
void ct_say(struct finding *finding, const char *shown);

/* Copies `sentence` to `out`, with `shown` for each {}. */
void ct_sentence_fill(char *out, size_t size, const char *sentence,
                      const char *shown);

/* One more sentence, if there is room for it in CT_SENTENCE. */
void ct_sentence_add(char *reason, const char *sentence);

/* ---- Change -------------------------------------------------------------- */

enum { CT_PRIOR_DF = 10 }; /* nu0 of the prior repeat SDs */

/* One form of one metric in one region, before and after. */
struct form {
    int metric, region;
    const char *name; /* as the reading's or the detail's: "R", "R_scar" */
    double before, after;
    double area_cm2; /* of the smaller of the two */
};

/* Half an item in `area_cm2`, for densities and burdens; else 0. */
double ct_half_item(int metric, double area_cm2);

/* The reading on the scale on which changes are differences, NaN where it has
 * no place there; and back. */
double ct_y(int metric, double area_cm2, double value);
double ct_from_y(int metric, double area_cm2, double y);

/* Fills prior and terms. */
void ct_error_terms(struct claim *out, const struct form *form,
                    const struct photo_facts *before,
                    const struct photo_facts *after, const struct pair *pair,
                    const struct site *site);

/* By how much the variance of repeats grows in areas under 25 cm2; 1 from there
 * on. */
double ct_area_factor(double area_cm2);

/* Variance of a difference of y, before any widening by checks: `factor` times
 * the variance with which captures repeat, and of the terms what the site's
 * repeats do not hold. */
double ct_variance(const struct claim *claim, double factor, double repeat);

/* The part of that which repeats make. */
double ct_repeats(const struct claim *claim, double factor, double repeat);

/* Sum of the terms that say by what captures differ: all but counting. */
double ct_terms(const struct claim *claim);

/* How many SE an interval reaches either way. */
struct reach {
    double df, t90, t95;
};
struct reach ct_reach(double df);

/* `adjusted` starts as p. */
struct step ct_step(double delta, double se, const struct reach *reach);

/* ---- Several captures of a visit ------------------------------------------
 */

/* One pair of captures of a row. */
struct paired {
    const struct claim *claim;
    int capture[2];
};

/* y after - y before. */
double ct_difference(const struct paired *pair, int metric, double area_cm2);

/* r' V^-1 r of one number a pair, V being their covariance by repeats.c. */
double ct_squares(const struct paired *pair, const double *r, int n);

/* The weights of the best mean of the pairs, which sum to 1; its variance as a
 * multiple of one capture's. */
double ct_weights(double weight[CT_CAPTURES], const struct paired *pair, int n);

/* What the pairs of a row say together. */
struct pooled {
    double before, after; /* as readings */
    double delta, se, df; /* of y */
    double repeat_sd;     /* of y, from the captures alone; NaN with a pair */
    struct alike alike;
    double variance;          /* of y of one capture, as used and widened, with
                                 what its visit adds, times the captures */
    int captures[2];          /* that took part */
    struct sampling sampling; /* of other skin; n is the least */
};

/* The pairs that have the row, or the part unless -1, in the form of the first
 * of them; how many. */
int ct_collect(struct paired out[CT_CAPTURES], const struct account *accounts,
               int pairs, int metric, int region, int part);

/* `n` >= 1 pairs that are there, of which the captures of at least one visit
 * are all different; `dependent` as in struct trial. */
void ct_pool_pairs(struct pooled *out, const struct paired *pair, int n,
                   int metric, double area_cm2, bool dependent);

/* Puts a step's numbers into a row in their published form. */
void ct_publish(cutis_change *row, const struct step *step);

/* ---- Families of tests --------------------------------------------------- */

enum { CT_FAMILY = CT_METRICS * CT_REGIONS + CT_COMPONENTS };

/* Adjusted p of `n` <= CT_FAMILY of them, none NaN, in place.  Holm's step-down
 * holds the family-wise error, Benjamini and Hochberg's step-up the share of
 * false discoveries. */
void ct_adjust_holm(double *p, int n);
void ct_adjust_bh(double *p, int n);

/* ---- Verdicts ------------------------------------------------------------ */

/* A metric's smallest change of interest on the scale of y. */
double ct_sesoi(const cutis_metric *metric);

/* IMPROVED, WORSE or CHANGED. */
cutis_verdict ct_direction(double delta, cutis_direction direction);

cutis_verdict ct_verdict(const struct step *step, const cutis_metric *metric);

/* Where a time since treatment lies. */
enum phase { PHASE_ACUTE, PHASE_HEALING, PHASE_EARLY, PHASE_RIPE };
enum phase ct_phase(double days); /* negative: not said, taken as ripe */

/* Verdict and sentence of a row whose numbers stand. */
void ct_judge_row(cutis_change *row, char *reason, const struct step *step,
                  double days);

/* Adds to it where not all captures, before and after, show what the row is
 * of. */
void ct_say_captures(char *reason, const cutis_change *row, const int of[2]);

/* ---- Score --------------------------------------------------------------- */

/* What a preset weighs: a metric, or a named form of it. */
struct part {
    int metric;
    double weight;    /* of 1; 0 ends the list */
    const char *form; /* a detail's name; NULL = the reading itself */
};

struct preset {
    const char *name;
    struct part part[CT_COMPONENTS];
};

/* By name, NULL = general; NULL if there is no such. */
const struct preset *ct_preset(const char *name);
const struct preset *ct_preset_at(int index); /* NULL from the end on */
int ct_part_count(const struct preset *preset);

/* Score, components and reason from one step a part; `name` is what was read
 * for it, and a step of NaN or NULL is one that is missing.  out->component's
 * verdicts are the caller's. */
cutis_status ct_score(struct outcome *out, const struct preset *preset,
                      const struct step *const *step, const char *const *name,
                      double days, uint64_t seed, struct tools *tools);

#endif
