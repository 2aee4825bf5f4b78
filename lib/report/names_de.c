/* SPDX-License-Identifier: BSD-2-Clause */

/* German: units, names, metrics, regions, and what each check is about. */

#include "report/words.h"

#include <stddef.h>

static const struct ct_name units[] = {
    {"1", ""},
    {"1/cm2", "je cm²"},
    {"mm/cm2", "mm/cm²"},
    {"mm cOD/cm2", "mm·cOD/cm²"},
    {"cOD mm2/cm2", "cOD·mm²/cm²"},
    {"P mm2/cm2", "P·mm²/cm²"},
    {"deg", "°"},
    {NULL, NULL},
};

static const struct ct_name names[] = {
    {"face", "das ganze Gesicht"},
    {"none", "keine"},
    {"chart", "Farbtafel"},
    {"card", "Graukarte"},
    {"backdrop", "gleicher Hintergrund"},
    {"reference", "unbehandelte Haut"},
    {"srgb", "sRGB"},
    {"display-p3", "Display P3"},
    {"icc", "eingebettetes Profil"},
    {"assumed-srgb", "sRGB, angenommen"},
    {"ipd-default", "Augen, 63 mm Abstand angenommen"},
    {"ipd", "Augen, Abstand angegeben"},
    {"px-per-mm", "angegeben"},
    {"none or slight", "kein oder geringer Unterschied"},
    {"moderate", "mäßig"},
    {"marked", "deutlich"},
    {"jpeg", "JPEG"},
    {"png", "PNG"},
    {NULL, NULL},
};

static const struct ct_name metrics[] = {
    {"redness", "Rötung"},
    {"erythema_area", "Gerötete Fläche"},
    {"lesion_density", "Entzündete Stellen"},
    {"pigment_spots", "Braune Flecken"},
    {"tone_evenness", "Ungleicher Hautton"},
    {"ita", "Hautton (ITA)"},
    {"texture", "Rauheit"},
    {"pore_density", "Sichtbare Poren"},
    {"pore_burden", "Porenlast"},
    {"wrinkle_index", "Falten"},
    {"wrinkle_density", "Länge der Linien"},
    {"shine", "Glanz"},
    {"flakes", "Schuppen"},
    {NULL, NULL},
};

static const struct ct_name meanings[] = {
    {"redness",
     "Wie viel Blut die Haut zeigt: 5,6 mehr ist das Anderthalbfache."},
    {"erythema_area",
     ("Der Anteil der Haut mit einem Viertel mehr Blut als die blassere Haut, "
      "mit der verglichen wird.")},
    {"lesion_density",
     "Wie viele rote Stellen von 1 bis 6 mm auf einem Quadratzentimeter sind."},
    {"pigment_spots",
     ("Wie viel Melanin braune Flecken enthalten: ihre Fläche mal wie viel "
      "dunkler sie sind, je Hautfläche.")},
    {"tone_evenness",
     ("Wie sehr die Farbe zwischen Stellen von 2 bis 15 mm schwankt; 0 ist "
      "vollkommen gleichmäßig.")},
    {"ita",
     "Wie hell die Haut ist, als Winkel zwischen Helligkeit und Gelbton."},
    {"texture",
     ("Wie stark Hell und Dunkel über 0,25 bis 4 mm schwanken, wie es das "
      "Relief macht.")},
    {"pore_density",
     ("Wie viele Poren von 0,2 bis 1 mm auf einem Quadratzentimeter zu sehen "
      "sind.")},
    {"pore_burden",
     ("Wie viel Schatten Poren enthalten: ihre Dunkelheit mal das Quadrat "
      "ihrer Breite, je Hautfläche.")},
    {"wrinkle_index",
     "Wie lang und wie tief Linien sind: Länge mal Tiefe, je Hautfläche."},
    {"wrinkle_density",
     "Wie viele Millimeter Linien auf einem Quadratzentimeter sind."},
    {"shine",
     "Der Anteil der Haut, der das Licht wie eine Oberfläche spiegelt."},
    {"flakes", "Wie sehr trockene Schuppen die Haut aufhellen."},
    {NULL, NULL},
};

static const struct ct_name regions[] = {
    {"forehead", "Stirn"},
    {"glabella", "Zwischen den Brauen"},
    {"nose", "Nase"},
    {"cheek_r", "Rechte Wange"},
    {"cheek_l", "Linke Wange"},
    {"crowsfeet_r", "Rechte Krähenfüße"},
    {"crowsfeet_l", "Linke Krähenfüße"},
    {"infraorbital_r", "Unter dem rechten Auge"},
    {"infraorbital_l", "Unter dem linken Auge"},
    {"perioral_upper", "Über dem Mund"},
    {"perioral_lower", "Unter dem Mund"},
    {"chin", "Kinn"},
    {"jaw_r", "Rechter Kiefer"},
    {"jaw_l", "Linker Kiefer"},
    {"face", "Gesicht"},
    {NULL, NULL},
};

/* Forms of a metric that stand beside each other. */
static const struct ct_name forms[] = {
    {"R_scar", "Rauheit, grob"},
    {"R_fine", "Rauheit, fein"},
    {"R_coarse", "Rauheit ohne das Feinste"},
    {NULL, NULL},
};

/* What sentences name. */
static const struct ct_name things[] = {
    {"pores", "Poren"},
    {"lines", "Linien"},
    {"wrinkles", "Falten"},
    {"texture", "Struktur"},
    {"flakes", "Schuppen"},
    {"colour", "Farbe"},
    {"red area", "gerötete Fläche"},
    {"skin tone", "Hautton"},
    {"inflamed spots", "entzündete Stellen"},
    {"brown spots", "braune Flecken"},
    {"redness", "Rötung"},
    {"shine", "Glanz"},
    {"roughness", "Rauheit"},
    {"unevenness of tone", "den ungleichen Hautton"},
    {"nearer to", "näher am"},
    {"farther from", "weiter entfernt vom"},
    {"after", "nachher"},
    {"before", "vorher"},
    {NULL, NULL},
};

static const struct ct_check_words checks[] = {
    {"yaw_pitch", "Kopf gedreht",
     ("In Höhe des Objektivs einen Punkt an der Wand markieren; die Person "
      "zeigt mit der Nase dorthin, nicht nur mit den Augen.")},
    {"roll", "Kopf geneigt",
     ("Beide Augen auf einer Höhe halten; eine Linie an der Wand dahinter "
      "hilft.")},
    {"scale", "Abstand",
     ("Die Plätze von Kamera und Stuhl markieren und denselben Zoom "
      "verwenden.")},
    {"perspective", "Perspektive",
     ("Mindestens einen Meter entfernt stehen und heranzoomen; den Abstand bei "
      "jedem Termin gleich halten.")},
    {"resolution", "Auflösung",
     ("Das Bild mit dem Gesicht füllen und die volle Größe der Kamera "
      "nutzen.")},
    {"exposure", "Helligkeit",
     ("Die Belichtung von Hand einstellen, dieselben Lampen verwenden und "
      "Tageslicht aussperren.")},
    {"clipping", "Überstrahlung",
     ("Knapper belichten, bis auf der Haut nichts rein weiß ist, und das "
      "Licht weicher machen.")},
    {"white_balance", "Weißabgleich",
     ("In jeder Aufnahme eine Graukarte neben das Gesicht halten, angeben, wo "
      "sie ist, und den Weißabgleich der Kamera einmal fest einstellen.")},
    {"illumination", "Gleichmäßiges Licht",
     ("Zwei weiche Lampen in gleicher Höhe und gleichem Winkel verwenden, "
      "immer am selben Platz.")},
    {"light_direction", "Lichtrichtung",
     ("Die Plätze der Lampen markieren; schon ein paar Grad ändern, wie rau "
      "Haut aussieht.")},
    {"focus", "Schärfe",
     ("Auf die Wange scharfstellen, stillhalten oder ein Stativ nehmen und "
      "mehrere Aufnahmen zur Auswahl machen.")},
    {"blur_mismatch", "Gleiche Schärfe",
     ("Dasselbe Objektiv, dieselbe Blende und denselben Abstand verwenden und "
      "beide Male auf die Wange scharfstellen.")},
    {"depth_of_field", "Schärfe in der Tiefe",
     ("Jedes Mal auf dieselbe Stelle scharfstellen und stark abblenden (f/8 "
      "oder mehr), damit Nase und Ohren gleich scharf sind.")},
    {"noise", "Bildrauschen",
     "Mehr Licht oder ein Stativ statt einer höheren ISO-Zahl verwenden."},
    {"jpeg", "Kompression",
     ("Die Originaldatei der Kamera verwenden; Messenger und Bildschirmfotos "
      "komprimieren noch einmal.")},
    {"expression", "Mimik",
     ("Gesicht entspannen, Lippen schließen, Augen offen; nach einem Lächeln "
      "einen Moment warten.")},
    {"coverage", "Verdeckte Haut",
     ("Haare mit einem Band zurückhalten, Brille ablegen, das Gesicht "
      "gleichmäßig beleuchten.")},
    {"processing", "Augen und Brauen",
     ("Haltung und Mimik gleich halten, Nachschärfen und Porträtmodus "
      "ausschalten.")},
    {"sharpening", "Nachschärfung",
     ("Nachschärfen in der Kamera ausschalten oder bei jedem Termin gleich "
      "lassen, und die Originaldatei verwenden.")},
    {"smoothing", "Glättung", "Beauty- und Porträtmodus ausschalten."},
    {"skin_colour", "Farbton der Haut",
     ("Lampen und Weißabgleich der Kamera gleich lassen und keinen Farbfilter "
      "verwenden.")},
    {"camera", "Kamera",
     "Bei jedem Termin dieselbe Kamera und dasselbe Objektiv verwenden."},
    {"identity", "Dieselbe Person",
     "Prüfen, ob beide Dateien zu derselben Person gehören."},
    {"same_skin", "Dieselbe Haut",
     ("Prüfen, ob beide Dateien zu derselben Person gehören, und nah genug "
      "fotografieren, dass die Struktur der Haut zu sehen ist.")},
    {"timing", "Zeitpunkt",
     ("Die Aufnahme, nach der geurteilt wird, frühestens sechs Wochen nach "
      "der letzten Sitzung machen.")},
    {"faces", "Mehrere Gesichter", "Nur eine Person auf einmal fotografieren."},
    {"damaged", "Datei", "Die Datei noch einmal von der Kamera kopieren."},
    {"animated", "Animation", "Eine einfache Aufnahme verwenden."},
    {"grey", "Farbe", "Eine Farbaufnahme verwenden."},
    {"colour_space", "Farbraum",
     ("Die Originaldatei verwenden: Bildbearbeitung und Messenger lassen das "
      "Farbprofil weg.")},
    {NULL, NULL, NULL},
};

const struct ct_language ct_german = {
    .tag = "de",
    .decimal = ",",
    .keeps_capitals = true,
    .words = ct_german_words,
    .page = ct_german_page,
    .series = ct_german_series,
    .units = units,
    .names = names,
    .metrics = metrics,
    .meanings = meanings,
    .regions = regions,
    .forms = forms,
    .checks = checks,
    .things = things,
    .sentences = ct_german_said,
    .reasons = ct_german_reasons,
};
