/* SPDX-License-Identifier: BSD-2-Clause */

/* German: photographs, how they were laid on each other, how it was computed,
 * and what is said of one photograph. */

#include "report/words.h"

const char *const ct_german_page[CT_W_SERIES - CT_W_PAGE] = {
    /* Photographs. */
    [CT_W_PHOTOGRAPHS - CT_W_PAGE] = "Aufnahmen",
    [CT_W_VIEW - CT_W_PAGE] = "Ansicht",
    [CT_W_VIEW_SIDE - CT_W_PAGE] = "Nebeneinander",
    [CT_W_VIEW_SLIDE - CT_W_PAGE] = "Schieber",
    [CT_W_VIEW_BOARD - CT_W_PAGE] = "Schachbrett",
    [CT_W_VIEW_BLINK - CT_W_PAGE] = "Wechsel",
    [CT_W_BLINK_AUTO - CT_W_PAGE] = "Abwechselnd",
    [CT_W_LAYER - CT_W_PAGE] = "Darüber",
    [CT_W_LAYER_NONE - CT_W_PAGE] = "Nur Aufnahme",
    [CT_W_LAYER_REGIONS - CT_W_PAGE] = "Regionen",
    [CT_W_LAYER_REDNESS - CT_W_PAGE] = "Rötung",
    [CT_W_LAYER_PIGMENT - CT_W_PAGE] = "Pigment",
    [CT_W_LAYER_RELIEF - CT_W_PAGE] = "Relief",
    [CT_W_LAYER_PORES - CT_W_PAGE] = "Poren",
    [CT_W_LAYER_WRINKLES - CT_W_PAGE] = "Falten",
    [CT_W_MEANING_REGIONS - CT_W_PAGE] =
        ("Getönt: gemessene Haut, bei zwei Aufnahmen die in beiden. "
         "Schraffiert: Haut einer Region, die ausgelassen wurde, etwa Brauen, "
         "Haar, Schatten oder Glanz. Rechts und links sind die Seiten der "
         "Person."),
    [CT_W_MEANING_REDNESS - CT_W_PAGE] =
        ("Rötung in Einheiten der Blutfarbe (H; 5,6 mehr ist etwa das "
         "Anderthalbfache an Blut)."),
    [CT_W_MEANING_PIGMENT - CT_W_PAGE] =
        ("Pigment über seiner Umgebung, in Prozent Melanin (P). Es zeigt sich "
         "mehr, als an Flecken gezählt wird: Schatten neben der Nase und "
         "unter den Brauen, Haar, ungleichmäßiger Ton."),
    [CT_W_MEANING_RELIEF - CT_W_PAGE] =
        ("Stärke des feinen Reliefs: Kontrast von Hell und Dunkel über einen "
         "Millimeter (100 cOD ist ein Faktor zehn)."),
    [CT_W_MEANING_PORES - CT_W_PAGE] =
        "Poren, wie gezählt, nach Kontrast gefärbt.",
    [CT_W_MEANING_WRINKLES - CT_W_PAGE] =
        ("Antwort des Linienfinders, nach Kontrast. Es zeigt sich mehr, als an "
         "Linien gezählt wird: feines Relief, Haarsträhnen, der Rand der "
         "Nase."),
    [CT_W_MEANING_BASE - CT_W_PAGE] =
        ("Jede Aufnahme steht gegen ihre eigene blassere Haut: Ohne Graukarte "
         "bleibt eine gleichmäßige Veränderung des ganzen Gesichts "
         "ungesehen."),
    [CT_W_MASK_SKIN - CT_W_PAGE] = "Haut",
    [CT_W_MASK_SHINE - CT_W_PAGE] = "Glanzlichter",
    [CT_W_MEANING_SKIN - CT_W_PAGE] =
        "Weiß: gemessene Haut, bei zwei Aufnahmen die in beiden.",
    [CT_W_MEANING_SHINE - CT_W_PAGE] =
        ("Weiß: Glanz und überstrahltes Licht mit 0,5 mm Rand; nur die "
         "Messgröße Glanz nimmt das auf."),
    [CT_W_SAME_SCALE - CT_W_PAGE] = "Beide Aufnahmen haben dieselbe Farbskala.",
    [CT_W_SLIDER - CT_W_PAGE] =
        "Schieber zwischen der Aufnahme vorher und der nachher",
    [CT_W_SLIDER_VALUE - CT_W_PAGE] = "{0} % der Breite zeigen vorher",
    [CT_W_ALT_BEFORE - CT_W_PAGE] = "Das Gesicht vorher",
    [CT_W_ALT_AFTER - CT_W_PAGE] =
        "Das Gesicht nachher, auf die Aufnahme vorher gelegt",
    [CT_W_ALT_LAID - CT_W_PAGE] =
        "Das Gesicht nachher, Haut auf Haut auf die Aufnahme vorher gelegt",
    [CT_W_ALIGNED - CT_W_PAGE] =
        ("Auf das Gesicht zugeschnitten, waagrecht gestellt und nur fürs Auge "
         "aufeinandergelegt. In diesen Bildern wurde nichts gemessen: Die "
         "Messwerte kommen aus den Pixeln der Aufnahmen selbst."),
    [CT_W_LAID - CT_W_PAGE] =
        ("Schieber, Schachbrett und Wechsel zeigen die Aufnahme nachher, wie "
         "sie Haut auf Haut auf die vorher gelegt ist, so weit das Gesicht "
         "reicht. Nebeneinander und unter Regionen oder Karten ist sie bis auf "
         "Verschiebung, Drehung und Größe so, wie sie gemacht wurde."),
    [CT_W_NOT_LAID - CT_W_PAGE] =
        ("Die Aufnahme nachher liegt dort nur nach Verschiebung, Drehung und "
         "Größe: Haut, die eine Mimik oder ein gedrehter Kopf verschoben "
         "hat, liegt neben sich selbst."),
    [CT_W_WHERE - CT_W_PAGE] = "Wo sich das Gesicht verändert hat",
    [CT_W_WHERE_NOTE - CT_W_PAGE] =
        ("Eine Region ist nur gefärbt, wo ihre Veränderung auch nach "
         "Berücksichtigung der Zahl der Vergleiche als eine gilt; je tiefer, "
         "desto größer ist sie gegenüber der kleinsten, die sich zeigen "
         "würde. Grau heißt nicht, dass sich nichts verändert hat, nur dass "
         "sich keine Veränderung zeigen ließ. Rechts und links sind die "
         "Seiten der Person: Die rechte Wange liegt links."),
    [CT_W_WHERE_BETTER - CT_W_PAGE] = "besser",
    [CT_W_WHERE_WORSE - CT_W_PAGE] = "schlechter",
    [CT_W_WHERE_TWICE - CT_W_PAGE] =
        "… um über das 2-Fache dessen, was sich zeigt",
    [CT_W_WHERE_FOUR - CT_W_PAGE] = "… um über das 4-Fache",
    [CT_W_WHERE_OTHER - CT_W_PAGE] = "verändert, weder besser noch schlechter",
    [CT_W_WHERE_SAME - CT_W_PAGE] = "keine Veränderung, die sich zeigen ließ",
    [CT_W_WHERE_NONE - CT_W_PAGE] = "nicht gemessen",
    [CT_W_WHERE_MISSING - CT_W_PAGE] = "nicht gemessen",
    [CT_W_WHERE_NOWHERE - CT_W_PAGE] =
        "In keiner Region ließ sich eine Veränderung zeigen.",
    [CT_W_WHERE_NOTHING - CT_W_PAGE] =
        "Keine Region ließ sich vergleichen; die Messwerte sagen, warum.",

    /* How they were laid on each other. */
    [CT_W_FIT - CT_W_PAGE] = "Wie die Aufnahmen aufeinandergelegt wurden",
    [CT_W_FIT_HOW - CT_W_PAGE] =
        ("Zuerst Landmarken des Gesichts: Nach Verschiebung, Drehung und "
         "Größe liegt die Hälfte davon höchstens {0} mm auseinander. Von "
         "dort wurde Haut nach ihrer eigenen Struktur auf Haut gelegt: {1} von "
         "{2} Hautstücken wurden wiedergefunden; die Hälfte davon liegt "
         "höchstens {3} mm neben der Zuordnung, 95 % höchstens {4} mm. Die "
         "Zuordnung sagt, wo dieselbe Haut gesucht wird; für einen Messwert "
         "wurde kein Pixel verschoben."),
    [CT_W_FIT_LANDMARKS - CT_W_PAGE] =
        ("Nur nach Landmarken des Gesichts, ein paar Millimeter daneben, wo "
         "sich Haut verschoben hat: {0}. Deshalb gibt es keine Karten der "
         "Passung."),
    [CT_W_FIT_NOT_LOOKED - CT_W_PAGE] =
        "Die Struktur der Haut wurde nicht angesehen",
    [CT_W_FIT_NOT_COMPARED - CT_W_PAGE] =
        "Nicht gezeigt, weil sich die Aufnahmen nicht vergleichen lassen: {0}.",
    [CT_W_FIT_MOVED - CT_W_PAGE] = "Wie weit Haut wandern musste",
    [CT_W_FIT_ALT_MOVED - CT_W_PAGE] =
        ("Karte des Gesichts: Verschiebung in mm nach Verschiebung, Drehung "
         "und Größe des Ganzen"),
    [CT_W_FIT_MEANING_MOVED - CT_W_PAGE] =
        ("Was nach Verschiebung, Drehung und Größe des Ganzen noch "
         "anzupassen war: Die Hälfte der gemessenen Haut liegt innerhalb von "
         "{0} mm, 95 % innerhalb von {1} mm. Ein gedrehter Kopf, ein anderer "
         "Abstand oder eine andere Mimik verschieben Haut so. Ein Punkt ist, "
         "wo Haut vorher lag; seine Linie, {2}-mal so lang wie der Weg, zeigt "
         "dorthin, wo sie nachher liegt."),
    [CT_W_FIT_TRUST - CT_W_PAGE] = "Was sie dort hält",
    [CT_W_FIT_ALT_TRUST - CT_W_PAGE] =
        ("Karte des Gesichts: wo die Struktur der Haut die Passung hält und "
         "wo Landmarken"),
    [CT_W_FIT_MEANING_TRUST - CT_W_PAGE] =
        ("{0} % der gemessenen Haut hält ringsum ihre eigene Struktur, {1} % "
         "teilweise und {2} % nur Landmarken: Dort kann dieselbe Haut ein paar "
         "Millimeter daneben liegen, und was einen bestimmten Fleck, eine Pore "
         "oder Linie wiederfinden muss, wird vorsichtiger beurteilt."),
    [CT_W_FIT_HELD - CT_W_PAGE] = "durch ihre Struktur",
    [CT_W_FIT_PARTLY - CT_W_PAGE] = "teilweise",
    [CT_W_FIT_UNHELD - CT_W_PAGE] = "nur durch Landmarken",
    [CT_W_FIT_LIGHT - CT_W_PAGE] = "Wie sich das Licht unterscheidet",
    [CT_W_FIT_ALT_LIGHT - CT_W_PAGE] =
        "Karte des Gesichts: Licht nachher gegen vorher in Prozent",
    [CT_W_FIT_MEANING_LIGHT - CT_W_PAGE] =
        ("Wie viel heller (orange) oder dunkler (blau) dieselbe Haut nachher "
         "in rotem Licht ist, in dem sich Blut kaum zeigt, über 10 mm "
         "geglättet; was das ganze Gesicht gemein hat, etwa die Belichtung, "
         "ist abgezogen. 95 % der Haut liegen innerhalb von {0} % nach beiden "
         "Seiten. Verstellte Lampen hellen eine Seite auf und dunkeln die "
         "andere ab; eine ausgedehnte Veränderung von Rötung oder Pigment "
         "zeigt sich auch, aber schwach."),
    [CT_W_FIT_SHARP - CT_W_PAGE] = "Wie sich die Schärfe unterscheidet",
    [CT_W_FIT_ALT_SHARP - CT_W_PAGE] =
        "Karte des Gesichts: Unschärfe nachher gegen vorher in mm",
    [CT_W_FIT_MEANING_SHARP - CT_W_PAGE] =
        ("Wie viel weniger scharf (orange) oder schärfer (blau) Haut nachher "
         "ist, als Unschärfe (Sigma), danach, wie ihre Struktur zum Feinen "
         "hin abfällt, über 10 mm geglättet. 95 % der Haut liegen innerhalb "
         "von "
         "{0} mm nach beiden Seiten; bis 0,05 mm können Zufall oder "
         "Behandlung sein. Was Augen und Brauen davon teilen, wird "
         "herausgenommen, bevor Feines gemessen wird. Hat die Nase eine "
         "andere Farbe als der Kiefer, lag die Schärfe woanders."),

    /* How it was computed. */
    [CT_W_METHOD - CT_W_PAGE] = "Wie das berechnet wurde",
    [CT_W_HOW_FILED - CT_W_PAGE] =
        ("Diese Seite enthält weder Namen noch Datum noch Dateinamen: Sie "
         "gehört zur Akte der Person. Die SHA-256-Summen unten sagen, von "
         "welchen Aufnahmen sie stammt."),
    [CT_W_HOW_MEASURED - CT_W_PAGE] =
        ("Jede Aufnahme wurde in ihrem eigenen Farbraum als lineares Licht "
         "gelesen. Das Gesicht wurde gesucht und in Regionen geteilt; Augen, "
         "Brauen, Lippen, Nasenlöcher, Haar, Schatten und Glanz blieben "
         "außen vor. Gemessen wurde nur Haut, die beide Aufnahmen eines "
         "Vergleichs zeigen, in deren eigenen Pixeln: Nichts wurde verzerrt, "
         "geschärft oder in der Farbe an die andere angeglichen. Für "
         "Rauheit, Poren und Linien wurde die schärfere so weit "
         "weichgezeichnet, wie sie "
         "schärfer war."),
    [CT_W_HOW_JUDGED - CT_W_PAGE] =
        ("Als Veränderung gilt nur, was über das hinausgeht, was wiederholte "
         "Aufnahmen unveränderter Haut zeigen (die kleinste nachweisbare "
         "Veränderung, 95 %), und dessen p-Wert, für die Zahl der Vergleiche "
         "adjustiert, unter 0,05 liegt. Unterschiede der Aufnahmen verbreitern "
         "das Intervall oder lassen die "
         "Messgröße ausfallen."),
    [CT_W_HOW_ERRORS - CT_W_PAGE] =
        ("Wie weit Wiederholungen auseinander liegen, ist angenommen und noch "
         "nicht an Patienten gemessen."),
    [CT_W_HOW_ERRORS_SITE - CT_W_PAGE] =
        "Der Wiederholfehler wurde an diesem Ort an {0} Personen gemessen.",
    [CT_W_HOW_ERRORS_CAPTURES - CT_W_PAGE] =
        ("Verwendete Aufnahmen: {0} von {1} vorher, {2} von {3} nachher. Wie "
         "weit sie innerhalb eines Termins auseinander liegen, zählt mit."),
    [CT_W_HOW_UNITS - CT_W_PAGE] =
        ("H: Rötung; 5,6 mehr ist das Anderthalbfache an Blut. P: Pigment; 10 "
         "mehr ist etwa ein Zehntel mehr Melanin. U: Ungleichmäßigkeit, von "
         "Pigment in P oder von Rötung. cOD: Dunkelheit; 1 sind 2,3 % des "
         "Lichts. R: Rauheit; R_scar und R_coarse gewichten das Grobe darin, "
         "R_fine das Feine."),
    [CT_W_HOW_SCALE - CT_W_PAGE] =
        ("Längen und Flächen beruhen auf dem Maßstab am Gesicht. Wo er von "
         "den Augen kommt, 63 mm auseinander, falls nicht gemessen, "
         "können Längen um 6 % und Flächen um 12 % falsch sein; zwischen "
         "zwei Terminen einer Person hebt sich das auf."),
    [CT_W_VERSION - CT_W_PAGE] = "Version von cutis",
    [CT_W_PROFILE - CT_W_PAGE] = "Bewertungsprofil",
    [CT_W_JUDGED - CT_W_PAGE] = "Frage",
    [CT_W_GENERAL - CT_W_PAGE] =
        "das Hautbild als Ganzes: Rötung, Pigment, Rauheit, Poren, Linien",
    [CT_W_CHECKS_COUNT - CT_W_PAGE] = "{0} ({1} von {2} Prüfungen bestanden)",
    [CT_W_CAUTIONS - CT_W_PAGE] = "Vorsicht",
    [CT_W_PRESET - CT_W_PAGE] = "Gewichte für",
    [CT_W_TREATED - CT_W_PAGE] = "Betrachtete Haut",
    [CT_W_REFERENCE - CT_W_PAGE] = "Unbehandelte Vergleichshaut",
    [CT_W_CALIBRATION - CT_W_PAGE] = "Farbkalibrierung",
    [CT_W_POLARISED - CT_W_PAGE] = "Kreuzpolarisiert",
    [CT_W_DAYS - CT_W_PAGE] = "Tage seit der Behandlung",
    [CT_W_COMPARABLE - CT_W_PAGE] = "Aufnahmen vergleichbar",
    [CT_W_COMPARABLE_YES - CT_W_PAGE] = "ja",
    [CT_W_COMPARABLE_LIMITED - CT_W_PAGE] = "mit Einschränkungen",
    [CT_W_COMPARABLE_NO - CT_W_PAGE] = "nein",
    [CT_W_HASH - CT_W_PAGE] = "SHA-256",
    [CT_W_SIZE - CT_W_PAGE] = "Größe",
    [CT_W_COLOUR - CT_W_PAGE] = "Farbraum",
    [CT_W_SCALE - CT_W_PAGE] = "Maßstab am Gesicht",
    [CT_W_POSE - CT_W_PAGE] = "Drehung / Nicken / Neigung",
    [CT_W_BLUR - CT_W_PAGE] = "Unschärfe (Sigma)",
    [CT_W_RESIDUAL - CT_W_PAGE] = "Passung, Median",
    [CT_W_RESIDUAL95 - CT_W_PAGE] = "Passung, 95. Perzentil",
    [CT_W_NOT_SAID - CT_W_PAGE] = "nicht angegeben",
    [CT_W_NONE - CT_W_PAGE] = "keine",
    [CT_W_YES - CT_W_PAGE] = "ja",
    [CT_W_NO - CT_W_PAGE] = "nein",

    /* One photograph. */
    [CT_W_FORMAT - CT_W_PAGE] = "Format",
    [CT_W_WIDTH - CT_W_PAGE] = "Breite",
    [CT_W_HEIGHT - CT_W_PAGE] = "Höhe",
    [CT_W_BITS - CT_W_PAGE] = "Bits je Kanal",
    [CT_W_CHANNELS - CT_W_PAGE] = "Kanäle",
    [CT_W_ORIENTATION - CT_W_PAGE] = "EXIF-Ausrichtung",
    [CT_W_JPEG_QUALITY - CT_W_PAGE] = "JPEG-Qualität, etwa",
    [CT_W_ANIMATED - CT_W_PAGE] = "Animiert",
    [CT_W_DAMAGED - CT_W_PAGE] = "Beschädigt",
    [CT_W_FACES - CT_W_PAGE] = "Gesichter",
    [CT_W_CONFIDENCE - CT_W_PAGE] = "Sicherheit",
    [CT_W_YAW - CT_W_PAGE] = "Drehung, Grad",
    [CT_W_PITCH - CT_W_PAGE] = "Nicken, Grad",
    [CT_W_ROLL - CT_W_PAGE] = "Neigung, Grad",
    [CT_W_PX_PER_MM - CT_W_PAGE] = "Pixel je mm",
    [CT_W_SCALE_SOURCE - CT_W_PAGE] = "Maßstab aus",
    [CT_W_NOISE - CT_W_PAGE] = "Rauschen, cOD",
    [CT_W_SHOWN - CT_W_PAGE] =
        ("Das Gesicht ist mit {0} Pixeln je mm gezeigt: genug für {1} von {2} "
         "Messgrößen."),
    [CT_W_SHOWN_NO_FACE - CT_W_PAGE] =
        ("Die Haut ist mit {0} Pixeln je mm gezeigt: genug für {1} von {2} "
         "Messgrößen."),
    [CT_W_HOLDS - CT_W_PAGE] = "Die Kamera schrieb auch",
    [CT_W_CAMERA - CT_W_PAGE] = "ihren Namen",
    [CT_W_LENS - CT_W_PAGE] = "Objektiv",
    [CT_W_SOFTWARE - CT_W_PAGE] = "Software",
    [CT_W_TIME - CT_W_PAGE] = "Zeit",
    [CT_W_EXPOSURE - CT_W_PAGE] = "Belichtung",
    [CT_W_FOCAL_LENGTH - CT_W_PAGE] = "Brennweite",
    [CT_W_RESOLVED - CT_W_PAGE] = "Groß genug für",
    [CT_W_NOT_RESOLVED - CT_W_PAGE] = "Zu klein für",

    /* The page as a whole. */
    [CT_W_PAGE_TITLE - CT_W_PAGE] = "Hautvergleich",
    [CT_W_CONTENTS - CT_W_PAGE] = "Auf dieser Seite",
    [CT_W_BRAND - CT_W_PAGE] = "Vergleich zweier Aufnahmen",
    [CT_W_DISCLAIMER - CT_W_PAGE] =
        "Dies ist eine Messung an Aufnahmen, keine Diagnose.",
};
