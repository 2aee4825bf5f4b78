/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What the camera and the light did to one photograph, as far as the picture
 * itself tells.
 */

#include <math.h>
#include <string.h>

#include "match/match.h"

static const double dither_mm = 4.0; /* side of a block */

/* ---- Colour -------------------------------------------------------------- */

/* CIELAB and luminance of skin pixels, and the region of each. */
struct tones {
    float *l, *a, *b, *y;
    float *scratch;
    uint8_t *region;
    size_t count;
};

static void free_tones(struct tones *tones)
{
    ct_free(tones->l);
    ct_free(tones->a);
    ct_free(tones->b);
    ct_free(tones->y);
    ct_free(tones->scratch);
    ct_free(tones->region);
}

static cutis_status create_tones(struct tones *out, size_t room,
                                 struct tools *tools)
{
    struct memory *const memory = &tools->memory;
    out->l = ct_alloc_raw(memory, room, sizeof(float));
    out->a = ct_alloc_raw(memory, room, sizeof(float));
    out->b = ct_alloc_raw(memory, room, sizeof(float));
    out->y = ct_alloc_raw(memory, room, sizeof(float));
    out->scratch = ct_alloc_raw(memory, room, sizeof(float));
    out->region = ct_alloc_raw(memory, room, 1);
    const bool all =
        out->l && out->a && out->b && out->y && out->scratch && out->region;
    return all ? CUTIS_OK : ct_no_memory(tools);
}

static size_t count_skin(const struct face *face)
{
    size_t n = 0;
    for (int y = 0; y < face->skin.height; y++) {
        const uint8_t *const mask = ct_byte_row(&face->skin, y);
        int here = 0;
        for (int x = 0; x < face->skin.width; x++)
            here += mask[x] != 0;
        n += (size_t)here;
    }
    return n;
}

/* Columns of a row that are wanted. */
struct picked {
    int x[CT_PICK];
    int count;
};

/* Takes the wanted pixels of row `y`. */
static void put_lab(struct tones *out, struct picked *picked,
                    const struct face *face, const struct skin *skin, int y,
                    const struct kernels *kernels)
{
    const uint8_t *const region = ct_byte_row(&face->region, y);
    float red[CT_PICK], green[CT_PICK], blue[CT_PICK];
    const size_t at = out->count;

    ct_skin_pick(skin, picked->x, y, picked->count, red, green, blue);
    kernels->lab(out->l + at, out->a + at, out->b + at, red, green, blue,
                 (size_t)picked->count);
    for (int i = 0; i < picked->count; i++) {
        out->region[out->count] = region[picked->x[i]];
        out->y[out->count++] =
            0.2126729f * red[i] + 0.7151522f * green[i] + 0.0721750f * blue[i];
    }
    picked->count = 0;
}

/* Every `step`-th skin pixel is wanted. */
struct picking {
    size_t step, to_come; /* skin pixels before the next */
    struct picked picked;
};

/* The next column from *x on that is wanted, which is passed, or `end`. */
static int pick(struct picking *p, int *x, int end, const uint8_t *mask)
{
    enum { WORD = sizeof(uint64_t) };
    while (*x < end) {
        uint64_t eight = 0;
        if (*x + WORD <= end)
            memcpy(&eight, mask + *x, WORD);
        if (eight == UINT64_MAX && p->to_come >= WORD) {
            p->to_come -= WORD;
            *x += WORD;
            continue;
        }
        if (eight == UINT64_MAX) {
            *x += (int)p->to_come;
            p->to_come = 0;
        }
        const int at = (*x)++;
        if (!mask[at] || p->to_come--)
            continue;
        p->to_come = p->step - 1;
        return at;
    }
    return end;
}

/* The wanted pixels, in raster order. */
static cutis_status gather(struct tones *out, const struct face *face,
                           const struct skin *skin, size_t step,
                           struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct picking picking = {.step = step};
    struct picked *const picked = &picking.picked;

    for (int y = 0; y < face->skin.height; y++) {
        const uint8_t *const mask = ct_byte_row(&face->skin, y);
        const struct columns set = ct_columns_set(mask, face->skin.width);
        if (y % 64 == 0)
            TRY(ct_pulse(tools));
        for (int x = set.from, at; x < set.end;) {
            at = pick(&picking, &x, set.end, mask);
            if (at == set.end)
                break;
            picked->x[picked->count++] = at;
            if (picked->count == CT_PICK)
                put_lab(out, picked, face, skin, y, tools->kernels);
        }
        put_lab(out, picked, face, skin, y, tools->kernels);
    }
done:
    return status;
}

/* Median over each region's pixels; CT_FACE_REGION means all. */
static void medians_of(double out[CT_REGIONS], const struct tones *t,
                       const float *values)
{
    size_t count[CT_NO_REGION + 1] = {0}, end[CT_NO_REGION + 1] = {0};
    for (size_t i = 0; i < t->count; i++)
        count[t->region[i]]++;
    for (size_t r = 0, sum = 0; r <= CT_NO_REGION; sum += count[r++])
        end[r] = sum;
    for (size_t i = 0; i < t->count; i++)
        t->scratch[end[t->region[i]]++] = values[i];
    for (int r = 0; r < CT_REGIONS; r++)
        out[r] = ct_quantile(t->scratch + end[r] - count[r], count[r], 0.5);
    out[CT_FACE_REGION] = ct_quantile(t->scratch, t->count, 0.5);
}

/*
 * ITA of the well-lit skin: medians of L* and b* where luminance lies between
 * its 70th and 90th percentile.  The scratch holds all luminances. Skin that
 * turns from the lamp is darker than it would be beside a card, and its ITA
 * lower by 10 degrees over a whole face; what is brighter still may shine.
 */
static double well_lit_ita(const struct tones *t)
{
    const double low = ct_quantile(t->scratch, t->count, 0.70);
    const double high = ct_quantile(t->scratch, t->count, 0.90);
    const float *const values[2] = {t->l, t->b};
    double median[2];

    for (int k = 0; k < 2; k++) {
        size_t n = 0;
        for (size_t i = 0; i < t->count; i++)
            if ((double)t->y[i] >= low && (double)t->y[i] <= high)
                t->scratch[n++] = values[k][i];
        median[k] = ct_quantile(t->scratch, n, 0.5);
    }
    return isnan(median[0]) ? NAN : ct_ita(median[0], median[1]);
}

/* Angle of a* and b*: hue hardly follows light and shade. */
static double hue_of(double a, double b)
{
    return isnan(a) ? NAN : ct_atan2(b, a) * (180.0 / 3.14159265358979323846);
}

static void copy(const struct tones *t, const float *values)
{
    for (size_t i = 0; i < t->count; i++)
        t->scratch[i] = values[i];
}

static cutis_status tone(struct capture *out, const struct face *face,
                         const struct skin *skin, struct tools *tools)
{
    enum { ENOUGH = 1 << 18 }; /* pixels that medians are taken from */
    cutis_status status = CUTIS_OK;
    struct tones tones = {0};
    const size_t pixels = count_skin(face);
    const size_t step = 1 + pixels / ENOUGH;

    TRY(create_tones(&tones, pixels / step + 1, tools));
    TRY(gather(&tones, face, skin, step, tools));
    copy(&tones, tones.y);
    out->median_y = ct_quantile(tones.scratch, tones.count, 0.5);
    out->ita = skin->grey ? NAN : well_lit_ita(&tones);
    TRY(ct_pulse(tools));
    double l[CT_REGIONS], b[CT_REGIONS];
    medians_of(l, &tones, tones.l);
    medians_of(b, &tones, tones.b);
    for (int i = 0; i < CT_REGIONS; i++)
        out->region_ita[i] =
            skin->grey || isnan(l[i]) ? NAN : ct_ita(l[i], b[i]);
    TRY(ct_pulse(tools));
    copy(&tones, tones.a);
    const double a = ct_quantile(tones.scratch, tones.count, 0.5);
    out->hue_deg = skin->grey ? NAN : hue_of(a, b[CT_FACE_REGION]);
done:
    free_tones(&tones);
    return status;
}

/* ---- Clipping ------------------------------------------------------------ */

/* Black holes count only where neither hair nor nostrils are to be expected. */
static bool never_dark(int region)
{
    return (region == CT_CHEEK_R) | (region == CT_CHEEK_L) |
           (region == CT_INFRAORBITAL_R) | (region == CT_INFRAORBITAL_L);
}

struct clipping {
    double valid, smooth, high, low; /* pixels */
};

static void count_clipped(struct clipping *out, const struct face *face,
                          const struct skin *skin, int y)
{
    const uint8_t *const region = ct_byte_row(&face->region, y);
    const uint8_t *const clips = ct_byte_row(&skin->clipped, y);
    for (int x = 0; x < face->skin.width; x++) {
        if (!clips[x] || region[x] == CT_NO_REGION)
            continue;
        float rgb[3];
        ct_skin_at(rgb, skin, x, y);
        const bool bright = (double)rgb[0] > 0.1;
        out->high += bright;
        out->low += !bright && never_dark(region[x]);
    }
}

/* Clipped pixels are not in the mask, so shares are of both together. */
static void clipping(struct capture *out, const struct face *face,
                     const struct skin *skin)
{
    struct clipping sum = {0, 0, 0, 0};
    for (int y = 0; y < face->skin.height; y++) {
        const uint8_t *const region = ct_byte_row(&face->region, y);
        const uint8_t *const mask = ct_byte_row(&face->skin, y);
        const uint8_t *const clips = ct_byte_row(&skin->clipped, y);
        int valid = 0, smooth = 0, clipped = 0;
        for (int x = 0; x < face->skin.width; x++) {
            const int here = (region[x] != CT_NO_REGION) & (mask[x] != 0);
            valid += here;
            smooth += here & never_dark(region[x]);
            clipped |= clips[x];
        }
        sum.valid += valid;
        sum.smooth += smooth;
        if (clipped)
            count_clipped(&sum, face, skin, y);
    }
    const double all = sum.valid + sum.high, clear = sum.smooth + sum.low;
    out->clipped_high = all > 0 ? sum.high / all : NAN;
    out->clipped_low = clear > 0 ? sum.low / clear : 0;
}

/* ---- Sharpness and noise ------------------------------------------------- */

/* Linear luminance of a photograph. */
static void light_row(const struct row_source *source, float *out, int x, int y,
                      int n)
{
    const float weight[4] = {0.2126729f, 0.7151522f, 0.0721750f, 0};
    ct_run_room room;
    for (int from = 0, size; from < n; from += size) {
        size = ct_run_of(from, n);
        const struct light_run at =
            ct_skin_run(source->of, x + from, y, size, room);
        source->kernels->combine3(out + from, at.red, at.green, at.blue, weight,
                                  (size_t)size);
    }
}

static void density_row(const struct row_source *source, float *out, int x,
                        int y, int n)
{
    light_row(source, out, x, y, n);
    source->kernels->density(out, out, (size_t)n);
}

/* Of red light alone, which sees relief and little of spots and blood. */
static void red_density_row(const struct row_source *source, float *out, int x,
                            int y, int n)
{
    ct_run_room room;
    for (int from = 0, size; from < n; from += size) {
        size = ct_run_of(from, n);
        source->kernels->density(
            out + from, ct_skin_red(source->of, x + from, y, size, room),
            (size_t)size);
    }
}

/* Eyes, brows and lips: in the mesh and in no region. */
static void mark_row(uint8_t *out, const uint8_t *region, const uint16_t *facet,
                     int n)
{
    for (int x = 0; x < n; x++) {
        const int is = (region[x] == CT_NO_REGION) & (facet[x] != CT_FACETS);
        out[x] = (uint8_t)-is;
    }
}

/* Without landmarks, everything. */
static void mark_edges(struct bytes *out, const struct face *face)
{
    for (int y = 0; y < out->height; y++) {
        const uint8_t *const region = ct_byte_row(&face->region, y);
        const uint16_t *const facet =
            face->triangle + (size_t)y * (size_t)out->width;
        uint8_t *const row = ct_byte_row(out, y);
        if (face->point_count)
            mark_row(row, region, facet, out->width);
        else
            memset(row, 255, (size_t)out->width);
    }
}

/* Edges tell the sharpest tenth of the picture; rendered faces blurred by 0.06
 * and 0.117 mm read 0.036 to 0.06 and 0.062 to 0.088. */
static const double whole_blur = 1.5;

static cutis_status sharpness(struct capture *out, const struct face *face,
                              const struct skin *skin, struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    struct row_source source = {.width = skin->red.width,
                                .height = skin->red.height,
                                .of = skin,
                                .kernels = tools->kernels};
    struct bytes edges = {0};
    double sigma = NAN;

    TRY(ct_pulse(tools));
    source.row = density_row;
    TRY(ct_noise_sigma(&sigma, &source, &face->skin, tools));
    out->noise_cod = 100 * sigma;

    TRY(ct_pulse(tools));
    TRY(ct_bytes_raw(&edges, source.width, source.height, tools));
    mark_edges(&edges, face);
    /* From optical density to linear light at the median luminance. */
    const double noise = sigma * 2.302585 * out->median_y;
    source.row = light_row;
    TRY(ct_edge_blur(&sigma, &source, &edges, noise, tools));
    out->blur_mm = sigma / face->work_scale;

    TRY(ct_pulse(tools));
    source.row = red_density_row;
    TRY(ct_fine_structure(&out->fine, &source, &face->skin, face->work_scale,
                          tools));
    const double blur = whole_blur * out->blur_mm;
    out->fine_sharp = out->fine + ct_fine_lost(blur * blur);
done:
    ct_bytes_free(&edges);
    return status;
}

cutis_status ct_match_capture(struct capture *out,
                              const struct picture *picture,
                              const struct face *face, const struct skin *skin,
                              struct tools *tools)
{
    cutis_status status = CUTIS_OK;
    (void)picture;
    memset(out, 0, sizeof(*out));
    const double side = fmin(dither_mm * face->work_scale, 4096);

    ct_expression(out, face);
    ct_coverage(out->coverage, face, &face->skin);
    TRY(tone(out, face, skin, tools));
    TRY(ct_pulse(tools));
    clipping(out, face, skin);
    TRY(ct_pulse(tools));
    TRY(sharpness(out, face, skin, tools));
    TRY(ct_pulse(tools));
    TRY(ct_light(&out->light, face, skin, tools));
    TRY(ct_pulse(tools));
    TRY(ct_edge_spectra(&out->edges, face, skin, tools));
    TRY(ct_pulse(tools));
    TRY(ct_swatches(&out->swatches, face, skin, tools));
    TRY(ct_pulse(tools));
    TRY(ct_chroma_dither(&out->chroma_dither, skin, &face->skin, (int)side,
                         tools));
done:
    return status;
}
