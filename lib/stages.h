/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The whole pipeline.  Stages pass these structs and never include each other;
 * session.c calls the functions below in the order in which they stand.
 *
 *   bytes -acquire-> picture -face-> face ; picture + face -colour-> skin
 *   skin + skin -match-> pair ; skin -measure-> readings
 *   readings + readings -progress-> outcome -report-> bytes
 *
 * Coordinates are pixels, (0,0) is the top left corner of the top left pixel,
 * centres are at .5.  "Full" coordinates are the upright picture's; "working"
 * coordinates are the crop's: x_work = (x_full - crop.x) / factor.
 */

#ifndef CT_STAGES_H
#define CT_STAGES_H

#include <stdbool.h>

#include <cutis/cutis.h>

#include "equal.h"
#include "item.h"
#include "judged.h"
#include "picture.h"
#include "sampled.h"
#include "signal/signal.h"
#include "skin.h"
#include "util/text.h"
#include "util/tools.h"

/* ---- acquire: bytes -> an upright picture -------------------------------- */

/* picture.h: struct picture. */

/* ---- face: picture -> where the skin is ---------------------------------- */

enum {
    CT_POINTS = 468,
    CT_TRIANGLES = 898,
    CT_FACETS = CT_TRIANGLES + 28, /* and those of the upper forehead */
    CT_IBUG_POINTS = 68,
    CT_CELL_MM = 1,   /* side of a template cell */
    CT_CELLS_X = 256, /* template: canonical mesh unrolled on a cylinder */
    CT_CELLS_Y = 256,
    CT_NO_CELL = 65535 /* the last cell, which no skin maps to */
};

/* As cutis_region_at; r and l are the subject's; the last is the whole face,
 * i.e. the name of what lies in the face but in no other region. */
enum {
    CT_FOREHEAD,
    CT_GLABELLA,
    CT_NOSE,
    CT_CHEEK_R,
    CT_CHEEK_L,
    CT_CROWSFEET_R,
    CT_CROWSFEET_L,
    CT_INFRAORBITAL_R,
    CT_INFRAORBITAL_L,
    CT_PERIORAL_UPPER,
    CT_PERIORAL_LOWER,
    CT_CHIN,
    CT_JAW_R,
    CT_JAW_L,
    CT_FACE_REGION,
    CT_REGIONS,
    CT_NO_REGION = 255
};

struct pose {
    double rotation[9];    /* canonical -> camera, rows; x right, y down */
    double translation[3]; /* px: of the canonical origin in the picture */
    double scale;          /* px per mm at the pose points */
    double yaw_deg, pitch_deg, roll_deg;
};

/* A facet of the canonical face, in its own frame. */
struct facet_shape {
    float middle[3]; /* mm */
    float normal[3]; /* of unit length, out of the skin; towards the camera of
                        a face that looks straight at it z < 0 */
};

struct face {
    bool found;
    int faces;         /* how many the detector saw */
    double confidence; /* detector's, [0,1] */
    double presence;   /* landmark model's, [0,1] */
    int point_count;   /* CT_POINTS, or 0: none known; ct_face_mask says so */
    uint32_t scheme;   /* a cutis_landmarks: where they are from; likewise */
    cutis_point points[CT_POINTS]; /* full coordinates */
    float depth[CT_POINTS];        /* px, towards the camera < 0 */
    struct pose pose;
    double scale;             /* px per mm of the full picture */
    const char *scale_source; /* "ipd-default", "ipd", "px-per-mm" */
    struct rect crop;         /* of the full picture: what is worked on */
    int factor;               /* full pixels per working pixel, >= 1 */
    double work_scale;        /* px per mm of the working planes */

    /* Working planes, crop / factor in size. */
    struct bytes region; /* index of cutis_region_at, 255 = none */
    struct bytes skin;   /* 255 = measurable skin */
    uint16_t *cell;      /* template cell of each pixel, row by row */
    float *mm2;          /* [CT_FACETS + 1]: mm2 of skin a pixel shows */
    uint16_t *triangle;  /* of each pixel; CT_FACETS where there is no mesh */
    float *cosine;       /* [CT_FACETS + 1]: of the angle to the camera */
    struct facet_shape *shape;          /* [CT_FACETS]; NULL without a mesh */
    double region_area_mm2[CT_REGIONS]; /* of all pixels, masked or not; the
                                           last is the sum of all regions */
};

/* The canonical mesh, mm, x right (of the picture), y down, z towards the
 * camera < 0; NULL in a build without the model. */
const float (*ct_mesh_points(void))[3];
const float (*ct_mesh_uv(void))[2]; /* [0,1], v down */
const uint16_t (*ct_mesh_triangles(void))[3];
const float *ct_mesh_pose_weights(void); /* [CT_POINTS], mostly 0 */

/*
 * Finds the face, or takes the caller's word for it (options), poses the mesh,
 * and says what will be worked on: everything but the planes.
 * NO_FACE, UNSUITABLE (|yaw| > 35 degrees).
 */
cutis_status ct_face_find(struct face *out, const struct picture *picture,
                          const cutis_photo_options *options,
                          struct tools *tools);

/* Fills the planes: regions, cells, areas, then the adaptive skin mask. */
struct skin;
cutis_status ct_face_mask(struct face *face, const struct skin *skin,
                          const struct picture *picture,
                          const cutis_photo_options *options,
                          struct tools *tools);
void ct_face_free(struct face *face);

/* mm2 of skin that each region shows under `mask`, or in all (NULL); the last
 * is the sum of all regions. */
void ct_face_areas(double out[CT_REGIONS], const struct face *face,
                   const struct bytes *mask);

/* ---- colour: the crop as numbers ----------------------------------------- */

/* skin.h: struct skin. */

/* A card or a chart is to be read. */
bool ct_colour_has_target(const cutis_photo_options *options);

cutis_status ct_colour_skin(struct skin *out, const struct picture *picture,
                            const struct face *face,
                            const cutis_photo_options *options,
                            struct tools *tools);
void ct_skin_free(struct skin *skin);

/* What calibrates both photographs alike, so that their absolute colours can
 * be compared: NONE where another camera took one, or a chart was fitted in
 * another form, because each camera errs in its own way. */
enum ct_neutral ct_common_neutral(const struct skin *before,
                                  const struct exif *taken_before,
                                  const struct skin *after,
                                  const struct exif *taken_after);

/* Whether the files say that cameras or lenses differ. */
bool ct_other_camera(const struct exif *a, const struct exif *b);

/* Further gains that bring two photographs to the mean of their backdrops. */
void ct_backdrop_gains(double before[3], double after[3], const struct skin *a,
                       const struct skin *b);

/* ITA in degrees of one colour; CIEDE2000; see colour/colour.h for the rest. */
double ct_ita(double l, double b);

/* ---- match: what makes two photographs comparable ------------------------ */

/*
 * Where the light comes from: linear luminance of skin fitted by
 * ambient + max(0, n . lamp), n being the skin's normal (method 4.4).
 */
struct light {
    double lamp[3]; /* canonical face's frame, towards the lamp; NaN */
    double ambient; /* in the unit of |lamp| = 1; NaN */
    /* By facet: mean log10 luminance of its skin, NaN where it shows too
     * little, and the skin's area there, mm2. */
    float log_y[CT_FACETS], mm2[CT_FACETS];
    /* d ln(relief's contrast) / d angle, per degree, by region; NaN */
    double slope[CT_REGIONS];
};

/* What the camera did to one photograph. */
struct capture {
    double blur_mm;          /* sigma of the point spread at the face; NaN */
    double noise_cod;        /* per pixel at skin, 100 OD */
    double fine, fine_sharp; /* ln of fine over coarse structure of skin, as
                                seen and freed of the lens's blur; NaN */
    double clipped_high, clipped_low; /* share of skin */
    double median_y;                  /* linear luminance of skin */
    double ita;                       /* of the well-lit skin of the face */
    double hue_deg; /* of the face's skin, CIELAB; NaN without colour */
    double region_ita[CT_REGIONS];
    double coverage[CT_REGIONS]; /* valid share of each region */
    double chroma_dither;        /* SD of Cr in skin, levels */
    /* Expression, lengths by the distance of the eyes. */
    double mouth_width, mouth_lift, ear_r, ear_l, mar, brow_eye;
    struct light light;
    struct spectra edges;
    struct swatches swatches;
};

cutis_status ct_match_capture(struct capture *out,
                              const struct picture *picture,
                              const struct face *face, const struct skin *skin,
                              struct tools *tools);

/* How two faces lie on each other. */
struct pair {
    double similarity[4]; /* before -> after, full px: a, b, tx, ty with
                             x' = a x - b y + tx, y' = b x + a y + ty */
    bool refined;         /* by the skin's own texture */
    int patches_tried, patches_accepted;        /* of skin; those found again */
    double patch_median_mm, patch_p95_mm;       /* from them to the map */
    char unrefined[CT_SENTENCE];                /* why; "" where refined */
    double residual_median_mm, residual_p95_mm; /* of the landmarks */
    double nonrigid_rms_mm;      /* landmarks after the best rigid fit */
    double nearer, nearer_se;    /* 1 / distance of the camera, 1/mm, of after
                                    less before's; NaN; its standard error */
    double mouth_wider_mm;       /* of after, less before's, by the pictures;
                                    NaN = its corners were not found again */
    double identity;             /* distance of the bone ratios, share */
    double upper_face_mm;        /* RMS of its landmarks after the best rigid
                                    fit; NaN where 68 points were given */
    struct bytes skin[2];        /* each photograph's mask, common cells only */
    double coverage[CT_REGIONS]; /* the smaller of the two */
    struct warp warp[2];         /* before -> after, after -> before */
    double light_angle_deg;      /* between both lamps, as the face sees them */
    double illumination; /* RMS of log10 of the ratio of luminance, smoothed
                            over 10 mm, its mean taken off; NaN */
    double blur_mm2;     /* sigma^2 of after less before's, at edges that no
                            treatment changes; NaN = could not be told */
    double blur_se_mm2;  /* its standard error */
    double blur_misfit;  /* RMS of ln power that no Gaussian explains; NaN */
    struct defocus defocus;
    double more_mm2; /* variance of blur that both take on besides, to be as
                        soft as a third photograph; 0 unless asked for */
    double sharpened, sharpened_se; /* ln power that a mask, and no lens, added
                                       to the finest detail of after's edges;
                                       NaN; its error */
    double fine_more, fine_se; /* by how much capture.fine changes once both
                                  are equally sharp; NaN; its error */
};

cutis_status ct_match(struct pair *out, const struct face *before,
                      const struct face *after, const struct skin *const *skin,
                      struct tools *tools); /* skin NULL: landmarks alone */
/* How differently the lamp lit them; `face` is either's, for its mesh. */
cutis_status ct_match_light(struct pair *out, const struct face *face,
                            const struct light *before,
                            const struct light *after, struct tools *tools);
void ct_pair_free(struct pair *pair);

/* ---- measure: one photograph's readings ---------------------------------- */

/* As cutis_metric_at. */
enum {
    CT_REDNESS,
    CT_ERYTHEMA_AREA,
    CT_LESION_DENSITY,
    CT_PIGMENT_SPOTS,
    CT_TONE_EVENNESS,
    CT_TONE_ITA,
    CT_TEXTURE,
    CT_PORE_DENSITY,
    CT_PORE_BURDEN,
    CT_WRINKLE_INDEX,
    CT_WRINKLE_DENSITY,
    CT_SHINE,
    CT_FLAKES,
    CT_METRICS,
    CT_DETAILS = 48
};

/* How redness may be expressed; the first that the photographs allow. */
enum ct_reference { CT_REF_NEUTRAL, CT_REF_REGION, CT_REF_EXCESS };

/* What a metric looks at. */
struct view {
    const struct face *face;
    const struct skin *skin;
    const struct bytes *mask; /* 255 = measure here; face->skin or a pair's */
    const struct warp *warp;  /* to the other photograph; NULL = alone */
    double ita_ref;           /* degrees; the same for all compared */
    double noise_cod;
    double blur_mm;     /* of the light that is measured, equalised or not */
    double equalise_mm; /* sigma of the blur that makes it so; 0 = none */
    double gain[3];     /* to the common backdrop; 0 = none */
    enum ct_reference reference;
    bool reference_region[CT_REGIONS];
    bool treated[CT_REGIONS]; /* pooled into the face row */
    bool polarised;
};

struct reading {
    double value;            /* NaN = not measurable */
    const char *name, *unit; /* which form: "H_excess", "H" */
    double coverage, area_cm2;
    double count;  /* of a list metric's items in the region; NaN otherwise */
    bool paired;   /* those items were measured in both photographs; then */
    double spread; /* one SD of the value's change that this leaves */
    double per_level; /* H that an 8-bit level of chroma is worth on this skin;
                         of redness, else 0 */
    struct sampling sampling; /* of the change to the other photograph */
    char reason[CT_SENTENCE]; /* "" = none */
    int detail_count;
    cutis_detail detail[CT_DETAILS];
};

struct readings {
    struct reading of[CT_METRICS][CT_REGIONS];
    /* For pictures, at most 1024 pixels on the longer side, NaN outside skin;
     * at NULL where the metric was not measurable or maps were not wanted. */
    struct plane map[CT_MAPS];
    struct bytes shine; /* likewise: 255 = out of the other metrics for shine */
    /* If paired, places mean the same items in both photographs. */
    struct item *spots, *pores, *flakes;
    size_t spot_count, pore_count, flake_count;
    bool spots_paired, pores_paired;
};

cutis_status ct_measure(struct readings *out, const struct view *view,
                        bool maps, struct tools *tools);
/* Two of one face: lists are decided for both at once. */
cutis_status ct_measure_pair(struct readings out[2], const struct view view[2],
                             bool maps, struct tools *tools);
void ct_readings_free(struct readings *readings);

/* ---- progress: what the readings say ------------------------------------- */

enum { CT_CHECKS = 80, CT_COMPONENTS = 8 };

/* Points into itself: not to be copied. */
struct checks {
    int count;
    enum ct_level level[CT_CHECKS];
    uint16_t widens[CT_CHECKS];  /* bit of a metric: its error grows */
    uint16_t removes[CT_CHECKS]; /* bit of a metric: it cannot be compared */
    uint16_t moving[CT_CHECKS];  /* the same, where expression moves skin */
    cutis_check of[CT_CHECKS];
    char message[CT_CHECKS][CT_SENTENCE];
    const char *affects[CT_CHECKS][CT_METRICS];
};

/* Points into itself and into the readings: not to be copied. */
struct outcome {
    cutis_comparable comparable;
    struct checks checks;
    cutis_change change[CT_METRICS][CT_REGIONS];
    char reason[CT_METRICS][CT_REGIONS][CT_SENTENCE];
    double repeats[CT_METRICS][CT_REGIONS]; /* variance of y; widened; NaN */
    struct alike alike[CT_METRICS][CT_REGIONS];
    struct sampling sampling[CT_METRICS][CT_REGIONS];
    struct step part[CT_COMPONENTS]; /* of the preset's named forms */
    cutis_score score;
    double score_p; /* two-sided, that the score is 0; NaN without one */
    cutis_component component[CT_COMPONENTS];
    char score_reason[CT_SENTENCE];
};

/* Everything known of one photograph, for checks and reports. */
struct photo_facts {
    const struct picture *picture;
    const struct face *face;
    const struct skin *skin;
    const struct capture *capture;
    const struct readings *readings;
};

/* Checks of one photograph (pair NULL, after NULL), or of two. */
void ct_check(struct checks *out, const struct photo_facts *before,
              const struct photo_facts *after, const struct pair *pair,
              const cutis_compare_options *options);

cutis_comparable ct_comparable(const struct checks *checks);
/* What forbids all comparing, or NULL. */
const cutis_check *ct_obstacle(const struct checks *checks);

/* account.h: what becomes of readings, pair by pair. */

/* ---- report: bytes for people and programs ------------------------------- */

/* A photograph of a visit. */
struct visit_photo {
    const struct picture *picture;
    const struct face *face;
    bool used;
    char reason[CT_SENTENCE]; /* why not; "" = none */
};

enum { CT_CAPTURES = 8 };

struct visit {
    int count;
    struct visit_photo of[CT_CAPTURES]; /* in the caller's order */
};

/* Where the errors of changes come from. */
struct errors {
    int pairs;                /* of captures */
    bool repeats;             /* they tell how captures repeat */
    bool site_given;          /* there is a site's profile, */
    bool site_used;           /* and it is used; */
    double people;            /* its people, */
    char sha256[65];          /* its bytes' */
    char reason[CT_SENTENCE]; /* and why it is not used; "" = none */
};

/* All that a report is made of; NULL for what there is not. */
struct report {
    const struct photo_facts *before, *after; /* of the pair that is shown */
    const struct pair *pair;
    const struct outcome *outcome;
    const struct checks *checks; /* where there is no outcome */
    const cutis_compare_options *options;
    const struct visit *visit; /* [2]: before, after */
    const struct errors *errors;
};

/* What of a photograph a page may show, and its skin: full px. */
struct rect ct_frame_part(const struct face *face,
                          const struct picture *picture);

/* A language of reports by its tag, NULL for English, as a string that stays;
 * NULL if there is none. */
const char *ct_report_speaks(const char *tag);

cutis_status ct_report_text(struct text *out, const struct report *report,
                            struct tools *tools);
cutis_status ct_report_json(struct text *out, const struct report *report,
                            struct tools *tools);
cutis_status ct_report_csv(struct text *out, const struct report *report,
                           struct tools *tools);
/* One row with what is treated as a whole; and the first line alone, of CSV or
 * ROW. */
cutis_status ct_report_row(struct text *out, const struct report *report,
                           struct tools *tools);
cutis_status ct_report_columns(struct text *out, cutis_format format,
                               struct tools *tools);
cutis_status ct_report_items(struct text *out, const struct report *report,
                             struct tools *tools);
cutis_status ct_report_html(struct text *out, const struct report *report,
                            struct tools *tools);
/* The pictures as files; `write` gets each with its name. */
cutis_status ct_map_files(const struct report *report, cutis_file_fn write,
                          void *user, struct tools *tools);
cutis_status ct_report_inspect(struct text *out, const struct report *report,
                               cutis_format format, struct tools *tools);

/* The descriptors, which measure owns. */
const cutis_metric *ct_metric(int index);
const cutis_region *ct_region(int index);
int ct_metric_index(const cutis_metric *metric);

/* The details that a metric's readings may carry. */
struct detail_about {
    const char *name;    /* stable: "a_star" */
    const char *unit;    /* "1" when dimensionless */
    const char *meaning; /* a phrase */
};

/* Up to one with a NULL name. */
const struct detail_about *ct_metric_details(int index);

#endif
