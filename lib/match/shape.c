/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * How the bony upper face of two photographs differs in shape: another person's
 * eyes, nose and forehead lie elsewhere, wherever the camera stood.
 */

#include <math.h>

#include "match/match.h"

/* Landmarks of forehead, temples, corners of the eyes and nose; not brows,
 * lids, cheeks, mouth and chin, which move. */
static const uint16_t upper[] = {
    1,   2,   3,   4,   5,   6,   8,   9,   10,  19,  20,  21,  25,  26,  27,
    28,  29,  30,  33,  44,  45,  47,  48,  49,  51,  54,  56,  59,  60,  64,
    67,  68,  69,  71,  75,  79,  94,  97,  98,  99,  102, 103, 104, 108, 109,
    112, 113, 114, 115, 121, 122, 124, 125, 126, 128, 129, 130, 131, 133, 134,
    139, 141, 151, 156, 162, 166, 168, 174, 188, 189, 190, 193, 195, 196, 197,
    198, 209, 217, 218, 219, 220, 221, 222, 223, 224, 225, 226, 232, 233, 235,
    236, 237, 238, 239, 240, 241, 242, 243, 244, 245, 247, 248, 250, 251, 255,
    256, 257, 258, 259, 260, 263, 274, 275, 277, 278, 279, 281, 284, 286, 289,
    290, 294, 297, 298, 299, 301, 305, 309, 326, 327, 328, 331, 332, 333, 337,
    338, 341, 342, 343, 344, 350, 351, 353, 354, 355, 357, 358, 359, 360, 362,
    363, 368, 370, 383, 389, 392, 399, 412, 413, 414, 417, 419, 420, 429, 437,
    438, 439, 440, 441, 442, 443, 444, 445, 446, 452, 453, 455, 456, 457, 458,
    459, 460, 461, 462, 463, 464, 465, 467,
};

enum { UPPER = sizeof(upper) / sizeof(upper[0]) };

double ct_upper_face_rms(const double before[CT_POINTS][3],
                         const double after[CT_POINTS][3])
{
    double from[UPPER][3], to[UPPER][3];

    for (int i = 0; i < UPPER; i++)
        for (int k = 0; k < 3; k++) {
            from[i][k] = before[upper[i]][k];
            to[i][k] = after[upper[i]][k];
        }
    return ct_rigid_rms((const double(*)[3])from, (const double(*)[3])to,
                        UPPER);
}
