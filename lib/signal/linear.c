/* SPDX-License-Identifier: BSD-2-Clause */

/* Small dense systems. */

#include <math.h>

#include "signal/signal.h"

/* Cholesky: a = L L', L in the lower half. */
static bool factor(double *a, int n)
{
    for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) {
            double sum = a[i * n + j];
            for (int k = 0; k < j; k++)
                sum -= a[i * n + k] * a[j * n + k];
            if (i > j) {
                a[i * n + j] = sum / a[j * n + j];
                continue;
            }
            if (!(sum > 0.0))
                return false;
            a[i * n + i] = sqrt(sum);
        }
    }
    return true;
}

bool ct_solve_spd(double *a, double *b, int n)
{
    if (!factor(a, n))
        return false;
    for (int i = 0; i < n; i++) {
        for (int k = 0; k < i; k++)
            b[i] -= a[i * n + k] * b[k];
        b[i] /= a[i * n + i];
    }
    for (int i = n - 1; i >= 0; i--) {
        for (int k = i + 1; k < n; k++)
            b[i] -= a[k * n + i] * b[k];
        b[i] /= a[i * n + i];
    }
    return true;
}

/* One Jacobi rotation, which makes a[p][q] zero; rows of v turn along. */
static void rotate(double a[3][3], double v[3][3], int p, int q)
{
    if (a[p][q] == 0.0)
        return;
    const double theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
    const double root = sqrt(theta * theta + 1.0);
    const double t = theta < 0.0 ? 1.0 / (theta - root) : 1.0 / (theta + root);
    const double c = 1.0 / sqrt(t * t + 1.0), s = t * c;

    for (int k = 0; k < 3; k++) {
        const double kp = a[k][p], kq = a[k][q];
        a[k][p] = c * kp - s * kq;
        a[k][q] = s * kp + c * kq;
    }
    for (int k = 0; k < 3; k++) {
        const double pk = a[p][k], qk = a[q][k];
        a[p][k] = c * pk - s * qk;
        a[q][k] = s * pk + c * qk;
        const double vp = v[p][k], vq = v[q][k];
        v[p][k] = c * vp - s * vq;
        v[q][k] = s * vp + c * vq;
    }
    a[p][q] = a[q][p] = 0.0;
}

void ct_eigen3(const double m[9], double values[3], double vectors[9])
{
    enum { SWEEPS = 16 }; /* converges quadratically: 6 do */
    double a[3][3], v[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};

    for (int i = 0; i < 9; i++)
        a[i / 3][i % 3] = m[i];
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        rotate(a, v, 0, 1);
        rotate(a, v, 0, 2);
        rotate(a, v, 1, 2);
    }

    int order[3] = {0, 1, 2};
    for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 2 - i; j++) {
            const int low = order[j], high = order[j + 1];
            if (a[high][high] < a[low][low]) {
                order[j] = high;
                order[j + 1] = low;
            }
        }
    }
    for (int i = 0; i < 3; i++) {
        values[i] = a[order[i]][order[i]];
        for (int k = 0; k < 3; k++)
            vectors[3 * i + k] = v[order[i]][k];
    }
}
