/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The true warp of a pair: where the same points of the skin lie in both
 * photographs.
 */

#include "phantom/truth.h"

#include "phantom/place.h"

/* The vertices are about 0.6 mm apart; of those in one cube of 2 mm, which a
 * cell of the grid is, the first stands for all. */
struct row {
    double v[8];
};

static bool row_of(struct row *row, const struct truth *truth,
                   const struct vista view[2], int vertex)
{
    row->v[0] = vertex;
    for (int i = 0; i < 2; i++) {
        const struct vec at = truth->subject[i]->mesh.at[vertex];
        ct_project(&view[i].optics, at, &row->v[1 + 2 * i]);
        row->v[6 + i] = ct_view_facing(&view[i], at);
        if (row->v[6 + i] <= 0.0)
            return false;
    }
    const struct subject *subject = truth->subject[0];
    row->v[5] =
        ct_region_at(&subject->skin.regions, subject->mesh.rest[vertex]);
    return true;
}

/* Vertices of the face come before all others', but not in one run. */
static void find_skin(const struct subject *subject, bool *skin)
{
    const struct mesh *mesh = &subject->mesh;
    for (int t = 0; t < mesh->head_triangles; t++) {
        if (mesh->part[t] != CT_PART_FACE)
            continue;
        for (int k = 0; k < 3; k++)
            skin[mesh->corner[t][k]] = true;
    }
    for (int i = 0; i < mesh->points; i++)
        skin[i] = skin[i] && ct_is_bare(&subject->marks, mesh->rest[i]);
}

cutis_status ct_put_warp(struct text *out, const struct truth *truth,
                         const struct vista view[2], struct tools *tools)
{
    const struct subject *subject = truth->subject[0];
    const size_t cells = (size_t)CT_GRID_X * CT_GRID_Y * CT_GRID_Z;
    cutis_status status = CUTIS_OK;
    bool first = true;
    bool *taken = ct_alloc(&tools->memory, cells, sizeof(*taken));
    bool *skin =
        ct_alloc(&tools->memory, (size_t)subject->mesh.points, sizeof(*skin));
    if (!taken || !skin) {
        status = ct_no_memory(tools);
        goto done;
    }

    find_skin(subject, skin);
    ct_text_put(out, "\"warp\": {\"columns\": [\"vertex\", \"x0\", \"y0\", "
                     "\"x1\", \"y1\", \"region\", \"facing0\", \"facing1\"], "
                     "\"rows\": [");
    for (int i = 0; i < subject->mesh.points; i++) {
        struct row row;
        bool *cell = &taken[ct_grid_cell(subject->mesh.rest[i])];
        if (!skin[i] || *cell || !row_of(&row, truth, view, i))
            continue;
        *cell = true;
        ct_text_put(out, first ? "\n" : ",\n");
        ct_put_numbers(out, row.v, 8, 3);
        first = false;
    }
    ct_text_put(out, "]},\n");
done:
    ct_free(taken);
    ct_free(skin);
    return status;
}
