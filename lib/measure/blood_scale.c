/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * H on the scale of ln(blood).
 *
 * Where skin holds little blood, other things absorb more than blood does, and
 * half as much again changes little; where it holds much, it changes more.  So
 * the unmixed h bends against ln(blood).  Over the population of measured skin
 * the slope dh / (13.74 d ln b) is
 *
 *     s(h) = 1.52 (1 - exp(-(h + 1.5) / 18.3)),     s(18.2) = 1,
 *
 * 18.2 being the population's median.  It is a law of how much of the light
 * blood takes, and hardly of a model: of people with unlike oxygenation and
 * scattering the slope varies by 7 % about it instead of by 25 %, and diffusion
 * theory, to which nothing was fitted, follows it (tests/oracles/skin.py makes
 * the numbers).  The integral of 1 / s is straight in ln(blood):
 *
 *     H = 18.2 + (18.3 / 1.52) [ln(exp u - 1)],     u = (h + 1.5) / 18.3,
 *
 * taken from 18.2 on.  Below 3 and above 45, where no skin was measured, it
 * goes on along its tangents.
 *
 * Melanin's leak moves the level, and the tables' own error the slope, both as
 * tabulated by tone.  On brown skin more melanin than blood is in the level, so
 * that it says nothing there and h stays as it is.
 */

#include "measure/measure.h"

static const double steepest = 1.52, none = -1.5, width = 18.3;
static const double usual = 18.2, least = 3.0, most = 45.0;
static const double at_usual = 0x1.51d0e2865710ap-1; /* integral(usual) */

/* ln(exp u - 1), of which the slope is 1 / (1 - exp(-u)). */
static double integral(double h)
{
    const double u = (h - none) / width;
    return u + ct_log(1.0 - ct_exp(-u));
}

static double slope(double h)
{
    return steepest * (1.0 - ct_exp(-(h - none) / width));
}

double ct_blood_usual(const struct tone *tone)
{
    return usual + tone->leak;
}

double ct_blood_scale(const struct tone *tone, double h)
{
    if (!(tone->bend > 0.0))
        return h;
    const double own = h - tone->leak;
    const double in = own < least ? least : own > most ? most : own;
    const double outside = own == in ? 0.0 : (own - in) / slope(in);
    const double straight =
        width / steepest * (integral(in) - at_usual) + outside;
    const double scaled = usual + straight / tone->steep;
    return h + tone->bend * (scaled - h);
}
