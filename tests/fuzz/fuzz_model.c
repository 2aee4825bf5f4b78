/* SPDX-License-Identifier: BSD-2-Clause */

/* A face model: read, and run where it is small. */

#include "face/model.h"
#include "inner.h"

/* Values of all tensors: so that no run takes long. */
static size_t values_of(const struct model *model)
{
    size_t sum = 0;

    for (int i = 0; i < model->tensor_count; i++)
        sum += model->tensors[i].count;
    return sum;
}

static void run(const struct model *model, const struct tools *tools)
{
    enum { MOST = 20000, MOST_OPERATIONS = 32 };

    if (values_of(model) > MOST || model->operation_count > MOST_OPERATIONS)
        return;
    const struct tensor *const input = ct_model_input(model);
    for (size_t i = 0; i < input->count; i++)
        input->at[i] = (float)(i % 7) / 8.0f;
    ct_model_run(model, tools);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tools tools;
    struct model *model = NULL;

    fuzz_tools(&tools);
    const cutis_status status = ct_model_load(&model, data, size, &tools);
    HOLDS(status == CUTIS_OK || status == CUTIS_ERROR_FORMAT ||
          status == CUTIS_ERROR_UNSUPPORTED || status == CUTIS_ERROR_MEMORY);
    HOLDS((status == CUTIS_OK) == (model != NULL));
    if (model)
        run(model, &tools);
    ct_model_free(&model);
    fuzz_tools_end(&tools, status);
    return 0;
}
