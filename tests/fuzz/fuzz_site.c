/* SPDX-License-Identifier: BSD-2-Clause */

/* A site's profile.  One that is taken can be written, and then read again
 * unless its numbers are so small that six digits of them are 0. */

#include "inner.h"
#include "site.h"
#include "util/pull.h"
#include "util/text.h"

static void write_and_read(const struct site *site, struct tools *tools)
{
    struct text text = {.memory = &tools->memory};
    struct site again;

    HOLDS(ct_report_site(&text, site, tools) == CUTIS_OK);
    if (ct_site_read(&again, text.bytes, text.size, tools) == CUTIS_OK) {
        HOLDS(again.count == site->count && again.schemes == site->schemes);
        for (int i = 0; i < site->count; i++)
            HOLDS(again.of[i].metric == site->of[i].metric &&
                  again.of[i].extent == site->of[i].extent);
    }
    tools->sentence[0] = '\0';
    ct_text_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tools tools;
    struct site site;
    struct pull pull = ct_pull_begin(data, size);

    ct_pull_skip(&pull);
    (void)ct_pull_end(&pull);
    fuzz_tools(&tools);
    const cutis_status status = ct_site_read(&site, data, size, &tools);
    HOLDS(status == CUTIS_OK || status == CUTIS_ERROR_ARGUMENT);
    HOLDS(site.count >= 0 && site.count <= CT_SITE_ERRORS);
    if (status == CUTIS_OK)
        write_and_read(&site, &tools);
    fuzz_tools_end(&tools, status);
    return 0;
}
