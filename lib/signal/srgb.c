/* SPDX-License-Identifier: BSD-2-Clause */

#include "signal/signal.h"

double ct_srgb_decode(double encoded)
{
    if (encoded <= 0.04045)
        return encoded / 12.92;
    return ct_pow((encoded + 0.055) / 1.055, 2.4);
}

double ct_srgb_encode(double linear)
{
    if (linear <= 0.0031308)
        return linear * 12.92;
    return 1.055 * ct_pow(linear, 1.0 / 2.4) - 0.055;
}
