/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * How much of the sky and of each lamp a vertex sees.  For each of a set of
 * directions the head is drawn from there into a map of depths, and vertices
 * that lie behind it are in shadow.
 */

#include "phantom/phantom.h"

#include "util/parallel.h"

enum {
    MAP = 320,
    SKY = 96,
    SHADOW = 20,
    BATCH = 2048,
    LOOKS = 12,
    SMOOTHINGS = 6
};
static const float map_mm = 340.0f; /* side of the map */
static const float bias_mm = 2.0f;

struct occluders {
    struct vec (*corner)[3];
    int count;
    int closed; /* so many first ones make a closed surface */
};

/* The head two levels coarser (its children keep their parents' corners), the
 * rest as it is, without the hair. */
static cutis_status occluders_create(struct occluders *out,
                                     const struct mesh *mesh,
                                     struct tools *tools)
{
    const int coarse = mesh->head_triangles / 16;
    struct vec(*corner)[3] = ct_alloc(
        &tools->memory,
        (size_t)(mesh->triangles - mesh->head_triangles) + (size_t)coarse,
        sizeof(*corner));
    if (!corner)
        return ct_no_memory(tools);

    int count = 0;
    for (; count < coarse; count++)
        for (int k = 0; k < 3; k++)
            corner[count][k] = mesh->at[mesh->corner[16 * count + 4 * k][0]];
    for (int t = mesh->head_triangles; t < mesh->triangles; t++) {
        if (mesh->part[t] == CT_PART_HAIR)
            continue;
        for (int k = 0; k < 3; k++)
            corner[count][k] = mesh->at[mesh->corner[t][k]];
        count++;
    }
    *out = (struct occluders){corner, count, coarse};
    return CUTIS_OK;
}

struct sight {
    struct vec u, v, way; /* the map's axes; `way` points to the light */
    float (*depth)[MAP];
};

static struct vec in_map(const struct sight *sight, struct vec at)
{
    const float k = (float)MAP / map_mm;
    return (struct vec){ct_dot(at, sight->u) * k + MAP / 2.0f,
                        ct_dot(at, sight->v) * k + MAP / 2.0f,
                        ct_dot(at, sight->way)};
}

/* A closed surface hides with the triangles that face the light; only those
 * count unless `both`. */
static void draw(const struct sight *sight, const struct vec p[3], bool both)
{
    const float ax = p[1].x - p[0].x, ay = p[1].y - p[0].y;
    const float bx = p[2].x - p[0].x, by = p[2].y - p[0].y;
    const float area = ax * by - ay * bx;
    if (fabsf(area) < 1e-6f || (area < 0.0f && !both))
        return;
    const float x0 = ct_max(ct_min(p[0].x, ct_min(p[1].x, p[2].x)), 0.0f);
    const float x1 = ct_max(p[0].x, ct_max(p[1].x, p[2].x));
    const float y0 = ct_max(ct_min(p[0].y, ct_min(p[1].y, p[2].y)), 0.0f);
    const float y1 = ct_max(p[0].y, ct_max(p[1].y, p[2].y));
    const int left = (int)x0 + ((float)(int)x0 < x0);
    const int top = (int)y0 + ((float)(int)y0 < y0);
    const float inverse = 1.0f / area;
    const float bz = p[1].z - p[0].z, cz = p[2].z - p[0].z;

    for (int y = top; (float)y <= y1 && y < MAP; y++) {
        float *depth = sight->depth[y];
        const float py = (float)y - p[0].y;
        for (int x = left; (float)x <= x1 && x < MAP; x++) {
            const float px = (float)x - p[0].x;
            const float b = (px * by - py * bx) * inverse;
            const float c = (ax * py - ay * px) * inverse;
            if (b < 0.0f || c < 0.0f || b + c > 1.0f)
                continue;
            const float z = p[0].z + b * bz + c * cz;
            depth[x] = ct_max(depth[x], z);
        }
    }
}

static void look(struct sight *sight, const struct occluders *occluders)
{
    const struct vec other =
        fabsf(sight->way.y) < 0.9f ? ct_vec(0, 1, 0) : ct_vec(1, 0, 0);
    sight->u = ct_unit(ct_cross(other, sight->way));
    sight->v = ct_cross(sight->way, sight->u);
    for (int y = 0; y < MAP; y++)
        for (int x = 0; x < MAP; x++)
            sight->depth[y][x] = -1e9f;
    for (int t = 0; t < occluders->count; t++) {
        struct vec p[3];
        for (int k = 0; k < 3; k++)
            p[k] = in_map(sight, occluders->corner[t][k]);
        draw(sight, p, t >= occluders->closed);
    }
}

static bool sees(const struct sight *sight, struct vec at, struct vec normal)
{
    const struct vec p = in_map(sight, ct_along(at, normal, bias_mm));
    const int x = (int)(p.x + 0.5f), y = (int)(p.y + 0.5f);
    if (x < 0 || y < 0 || x >= MAP || y >= MAP)
        return true;
    return p.z >= sight->depth[y][x] - 0.5f;
}

/* Directions are looked from together, LOOKS at a time, then vertices add up
 * what they see in the order of the directions. */
struct job {
    struct mesh *mesh;
    const struct occluders *occluders;
    struct sight sight[LOOKS];
    int looks;
    int attribute;
    float weight; /* of a direction */
    bool of_sky;  /* falls with the cosine, like the sky's light */
};

static void look_one(void *context, int item)
{
    struct job *job = context;
    look(&job->sight[item], job->occluders);
}

static void add_batch(void *context, int item)
{
    const struct job *job = context;
    const struct mesh *mesh = job->mesh;
    const int end = item * BATCH + BATCH;
    for (int i = item * BATCH; i < end && i < mesh->points; i++) {
        float sum = 0.0f;
        for (int k = 0; k < job->looks; k++) {
            const float cosine = ct_dot(mesh->normal[i], job->sight[k].way);
            const float weight = job->of_sky ? ct_max(cosine, 0.0f) : 1.0f;
            if (weight > 0.0f && cosine > -0.3f &&
                sees(&job->sight[k], mesh->at[i], mesh->normal[i]))
                sum += weight * job->weight;
        }
        mesh->attribute[i][job->attribute] += sum;
    }
}

static void look_all(struct job *job, int threads)
{
    ct_parallel(threads, job->looks, look_one, job);
    ct_parallel(threads, (job->mesh->points + BATCH - 1) / BATCH, add_batch,
                job);
    job->looks = 0;
}

/* Takes a direction; looks when enough have come together. */
static void take(struct job *job, struct vec way, int threads)
{
    job->sight[job->looks++].way = way;
    if (job->looks == LOOKS)
        look_all(job, threads);
}

/* Point i of n that lie evenly on a sphere (the golden angle's spiral). */
static struct vec spiral(int i, int n)
{
    const double y = 1.0 - (2.0 * i + 1.0) / n, r = sqrt(1.0 - y * y);
    const double angle = 2.399963229728653 * i;
    return ct_vec(r * cos(angle), y, r * sin(angle));
}

/* A lamp is a disk of 12 degrees' radius. */
static struct vec on_lamp(struct vec middle, int i)
{
    const float r = 0.21f * sqrtf(((float)i + 0.5f) / (float)SHADOW);
    const float angle = 2.3999632f * (float)i;
    const struct vec u = ct_unit(ct_cross(ct_vec(0.1, 1, 0.2), middle));
    const struct vec v = ct_cross(middle, u);
    return ct_unit(
        ct_along(ct_along(middle, u, r * cosf(angle)), v, r * sinf(angle)));
}

/* Means over triangles, then over vertices: takes the maps' grain out. */
static void smooth(struct mesh *mesh, float (*sum)[4], float *weight)
{
    for (int i = 0; i < mesh->points; i++) {
        weight[i] = 1e-6f;
        for (int a = 0; a < 4; a++)
            sum[i][a] = 1e-6f * mesh->attribute[i][CT_A_OPEN + a];
    }
    for (int t = 0; t < mesh->triangles; t++) {
        const uint32_t *c = mesh->corner[t];
        for (int a = 0; a < 4; a++) {
            const float mean = (mesh->attribute[c[0]][CT_A_OPEN + a] +
                                mesh->attribute[c[1]][CT_A_OPEN + a] +
                                mesh->attribute[c[2]][CT_A_OPEN + a]) /
                               3.0f;
            for (int k = 0; k < 3; k++)
                sum[c[k]][a] += mean;
        }
        for (int k = 0; k < 3; k++)
            weight[c[k]] += 1.0f;
    }
    for (int i = 0; i < mesh->points; i++)
        for (int a = 0; a < 4; a++)
            mesh->attribute[i][CT_A_OPEN + a] = sum[i][a] / weight[i];
}

static void light_all(struct job *job, const struct optics *optics, int threads)
{
    struct mesh *mesh = job->mesh;
    for (int i = 0; i < mesh->points; i++)
        for (int a = CT_A_OPEN; a <= CT_A_LAMP_2; a++)
            mesh->attribute[i][a] = 0.0f;

    job->attribute = CT_A_OPEN;
    job->weight = 4.0f / SKY;
    job->of_sky = true;
    for (int i = 0; i < SKY; i++)
        take(job, spiral(i, SKY), threads);
    look_all(job, threads);

    job->weight = 1.0f / SHADOW;
    job->of_sky = false;
    for (int lamp = 0; lamp < CT_LAMPS; lamp++) {
        job->attribute = CT_A_LAMP_0 + lamp;
        for (int i = 0; i < SHADOW && optics->strength[lamp] > 0.0; i++)
            take(job, on_lamp(optics->lamp[lamp], i), threads);
        look_all(job, threads);
    }
}

cutis_status ct_fields_light(struct mesh *mesh, const struct optics *optics,
                             struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct occluders occluders = {0};
    struct job *job = ct_alloc(&tools->memory, 1, sizeof(*job));
    float(*depth)[MAP] =
        ct_alloc(&tools->memory, (size_t)LOOKS * MAP, sizeof(*depth));
    float(*sum)[4] =
        ct_alloc(&tools->memory, (size_t)mesh->points, sizeof(*sum));
    float *weight =
        ct_alloc(&tools->memory, (size_t)mesh->points, sizeof(*weight));
    if (!job || !depth || !sum || !weight) {
        status = ct_no_memory(tools);
        goto done;
    }
    TRY(occluders_create(&occluders, mesh, tools));
    for (int k = 0; k < LOOKS; k++)
        job->sight[k].depth = depth + (size_t)k * MAP;
    job->mesh = mesh;
    job->occluders = &occluders;
    light_all(job, optics, tools->threads);
    for (int round = 0; round < SMOOTHINGS; round++)
        smooth(mesh, sum, weight);
done:
    ct_free(sum);
    ct_free(weight);
    ct_free(job);
    ct_free(depth);
    ct_free(occluders.corner);
    return status;
}
