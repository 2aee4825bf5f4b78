/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What the files of this folder share: words, numbers for people, JSON, the
 * answer, and the pictures of the page.
 */

#ifndef CT_REPORT_REPORT_H
#define CT_REPORT_REPORT_H

#include "report/words.h"
#include "stages.h"

/* ---- Saying things to people (say.c) ------------------------------------- */

enum ct_sign { CT_SIGN_MINUS, CT_SIGN_ALWAYS };

/* The character at *at, moving past it; U+FFFD for a byte that is not UTF-8. */
uint32_t ct_character(const char **at);
void ct_put_character(struct text *out, uint32_t character);

/* How many columns a terminal gives `bytes`. */
int ct_columns(const char *bytes);

/* Adds a phrase with its {0} … {9} replaced by `with`. */
void ct_phrase(struct text *out, enum ct_word word, const char *const *with);

/* `value` with a true minus sign, a dash if there is none. */
void ct_say_number(struct text *out, double value, int decimals,
                   enum ct_sign sign);

/* A ratio - 1 as percent. */
void ct_say_percent(struct text *out, double ratio, int decimals,
                    enum ct_sign sign);

/* As many decimals as show two digits of `resolution`, in [0,4]. */
int ct_decimals(double resolution);

/* Three significant digits, for a value whose resolution is not known. */
int ct_decimals_of(double value);

/* A sentence without its full stop, and with a small or capital first letter
 * as asked; all but the first letter stays. */
enum ct_case { CT_CASE_KEEP, CT_CASE_SMALL, CT_CASE_CAPITAL };
void ct_say_clause(struct text *out, const char *sentence, enum ct_case letter);

/* Likewise, but of what a check or a reason says. */
void ct_say_reason(struct text *out, const char *english, enum ct_case letter);

/* For the text of a page and its quoted attributes. */
void ct_escape(struct text *out, const char *plain);

/* ---- In the language of a text (language.c) ------------------------------ */

const char *ct_language_tag(const struct text *text);
const char *ct_decimal(const struct text *text);
bool ct_keeps_capitals(const struct text *text);
const char *ct_word(const struct text *text, enum ct_word word);

/* "1/cm2" as "per cm²"; "" for "1" and NULL. */
const char *ct_unit_words(const struct text *text, const char *unit);

/* "ipd-default" and other stable names as people read them. */
const char *ct_name_words(const struct text *text, const char *name);

/* What a metric's form is called where it has a name of its own, else "". */
const char *ct_form_words(const struct text *text, const char *form);

const char *ct_metric_words(const struct text *text,
                            const cutis_metric *metric);
const char *ct_metric_meaning(const struct text *text,
                              const cutis_metric *metric);
const char *ct_region_words(const struct text *text,
                            const cutis_region *region);

/* Names of regions with commas, as an option has them. */
void ct_say_regions(struct text *out, const char *list);

/* What a preset is about; `first` is CT_W_SUBJECT_GENERAL or
 * CT_W_OBJECT_GENERAL. */
const char *ct_preset_words(const struct text *text, const char *preset,
                            enum ct_word first);

/* What a check is about, in a word or two; never NULL. */
const char *ct_check_title(const struct text *text, const char *id);

/* How to do better next time; NULL where there is nothing to do. */
const char *ct_advice(const struct text *text, const char *id);

/* What a check or a reason says; false where it stays English. */
bool ct_say_sentence(struct text *out, const char *english);

/* ---- What a report is about (facts.c) ------------------------------------ */

const struct checks *ct_report_checks(const struct report *report);
const char *ct_report_preset(const struct report *report);
const char *ct_report_treated(const struct report *report);

/* The face's rows pool the region. */
bool ct_report_treats(const struct report *report, int region);

/* Of the page and of what a terminal shows. */
const struct ct_language *ct_report_language(const struct report *report);

/* The sentence of the failed check that forbids everything, else of the first
 * that failed. */
const char *ct_report_obstacle(const struct checks *checks);

/* 2, or 1 where there is no photograph after. */
int ct_report_photos(const struct report *report);
bool ct_report_repeats(const struct report *report);

/* Since the last treatment; NaN = not said. */
double ct_report_days(const struct report *report);

/* Where the errors of changes come from, in one to three sentences; errors.c.
 */
void ct_say_errors(struct text *out, const struct report *report);

/* Whether either visit had several captures. */
bool ct_report_repeats(const struct report *report);

/* "card", "backdrop", "reference" or "none". */
const char *ct_report_calibration(const struct report *report);

const char *ct_source_name(enum ct_source source);
const char *ct_comparable_name(cutis_comparable comparable);
const char *ct_check_verdict_name(cutis_check_verdict verdict);
const char *ct_scope_name(cutis_check_scope scope);
const char *ct_scale_name(cutis_scale scale);

/* One photograph's row as the public struct. */
cutis_measurement ct_measurement_of(const struct readings *readings, int metric,
                                    int region);

/* A change in the terms of its own metric: percent for ratios. */
struct span {
    double change, low, high, mdc; /* in the unit, or ratio - 1 */
    bool relative;
    int decimals; /* of the four, as shown */
    int value_decimals;
};
struct span ct_span_of(const cutis_change *change);
void ct_say_span_part(struct text *out, const struct span *span, double value);

/* On the axis of the verdict: logarithms for ratios; and the change there in
 * units of what repeat photographs would show. */
double ct_on_axis(const cutis_change *change, double value);
double ct_times_detectable(const cutis_change *change);

/* What the change would be on other skin of the same kind, as its ci95; false
 * where that is not known, or too little skin is there. */
bool ct_elsewhere(double ci95[2], const cutis_change *change,
                  const struct sampling *of);

/* "+3.1 %" or "+3.1 H"; and "−1.2 to +7.4 %". */
void ct_say_change(struct text *out, const cutis_change *change);
void ct_say_ends(struct text *out, const cutis_change *change,
                 const double ends[2]);
void ct_say_interval(struct text *out, const cutis_change *change);
void ct_say_mdc(struct text *out, const cutis_change *change);

/* The verdict in plain words, with its reason where that is the point. */
void ct_say_verdict(struct text *out, cutis_verdict verdict,
                    const char *reason);

/* ---- On a terminal (layout.c) -------------------------------------------- */

void ct_spaces(struct text *out, int count);

/* A paragraph broken between words; the cursor stands at column `from`, and
 * further lines begin at `indent`. */
void ct_wrap(struct text *out, const char *words, int from, int indent);

/* A cell of `width` columns; text at the left, numbers at the right. */
enum ct_side { CT_LEFT, CT_RIGHT };
void ct_cell(struct text *out, const char *shown, int width, enum ct_side side);

/* "" of an empty one. */
const char *ct_text_bytes(const struct text *text);

/* Starts a scratch text anew. */
void ct_text_clear(struct text *text);

/* ---- In tables (csv.c) --------------------------------------------------- */

/* A cell and what ends it; a number that does not exist is empty. */
void ct_csv_put(struct text *out, const char *value, const char *end);
void ct_csv_number(struct text *out, double value, const char *end);

/* What is said of a change, and the names of those columns, each with a comma
 * before it. */
void ct_csv_figures(struct text *out, const cutis_change *row, const char *end);
void ct_csv_figure_names(struct text *out);

/* ---- The answer (answer.c) ----------------------------------------------- */

/* One sentence with its certainty, then one or two that hold it up. */
void ct_say_answer(struct text *out, const struct report *report);
void ct_say_support(struct text *out, const struct report *report);
cutis_verdict ct_answer_verdict(const struct report *report);

/* ---- JSON (json.c) ------------------------------------------------------- */

enum { CT_JSON_DEPTH = 12 };

/* Commas and line ends come by themselves. */
struct json {
    struct text *out;
    int depth;
    char bracket[CT_JSON_DEPTH];
    bool used[CT_JSON_DEPTH]; /* something stands in it already */
    bool after_key;
};

void ct_json_open(struct json *json, char bracket);
void ct_json_close(struct json *json);
void ct_json_key(struct json *json, const char *key);
void ct_json_string(struct json *json, const char *value); /* NULL = null */
void ct_json_number(struct json *json, double value);
void ct_json_flag(struct json *json, bool value);

/* A key and its value. */
void ct_json_put_string(struct json *json, const char *key, const char *value);
void ct_json_put_number(struct json *json, const char *key, double value);
void ct_json_put_flag(struct json *json, const char *key, bool value);
void ct_json_put_pair(struct json *json, const char *key, const double pair[2]);

/* What all documents share. */
void ct_json_tool(struct json *json);
void ct_json_checks(struct json *json, const struct checks *checks);
void ct_json_photo_head(struct json *json, const struct photo_facts *facts);

/* ---- Pictures (frame.c, render.c, overlay.c, regions.c, ramp.c,
 *      encode.c, pictures.c) --------------------- */

enum { CT_FRAME_WIDTH = 900, CT_FRAME_HEIGHT = 1125 };

/* Where a pixel of the page's pictures lies in the two photographs: full px
 * x = a u - b v + tx, y = b u + a v + ty. */
struct frame {
    int width, height;
    double to_full[2][4];
    const struct lattice *bend; /* NULL: the after one by that alone */
};

void ct_frame_place(struct frame *out, const struct report *report);

/* Full px: outer, inner, inner, outer, from image left to right; false where no
 * landmarks say. */
bool ct_eye_corners(double out[4][2], const struct face *face);

/* Eyes (eyes.c): the report asks for bars over them; UNSUPPORTED where that
 * cannot be done; paints them into a picture of photograph `which` that has
 * one pixel for `shrink` frame px, rows `stride` bytes apart. */
bool ct_eyes_asked(const struct report *report);
cutis_status ct_eyes_can_be_covered(const struct report *report,
                                    struct tools *tools);
void ct_eyes_cover(uint8_t *samples, size_t stride, int channels, int shrink,
                   const struct frame *frame, const struct report *report,
                   int which);

/* What the map of skin adds to that in the after photograph, full px, at nodes
 * `step` frame px apart (lattice.c). */
struct lattice {
    int step;
    struct plane x, y;
    double most; /* of either */
};

/* At a place of the frame; false where the map says nothing. */
bool ct_skin_moved(double by[2], const struct report *report,
                   const struct frame *frame, double u, double v);
cutis_status ct_lattice_create(struct lattice *out, const struct frame *frame,
                               const struct report *report,
                               struct tools *tools);
void ct_lattice_free(struct lattice *lattice);

/* (u, v) is inside the frame. */
void ct_lattice_at(double by[2], const struct lattice *lattice, double u,
                   double v);

/* Width × height × 3 samples of sRGB. */
cutis_status ct_frame_render(uint8_t *out, const struct frame *frame, int which,
                             const struct picture *picture,
                             struct tools *tools);

/* Colours from pale to dark in even steps of CIELAB, for heat maps. */
enum { CT_RAMP_STEPS = 48 };
void ct_ramp(uint8_t out[CT_RAMP_STEPS][3], enum ct_map map);

/* What a heat map's colours stand for, the same in both photographs. */
struct heat {
    bool there;
    double low, high, steps_a_unit;
    bool own_base; /* each photograph's own level was taken off: */
    float base[2];
};
cutis_status ct_heat_scale(struct heat *out, const struct report *report,
                           enum ct_map map, const struct plane maps[2],
                           struct tools *tools);

/* The next of 1, 1.5, 2, 3, 4, 5, 6, 8 times a power of ten. */
double ct_round_up(double value);

/* Working pixels per pixel of a map so wide. */
int ct_map_factor(const struct face *face, int width);

/* A picture of at most 256 colours: width × height indices. */
struct palette {
    int count;
    uint8_t colour[256][4]; /* RGBA, alpha 255 = opaque */
};
void ct_heat_palette(struct palette *out, const struct heat *heat,
                     enum ct_map map);
void ct_heat_draw(uint8_t *out, const struct frame *frame, int which,
                  const struct face *face, const struct plane *plane,
                  const struct heat *heat);

/* The middle of a region in a frame, for its number. */
struct mark {
    double x, y; /* frame px; NaN where the region is not seen */
};
void ct_regions_palette(struct palette *out);
cutis_status ct_regions_draw(uint8_t *out, struct mark marks[CT_REGIONS],
                             const struct frame *frame, int which,
                             const struct report *report, struct tools *tools);

/* The skin that both photographs show, or all of one's. */
const struct bytes *ct_shown_skin(const struct report *report, int which);

/* Masks for programs (masks.c), black and white, in the frame. */
enum ct_mask { CT_MASK_SKIN, CT_MASK_SHINE, CT_MASKS };
struct mask_kind {
    const char *id;
    enum ct_word name, meaning;
};
extern const struct mask_kind ct_masks[CT_MASKS];
/* NULL where there is none. */
const struct bytes *ct_mask_of(const struct report *report, int which,
                               enum ct_mask mask);
cutis_status ct_mask_picture(struct text *out, const struct frame *frame,
                             const struct report *report, int which,
                             enum ct_mask mask, struct tools *tools);

/* libjpeg wants to be able to write to the samples; it does not. */
cutis_status ct_encode_jpeg(struct text *out, uint8_t *rgb, int width,
                            int height);
cutis_status ct_encode_png(struct text *out, const uint8_t *index, int width,
                           int height, const struct palette *palette);

/* ---- The page (page*.c) -------------------------------------------------- */

enum { CT_LAYERS = CT_MAPS + 1 }; /* the regions, then the maps */

/* A layer's stable name, its words, and for a map the metric that says why it
 * is not there (CT_METRICS: none) and the unit of its values. */
struct layer {
    const char *id;
    enum ct_word name, meaning;
    int metric;
    const char *unit;
};
extern const struct layer ct_layers[CT_LAYERS];

struct page_pictures {
    struct frame frame;
    struct text photo[2];            /* JPEG */
    uint8_t *before;                 /* the first of them as samples */
    struct text layer[2][CT_LAYERS]; /* PNG; empty where there is none */
    struct mark marks[2][CT_REGIONS];
    struct heat heat[CT_MAPS];
    struct plane strength[2]; /* of the relief, over about a millimetre */
};

cutis_status ct_page_pictures(struct page_pictures *out,
                              const struct report *report, struct tools *tools);
void ct_page_pictures_free(struct page_pictures *pictures);

/* Whether every photograph of the report has the layer (map_files.c). */
bool ct_layer_is_there(const struct page_pictures *pictures,
                       const struct report *report, int layer);

/* The regions before as SVG's paths, and the box around them, frame px
 * (outline.c). */
struct outlines {
    struct text path[CT_REGIONS]; /* empty where it is not seen */
    struct rect box;
};
cutis_status ct_outlines_create(struct outlines *out,
                                const struct report *report,
                                const struct frame *frame, struct tools *tools);
void ct_outlines_free(struct outlines *outlines);

/* A close look at both photographs where a region has its pores (marks.c). */
enum { CT_CLOSE_WIDTH = 600, CT_CLOSE_HEIGHT = 450 };
struct page_close {
    bool there;
    int region;
    struct frame frame;
    struct text photo[2]; /* JPEG */
};
cutis_status ct_close_create(struct page_close *out,
                             const struct report *report,
                             const struct frame *frame, struct tools *tools);
void ct_close_free(struct page_close *close);

/* Where full px or an item lie in the frame. */
void ct_into_frame(double out[2], const struct frame *frame, int which,
                   double full_x, double full_y);
void ct_item_place(double out[2], const struct frame *frame, int which,
                   const struct item *item, const struct report *report);

extern const char *const ct_page_style[];  /* lines of CSS up to NULL */
extern const char *const ct_page_paper[];  /* likewise, for A4 */
extern const char *const ct_page_script[]; /* lines of JavaScript up to NULL */

/* The page up to its body; `style` is added, NULL = none. */
void ct_page_head(struct text *out, enum ct_word title,
                  const char *const *style);

/* Escaped words, and a phrase with its gaps filled. */
void ct_page_word(struct text *out, enum ct_word word);
void ct_page_say(struct text *out, enum ct_word word, const char *const *with);

/* What a check or a reason says. */
void ct_page_sentence(struct text *out, const char *english);

/* The verdict in plain words, beginning with a capital. */
void ct_page_verdict(struct text *out, cutis_verdict verdict,
                     const char *reason);

struct page_fit;
void ct_page_stage(struct text *out, const struct report *report,
                   const struct page_pictures *pictures,
                   const struct page_fit *fit);

/* A picture as the quoted value of an attribute. */
void ct_page_data(struct text *out, const char *type, const struct text *bytes);

/* Opens a section with its heading, h-NAME. */
void ct_page_open(struct text *out, const char *name, enum ct_word title);

/* Opens a cell that names itself where the table becomes a list of cards. */
void ct_page_cell(struct text *out, const char *class, enum ct_word label);

/* A bar of `count` colours from left to right. */
void ct_page_bar(struct text *out, const uint8_t (*colour)[3], int count);
void ct_page_readings(struct text *out, const struct report *report);
void ct_page_where(struct text *out, const struct report *report,
                   const struct page_pictures *pictures,
                   const struct outlines *outlines);
void ct_page_items(struct text *out, const struct report *report,
                   const struct page_pictures *pictures,
                   const struct page_close *close);
void ct_page_marks(struct text *out, const struct report *report,
                   const struct page_pictures *pictures,
                   const struct page_close *close);
void ct_page_score(struct text *out, const struct report *report);
void ct_page_checks(struct text *out, const struct report *report);

/* The item of one check; `last` is the one above or NULL, `visits` NULL or at
 * which of several visits. */
void ct_page_check(struct text *out, const cutis_check *last,
                   const cutis_check *check, const char *visits);

/* The items of those that have the verdict; how many there are. */
int ct_page_check_list(struct text *out, const struct checks *checks,
                       cutis_check_verdict verdict);
/* The list of what it was computed with; without `before` of several visits. */
void ct_page_parameters(struct text *out, const struct report *report);
void ct_page_method(struct text *out, const struct report *report);

#endif
