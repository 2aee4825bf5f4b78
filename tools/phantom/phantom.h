/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * The phantom: a face whose skin is known.  What follows is the order in which
 * a picture is made.
 *
 *   scene -mesh-> surface -fields, features-> skin -render-> light
 *   light -camera-> samples -picture-> file ; everything -truth-> JSON
 *
 * Its physics are a polynomial fitted to skin spectra and a field of heights;
 * no formula of the analyser is used here, so neither can flatter the other.
 * Lengths are mm, angles degrees, colours linear sRGB, unless stated.
 */

#ifndef CT_PHANTOM_H
#define CT_PHANTOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "phantom/vec.h"
#include "stages.h"
#include "util/hash.h"
#include "util/text.h"
#include "util/tools.h"

/* ---- scene: what was asked for ------------------------------------------- */

enum { CT_LAMPS = 3 };

/* Somebody, and the state of their skin. */
struct person {
    uint64_t seed;
    double melanin;       /* volume fraction f_m of the epidermis */
    double blood;         /* volume fraction f_b of the dermis */
    bool polarised;       /* skin through crossed polarisers */
    double unevenness;    /* SD of the natural variation, 1 = usual */
    double pores;         /* per cm2 of cheek */
    double pore_size;     /* median FWHM, mm */
    double pore_depth;    /* median, mm */
    double relief;        /* RMS slope of the fine relief */
    double wrinkles;      /* how many: 0 none, 1 middle-aged, 2 old */
    double wrinkle_depth; /* mm, of the deepest */
    double spots;         /* lentigines and freckles on the whole face */
    double spot_melanin;  /* ln of melanin ratio, of the median spot */
    double redness;       /* ln of blood ratio where erythema is full */
    double papules;       /* on the whole face */
    double shine;         /* 1 = usual */
    double shape;   /* how far from the average face; 1 = usual, 0 = not */
    double hair;    /* 1 = hair, brows and lashes; 0 = none */
    double flakes;  /* scales on the whole face */
    double scars;   /* of acne, on the whole face */
    double melasma; /* ln of melanin ratio where its patches are full */
    double vellus;  /* 1 = 60 fine hairs a cm2 */
    double stubble; /* 1 = 45 hairs a cm2 of beard */
    double vessels; /* dilated ones on the whole face */
};

/* What a treatment multiplies, inside the regions it was given to. */
struct treatment {
    double blood, redness, papules, melanin, spots, relief, pores, pore_size,
        wrinkles, shine, flakes, scars, melasma, vessels;
    char regions[256]; /* comma-separated names; "face" is all */
};

struct lamp {
    double azimuth, elevation; /* degrees; 0, 0 is the camera */
    double strength;
};

struct camera {
    int width, height;
    double px_per_mm; /* in the plane of the eyes */
    double distance;  /* of the eyes, mm */
    double yaw, pitch, roll;
    double x, y; /* the face's place in the picture, mm from its middle */
    int lamps;
    struct lamp lamp[CT_LAMPS];
    double ambient;
    double exposure;   /* stops */
    double white[3];   /* gains left by the white balance */
    double curve;      /* exponent of the tone curve */
    double blur;       /* sigma of the PSF, mm at the eyes */
    double defocus;    /* radius of its disk, mm at the eyes */
    double aperture;   /* mm across; blurs by distance from `focus`; 0 = none */
    double focus;      /* the plane in focus, mm before the eyes */
    double sharpen;    /* strength of an unsharp mask in the camera */
    double smooth;     /* share of a beauty filter in the camera */
    double noise;      /* SD / signal at 0.35, shot noise */
    double read_noise; /* SD, linear */
    double card[3];    /* middle x, y and side of the card; side 0 = none */
    double chart[3];   /* middle x, y and width of the chart; 0 = none */
    int oversample;    /* 0 = as fine as the features need */
    uint64_t noise_seed;
};

enum ct_file_kind { CT_FILE_JPEG, CT_FILE_PNG };

struct output {
    enum ct_file_kind kind;
    int quality;     /* JPEG */
    int subsampling; /* 444, 422 or 420 */
    int bits;        /* PNG: 8 or 16 */
    bool display_p3;
};

/* 1 = a broad smile, brows raised as far as they go. */
struct expression {
    double smile, brows;
};

struct scene {
    struct person person;
    struct expression expression;
    struct treatment treatment;
    struct camera camera;
    struct output output;
    int threads;
};

/* ---- mesh: the shape of a head ------------------------------------------- */

enum ct_part {
    CT_PART_FACE, /* the canonical mesh */
    CT_PART_HEAD, /* skin behind it */
    CT_PART_EAR,
    CT_PART_NECK,
    CT_PART_HAIR,
    CT_PART_CLOTH
};

/* What is known at a vertex and interpolated between. */
enum ct_attribute {
    CT_A_MELANIN, /* ln of the factor on the person's melanin */
    CT_A_BLOOD,   /* ln of the factor on the person's blood */
    CT_A_RELIEF,  /* factor on the relief */
    CT_A_SHINE,
    CT_A_LIPS,    /* 1 on the vermilion */
    CT_A_TREATED, /* 1 inside the treated regions */
    CT_A_OPEN,    /* share of the sky that is seen */
    CT_A_LAMP_0,  /* share of each lamp that is seen */
    CT_A_LAMP_1,
    CT_A_LAMP_2,
    CT_A_COUNT
};

struct mesh {
    int points, triangles;
    int skin_points;    /* those before the hair's */
    bool moved;         /* by an expression */
    int head_triangles; /* subdivided face and head, which come first */
    struct vec *at;
    struct vec *rest; /* the same, the face at rest: where its skin is known */
    struct vec *normal;
    float (*attribute)[CT_A_COUNT];
    uint32_t (*corner)[3];
    uint8_t *part; /* of each triangle */
};

/* Where the painted features sit on this person's face. */
struct traits {
    struct vec eye[2][64]; /* contour; 0 is the subject's right */
    struct vec iris[2];    /* middle */
    struct vec mouth[11];  /* where the lips meet */
    struct vec lips[20];   /* outer border */
    struct vec nostril[2];
    struct vec brow[2][10]; /* lower edge from the temple in, then upper */
};

/* The person's head, subdivided; the first CT_POINTS vertices are the
 * landmarks.  The parts that are not face or head come after. */
cutis_status ct_head_build(struct mesh *out, struct traits *marks,
                           const struct person *person, struct tools *tools);
void ct_mesh_free(struct mesh *mesh);

/* Steps of it, in files of their own. */
cutis_status ct_mesh_create(struct mesh *out, int points, int triangles,
                            struct tools *tools);
cutis_status ct_mesh_append(struct mesh *mesh, const struct mesh *more,
                            struct tools *tools);
void ct_mesh_normals(struct mesh *mesh);

/* Loop's subdivision `levels` times, of a closed mesh, whose limit goes
 * (nearly) through the points given. */
cutis_status ct_mesh_subdivide(struct mesh *mesh, int levels,
                               struct tools *tools);

/* How this person differs from the average face, at a canonical point. */
struct vec ct_identity(struct vec at, const struct person *person);
void ct_identity_all(struct vec *at, int count, const struct person *person);

/* Ears, neck, clothes and hair, appended to a head. */
cutis_status ct_add_body(struct mesh *mesh, const struct person *person,
                         struct tools *tools);
/* How far inside the hair a point is, mm; negative outside. */
float ct_hair_depth(struct vec at);
struct vec ct_hair_tangent(struct vec at);

/* The front of the face as a height field, to put things on it. */
enum { CT_FRONT = 320, CT_FRONT_STEP = 2 }; /* nodes a mm: 1 / 2 */
struct front {
    float z[CT_FRONT * 3 / 2][CT_FRONT]; /* rows from y = -120 up */
};
void ct_front_fill(struct front *front, const struct mesh *mesh);
struct vec ct_front_at(const struct front *front, double x, double y);

/* What an expression does to a face. */
enum { CT_MOVES = 12 };
struct move {
    struct vec at, way, reach;
    bool brow;
};
struct moves {
    int count;
    struct move bump[CT_MOVES];
};

/* ---- regions: the analyser's, on this person ------------------------------
 */

enum { CT_REGION_CORNERS = 40 };

/* Outlines over the face unrolled on a cylinder, mm. */
struct regions {
    int corners[CT_REGIONS];
    double outline[CT_REGIONS][CT_REGION_CORNERS][2];
    double low[CT_REGIONS][2], high[CT_REGIONS][2]; /* boxes around them */
    bool treated[CT_REGIONS];                       /* the last: everything */
};

/* `treated`: names with commas between; ARGUMENT for a name that is none. */
cutis_status ct_regions_make(struct regions *out, const struct mesh *mesh,
                             const struct person *person, const char *treated,
                             struct tools *tools);

/* Its index as in cutis_region_at, or CT_NO_REGION. */
int ct_region_at(const struct regions *regions, struct vec at);

/* 1 inside the treated regions, 0 outside, smooth over 3 mm. */
float ct_treated_at(const struct regions *regions, struct vec at);

/* ---- fields and features: the skin on it --------------------------------- */

/* Gradient noise of about unit RMS over a lattice of 1, and its gradient. */
float ct_solid_noise(struct vec at, uint32_t seed, struct vec *gradient);

/* The two nearest of a jittered lattice's points. */
struct cells {
    float first, second;            /* distances */
    struct vec to_first, to_second; /* their gradients */
};
struct cells ct_solid_cells(struct vec at, uint32_t seed);

void ct_fields_fill(struct mesh *mesh, const struct traits *marks,
                    const struct regions *regions, const struct scene *scene);

/* 1 where melasma is full, its patches being ragged; symmetrical, nearly. */
float ct_melasma_at(const struct person *person, struct vec at);

/* Sky and lamps as seen from each vertex, the head turned as the camera says.
 * Softens with the lamp's size. */
struct optics;
cutis_status ct_fields_light(struct mesh *mesh, const struct optics *optics,
                             struct tools *tools);

enum ct_kind {
    CT_F_PORE,    /* a pit */
    CT_F_SPOT,    /* more melanin */
    CT_F_PAPULE,  /* more blood, and a bump */
    CT_F_WRINKLE, /* a furrow: several segments share a line */
    CT_F_VESSEL,  /* a line of blood */
    CT_F_HAIR,    /* a dark stroke */
    CT_F_VELLUS,  /* a fine one */
    CT_F_STUBBLE, /* a short one */
    CT_F_SCAR,    /* a pit; its line is its type */
    CT_F_FLAKE,   /* a white scale */
    CT_F_KINDS
};

/* A point (a = b) or a segment. */
struct feature {
    struct vec a, b;
    float sigma;  /* mm; FWHM / 2.355, spots: radius, hairs: half width */
    float amount; /* mm deep, ln ratio, opacity or reflectance */
    float extent; /* of a scale, mm2 that it covers; of a scar, mm3 */
    uint8_t kind;
    uint16_t line; /* of a wrinkle or vessel, from 1 */
    uint32_t id;   /* the same before and after: unique in its kind */
};

struct feature_list {
    struct feature *at;
    size_t count, room;
};

/* The grid's cells, and the corner it starts from. */
enum { CT_GRID_X = 100, CT_GRID_Y = 130, CT_GRID_Z = 100, CT_GRID_MM = 2 };
size_t ct_grid_cell(struct vec at);

/* Features by the cells of a grid, so that a pixel meets only those near. */
struct tissue {
    struct person person;
    struct regions regions;
    struct feature_list features;
    uint32_t *start; /* of each cell in `index` */
    uint32_t *index;
    float tone[3]; /* linear RGB of the even skin */
    float lip[3];  /* factor of the lips on it */
    float hair[3], iris[3], cloth[3];
    uint32_t noise;
};

/* `regions` goes with it, as it is. */
cutis_status ct_tissue_build(struct tissue *out, const struct mesh *mesh,
                             const struct traits *marks,
                             const struct regions *regions,
                             const struct scene *scene, struct tools *tools);
void ct_tissue_free(struct tissue *tissue);
cutis_status ct_feature_add(struct feature_list *list, struct feature feature,
                            struct tools *tools);
cutis_status ct_grid_build(struct tissue *tissue, struct tools *tools);

/* From the nearest point of the feature to `at`. */
struct vec ct_from_feature(const struct feature *feature, struct vec at);

/* Each kind of feature, appended to the list. */
cutis_status ct_add_pores(struct tissue *tissue, const struct mesh *mesh,
                          const struct traits *marks, const struct scene *scene,
                          struct tools *tools);
cutis_status ct_add_spots(struct tissue *tissue, const struct mesh *mesh,
                          const struct traits *marks, const struct scene *scene,
                          struct tools *tools);
cutis_status ct_add_wrinkles(struct tissue *tissue, const struct front *front,
                             const struct traits *marks,
                             const struct scene *scene, struct tools *tools);
cutis_status ct_add_hairs(struct tissue *tissue, const struct front *front,
                          const struct traits *marks, const struct scene *scene,
                          struct tools *tools);

/* The skin at one point of the surface. */
struct place {
    float melanin;    /* ln of the factor on the person's */
    float blood;      /* ln of the factor on the person's */
    struct vec slope; /* gradient of the height, head's frame */
    float height;     /* mm */
    float shade;      /* optical density of hollows */
    float hair;       /* opacity of hairs */
    float flake;      /* reflectance of scales */
};

/* `texel` is a pixel's size on the skin, mm: what is finer is left out. */
void ct_tissue_at(struct place *out, const struct tissue *tissue, struct vec at,
                  const float attribute[CT_A_COUNT], float texel);

/* ---- colour -------------------------------------------------------------- */

/* Linear sRGB of skin.  melanin and blood are volume fractions; beyond the
 * polynomial's range they go on as straight lines of optical density. */
void ct_skin_colour(float rgb[3], double melanin, double blood, bool polarised);

/* A table of it around a person, for speed: exact to 1e-4. */
enum { CT_COLOUR_M = 96, CT_COLOUR_B = 64 };
struct colours {
    float low[2], scale[2];                /* ln melanin, ln blood -> cells */
    float od[CT_COLOUR_B][CT_COLOUR_M][3]; /* natural: -ln R */
};
void ct_colours_fill(struct colours *table, bool polarised);
void ct_colours_at(const struct colours *table, float ln_melanin,
                   float ln_blood, float rgb[3]);

void ct_lab(double lab[3], const float rgb[3]); /* D65 */
void ct_lab_to_rgb(float rgb[3], const double lab[3]);

/* The melanin that gives an individual typology angle, at usual blood. */
double ct_melanin_of_ita(double ita, bool polarised);
double ct_ita_of_melanin(double melanin, bool polarised);

/* ---- render and camera --------------------------------------------------- */

/* Linear light, three planes of width * height. */
struct frame {
    int width, height;
    float *at[3];
    float *depth; /* mm from the camera, infinite behind the head; or NULL */
};

struct optics {
    double rotation[9]; /* head -> camera, rows */
    double focal;       /* px */
    double eye_z;       /* of the eyes, the head being turned */
    double middle[2];   /* px: the picture's axis */
    double shift[2];    /* mm */
    double distance;
    struct vec camera;         /* its place in the head's frame */
    struct vec lamp[CT_LAMPS]; /* towards them, head's frame */
    double strength[CT_LAMPS]; /* so that a card facing us gets 1 */
    double ambient;
};

/* `scale`: drawn pixels a picture's pixel. */
void ct_optics_make(struct optics *optics, const struct camera *camera,
                    int scale);

/* A point of the head in drawn pixels; gives its distance in mm. */
double ct_project(const struct optics *optics, struct vec at, double px[2]);

/* Drawn pixels a mm there. */
double ct_local_scale(const struct optics *optics, struct vec at);

/* The grey card's corners, which faces the camera in the eyes' plane; false if
 * there is none. */
bool ct_card_box(double low[2], double high[2], const struct optics *optics,
                 const struct camera *camera);

cutis_status ct_render(struct frame *out, const struct mesh *mesh,
                       const struct traits *marks, const struct tissue *tissue,
                       const struct scene *scene, int scale,
                       struct tools *tools);
cutis_status ct_frame_create(struct frame *out, int width, int height,
                             struct tools *tools);
void ct_frame_free(struct frame *frame);
int ct_oversampling(const struct camera *camera);

/* Eyes, lids, lips and nostrils over the skin's colour. */
struct paint {
    float rgb[3];
    float gloss; /* 1: as wet as an eye */
    float flat;  /* 1: not skin, so no relief */
    struct vec normal;
};
void ct_paint_face(struct paint *paint, const struct traits *marks,
                   const struct tissue *tissue, struct vec at);

/* Blur, shrink, noise, curve, quantise: samples of 8 or 16 bits. */
cutis_status ct_expose(uint16_t **samples, struct frame *frame,
                       const struct scene *scene, int scale,
                       struct tools *tools);
cutis_status ct_picture_write(const char *path, const uint16_t *samples,
                              const struct scene *scene, struct tools *tools);
/* One channel, as PNG of 16 bits. */
cutis_status ct_grey_write(const char *path, const uint16_t *codes, int width,
                           int height, struct tools *tools);

/* ---- truth --------------------------------------------------------------- */

/* One person in front of one camera. */
struct subject {
    struct scene scene;
    struct mesh mesh;
    struct moves moves;
    struct traits marks;
    struct tissue skin;
};

cutis_status ct_subject_create(struct subject *out, const struct scene *scene,
                               struct tools *tools);
void ct_subject_free(struct subject *subject);
/* `clean`: where the light goes that reached the lens; NULL = nowhere. */
cutis_status ct_subject_shoot(const struct subject *subject, const char *path,
                              const char *clean, struct tools *tools);

/* One photograph, or two of the same person. */
struct truth {
    int count;
    const struct subject *subject[2];
    const char *name[2]; /* of the files */
    const char *maps[2]; /* prefix of the maps' names; NULL = none */
};

cutis_status ct_truth_write(struct text *out, const struct truth *truth,
                            struct tools *tools);

/* The scene as it was before the treatment. */
void ct_untreat(struct scene *scene);

/* Another capture of the same person on another day: pose, place, light, gain,
 * focus and noise as they come out in a clinic, times `unlike`. */
void ct_retake(struct scene *scene, double unlike);

#endif
