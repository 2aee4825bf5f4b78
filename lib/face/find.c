/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * Where the face is, how it is turned, how large it is, and which part of the
 * picture the work goes on in.
 */

#include <math.h>

#include "face/given.h"
#include "face/landmarks.h"
#include "face/mesh.h"
#include "face/pose.h"

/* Distance of the pupils of adults, mm (Dodgson 2004, doi:10.1117/12.529999) */
static const double adult_ipd = 63.0;

static const double least_presence = 0.5;
static const double most_yaw = 35.0;     /* degrees */
static const double finest_scale = 16.0; /* px/mm that any metric needs */
static const double forehead_mm = 28.0;  /* what lies above the mesh */
static const double margin_mm = 8.0;     /* around everything */

/* ---- The pose ------------------------------------------------------------ */

static cutis_status pose_found(struct face *face, struct tools *tools)
{
    double seen[CT_POINTS][3], weight[CT_POINTS];
    for (int i = 0; i < CT_POINTS; i++) {
        seen[i][0] = face->points[i].x;
        seen[i][1] = face->points[i].y;
        seen[i][2] = (double)face->depth[i];
        weight[i] = (double)ct_mesh_pose_weights()[i];
    }
    const struct anchors anchors = {CT_POINTS, ct_mesh_points(),
                                    (const double(*)[3])seen, weight};
    if (!ct_pose_fit(&face->pose, &anchors))
        return ct_fail(tools, CUTIS_ERROR_NO_FACE,
                       "what was found does not have the shape of a face");
    face->scale = ct_pose_mesh_scale(&face->pose, face->points);
    return CUTIS_OK;
}

static cutis_status check_pose(const struct face *face, struct tools *tools)
{
    const double yaw = face->pose.yaw_deg;
    if (fabs(yaw) > most_yaw)
        return ct_fail(tools, CUTIS_ERROR_UNSUITABLE,
                       "the head is turned %.0f degrees to the subject's %s; "
                       "at most %.0f can be measured",
                       fabs(yaw), yaw > 0 ? "left" : "right", most_yaw);
    return CUTIS_OK;
}

/* ---- Finding ------------------------------------------------------------- */

static void take_landmarks(struct face *face, const struct landmarks *from,
                           double confidence)
{
    for (int i = 0; i < CT_POINTS; i++) {
        face->points[i] = from->points[i];
        face->depth[i] = from->depth[i];
    }
    face->presence = from->presence;
    face->confidence = confidence;
    face->found = true;
}

/* The largest face that the landmark model agrees is one. */
static cutis_status find(struct face *face, const struct picture *picture,
                         struct tools *tools)
{
    cutis_status status;
    struct detections seen = {0};
    struct landmarks landmarks;
    struct overview overview = {0};
    if (!ct_packed_network(CT_NETWORK_DETECT).bytes)
        return ct_fail(tools, CUTIS_ERROR_UNSUPPORTED,
                       "this build has no face model; give landmarks");

    TRY(ct_overview_create(&overview, picture, tools));
    TRY(ct_detect(&seen, &overview, tools));
    face->faces = seen.count;
    for (int i = 0; i < seen.count && !face->found; i++) {
        TRY(ct_landmarks_find(&landmarks, &seen.of[i], &overview, tools));
        if (landmarks.presence >= least_presence)
            take_landmarks(face, &landmarks, seen.of[i].score);
    }
    if (face->found)
        status = pose_found(face, tools);
    else
        status = ct_fail(tools, CUTIS_ERROR_NO_FACE,
                         "no face was found in the picture");

done:
    ct_overview_free(&overview);
    return status;
}

static cutis_status take_given(struct face *face,
                               const cutis_photo_options *options,
                               struct tools *tools)
{
    cutis_status status;
    TRY(ct_given_check(options, tools));
    if (options->landmarks == CUTIS_LANDMARKS_MESH)
        TRY(ct_given_mesh(face, options, tools));
    else
        TRY(ct_given_ibug68(face, options, tools));
    face->found = true;
    face->faces = 1;
    face->confidence = face->presence = 1.0;
done:
    return status;
}

/* ---- Scale --------------------------------------------------------------- */

/* From px per canonical mm to px per mm, by what the caller knows. */
static void set_scale(struct face *face, const cutis_photo_options *options)
{
    if (options->px_per_mm > 0.0) {
        face->scale = options->px_per_mm;
        face->scale_source = "px-per-mm";
    } else if (options->ipd_mm > 0.0) {
        face->scale *= ct_canonical_ipd / options->ipd_mm;
        face->scale_source = "ipd";
    } else {
        face->scale *= ct_canonical_ipd / adult_ipd;
        face->scale_source = "ipd-default";
    }
}

/* ---- Crop ---------------------------------------------------------------- */

struct bounds {
    double x0, y0, x1, y1;
};

static const struct bounds nothing = {INFINITY, INFINITY, -INFINITY, -INFINITY};

static void include(struct bounds *bounds, double x, double y)
{
    bounds->x0 = x < bounds->x0 ? x : bounds->x0;
    bounds->y0 = y < bounds->y0 ? y : bounds->y0;
    bounds->x1 = x > bounds->x1 ? x : bounds->x1;
    bounds->y1 = y > bounds->y1 ? y : bounds->y1;
}

/* Points, and what lies a forehead's height above them. */
static void include_face(struct bounds *bounds, const cutis_point *points,
                         uint32_t count, const struct face *face)
{
    const double up = forehead_mm * face->pose.scale;
    const double up_x = -face->pose.rotation[1] * up;
    const double up_y = -face->pose.rotation[4] * up;
    const double margin = margin_mm * face->pose.scale;
    for (uint32_t i = 0; i < count; i++) {
        include(bounds, points[i].x - margin, points[i].y - margin);
        include(bounds, points[i].x + margin, points[i].y + margin);
        include(bounds, points[i].x + up_x, points[i].y + up_y);
    }
}

/* The mesh, where there is one, and the caller's points. */
static struct bounds bounds_of_face(const struct face *face,
                                    const cutis_photo_options *options)
{
    struct bounds bounds = nothing;
    if (ct_mesh_points())
        include_face(&bounds, face->points, CT_POINTS, face);
    if (options->landmarks != CUTIS_LANDMARKS_FIND)
        include_face(&bounds, options->landmark_points, options->landmark_count,
                     face);
    return bounds;
}

static struct bounds bounds_of_polygon(const cutis_photo_options *options,
                                       const struct picture *picture)
{
    struct bounds bounds = nothing;
    for (size_t i = 0; i < options->polygon_count; i++)
        include(&bounds, options->polygon[i].x, options->polygon[i].y);
    if (options->polygon_count == 0) {
        include(&bounds, 0, 0);
        include(&bounds, picture->width, picture->height);
    }
    return bounds;
}

static double within(double value, double most)
{
    return value > 0 ? value < most ? value : most : 0;
}

/* A face is 0.3 m with all that belongs to it, and a back 0.6 m; larger, the
 * landmarks or the scale are wrong, and what is fitted over skin would grow
 * with its square. */
static const double most_face_mm = 600.0, most_skin_mm = 1000.0;

static cutis_status check_size(const struct face *face, struct tools *tools)
{
    const double most = face->found ? most_face_mm : most_skin_mm;
    const int longer = face->crop.width > face->crop.height ? face->crop.width
                                                            : face->crop.height;
    const double mm = longer / face->scale;

    if (mm <= most)
        return CUTIS_OK;
    return ct_fail(tools, CUTIS_ERROR_UNSUITABLE,
                   "by the landmarks and the scale the skin would be over "
                   "%.0f mm across: one of them is wrong",
                   most);
}

/* Whole working pixels inside the picture. */
static cutis_status set_crop(struct face *face, const struct bounds *bounds,
                             const struct picture *picture, struct tools *tools)
{
    const double coarse = floor(face->scale / finest_scale);
    const int factor = coarse > 1.0 ? (int)coarse : 1;
    const int x0 = (int)floor(within(bounds->x0, picture->width));
    const int y0 = (int)floor(within(bounds->y0, picture->height));
    const int x1 = (int)-floor(-within(bounds->x1, picture->width));
    const int y1 = (int)-floor(-within(bounds->y1, picture->height));
    const int columns = (x1 - x0) / factor;
    const int rows = (y1 - y0) / factor;
    if (columns < 1 || rows < 1)
        return ct_fail(tools, CUTIS_ERROR_UNSUITABLE,
                       "the skin lies outside of the picture");
    face->crop = (struct rect){x0, y0, columns * factor, rows * factor};
    face->factor = factor;
    face->work_scale = face->scale / factor;
    return check_size(face, tools);
}

/* ---- All of it ----------------------------------------------------------- */

static void begin(struct face *face)
{
    *face = (struct face){
        .confidence = NAN,
        .presence = NAN,
        .scale = NAN,
        .pose = {.scale = NAN,
                 .yaw_deg = NAN,
                 .pitch_deg = NAN,
                 .roll_deg = NAN},
    };
}

cutis_status ct_face_find(struct face *out, const struct picture *picture,
                          const cutis_photo_options *options,
                          struct tools *tools)
{
    cutis_status status;
    struct bounds bounds;
    begin(out);

    if (options->landmarks == CUTIS_LANDMARKS_NONE) {
        if (!(options->px_per_mm > 0.0))
            return ct_fail(tools, CUTIS_ERROR_ARGUMENT,
                           "without a face, px_per_mm must be given");
        bounds = bounds_of_polygon(options, picture);
    } else {
        if (options->landmarks == CUTIS_LANDMARKS_FIND)
            TRY(find(out, picture, tools));
        else
            TRY(take_given(out, options, tools));
        TRY(check_pose(out, tools));
        bounds = bounds_of_face(out, options);
    }
    set_scale(out, options);
    TRY(set_crop(out, &bounds, picture, tools));

done:
    return status;
}
