/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Where each activation lives: all share one arena, and a place is free again
 * after the last operation that reads it.
 */

#include "face/model.h"

enum {
    NEVER = -1,
    MOST_FLOATS = 1 << 24, /* of the arena and of an unrolled row */
    GRAIN = 16             /* floats; places begin on whole cache lines */
};

struct place {
    size_t start, size; /* floats */
    int tensor;
};

struct plan {
    int *last_use;        /* [tensor]: operation, or NEVER */
    bool *born;           /* [tensor] */
    struct place *places; /* in use now, by start */
    int place_count;
    size_t *start; /* [tensor]: floats */
    size_t size;   /* of the arena so far */
};

/* The first gap that is wide enough. */
static void place_tensor(struct plan *plan, const struct model *model,
                         int tensor)
{
    const size_t count = model->tensors[tensor].count;
    const size_t size = (count + GRAIN - 1) / GRAIN * GRAIN;
    size_t start = 0;
    int slot = 0;
    while (slot < plan->place_count &&
           plan->places[slot].start - start < size) {
        start = plan->places[slot].start + plan->places[slot].size;
        slot++;
    }
    for (int i = plan->place_count; i > slot; i--)
        plan->places[i] = plan->places[i - 1];
    plan->places[slot] = (struct place){start, size, tensor};
    plan->place_count++;
    plan->start[tensor] = start;
    plan->born[tensor] = true;
    if (start + size > plan->size)
        plan->size = start + size;
}

static void release_unused(struct plan *plan, int operation)
{
    int kept = 0;
    for (int i = 0; i < plan->place_count; i++)
        if (plan->last_use[plan->places[i].tensor] > operation)
            plan->places[kept++] = plan->places[i];
    plan->place_count = kept;
}

static void note_uses(struct plan *plan, const struct model *model)
{
    for (int i = 0; i < model->tensor_count; i++)
        plan->last_use[i] = NEVER;
    for (int i = 0; i < model->operation_count; i++)
        for (int k = 0; k < model->operations[i].in_count; k++)
            plan->last_use[model->operations[i].in[k]] = i;
    for (int i = 0; i < model->output_count; i++)
        plan->last_use[model->output[i]] = model->operation_count;
}

/* False if an operation reads what no earlier one wrote, or writes twice. */
static bool place_all(struct plan *plan, const struct model *model)
{
    place_tensor(plan, model, model->input);
    for (int i = 0; i < model->operation_count; i++) {
        const struct operation *const operation = &model->operations[i];
        for (int k = 0; k < operation->in_count; k++)
            if (!plan->born[operation->in[k]])
                return false;
        if (plan->born[operation->out])
            return false;
        place_tensor(plan, model, operation->out);
        if (plan->size > MOST_FLOATS)
            return false;
        release_unused(plan, i);
    }
    for (int i = 0; i < model->output_count; i++)
        if (!plan->born[model->output[i]])
            return false;
    return true;
}

/* How many floats an unrolled row and a run of zeros take at most. */
static void measure_extras(const struct model *model, size_t *columns,
                           size_t *zeros)
{
    *columns = *zeros = 0;
    for (int i = 0; i < model->operation_count; i++) {
        const struct operation *const operation = &model->operations[i];
        const int32_t *const from = model->tensors[operation->in[0]].dim;
        const int32_t *const to = model->tensors[operation->out].dim;
        const size_t depth = (size_t)operation->filter_x *
                             (size_t)operation->filter_y * (size_t)from[3];
        if (operation->code == CT_CONV_2D && depth * (size_t)to[2] > *columns)
            *columns = depth * (size_t)to[2];
        if ((size_t)from[3] > *zeros)
            *zeros = (size_t)from[3];
    }
}

static cutis_status make_room(struct model *model, const struct plan *plan,
                              struct tools *tools)
{
    size_t columns, zeros;
    measure_extras(model, &columns, &zeros);
    if (columns > MOST_FLOATS)
        return ct_fail(tools, CUTIS_ERROR_UNSUPPORTED,
                       "the face model is too large");

    model->arena = ct_alloc(&tools->memory, plan->size, sizeof(float));
    model->columns = ct_alloc_raw(&tools->memory, columns, sizeof(float));
    model->zeros = ct_alloc(&tools->memory, zeros, sizeof(float));
    if (!model->arena || !model->columns || !model->zeros)
        return ct_no_memory(tools);
    for (int i = 0; i < model->tensor_count; i++)
        if (plan->born[i])
            model->tensors[i].at = model->arena + plan->start[i];
    return CUTIS_OK;
}

cutis_status ct_model_plan(struct model *model, struct tools *tools)
{
    cutis_status status = CUTIS_ERROR_MEMORY;
    const size_t tensors = (size_t)model->tensor_count;
    struct plan plan = {0};
    plan.last_use = ct_alloc(&tools->memory, tensors, sizeof(*plan.last_use));
    plan.born = ct_alloc(&tools->memory, tensors, sizeof(*plan.born));
    plan.places = ct_alloc(&tools->memory, tensors, sizeof(*plan.places));
    plan.start = ct_alloc(&tools->memory, tensors, sizeof(*plan.start));
    if (!plan.last_use || !plan.born || !plan.places || !plan.start) {
        status = ct_no_memory(tools);
        goto done;
    }

    note_uses(&plan, model);
    if (!place_all(&plan, model)) {
        status = ct_fail(tools, CUTIS_ERROR_FORMAT,
                         "the face model's operators are out of order");
        goto done;
    }
    TRY(make_room(model, &plan, tools));

done:
    ct_free(plan.start);
    ct_free(plan.places);
    ct_free(plan.born);
    ct_free(plan.last_use);
    return status;
}
