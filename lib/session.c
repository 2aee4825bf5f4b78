/* SPDX-License-Identifier: BSD-2-Clause */

#include "session.h"

#include <string.h>

#include "config.h"

/* ---- Names --------------------------------------------------------------- */

static const struct {
    const char *name, *text;
} statuses[CUTIS_STATUS_COUNT] = {
    [CUTIS_OK] = {"ok", "done"},
    [CUTIS_ERROR_ARGUMENT] = {"argument", "an argument is out of its range"},
    [CUTIS_ERROR_MEMORY] = {"memory", "out of memory"},
    [CUTIS_ERROR_IO] = {"io", "a file could not be read or written"},
    [CUTIS_ERROR_FORMAT] = {"format", "not a picture that can be read"},
    [CUTIS_ERROR_DAMAGED] = {"damaged", "the picture is cut short or corrupt"},
    [CUTIS_ERROR_LIMIT] = {"limit", "larger than the limits allow"},
    [CUTIS_ERROR_UNSUPPORTED] = {"unsupported",
                                 "a kind of picture not supported"},
    [CUTIS_ERROR_NO_FACE] = {"no_face", "no face was found"},
    [CUTIS_ERROR_UNSUITABLE] = {"unsuitable", "the face cannot be measured"},
    [CUTIS_ERROR_CANCELLED] = {"cancelled", "stopped as asked"},
    [CUTIS_ERROR_INTERNAL] = {"internal", "an error in the library itself"},
};

const char *cutis_status_text(cutis_status status)
{
    const unsigned index = status;
    return index < CUTIS_STATUS_COUNT ? statuses[index].text : "unknown status";
}

const char *cutis_status_name(cutis_status status)
{
    const unsigned index = status;
    return index < CUTIS_STATUS_COUNT ? statuses[index].name : "unknown";
}

const char *cutis_version(void)
{
    return CUTIS_VERSION;
}

const char *cutis_profile(void)
{
    return "1";
}

const char *cutis_isa_name(cutis_isa isa)
{
    static const char *const names[] = {"c", "neon", "avx2", "avx512", "best"};
    const unsigned index = isa;
    return index <= CUTIS_ISA_BEST ? names[index] : NULL;
}

/* ---- Sessions ------------------------------------------------------------ */

/* Where pointers are half as wide, four bytes stay over. */
_Static_assert(sizeof(void *) < sizeof(uint64_t) ||
                   sizeof(cutis_options) ==
                       offsetof(cutis_options, progress_user) + sizeof(void *),
               "each version ends without padding");

cutis_status ct_take_struct(void *into, size_t our_size, const void *from,
                            size_t first_size, struct tools *tools)
{
    size_t size;
    memcpy(&size, from, sizeof(size));
    if (size < first_size || size > our_size)
        return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                       "struct_size %zu is not one of this library's", size);
    memcpy(into, from, size);
    memcpy(into, &our_size, sizeof(our_size));
    return CUTIS_OK;
}

void ct_session_begin(struct cutis_session *session)
{
    ct_tools_begin(&session->tools);
}

cutis_status ct_session_end(struct tools *tools, cutis_status status)
{
    if (status == CUTIS_OK)
        return status;
    /* Whatever failed by it. */
    if (tools->cancelled)
        status = CUTIS_ERROR_CANCELLED;
    return ct_fail(tools, status, "%s", cutis_status_text(status));
}

static cutis_status check_options(const cutis_options *options)
{
    const cutis_allocator *const from = &options->allocator;
    const int good = options->threads >= 1 && options->threads <= 256 &&
                     options->isa <= CUTIS_ISA_BEST &&
                     options->allow_damaged <= 1 &&
                     !from->allocate == !from->release;
    return good ? CUTIS_OK : CUTIS_ERROR_ARGUMENT;
}

cutis_status cutis_session_create(const cutis_options *options,
                                  cutis_session **out)
{
    cutis_options taken = CUTIS_OPTIONS_DEFAULT;
    struct tools nobody = {0};

    if (!out)
        return CUTIS_ERROR_ARGUMENT;
    if (options && ct_take_struct(&taken, sizeof(taken), options,
                                  CT_FIRST_OPTIONS, &nobody) != CUTIS_OK)
        return CUTIS_ERROR_ARGUMENT;
    if (check_options(&taken) != CUTIS_OK)
        return CUTIS_ERROR_ARGUMENT;

    /* From its own allocator, but outside its limit. */
    cutis_session *session = ct_obtain(&taken.allocator, sizeof(*session));
    if (!session)
        return CUTIS_ERROR_MEMORY;
    memset(session, 0, sizeof(*session));
    session->options = taken;
    session->tools.memory.from = taken.allocator;
    session->tools.memory.limit =
        taken.max_memory > SIZE_MAX ? SIZE_MAX : (size_t)taken.max_memory;
    session->tools.kernels = ct_kernels_best((cutis_isa)taken.isa);
    session->tools.threads = (int)taken.threads;
    session->tools.log = taken.log;
    session->tools.log_user = taken.log_user;
    session->tools.progress = taken.progress;
    session->tools.progress_user = taken.progress_user;
    *out = session;
    return CUTIS_OK;
}

void cutis_session_destroy(cutis_session **session)
{
    if (!session || !*session)
        return;
    const cutis_allocator from = (*session)->options.allocator;
    ct_give_back(&from, *session);
    *session = NULL;
}

const char *cutis_session_error(const cutis_session *session)
{
    return session ? session->tools.sentence : "";
}

cutis_isa cutis_session_isa(const cutis_session *session)
{
    return session ? session->tools.kernels->isa : CUTIS_ISA_C;
}
