/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Where things are seen: the head turned about a point in its middle, a
 * perspective camera that looks along -z, lamps that stay in the room.
 */

#include "phantom/phantom.h"

/* The head turns about this point; it looks from between these eyes. */
static const double pivot[3] = {0.0, 0.0, -60.0};
static const double eyes[3] = {0.0, 26.0, 38.0};

static const double radian = 0.017453292519943295;

/* Rz(roll) Rx(pitch) Ry(yaw): yaw > 0 looks to the right of the picture,
 * pitch > 0 up, roll > 0 leans to the right. */
static void turn(double r[9], const struct camera *camera)
{
    const double sy = sin(camera->yaw * radian), cy = cos(camera->yaw * radian);
    const double sp = sin(-camera->pitch * radian);
    const double cp = cos(camera->pitch * radian);
    const double sr = sin(-camera->roll * radian);
    const double cr = cos(camera->roll * radian);

    const double m[9] = {cy,       0,        sy, sp * sy, cp,
                         -sp * cy, -cp * sy, sp, cp * cy};
    for (int k = 0; k < 3; k++) {
        r[k] = cr * m[k] - sr * m[3 + k];
        r[3 + k] = sr * m[k] + cr * m[3 + k];
        r[6 + k] = m[6 + k];
    }
}

static void rotate(const double r[9], const double p[3], double out[3])
{
    for (int k = 0; k < 3; k++)
        out[k] = r[3 * k] * p[0] + r[3 * k + 1] * p[1] + r[3 * k + 2] * p[2];
}

static struct vec rotate_back(const double r[9], const double p[3])
{
    return ct_vec(r[0] * p[0] + r[3] * p[1] + r[6] * p[2],
                  r[1] * p[0] + r[4] * p[1] + r[7] * p[2],
                  r[2] * p[0] + r[5] * p[1] + r[8] * p[2]);
}

/* A point of the head in the room. */
static void place(const double r[9], struct vec at, double out[3])
{
    const double p[3] = {(double)at.x - pivot[0], (double)at.y - pivot[1],
                         (double)at.z - pivot[2]};
    rotate(r, p, out);
    for (int k = 0; k < 3; k++)
        out[k] += pivot[k];
}

void ct_optics_make(struct optics *optics, const struct camera *camera,
                    int scale)
{
    *optics = (struct optics){0};
    turn(optics->rotation, camera);
    double eye[3];
    place(optics->rotation, ct_vec(eyes[0], eyes[1], eyes[2]), eye);
    optics->eye_z = eye[2];
    optics->distance = camera->distance;
    optics->focal = camera->px_per_mm * scale * camera->distance;
    optics->middle[0] = 0.5 * camera->width * scale;
    optics->middle[1] = 0.5 * camera->height * scale;
    /* The head's middle, not the eyes', is in the middle of the picture. */
    optics->shift[0] = camera->x;
    optics->shift[1] = camera->y - 12.0;

    const double from_pivot[3] = {-optics->shift[0] - pivot[0],
                                  -optics->shift[1] - pivot[1],
                                  optics->eye_z + camera->distance - pivot[2]};
    const struct vec back = rotate_back(optics->rotation, from_pivot);
    optics->camera = ct_add(back, ct_vec(pivot[0], pivot[1], pivot[2]));

    double facing = camera->ambient;
    for (int i = 0; i < camera->lamps; i++) {
        const double a = camera->lamp[i].azimuth * radian;
        const double e = camera->lamp[i].elevation * radian;
        const double way[3] = {sin(a) * cos(e), sin(e), cos(a) * cos(e)};
        optics->lamp[i] = rotate_back(optics->rotation, way);
        optics->strength[i] = camera->lamp[i].strength;
        facing += camera->lamp[i].strength * fmax(way[2], 0.0);
    }
    for (int i = 0; i < camera->lamps; i++)
        optics->strength[i] /= facing;
    optics->ambient = camera->ambient / facing;
}

static double project(const struct optics *optics, const double at[3],
                      double px[2])
{
    const double depth = optics->distance - (at[2] - optics->eye_z);
    const double k = optics->focal / depth;
    px[0] = optics->middle[0] + k * (at[0] + optics->shift[0]);
    px[1] = optics->middle[1] - k * (at[1] + optics->shift[1]);
    return depth;
}

double ct_project(const struct optics *optics, struct vec at, double px[2])
{
    double room[3];
    place(optics->rotation, at, room);
    return project(optics, room, px);
}

/* As in ct_project, without the places. */
double ct_local_scale(const struct optics *optics, struct vec at)
{
    const double *r = optics->rotation + 6;
    const double z = r[0] * ((double)at.x - pivot[0]) +
                     r[1] * ((double)at.y - pivot[1]) +
                     r[2] * ((double)at.z - pivot[2]) + pivot[2];
    return optics->focal / (optics->distance - (z - optics->eye_z));
}
