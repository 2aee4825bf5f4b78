/* SPDX-License-Identifier: BSD-2-Clause */

/* What all metrics do with their rows: open them, close them with a reason,
 * add details, and sum up lists. */

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "measure/measure.h"

void ct_close(struct reading *row, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(row->reason, sizeof(row->reason), format, arguments);
    va_end(arguments);
    row->value = NAN;
    row->count = NAN;
    row->detail_count = 0;
}

void ct_detail(struct reading *row, const struct detail_about *about,
               double value)
{
    if (isnan(value) || row->detail_count == CT_DETAILS)
        return;
    row->detail[row->detail_count++] =
        (cutis_detail){about->name, about->unit, value};
}

static void close_unfit(struct reading *row, const struct cover *cover, int r)
{
    switch (cover->fitness[r]) {
    case FIT:
        break;
    case UNSEEN:
        ct_close(row, "not in view");
        break;
    case COVERED:
        ct_close(row, "%d %% of the skin can be used, 40 %% is needed",
                 (int)floor(100.0 * cover->coverage[r]));
        break;
    case SHINY:
        ct_close(row, "%d %% of the skin shines, at most 25 %% may",
                 (int)ceil(100.0 * cover->shiny[r]));
        break;
    }
}

/* Reasons that hold for the whole photograph.  Numbers are put together from
 * whole ones, because a decimal point would depend on the caller's locale. */
static void close_photo(struct reading *row, const struct metric *metric,
                        const struct view *view)
{
    const double scale = view->face->work_scale;
    const double blur = view->blur_mm, limit = metric->most_blur_mm;
    const char *subject = metric->subject;
    const int tenths = scale < 1e6 ? (int)floor(10.0 * scale) : 0;
    const int most = (int)floor(1000.0 * limit + 0.5);

    if (metric->needs_colour && view->skin->grey)
        ct_close(row, "the picture is grey, %s need%s colour", subject,
                 metric->plural ? "" : "s");
    else if (!(scale >= metric->about.min_px_per_mm))
        ct_close(row, "%d.%d px/mm, %s need%s %d", tenths / 10, tenths % 10,
                 subject, metric->plural ? "" : "s",
                 (int)metric->about.min_px_per_mm);
    else if (limit > 0.0 && isnan(blur))
        ct_close(row, "blur could not be told, %s need%s at most %d um",
                 subject, metric->plural ? "" : "s", most);
    else if (limit > 0.0 && blur > limit)
        ct_close(row, "blur of %d um, %s need%s at most %d um",
                 (int)ceil(1000.0 * blur), subject, metric->plural ? "" : "s",
                 most);
}

void ct_open_rows(struct reading rows[CT_REGIONS], const struct metric *metric,
                  const struct scene *scene)
{
    const struct cover *cover = metric == &ct_shine    ? &scene->open
                                : metric->needs_relief ? &scene->relief.cover
                                                       : &scene->colour.cover;
    for (int r = 0; r < CT_REGIONS; r++) {
        struct reading *row = &rows[r];
        *row = (struct reading){
            .name = metric->about.name,
            .unit = metric->about.unit,
            .value = NAN,
            .coverage = cover->coverage[r],
            .area_cm2 = cover->area_mm2[r] / 100.0,
            .count = NAN,
            .sampling = {NAN, NAN, NAN, NAN},
        };
        close_photo(row, metric, scene->view);
        if (ct_is_open(row))
            close_unfit(row, cover, r);
    }
}

void ct_fates(struct reading *row, const struct detail_about *first,
              const struct list *list, int kind, const struct cover *cover,
              int region)
{
    double count[CT_FATES] = {0.0};
    for (size_t i = 0; i < list->count; i++) {
        const struct item *item = &list->at[i];
        if (item->kind == kind && item->region < CT_REGIONS &&
            ct_pools(cover, region, item->region))
            count[item->fate] += 1.0;
    }
    for (int fate = CT_FATE_PERSISTED; fate < CT_FATES; fate++)
        ct_detail(row, &first[fate - CT_FATE_PERSISTED], count[fate]);
}

struct tally ct_tally(const struct list *list, int kind,
                      const struct cover *cover, int row)
{
    struct tally sum = {0};
    for (size_t i = 0; i < list->count; i++) {
        const struct item *item = &list->at[i];
        if (item->kind != kind || item->region >= CT_REGIONS ||
            !ct_pools(cover, row, item->region))
            continue;
        const double size = (double)item->size_mm;
        sum.burden += (double)item->burden;
        sum.variance += (double)item->error * (double)item->error;
        sum.alone += item->alone ? 1.0 : 0.0;
        if (!item->seen)
            continue;
        sum.count += 1.0;
        sum.area_mm2 += 0.78539816339744831 * size * size;
        sum.size_mm += size;
        sum.contrast += (double)item->contrast;
    }
    return sum;
}

bool ct_line_counts(const struct line *line)
{
    return !line->hair && line->weight >= 0.25f;
}

struct wrinkles ct_wrinkles(const struct lines *lines,
                            const struct cover *cover, int row)
{
    static const float fine_width = 0.2f, fine_depth = 2.0f;
    struct wrinkles sum = {0};

    for (size_t i = 0; i < lines->count; i++) {
        const struct line *line = &lines->at[i];
        const double weight = (double)line->weight;
        double own = 0.0, shared = 0.0;
        for (int r = 0; r < CT_REGIONS; r++)
            if (ct_pools(cover, row, r)) {
                own += line->length_mm[r];
                shared += line->shared_mm[r];
            }
        if (line->hair)
            continue;
        const double length = shared * (double)line->present;
        const double doubt = shared * (double)line->doubt;
        sum.count += own > 0.0 && ct_line_counts(line);
        sum.length_mm += length;
        sum.variance += doubt * doubt;
        sum.heading_mm[line->heading] += length;
        sum.way_mm[line->way] += length;
        if (line->width_mm < fine_width || line->depth < fine_depth)
            sum.fine_mm += length;
        sum.shared_mm += shared * weight;
        sum.burden += shared * weight * (double)line->depth;
        if (line->fold)
            sum.fold += shared * weight * (double)line->depth;
        sum.width += shared * weight * (double)line->width_mm;
    }
    return sum;
}

cutis_status ct_list_add(struct list *list, const struct item *item,
                         struct tools *tools)
{
    if (list->count == list->room) {
        const size_t room = list->room ? 2 * list->room : 64;
        struct item *at = ct_alloc_raw(&tools->memory, room, sizeof(*at));
        if (!at)
            return ct_no_memory(tools);
        for (size_t i = 0; i < list->count; i++)
            at[i] = list->at[i];
        ct_free(list->at);
        list->at = at;
        list->room = room;
    }
    list->at[list->count++] = *item;
    return CUTIS_OK;
}

void ct_list_free(struct list *list)
{
    ct_free(list->at);
    *list = (struct list){0};
}
