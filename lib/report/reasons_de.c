/* SPDX-License-Identifier: BSD-2-Clause */

/* German: reasons of readings, verdicts and the score, likewise by the pattern
 * of the English one. */

#include "report/words.h"

#include <stddef.h>

const struct ct_name ct_german_reasons[] = {
    {"not measurable", "nicht messbar"},
    {"No region of both could be compared.",
     "Keine Region beider ließ sich vergleichen."},
    {"This reading is already one against untreated skin.",
     "Dieser Messwert gilt schon gegen unbehandelte Haut."},
    {"not in view", "nicht im Bild"},
    {"{0} % of the skin can be used, 40 % is needed",
     "{0} % der Haut sind brauchbar, nötig sind 40 %"},
    {"{0} % of the skin shines, at most 25 % may",
     "{0} % der Haut glänzen, höchstens 25 % dürfen es"},
    {"the picture is grey, {0} need colour",
     "Das Bild ist grau, nötig für {0} ist Farbe"},
    {"the picture is grey, {0} needs colour",
     "Das Bild ist grau, nötig für {0} ist Farbe"},
    {"{0} px/mm, {1} need {2}", "{0} Pixel je mm, für {1} sind {2} nötig"},
    {"{0} px/mm, {1} needs {2}", "{0} Pixel je mm, für {1} sind {2} nötig"},
    {"blur could not be told, {0} need at most {1} um",
     ("Die Unschärfe ließ sich nicht bestimmen, für {0} dürfen es "
      "höchstens {1} µm sein")},
    {"blur could not be told, {0} needs at most {1} um",
     ("Die Unschärfe ließ sich nicht bestimmen, für {0} dürfen es "
      "höchstens {1} µm sein")},
    {"blur of {0} um, {1} need at most {2} um",
     "Unschärfe {0} µm, für {1} dürfen es höchstens {2} µm sein"},
    {"blur of {0} um, {1} needs at most {2} um",
     "Unschärfe {0} µm, für {1} dürfen es höchstens {2} µm sein"},
    {"too little skin to tell", "zu wenig Haut, um es zu bestimmen"},
    {"too little skin away from edges for the {0} mm band",
     "zu wenig Haut abseits von Kanten für das Band von {0} mm"},
    {"the {0} mm band is mostly noise",
     "das Band von {0} mm ist vor allem Rauschen"},
    {"no grey card or colour chart", "keine Graukarte oder Farbtafel"},
    {"the skin is not yellowish, ITA is not defined",
     "die Haut ist nicht gelblich, der ITA ist nicht definiert"},
    {"the untreated skin to compare with cannot be used",
     "die unbehandelte Vergleichshaut ist nicht brauchbar"},
    {("The two photographs allow different forms of this: {0} before, {1} "
      "after."),
     ("Die beiden Aufnahmen erlauben verschiedene Formen davon: {0} vorher, "
      "{1} nachher.")},
    {"A reading of zero has no ratio.",
     "Ein Messwert von null hat kein Verhältnis."},
    {"It rests on {0} of {1} captures before and {2} of {3} after.",
     "Er beruht auf {0} von {1} Aufnahmen vorher und {2} von {3} nachher."},
    {"Any change is smaller than {0}, the least that matters.",
     ("Jede Veränderung ist kleiner als {0}, die kleinste, die eine Rolle "
      "spielt.")},
    {"These photographs cannot show a change smaller than {0}.",
     "Diese Aufnahmen können keine Veränderung unter {0} zeigen."},
    {("The difference is one that two photographs of unchanged skin may show "
      "(up to {0})."),
     ("Der Unterschied ist einer, den auch zwei Aufnahmen unveränderter "
      "Haut zeigen können (bis {0}).")},
    {"Without a grey card an even change of the whole face stays unseen.",
     ("Ohne Graukarte bleibt eine gleichmäßige Veränderung des ganzen "
      "Gesichts ungesehen.")},
    {("There are dark red-brown spots, which may be scabs, that were not "
      "there before: do not pick them, and ask your practitioner if they "
      "hurt or weep."),
     ("Es gibt dunkle rotbraune Stellen, vielleicht Krusten, die vorher "
      "nicht da waren: nicht daran kratzen und bei Schmerzen oder Nässen "
      "in der Praxis nachfragen.")},
    {("Redness is much stronger than before (by {0} H); if it grows or "
      "hurts, ask your practitioner."),
     ("Die Rötung ist viel stärker als vorher (um {0} H); wenn sie "
      "zunimmt oder schmerzt, in der Praxis nachfragen.")},
    {("Redness is still stronger than before {0} after the treatment, which "
      "is longer than expected: ask your practitioner."),
     ("Noch {0} nach der Behandlung ist die Rötung stärker als vorher, "
      "länger als erwartet: in der Praxis nachfragen.")},
    {("{0} after the treatment it is too early for a verdict; the score only "
      "shows the trend."),
     ("{0} nach der Behandlung ist es für ein Urteil zu früh; der Wert "
      "zeigt nur die Tendenz.")},
    {"{0} after the treatment it is too early for a verdict.",
     "{0} nach der Behandlung ist es für ein Urteil zu früh."},
    {"Among this many visits the score may be chance (adjusted p = {0}).",
     ("Bei so vielen Besuchen kann der Gesamtwert Zufall sein (angepasstes "
      "p = {0}).")},
    {"Not scoreable: {0}", "Ohne Gesamtwert: {0}"},
    {"Not scored: {0}", "Ohne Gesamtwert: {0}"},
    {"these photographs cannot be compared.",
     "Diese Aufnahmen lassen sich nicht vergleichen."},
    {"{0} after the treatment the skin is still healing.",
     "{0} nach der Behandlung heilt die Haut noch."},
    {("only {0} % of what the score is made of could be compared, and 60 % "
      "are needed."),
     ("Nur {0} % dessen, was diese Fragestellung gewichtet, ließen sich "
      "vergleichen, nötig sind 60 %.")},
    {"there is too little skin", "es gibt zu wenig Haut"},
    {"patches of skin do not fit together",
     "Hautstücke passen nicht zueinander"},
    {"under {0} px per mm no texture shows",
     "unter {0} Pixel je mm zeigt sich keine Struktur"},
    {"Before: {0}", "Vorher: {0}"},
    {"After: {0}", "Nachher: {0}"},
    {("It rests on {0} of {1} captures before and {2} of {3} after."),
     ("Er beruht auf {0} von {1} Aufnahmen vorher und {2} von {3} nachher.")},
    {("The site profile is of photographs with {0} to {1} pixels per mm, and "
      "these have others: the errors assumed for everybody are used instead."),
     ("Das Profil des Ortes gilt für Aufnahmen mit {0} bis {1} Pixeln je mm, "
      "diese haben andere: stattdessen gelten die für alle angenommenen "
      "Fehler.")},
    {("The site profile is of photographs whose landmarks came to be in "
      "another "
      "way than those of these: the errors assumed for everybody are used "
      "instead."),
     ("Das Profil des Ortes gilt für Aufnahmen, deren Punkte im Gesicht auf "
      "andere Weise entstanden sind: stattdessen gelten die für alle "
      "angenommenen Fehler.")},
    {"Captures {0} before and {1} after: {2}",
     "Aufnahmen {0} vorher und {1} nachher: {2}"},
    {"Capture {0} before: {1}", "Aufnahme {0} vorher: {1}"},
    {"Capture {0} after: {1}", "Aufnahme {0} nachher: {1}"},
    {"{0} (it has {1} pixels per mm, {2} are needed)",
     "{0} ({1} Pixel je mm, nötig sind {2})"},
    {"{0} (blur {1} mm)", "{0} (Unschärfe {1} mm)"},
    {"Capture {0}: {1}", "Aufnahme {0}: {1}"},
    {NULL, NULL},
};
