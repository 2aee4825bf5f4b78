/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The error of a change.  With one photograph a visit,
 *
 *     SE^2 = 2 s0^2 + counting + scale + sharpness + white balance + ...
 *
 * where s0 is the prior within-subject repeat SD of the metric's descriptor
 * (method, 11.2), more in small regions, and each further term is what one
 * difference of capture does to this metric.  Checks then widen the whole
 * (section 10).  With several captures a visit 2 s0^2 becomes what repeats.c
 * says; the further terms stay whole, for a lamp that moved has moved in all
 * captures of its visit.  So does what the site found that visits differ by.
 */

#include <math.h>
#include <string.h>

#include "progress/progress.h"

static double square(double x)
{
    return x * x;
}

static bool named(const struct form *form, const char *name)
{
    return form->name && strcmp(form->name, name) == 0;
}

double ct_area_factor(double area_cm2)
{
    const double least_cm2 = 25.0;
    return area_cm2 > 0.0 && area_cm2 < least_cm2 ? least_cm2 / area_cm2 : 1.0;
}

/* Absolute redness also repeats the card's placement: method 11.2. */
static const double absolute_sd = 0.8; /* H */

static bool is_absolute(const struct form *form)
{
    return form->metric == CT_REDNESS && named(form, "H");
}

/*
 * The priors are for 25 cm2 or more; what lies in less averages over less.
 * Between a neutral and a smiling photograph of eleven people (3 px/mm), the
 * robust SD of a change of redness was 0.8 H over the face, 1.1-1.4 over a
 * cheek (11 cm2), 2-4 over 2 to 5 cm2; that of unevenness 6 %, 23-37 % and
 * 35-76 %.  Smiles are in that: repeat captures must replace it.
 */
static double prior_variance(const struct form *form)
{
    const double sd = ct_metric(form->metric)->prior_sd;

    return square(is_absolute(form) ? absolute_sd : sd) *
           ct_area_factor(form->area_cm2);
}

/* Share of that which is not the card's placement. */
static double local_share(const struct form *form)
{
    return is_absolute(form)
               ? square(ct_metric(CT_REDNESS)->prior_sd / absolute_sd)
               : 1.0;
}

/* Densities are counts, whose items come and go even where nothing changed.
 * Burdens weigh the items, and the faint ones that come and go weigh least; but
 * spots are few, and one that comes or goes is a good part of all.  Items that
 * were measured in both photographs leave only what that measuring leaves. */
static double counting(const struct form *form,
                       const struct photo_facts *before,
                       const struct photo_facts *after)
{
    const struct reading *one =
        &before->readings->of[form->metric][form->region];
    const struct reading *two =
        &after->readings->of[form->metric][form->region];
    const double a = one->count, b = two->count;
    const bool counted = form->metric == CT_LESION_DENSITY ||
                         form->metric == CT_PORE_DENSITY ||
                         form->metric == CT_PIGMENT_SPOTS;

    if (form->metric == CT_WRINKLE_DENSITY && one->paired && two->paired) {
        const double half = ct_half_item(form->metric, form->area_cm2);
        return one->spread * two->spread /
               ((one->value + half) * (two->value + half));
    }
    if (!counted || isnan(a) || isnan(b))
        return 0.0;
    if (one->paired && two->paired && one->value > 0.0 && two->value > 0.0)
        return one->spread * two->spread / (one->value * two->value);
    return 1.0 / (a + 0.5) + 1.0 / (b + 0.5);
}

static bool scale_given(const struct face *face)
{
    return face->scale_source && strcmp(face->scale_source, "px-per-mm") == 0;
}

/* A scale found from the face is good to 0.5 %; items per area go with its
 * square, lengths per area with its first power. */
static double by_scale(const struct form *form,
                       const struct photo_facts *before,
                       const struct photo_facts *after)
{
    static const double power[CT_METRICS] = {
        [CT_LESION_DENSITY] = 2.0,
        [CT_PORE_DENSITY] = 2.0,
        [CT_WRINKLE_DENSITY] = 1.0,
        [CT_WRINKLE_INDEX] = 1.0,
    };
    const double a = scale_given(before->face) ? 0.0 : 0.005;
    const double b = scale_given(after->face) ? 0.0 : 0.005;

    return square(power[form->metric]) * (a * a + b * b);
}

/*
 * What a difference of sharpness does to a logarithm where it stays,
 * per mm2 of difference of blur variance.  Roughness: band 0.25 mm loses 10 %
 * and band 0.5 mm 2.4 % for 0.0132 mm2 (method 4.3), weighed as each form
 * weighs its bands.  Pores: 23 % of the count for 0.008 mm2 (section 5), and
 * of their burden the faint part.  Lines: 1.5 / (w^2 + sigma^2) at
 * w = 0.127, sigma = 0.20 mm, the closed form of section 6.  Spots and lesions
 * are not equalised: 1 / s^2 for the contrast of one of 1.7 mm between half
 * heights, s = 0.7 mm.
 */
static double blur_slope(const struct form *form)
{
    switch (form->metric) {
    case CT_TEXTURE:
        if (named(form, "R_fine"))
            return 4.6;
        if (named(form, "R_scar"))
            return 1.2;
        return named(form, "R_coarse") ? 0.7 : 2.1;
    case CT_PORE_DENSITY:
        return 33.0;
    case CT_PORE_BURDEN:
        return 12.0;
    case CT_WRINKLE_INDEX:
    case CT_WRINKLE_DENSITY:
        return 27.0;
    case CT_PIGMENT_SPOTS:
    case CT_LESION_DENSITY:
        return 2.0;
    default:
        return 0.0;
    }
}

/* What equalising leaves: bands, pores and lines of rendered faces, blurred
 * apart by up to 0.08 mm and equalised (docs/results/equalise.md). */
static double blur_residual(const struct form *form)
{
    switch (form->metric) {
    case CT_TEXTURE:
        return 0.015;
    case CT_PORE_DENSITY:
    case CT_PORE_BURDEN:
        return 0.03;
    case CT_WRINKLE_INDEX:
    case CT_WRINKLE_DENSITY:
        return 0.04;
    default:
        return 0.0;
    }
}

/* A photograph without edges beside one that has them: on portraits of 3 px/mm
 * edges are found up to sigma 0.5 mm. */
static const double edgeless_mm2 = 0.3;

/* By how much more the region's skin was blurred than the common difference
 * says, mm2: the focus lay elsewhere.  0 within two standard errors. */
static double by_depth(const struct form *form, const struct pair *pair)
{
    const double more = pair ? pair->defocus.more[form->region] : 0.0;
    const double se = pair ? pair->defocus.se[form->region] : 0.0;

    return fabs(more) > 2.0 * se ? more : 0.0;
}

/* Where the difference is known, the sharper photograph was softened by it, or
 * it is too small to tell from none: its error stays, and what equalising
 * leaves; of spots, which are not equalised, all of it and its error.
 * Otherwise the whole difference of edge widths is in doubt. */
static double by_sharpness(const struct form *form,
                           const struct photo_facts *before,
                           const struct photo_facts *after,
                           const struct pair *pair)
{
    const double a = before->capture->blur_mm;
    const double b = after->capture->blur_mm;
    const bool equalised =
        form->metric != CT_PIGMENT_SPOTS && form->metric != CT_LESION_DENSITY;

    const double depth = by_depth(form, pair);

    if (pair && !isnan(pair->blur_mm2) && !equalised)
        return square(blur_slope(form) * (pair->blur_mm2 + depth)) +
               square(blur_slope(form) * pair->blur_se_mm2);
    if (pair && !isnan(pair->blur_mm2)) {
        const bool softened = fabs(pair->blur_mm2) > pair->blur_se_mm2;
        return square(blur_slope(form) * pair->blur_se_mm2) +
               square(blur_slope(form) * depth) +
               (softened ? square(blur_residual(form)) : 0.0);
    }
    if (isnan(a) && isnan(b))
        return 0.0;
    if (isnan(a) || isnan(b))
        return square(blur_slope(form) * edgeless_mm2);
    return square(blur_slope(form) * (b * b - a * a)) +
           square(blur_slope(form) * depth);
}

/*
 * What another direction of the light does to a logarithm of relief: the mean
 * slope of the region's skin times the angle (method, 4.4).  Depths of pores
 * and lines follow it as roughness does; how many pass a threshold follows
 * about half of it.
 */
static double by_light(const struct form *form,
                       const struct photo_facts *before,
                       const struct photo_facts *after, const struct pair *pair)
{
    static const double share[CT_METRICS] = {
        [CT_TEXTURE] = 1.0,         [CT_PORE_BURDEN] = 1.0,
        [CT_PORE_DENSITY] = 0.5,    [CT_WRINKLE_INDEX] = 1.0,
        [CT_WRINKLE_DENSITY] = 0.5,
    };
    if (share[form->metric] == 0.0 || !pair || isnan(pair->light_angle_deg))
        return 0.0;
    const double slope = 0.5 * (before->capture->light.slope[form->region] +
                                after->capture->light.slope[form->region]);

    return isnan(slope)
               ? 0.0
               : square(share[form->metric] * slope * pair->light_angle_deg);
}

/* A card sets each channel to 0.2 %, and a tenth of what it corrected stays;
 * 1 % of independent channel error in both photographs is 2.05 H (1.4). */
static double by_white_balance(const struct photo_facts *before,
                               const struct photo_facts *after)
{
    const double corrected = ct_white_difference(before, after) * 2.302585093;

    return isnan(corrected) ? 0.0 : square(205.0 * (0.002 + 0.1 * corrected));
}

static double steepness(const struct photo_facts *photo, int region)
{
    const struct reading *const row =
        &photo->readings->of[CT_ERYTHEMA_AREA][region];

    for (int i = 0; i < row->detail_count; i++)
        if (strcmp(row->detail[i].name, "steepness") == 0)
            return row->detail[i].value;
    return 0.0;
}

/* A red area moves with redness as a whole, by the share of skin near its
 * threshold: points per H. */
static double points_per_h(int region, const struct photo_facts *before,
                           const struct photo_facts *after)
{
    return 0.5 * (steepness(before, region) + steepness(after, region));
}

/* That times redness's own repeat SD.  Of one capture. */
static double by_level(const struct form *form,
                       const struct photo_facts *before,
                       const struct photo_facts *after)
{
    const struct form redness = {.metric = CT_REDNESS,
                                 .region = form->region,
                                 .area_cm2 = form->area_cm2};

    return prior_variance(&redness) *
           square(points_per_h(form->region, before, after));
}

/* Chroma rounded away: where it varies little, its levels all round alike, up
 * to half a level off (2.2); where it varies, they round now up, now down.  A
 * level is worth 3 to 4 H on light skin and 10 and more on dark.  How the error
 * falls with the SD of Cr: tests/oracles/chroma.py. */
static double by_chroma(const struct photo_facts *photo, int region)
{
    const double levels = photo->capture->chroma_dither;
    const double worth = photo->readings->of[CT_REDNESS][region].per_level;

    if (photo->picture->source != CT_SOURCE_JPEG || isnan(levels))
        return 0.0;
    return square(worth / (1.0 + levels / 0.42)) / 12.0;
}

/* What chroma adds to redness moves a red area too. */
static double by_both_chromas(const struct form *form,
                              const struct photo_facts *before,
                              const struct photo_facts *after)
{
    const double sum =
        by_chroma(before, form->region) + by_chroma(after, form->region);

    if (form->metric == CT_ERYTHEMA_AREA)
        return sum * square(points_per_h(form->region, before, after));
    return form->metric == CT_REDNESS ? sum : 0.0;
}

/* H that +20 % melanin feigns, as a part of the +50 %-blood signal: of the
 * forward model of section 12.1, skin by skin, without its sign. */
static double leak(double ita)
{
    enum { LAST = 6 };
    static const double at[] = {-45.0, -30.0, -25.0, -20.0, -15.0, -10.0, 0.0};
    static const double part[] = {0.26, 0.24, 0.30, 0.69, 0.38, 0.16, 0.10};

    if (!(ita < at[LAST]))
        return 0.0;
    if (ita <= at[0])
        return part[0];
    int i = 0;
    while (i < LAST - 1 && ita > at[i + 1])
        i++;
    const double along = (ita - at[i]) / (at[i + 1] - at[i]);
    return part[i] + along * (part[i + 1] - part[i]);
}

/* A tan of 10 % melanin on brown skin; +50 % blood is 5.6 H. */
static double by_tan(const struct photo_facts *before,
                     const struct photo_facts *after)
{
    const double ita = (before->capture->ita + after->capture->ita) / 2.0;

    return square(0.5 * leak(ita) * 5.6);
}

/* Of the variance of one capture, the part that its whole visit shares. */
static void part_visits(struct claim *out, const struct site_error *own,
                        double missing)
{
    out->between = out->prior * (own->between / own->variance);
    out->between_df = own->between_df + missing;
    out->prior -= out->between;
    out->prior_df = own->within_df + missing;
}

/*
 * The variance that the site's repeats have for somebody whose own `counting`
 * is that, both of 25 cm2 where small.  Items that come and go are a share of
 * all, so that the variance of a density's logarithm goes with one over their
 * number, as counting does; never under a quarter, for not all that repeats is
 * counting. A burden holds measuring, which the site's has: what is beyond that
 * widens.
 */
static double by_number(const struct site_error *own, double counting)
{
    if (!(own->counts > 0.0) || !(counting > 0.0))
        return own->variance;
    if (own->metric == CT_PIGMENT_SPOTS)
        return own->variance + 0.5 * fmax(counting - own->counts, 0.0);
    return own->variance * fmax(counting / own->counts, 0.25);
}

/*
 * What was measured at the site stands in the place of what is assumed for
 * everybody; as long as it has fewer degrees of freedom than that, they are
 * made up from it.  What counting does is in it too, then.
 */
static void repeat_error(struct claim *out, const struct form *form,
                         const struct site *site, double assumed)
{
    double *const counting = &out->term[CT_COUNTING];
    const double factor = ct_area_factor(form->area_cm2);
    const struct site_error *const own = ct_site_find(
        site, form->metric, form->name, ct_extent_of(form->area_cm2));

    out->prior = assumed;
    out->prior_df = CT_PRIOR_DF;
    out->local = local_share(form);
    out->between = out->between_df = 0.0;
    out->held = 0.0;
    out->share = 1.0;
    if (!own)
        return;
    const double variance = factor * by_number(own, *counting / factor);
    const double missing = fmax(CT_PRIOR_DF - own->df, 0.0);
    out->prior_df = own->df + missing;
    if (own->counts > 0.0)
        *counting *= missing / out->prior_df;
    out->prior = (missing * assumed + own->df * variance) / out->prior_df;
    out->local = (missing * assumed * out->local + own->df * variance) /
                 (out->prior_df * out->prior);
    out->held = own->df / out->prior_df * own->terms;
    if (2.0 * out->prior < out->held)
        out->share = 2.0 * out->prior / out->held;
    if (own->between > 0.0)
        part_visits(out, own, missing);
}

void ct_error_terms(struct claim *out, const struct form *form,
                    const struct photo_facts *before,
                    const struct photo_facts *after, const struct pair *pair,
                    const struct site *site)
{
    double *term = out->term;
    double assumed = prior_variance(form);

    if (form->metric == CT_ERYTHEMA_AREA)
        assumed += by_level(form, before, after);
    for (int i = 0; i < CT_ERROR_TERMS; i++)
        term[i] = 0.0;
    *term++ = counting(form, before, after);
    repeat_error(out, form, site, assumed);
    *term++ = by_scale(form, before, after);
    *term++ = by_sharpness(form, before, after, pair);
    /* Scale and lens are the whole photograph's, where the focus lay is not. */
    out->alike =
        term[-2] +
        fmax(term[-1] - square(blur_slope(form) * by_depth(form, pair)), 0.0);
    *term++ = by_light(form, before, after, pair);
    *term++ = by_both_chromas(form, before, after);
    if (form->metric != CT_REDNESS)
        return;
    *term++ = by_tan(before, after);
    out->alike += term[-1];
    if (!is_absolute(form))
        return;
    *term++ = by_white_balance(before, after);
    out->alike += term[-1];
}

double ct_terms(const struct claim *claim)
{
    double sum = 0.0;

    for (int i = CT_COUNTING + 1; i < CT_ERROR_TERMS; i++)
        sum += claim->term[i];
    return sum;
}

/* What repeats leave of a difference of two visits. */
double ct_repeats(const struct claim *claim, double factor, double repeat)
{
    return factor * repeat + 2.0 * claim->between;
}

/* Of what the site's captures differed by, what ct_repeats holds. */
static double usual_terms(const struct claim *claim, double factor,
                          double repeat)
{
    if (claim->between > 0.0)
        return claim->held * (ct_repeats(claim, factor, repeat) /
                              ct_repeats(claim, 2.0, repeat));
    return 0.5 * factor * claim->held;
}

/*
 * The site's repeats hold `held` of what captures differed by, half of it a
 * capture, or as much as visits differ by where that is known.  What is beyond
 * that widens: as far as its captures went by no more than they allow, and
 * wholly where captures differ by more than three times the usual.
 */
double ct_variance(const struct claim *claim, double factor, double repeat)
{
    const double terms = ct_terms(claim);
    const double usual = usual_terms(claim, factor, repeat);
    const double more = fmax(terms - usual, 0.0);
    const double known = fmin(more, 3.0 * claim->held - usual);

    return ct_repeats(claim, factor, repeat) + claim->term[CT_COUNTING] +
           claim->share * known + (more - known);
}
