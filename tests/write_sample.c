/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Writes the report made by hand to files, for programs that check them:
 * write_sample FOLDER.  Its strings are as hostile as a caller can make them.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report_sample.h"

static void save(const char *folder, const char *name, struct text *text)
{
    char path[4096];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *const file = fopen(path, "wb");
    if (!file || fwrite(text->bytes, 1, text->size, file) != text->size ||
        fclose(file) != 0) {
        perror(path);
        exit(1);
    }
    ct_text_free(text);
}

/* Keeps the legend; the pictures are looked at elsewhere. */
static int keep_legend(void *user, const char *name, const void *bytes,
                       size_t size)
{
    struct text *const legend = user;
    if (!strcmp(name, "maps.json"))
        ct_text_add(legend, bytes, size);
    return 0;
}

static void save_series(const char *folder, struct sample *sample)
{
    static struct sample_series series;
    struct tools *const tools = &sample->tools;
    struct text text = {.memory = &tools->memory};

    sample_course(&series, sample);
    ct_series_json(&text, &series.course, tools);
    save(folder, "series.json", &text);
    ct_series_csv(&text, &series.course, tools);
    save(folder, "series.csv", &text);
    ct_series_text(&text, &series.course, tools);
    save(folder, "series.txt", &text);
    ct_series_html(&text, &series.course, tools);
    save(folder, "series.html", &text);
    sample_course_close(&series);
}

int main(int argc, char **argv)
{
    static struct sample sample;
    if (argc != 2)
        return 2;
    sample_open(&sample);
    sample_plant_metadata(&sample);
    sample.options.treated = "face<script>alert('x')</script>";
    sample.options.reference = "\"onload=\"x\" & ]]> \xff\x01";
    sample_check(&sample, "<b>", CUTIS_CHECK_PAIR, CUTIS_CHECK_FAIL,
                 "</script><img src=x onerror=alert(1)> \x02 &amp;");

    struct text text = {.memory = &sample.tools.memory};
    ct_report_json(&text, &sample.report, &sample.tools);
    save(argv[1], "comparison.json", &text);
    ct_report_json(&text, &sample.single, &sample.tools);
    save(argv[1], "measurement.json", &text);
    const struct photo_facts facts[2] = {
        {sample.facts[0].picture, sample.facts[0].face, sample.facts[0].skin,
         sample.facts[0].capture, NULL},
        {sample.facts[1].picture, sample.facts[1].face, sample.facts[1].skin,
         sample.facts[1].capture, NULL}};
    struct report checks = {.before = &facts[0],
                            .after = &facts[1],
                            .pair = &sample.pair,
                            .checks = &sample.outcome.checks};
    ct_report_json(&text, &checks, &sample.tools);
    save(argv[1], "check.json", &text);
    checks.after = NULL;
    ct_report_json(&text, &checks, &sample.tools);
    save(argv[1], "check-one.json", &text);
    ct_report_inspect(&text, &sample.single, CUTIS_FORMAT_JSON, &sample.tools);
    save(argv[1], "inspect.json", &text);
    ct_report_csv(&text, &sample.report, &sample.tools);
    save(argv[1], "comparison.csv", &text);
    ct_report_text(&text, &sample.report, &sample.tools);
    save(argv[1], "comparison.txt", &text);
    ct_report_text(&text, &sample.single, &sample.tools);
    save(argv[1], "measurement.txt", &text);
    ct_report_inspect(&text, &sample.single, CUTIS_FORMAT_TEXT, &sample.tools);
    save(argv[1], "inspect.txt", &text);
    ct_report_html(&text, &sample.report, &sample.tools);
    save(argv[1], "page.html", &text);
    ct_map_files(&sample.report, keep_legend, &text, &sample.tools);
    save(argv[1], "maps.json", &text);
    save_series(argv[1], &sample);
    sample_close(&sample);
    return 0;
}
