/* SPDX-License-Identifier: BSD-2-Clause */

#include "util/tools.h"

#include <stdio.h>

cutis_status ct_fail(struct tools *tools, cutis_status status,
                     const char *format, ...)
{
    if (!tools->sentence[0]) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(tools->sentence, sizeof(tools->sentence), format, arguments);
        va_end(arguments);
    }
    return status;
}

cutis_status ct_no_memory(struct tools *tools)
{
    return ct_fail(tools, CUTIS_ERROR_MEMORY,
                   "there is not enough memory for this photograph");
}

void ct_tell(struct tools *tools, const char *format, ...)
{
    if (!tools->log)
        return;
    char sentence[CT_SENTENCE];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof(sentence), format, arguments);
    va_end(arguments);
    tools->log(tools->log_user, sentence);
}

/* Its address is another one in every thread. */
static _Thread_local char here;

void ct_tools_begin(struct tools *tools)
{
    tools->sentence[0] = 0;
    tools->progress_from = 0.0;
    tools->progress_to = 1.0;
    tools->progress_told = 0.0;
    tools->cancelled = false;
    tools->caller = &here;
}

cutis_status ct_pulse(struct tools *tools)
{
    if (!tools->progress || (tools->caller && tools->caller != &here))
        return CUTIS_OK;
    if (!tools->cancelled &&
        !tools->progress(tools->progress_user, tools->progress_told))
        return CUTIS_OK;
    tools->cancelled = true;
    return ct_fail(tools, CUTIS_ERROR_CANCELLED, "stopped as asked");
}

cutis_status ct_progress(struct tools *tools, double done)
{
    const double span = tools->progress_to - tools->progress_from;
    tools->progress_told = tools->progress_from + done * span;
    return ct_pulse(tools);
}
