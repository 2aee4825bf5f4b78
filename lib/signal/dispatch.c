/* SPDX-License-Identifier: BSD-2-Clause */

/* Which tables this build has, and which of them this processor runs. */

#include "config.h"
#include "signal/signal.h"

#if defined(__x86_64__)
#define CPU_HAS(feature) (__builtin_cpu_supports(feature) != 0)
#else
#define CPU_HAS(feature) 0
#endif

extern const struct kernels ct_kernels_c, ct_kernels_neon, ct_kernels_avx2,
    ct_kernels_avx512;

static const struct kernels *const built[CUTIS_ISA_BEST] = {
    [CUTIS_ISA_C] = &ct_kernels_c,
#if HAVE_NEON
    [CUTIS_ISA_NEON] = &ct_kernels_neon,
#endif
#if HAVE_AVX2
    [CUTIS_ISA_AVX2] = &ct_kernels_avx2,
#endif
#if HAVE_AVX512
    [CUTIS_ISA_AVX512] = &ct_kernels_avx512,
#endif
};

/* Asks for the features that meson.build compiles each table with. */
static bool cpu_runs(cutis_isa isa)
{
    switch (isa) {
    case CUTIS_ISA_C:
    case CUTIS_ISA_NEON: /* part of every AArch64 */
        return true;
    case CUTIS_ISA_AVX2:
        return CPU_HAS("avx2");
    case CUTIS_ISA_AVX512:
        return CPU_HAS("avx512f") && CPU_HAS("avx512bw") &&
               CPU_HAS("avx512dq") && CPU_HAS("avx512vl");
    case CUTIS_ISA_BEST:
        break;
    }
    return false;
}

const struct kernels *ct_kernels_get(cutis_isa isa)
{
    return cpu_runs(isa) ? built[isa] : NULL;
}

const struct kernels *ct_kernels_best(cutis_isa limit)
{
    for (unsigned isa = limit; isa > CUTIS_ISA_C; isa--) {
        const struct kernels *const table = ct_kernels_get((cutis_isa)isa);
        if (table)
            return table;
    }
    return &ct_kernels_c;
}

struct moments ct_fold(const struct sums *sums)
{
    double sum[CT_LANES], sum_sq[CT_LANES];
    for (int i = 0; i < CT_LANES; i++) {
        sum[i] = sums->sum[i];
        sum_sq[i] = sums->sum_sq[i];
    }
    for (int half = CT_LANES / 2; half > 0; half /= 2) {
        for (int i = 0; i < half; i++) {
            sum[i] += sum[i + half];
            sum_sq[i] += sum_sq[i + half];
        }
    }

    const double n = (double)sums->count;
    const double mean = sum[0] / n;
    const double variance = sum_sq[0] / n - mean * mean;
    return (struct moments){
        .mean = mean,
        .variance = variance < 0.0 ? 0.0 : variance,
        .count = sums->count,
    };
}
