/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Logarithm, exponential, powers and angles, the same on every platform.
 *
 * All of them reduce the argument to a small one and sum a Taylor series there:
 * coefficients are then closed forms, and double has bits enough.  Where a
 * rounding error would be magnified (pow, sin) a number is carried as the sum
 * of two doubles.
 */

#include <math.h>
#include <string.h>

#include "signal/signal.h"

/* hi + lo, |lo| at most half a unit in the last place of hi. */
struct two {
    double hi, lo;
};

/* a + b exactly (Knuth). */
static struct two sum_of(double a, double b)
{
    const double s = a + b;
    const double t = s - a;
    return (struct two){s, (a - (s - t)) + (b - t)};
}

/* a * b exactly (Dekker), where neither is beyond 2^996. */
static struct two product_of(double a, double b)
{
    const double split = 134217729.0; /* 2^27 + 1 */
    const double ta = split * a, tb = split * b;
    const double ah = ta - (ta - a), bh = tb - (tb - b);
    const double al = a - ah, bl = b - bh;
    const double p = a * b;
    return (struct two){p, ((ah * bh - p) + ah * bl + al * bh) + al * bl};
}

static struct two add_two(struct two a, struct two b)
{
    const struct two s = sum_of(a.hi, b.hi);
    return sum_of(s.hi, s.lo + (a.lo + b.lo));
}

static struct two times_two(struct two a, struct two b)
{
    const struct two p = product_of(a.hi, b.hi);
    return sum_of(p.hi, p.lo + (a.hi * b.lo + a.lo * b.hi));
}

static uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof(bits));
    return bits;
}

static double double_of(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof(x));
    return x;
}

/* 2^k for k in [-1022, 1023]. */
static double power_of_2(int k)
{
    return double_of((uint64_t)(k + 1023) << 52);
}

/* x 2^k, rounded once; |k| <= 2200. */
static double scaled(double x, int k)
{
    while (k > 1000) {
        x *= power_of_2(1000);
        k -= 1000;
    }
    if (k >= -1000)
        return x * power_of_2(k);
    /* First the exact part, so that only the last product rounds. */
    return x * power_of_2(-900) * power_of_2(k + 900 < -1022 ? -1022 : k + 900);
}

static bool is_nan(double x)
{
    return x != x;
}

/* ---- Logarithm ----------------------------------------------------------- */

/* x = 2^e m, m in [sqrt(1/2), sqrt(2)), for finite x > 0. */
static double split_exponent(double x, int *e)
{
    const uint64_t half_root = UINT64_C(0x3fe6a09e667f3bcd); /* sqrt(1/2) */
    int shift = 0;
    if (x < power_of_2(-1022)) {
        x *= power_of_2(54);
        shift = -54;
    }
    const int64_t off = (int64_t)(bits_of(x) - half_root);
    *e = (int)(off >> 52) + shift;
    const uint64_t fraction = (uint64_t)off & UINT64_C(0x000fffffffffffff);
    return double_of(fraction + half_root);
}

/*
 * ln(m) = 2 atanh(s), s = (m - 1) / (m + 1), |s| < 0.1716: the sum of
 * 2 s^(2i+1) / (2i+1).  This is the sum from i = 2 on, over s.
 */
static double atanh_tail(double s)
{
    const double z = s * s;
    double p = 2.0 / 27.0;
    for (int odd = 25; odd >= 5; odd -= 2)
        p = p * z + 2.0 / odd;
    return p * z * z;
}

/* ln(x) to about 1e-19 of itself. */
static struct two log_of(double x)
{
    const struct two ln2 = {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56};
    const struct two third = {0x1.5555555555555p-1, 0x1.5555555555555p-55};

    int e;
    const double m = split_exponent(x, &e);
    const double f = m - 1.0;
    const struct two below = sum_of(m, 1.0);
    const double s_hi = f / below.hi;
    const struct two back = product_of(s_hi, below.hi);
    const double rest = ((f - back.hi) - back.lo) - s_hi * below.lo;
    const struct two s = sum_of(s_hi, rest / below.hi);

    const struct two cube = times_two(times_two(s, s), s);
    struct two sum = times_two(cube, third); /* 2/3 s^3 */
    sum = add_two(sum, (struct two){s.hi * atanh_tail(s.hi), 0.0});
    sum = add_two((struct two){2.0 * s.hi, 2.0 * s.lo}, sum);
    return add_two(times_two((struct two){e, 0.0}, ln2), sum);
}

/* What a logarithm gives where there is nothing to compute. */
static bool log_special(double x, double *out)
{
    if (x > 0.0 && x <= 1.7976931348623157e308)
        return false;
    if (is_nan(x) || x > 0.0)
        *out = x;
    else
        *out = x == 0.0 ? -HUGE_VAL : (double)NAN;
    return true;
}

double ct_log(double x)
{
    double special;
    if (log_special(x, &special))
        return special;
    const struct two l = log_of(x);
    return l.hi + l.lo;
}

double ct_log10(double x)
{
    const struct two scale = {0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57};
    double special;
    if (log_special(x, &special))
        return special;
    const struct two l = times_two(log_of(x), scale);
    return l.hi + l.lo;
}

/* ---- Exponential --------------------------------------------------------- */

/* e^(x + small) with |small| far below a unit of x. */
static double exp_of(double x, double small)
{
    if (is_nan(x))
        return x;
    if (x > 710.0)
        return HUGE_VAL;
    if (x < -750.0)
        return 0.0;

    const double k = floor(x * 0x1.71547652b82fep+0 + 0.5);
    const double hi = x - k * 0x1.62e42fef00000p-1;
    const double lo = k * 0x1.473de6af278edp-34 - small;
    const double r = hi - lo;
    const double slip = (hi - r) - lo;

    /* e^r - 1 - r, |r| < 0.3467, over r^2. */
    double p = 1.0;
    for (int i = 15; i > 2; i--)
        p = 1.0 + p * r / i;
    p *= 0.5;
    const double y = 1.0 + (r + (r * r * p + slip * (1.0 + r)));
    return scaled(y, (int)k);
}

double ct_exp(double x)
{
    return exp_of(x, 0.0);
}

double ct_pow(double x, double y)
{
    if (y == 0.0 || x == 1.0)
        return 1.0;
    if (is_nan(x) || is_nan(y) || x < 0.0)
        return NAN;
    if (x == 0.0)
        return y > 0.0 ? 0.0 : HUGE_VAL;

    double special;
    if (log_special(x, &special)) /* infinite */
        return y > 0.0 ? x : 0.0;
    const struct two l = log_of(x);
    const double about = l.hi * y;
    if (!(fabs(about) < 1e4))
        return about > 0.0 ? HUGE_VAL : 0.0;
    const struct two p = product_of(l.hi, y);
    const struct two sum = sum_of(p.hi, p.lo + l.lo * y);
    return exp_of(sum.hi, sum.lo);
}

double ct_sqrt(double x)
{
    return sqrt(x);
}

double ct_cbrt(double x)
{
    if (x == 0.0 || !(fabs(x) <= 1.7976931348623157e308))
        return x;

    int e;
    const double m = split_exponent(fabs(x), &e);
    const int third = (e >= 0 ? e : e - 2) / 3;
    const double t = m * power_of_2(e - 3 * third); /* [0.7, 5.7) */

    double y = 0.6 + 0.27 * t - 0.0133 * t * t;
    for (int i = 0; i < 3; i++) { /* Halley */
        const double cube = y * y * y;
        y = y * (cube + 2.0 * t) / (2.0 * cube + t);
    }
    y += (t / (y * y) - y) / 3.0;
    y = scaled(y, third);
    return x < 0.0 ? -y : y;
}

/* ---- Angles -------------------------------------------------------------- */

/* sin(a) for |a| <= pi/4, to a Taylor term of a^19. */
static double sin_small(struct two a)
{
    const double z = a.hi * a.hi;
    double p = 1.0;
    for (int i = 18; i > 2; i -= 2)
        p = 1.0 - p * z / (i * (i + 1));
    return a.hi + (a.lo * (1.0 - 0.5 * z) - a.hi * z * p / 6.0);
}

static double cos_small(struct two a)
{
    const double z = a.hi * a.hi;
    double p = 1.0;
    for (int i = 19; i > 3; i -= 2)
        p = 1.0 - p * z / (i * (i + 1));
    const double half = 0.5 * z;
    const double w = 1.0 - half;
    return w + (((1.0 - w) - half) + (z * z * p / 24.0 - a.hi * a.lo));
}

/* x = quarter * pi/2 + a; pi/2 in three parts, products with which are exact
 * for |x| <= 1e5. */
static struct two quarter_turns(double x, int64_t *quarter)
{
    const double k = floor(x * 0x1.45f306dc9c883p-1 + 0.5);
    const double first = x - k * 0x1.921fb54400000p+0;
    const struct two a = sum_of(first, -k * 0x1.0b4611a600000p-34);
    *quarter = (int64_t)k;
    return sum_of(a.hi, a.lo - k * 0x1.3198a2e037073p-69);
}

/* sin(x + shift * pi/2), shift >= 0. */
static double sin_shifted(double x, int shift)
{
    if (!(fabs(x) <= 1e5))
        return NAN;
    int64_t quarter;
    const struct two a = quarter_turns(x, &quarter);
    const int64_t turn = (quarter + shift) & 3;
    const double y = turn % 2 == 0 ? sin_small(a) : cos_small(a);
    return turn < 2 ? y : -y;
}

double ct_sin(double x)
{
    if (x == 0.0)
        return x;
    return sin_shifted(x, 0);
}

double ct_cos(double x)
{
    return sin_shifted(x, 1);
}

/* atan(i / 8) as two doubles each. */
static const struct two atan_eighths[9] = {
    {0.0, 0.0},
    {0x1.fd5ba9aac2f6ep-4, -0x1.cd37686760c17p-59},
    {0x1.f5b75f92c80ddp-3, 0x1.8ab6e3cf7afbdp-57},
    {0x1.6f61941e4def1p-2, -0x1.c63aae6f6e918p-56},
    {0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56},
    {0x1.1e00babdefeb4p-1, -0x1.928df287a668fp-58},
    {0x1.4978fa3269ee1p-1, 0x1.2419a87f2a458p-56},
    {0x1.700a7c5784634p-1, -0x1.8c34d25aadef6p-56},
    {0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55},
};

/* atan(y / x) for 0 <= y <= x, x > 0. */
static struct two atan_eighth(double y, double x)
{
    const int i = (int)floor(y / x * 8.0 + 0.5);
    const double c = i / 8.0;
    const double t = i == 0 ? y / x : (y - c * x) / (x + c * y);

    /* |t| <= 1/16. */
    const double z = t * t;
    double p = 1.0 / 17.0;
    for (int odd = 15; odd >= 3; odd -= 2)
        p = 1.0 / odd - p * z;
    const struct two s = sum_of(atan_eighths[i].hi, t);
    return sum_of(s.hi, s.lo + (atan_eighths[i].lo - t * z * p));
}

double ct_atan2(double y, double x)
{
    const struct two pi = {0x1.921fb54442d18p+1, 0x1.1a62633145c07p-53};
    if (is_nan(x) || is_nan(y))
        return NAN;

    double ax = fabs(x), ay = fabs(y);
    if (ax == HUGE_VAL && ay == HUGE_VAL)
        ax = ay = 1.0;
    struct two a = {0.0, 0.0};
    if (ay > ax) {
        a = atan_eighth(ax == 0.0 || ay == HUGE_VAL ? 0.0 : ax,
                        ay == HUGE_VAL ? 1.0 : ay);
        a = add_two((struct two){pi.hi / 2.0, pi.lo / 2.0},
                    (struct two){-a.hi, -a.lo});
    } else if (ax > 0.0) {
        a = ax == HUGE_VAL ? a : atan_eighth(ay, ax);
    }
    if (signbit(x))
        a = add_two(pi, (struct two){-a.hi, -a.lo});
    const double angle = a.hi + a.lo;
    return signbit(y) ? -angle : angle;
}

double ct_acos(double x)
{
    if (!(fabs(x) <= 1.0))
        return NAN;
    return ct_atan2(sqrt((1.0 - x) * (1.0 + x)), x);
}
