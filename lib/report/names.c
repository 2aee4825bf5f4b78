/* SPDX-License-Identifier: BSD-2-Clause */

/* English: units, names, and what each check is about. */

#include "report/words.h"

#include <stddef.h>

static const struct ct_name units[] = {
    {"1", ""},
    {"1/cm2", "per cm²"},
    {"mm/cm2", "mm/cm²"},
    {"mm cOD/cm2", "mm·cOD/cm²"},
    {"cOD mm2/cm2", "cOD·mm²/cm²"},
    {"P mm2/cm2", "P·mm²/cm²"},
    {"deg", "°"},
    {NULL, NULL},
};

static const struct ct_name names[] = {
    {"face", "the whole face"},
    {"chart", "colour chart"},
    {"card", "grey card"},
    {"backdrop", "same backdrop"},
    {"reference", "untreated skin"},
    {"srgb", "sRGB"},
    {"display-p3", "Display P3"},
    {"icc", "embedded profile"},
    {"assumed-srgb", "sRGB, assumed"},
    {"ipd-default", "eyes, 63 mm apart assumed"},
    {"ipd", "eyes, distance given"},
    {"px-per-mm", "given"},
    {"none or slight", "none or slight"},
    {"moderate", "moderate"},
    {"marked", "marked"},
    {"jpeg", "JPEG"},
    {"png", "PNG"},
    {NULL, NULL},
};

/* Forms of a metric that stand beside each other. */
static const struct ct_name forms[] = {
    {"R_scar", "Roughness, coarse"},
    {"R_fine", "Roughness, fine"},
    {"R_coarse", "Roughness without its finest part"},
    {NULL, NULL},
};

static const struct ct_check_words checks[] = {
    {"yaw_pitch", "Head turned",
     ("Mark a spot on the wall at lens height and let the person look at it "
      "with the nose, not only with the eyes.")},
    {"roll", "Head tilted",
     "Keep the eyes on one level; a line on the wall behind helps."},
    {"scale", "Distance",
     "Mark where the camera and the chair stand, and use the same zoom."},
    {"perspective", "Perspective",
     ("Stand at least a metre away and zoom in; keep the same distance at "
      "every visit.")},
    {"resolution", "Resolution",
     "Fill the frame with the face and use the camera at its full size."},
    {"exposure", "Brightness",
     "Set exposure by hand and use the same lamps, with daylight shut out."},
    {"clipping", "Clipping",
     ("Lower the exposure until nothing on the skin is white, and soften the "
      "light.")},
    {"white_balance", "White balance",
     ("Hold a grey card beside the face in every photograph, say where it is, "
      "and set the camera's white balance once and leave it.")},
    {"illumination", "Even light",
     ("Use two soft lamps at the same height and angle, always in the same "
      "places.")},
    {"light_direction", "Light direction",
     ("Mark where the lamps stand; a lamp moved by a few degrees changes how "
      "rough skin looks.")},
    {"focus", "Focus",
     ("Focus on the cheek, hold still or use a tripod, and take several to "
      "choose from.")},
    {"blur_mismatch", "Equal sharpness",
     ("Use the same lens, aperture and distance, and focus on the cheek both "
      "times.")},
    {"depth_of_field", "Focus in depth",
     ("Focus on the same place every time and use a small aperture (f/8 or "
      "more), so that nose and ears are sharp alike.")},
    {"noise", "Graininess",
     "Use more light or a tripod instead of a higher ISO."},
    {"jpeg", "Compression",
     ("Send the original file from the camera; messengers and screenshots "
      "compress it again.")},
    {"expression", "Expression",
     ("Relax the face, close the lips and keep the eyes open; wait a moment "
      "after a smile.")},
    {"coverage", "Covered skin",
     "Hold hair back with a band, take glasses off, and light the face "
     "evenly."},
    {"processing", "Eyes and brows",
     ("Keep pose and expression the same, and switch sharpening and portrait "
      "modes off.")},
    {"sharpening", "Sharpening",
     ("Switch sharpening off in the camera, or keep it the same at every "
      "visit, and use the camera's original.")},
    {"smoothing", "Smoothing", "Switch beauty and portrait modes off."},
    {"skin_colour", "Skin's hue",
     ("Keep the lamps and the camera's white balance the same, and use no "
      "colour filter.")},
    {"camera", "Camera", "Use the same camera and lens at every visit."},
    {"identity", "Same person",
     "Check that both files belong to the same person."},
    {"same_skin", "Same skin",
     ("Check that both files belong to the same person, and photograph closely "
      "enough to show the grain of the skin.")},
    {"timing", "Timing",
     ("Take the photograph to judge by at least six weeks after the last "
      "session.")},
    {"faces", "Several faces", "Photograph one person at a time."},
    {"damaged", "File", "Copy the file from the camera again."},
    {"animated", "Animation", "Use a plain photograph."},
    {"grey", "Colour", "Use a colour photograph."},
    {"colour_space", "Colour space",
     "Send the original file: editors and messengers drop the colour profile."},
    {NULL, NULL, NULL},
};

const struct ct_language ct_english = {
    .tag = "en",
    .decimal = ".",
    .words = ct_english_words,
    .page = ct_english_page,
    .series = ct_english_series,
    .units = units,
    .names = names,
    .forms = forms,
    .checks = checks,
};
