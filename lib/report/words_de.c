/* SPDX-License-Identifier: BSD-2-Clause */

/* German: the words of reports.  Nouns keep their capital wherever they
 * stand.  What checks and reasons say is in said_de.c, names in names_de.c. */

#include "report/words.h"

#include <stddef.h>

const char *const ct_german_words[CT_W_COUNT] = {
    [CT_W_NOTHING] = "",

    /* Verdicts. */
    [CT_W_MEASURED] = "gemessen",
    [CT_W_NOT_MEASURABLE] = "nicht messbar",
    [CT_W_NOT_COMPARABLE] = "nicht vergleichbar",
    [CT_W_IMPROVED] = "gebessert",
    [CT_W_WORSE] = "verschlechtert",
    [CT_W_CHANGED] = "verändert",
    [CT_W_NO_MEASURABLE_CHANGE] = "keine messbare Veränderung",
    [CT_W_NO_RELEVANT_CHANGE] = "keine bedeutsame Veränderung",
    [CT_W_INCONCLUSIVE] = "nicht zu entscheiden",
    [CT_W_TOO_EARLY] = "zu früh",
    [CT_W_BECAUSE] = ": ",

    /* The answer. */
    [CT_W_ANSWER_IMPROVED] =
        ("{0}: mit 95 % Sicherheit gebessert. Der Wert ist {1} (95-%-Intervall "
         "{2} bis {3}) auf einer Skala von −100 bis +100."),
    [CT_W_ANSWER_WORSE] =
        ("{0}: mit 95 % Sicherheit verschlechtert. Der Wert ist {1} "
         "(95-%-Intervall {2} bis {3}) auf einer Skala von −100 bis +100."),
    [CT_W_ANSWER_NO_CHANGE] =
        ("{0}: keine messbare Veränderung. Der Wert ist {1} (95-%-Intervall "
         "{2} bis {3}); das zeigten auch Aufnahmen unveränderter Haut."),
    [CT_W_ANSWER_NO_RELEVANT] =
        ("{0}: keine bedeutsame Veränderung. Der Wert {1} liegt mit 95 % "
         "Sicherheit zwischen {2} und {3}; jede Veränderung ist zu klein, um "
         "eine Rolle zu spielen."),
    [CT_W_ANSWER_INCONCLUSIVE] =
        ("{0}: Diese Aufnahmen lassen nicht entscheiden, ob sich etwas "
         "verändert hat. Der Wert ist {1}, aber sein 95-%-Intervall reicht "
         "von {2} bis {3}."),
    [CT_W_ANSWER_NOT_COMPARABLE] =
        "Diese Aufnahmen lassen sich nicht vergleichen: {0}.",
    [CT_W_ANSWER_TOO_EARLY] = "Für ein Urteil ist es zu früh: {0}.",
    [CT_W_ANSWER_NO_SCORE] = "Kein Gesamturteil: {0}.",
    [CT_W_ANSWER_ALL_MEASURED] =
        "Alle {1} Messgrößen ließen sich in dieser Aufnahme bestimmen.",
    [CT_W_ANSWER_MEASURED] =
        "{0} von {1} Messgrößen ließen sich in dieser Aufnahme bestimmen.",
    [CT_W_SEE_BELOW] = "Die Prüfungen weiter unten sagen, warum",
    [CT_W_LIMITED] =
        ("Die Art der Aufnahmen schränkt den Vergleich ein; die Prüfungen "
         "sagen, wo."),
    [CT_W_SUITS] = "Diese Aufnahmen lassen sich vergleichen.",
    [CT_W_SUITS_COARSE] =
        ("In diesen Aufnahmen lassen sich Farben und Flecken vergleichen; was "
         "dafür zu fein ist, wie unten gesagt, nicht."),
    [CT_W_SUITS_IN_PART] =
        ("Diese Aufnahmen lassen sich zum Teil vergleichen; die nicht "
         "bestandenen Prüfungen sagen, wo nicht."),
    [CT_W_SUITS_ONE] =
        ("Diese Aufnahme lässt sich mit einer anderen vergleichen, die ebenso "
         "gemacht ist."),
    [CT_W_SUITS_ONE_COARSE] =
        ("In dieser Aufnahme lassen sich Farben und Flecken mit einer anderen "
         "vergleichen, die ebenso gemacht ist; was dafür zu fein ist, wie "
         "unten gesagt, nicht."),
    [CT_W_SUITS_ONE_IN_PART] =
        ("Diese Aufnahme lässt sich zum Teil vergleichen; die nicht "
         "bestandenen Prüfungen sagen, wo nicht."),
    [CT_W_SUITS_ONE_NOT] = "Diese Aufnahme lässt sich nicht vergleichen: {0}.",
    [CT_W_VALUE_LIMIT] = "{0}{1} (Grenze {2})",

    /* What a preset is about; German says it alike in both places. */
    [CT_W_SUBJECT_GENERAL] = "Hautbild",
    [CT_W_SUBJECT_ACNE_SCARS] = "Aknenarben",
    [CT_W_SUBJECT_SCARS] = "Narben",
    [CT_W_SUBJECT_WRINKLES] = "Linien und Falten",
    [CT_W_SUBJECT_PORES] = "Poren",
    [CT_W_SUBJECT_SUN_DAMAGE] = "Lichtschäden",
    [CT_W_SUBJECT_UNEVEN_TONE] = "Ungleichmäßiger Hautton",
    [CT_W_SUBJECT_ACNE] = "Akne",
    [CT_W_SUBJECT_REDNESS] = "Rötung",
    [CT_W_OBJECT_GENERAL] = "Hautbild",
    [CT_W_OBJECT_ACNE_SCARS] = "Aknenarben",
    [CT_W_OBJECT_SCARS] = "Narben",
    [CT_W_OBJECT_WRINKLES] = "Linien und Falten",
    [CT_W_OBJECT_PORES] = "Poren",
    [CT_W_OBJECT_SUN_DAMAGE] = "Lichtschäden",
    [CT_W_OBJECT_UNEVEN_TONE] = "Ungleichmäßiger Hautton",
    [CT_W_OBJECT_ACNE] = "Akne",
    [CT_W_OBJECT_REDNESS] = "Rötung",

    /* Between numbers, units and names. */
    [CT_W_RANGE] = " bis ",
    [CT_W_EITHER] = "/",
    [CT_W_UNIT_SPACE] = " ",
    [CT_W_PERCENT_POINTS] = "Prozentpunkte",
    [CT_W_COMMA] = ", ",
    [CT_W_AND] = " und ",

    /* Tables. */
    [CT_W_METRIC] = "Messgröße",
    [CT_W_REGION] = "Region",
    [CT_W_BEFORE] = "Vorher",
    [CT_W_AFTER] = "Nachher",
    [CT_W_BOTH] = "Beide",
    [CT_W_CHANGE] = "Veränderung",
    [CT_W_CHANGE_CI] = "Veränd. (95 %)",
    [CT_W_INTERVAL] = "95-%-Intervall",
    [CT_W_VERDICT] = "Urteil",
    [CT_W_AGAINST] = "Gegen wiederholte Aufnahmen",
    [CT_W_WORSE_BETTER] = "◂ schlechter · besser ▸",
    [CT_W_DETECTABLE] = "zeigt sich ab",
    [CT_W_TABLE_NOTE] =
        ("Ganzes behandeltes Gebiet. In Klammern das 95-%-Intervall; eine "
         "Veränderung gilt nur, wo sie über das hinausgeht, was wiederholte "
         "Aufnahmen unveränderter Haut zeigen."),
    [CT_W_READINGS] = "Messwerte",
    [CT_W_READINGS_WHAT] =
        ("Was auf der Haut gemessen wurde, die beide Aufnahmen zeigen. "
         "Normwerte gibt es nicht: Jede Person wird mit sich selbst "
         "verglichen."),
    [CT_W_READINGS_CAPTION] = "Ganzes behandeltes Gebiet",
    [CT_W_PLOT_NOTE] =
        ("Punkt und Strich: die Veränderung und ihr 95-%-Intervall. Das graue "
         "Band ist, was wiederholte Aufnahmen unveränderter Haut zeigen; eine "
         "Veränderung gilt nur jenseits davon. Jede Zeile hat ihre eigene "
         "Skala, besser liegt rechts. Eine Raute steht für eine Messgröße "
         "ohne bessere Richtung: rechts ist mehr. Veränderungen eines "
         "Verhältnisses stehen in Prozent davon, Veränderungen eines Anteils "
         "in Prozentpunkten."),
    [CT_W_BY_CHANCE] =
        ("Jenseits des Bandes, aber bei so vielen Messwerten vielleicht Zufall "
         "(adjustiertes p = {0})."),
    [CT_W_REGIONS] = "Region für Region",
    [CT_W_REGIONS_NOTE] =
        ("Explorativ: Bei so vielen Zeilen sähen einige zufällig verändert "
         "aus. Die Urteile berücksichtigen das, indem sie die "
         "Falschentdeckungsrate bei 5 % halten."),
    [CT_W_MEANINGS] = "Was die Urteile und Messgrößen bedeuten",
    [CT_W_MEANS_IMPROVED] =
        ("Die Veränderung geht über das hinaus, was wiederholte Aufnahmen "
         "unveränderter Haut zeigen, in die bessere Richtung, und ist bei so "
         "vielen Messwerten kein Zufall (adjustiertes p unter 0,05)."),
    [CT_W_MEANS_WORSE] = "Dasselbe in die schlechtere Richtung.",
    [CT_W_MEANS_CHANGED] =
        "Dasselbe bei einer Messgröße ohne bessere Richtung.",
    [CT_W_MEANS_NO_MEASURABLE_CHANGE] =
        ("Der Unterschied ist nicht größer als zwischen zwei Aufnahmen "
         "unveränderter Haut. Eine kleinere Veränderung kann trotzdem da "
         "sein."),
    [CT_W_MEANS_NO_RELEVANT_CHANGE] =
        ("Jede Veränderung ist kleiner als die kleinste, die eine Rolle "
         "spielt."),
    [CT_W_MEANS_INCONCLUSIVE] =
        ("Diese Aufnahmen lassen es nicht entscheiden: Selbst eine "
         "Veränderung, die eine Rolle spielt, könnte in ihrer Unsicherheit "
         "verborgen sein. Es heißt nicht, dass sich nichts verändert hat."),
    [CT_W_MEANS_NOT_MEASURABLE] =
        "Eine der Aufnahmen zeigt es nicht gut genug; die Zeile sagt, warum.",
    [CT_W_MEANS_NOT_COMPARABLE] =
        ("Beide zeigen es, aber sie sind zu verschieden aufgenommen, um es zu "
         "vergleichen; eine Prüfung sagt, warum."),
    [CT_W_MEANS_TOO_EARLY] =
        ("Die Haut heilt noch: gemessen, aber bis sechs Wochen nach der "
         "Behandlung ohne Urteil."),

    /* What was found, one by one. */
    [CT_W_ITEMS] = "Flecken und Poren, vorher und nachher",
    [CT_W_ITEMS_NOTE] =
        ("Was eine der beiden Aufnahmen zeigt, wird in beiden innerhalb "
         "desselben Umrisses gemessen und zählt, wenn eine von beiden es "
         "zeigt. Ein Fleck, der zerfällt, besteht aus mehreren Stücken eines "
         "Flecks und ist deshalb nicht schlechter."),
    [CT_W_ITEMS_NONE] =
        ("Flecken und Poren ließen sich nicht in beiden Aufnahmen zählen; "
         "die Messwerte sagen, warum."),
    [CT_W_ITEMS_CAPTION] = "Was aus Flecken und Poren wurde",
    [CT_W_MARKS_SPOTS] = "Gezählte Flecken",
    [CT_W_MARKS_SPOTS_ALT] =
        ("das Gesicht mit einem Umriss um jeden braunen oder entzündeten "
         "Fleck, der gezählt wurde; die Zahlen stehen in der Tabelle"),
    [CT_W_MARKS_PORES] = "Gezählte Poren, aus der Nähe: {0}",
    [CT_W_MARKS_PORES_ALT] =
        "30 mm Haut mit einem Umriss um jede Pore, die gezählt wurde",
    [CT_W_MARKS_NOTE] =
        ("Durchgezogene Umrisse sind braune Flecken, gestrichelte entzündete "
         "Stellen. Jeder ist in beiden Aufnahmen gezeichnet, auch wo eine ihn "
         "nicht mehr oder noch nicht zeigt. Was keinen Umriss hat, wurde nicht "
         "gezählt: Es ist zu blass oder zu klein, hat keinen klaren Rand, ist "
         "nicht in beiden zu sehen, liegt außerhalb der betrachteten Haut "
         "oder sieht eher nach Haar oder Schatten aus."),
    [CT_W_ITEM] = "Was",
    [CT_W_ITEM_COUNT] = "Anzahl",
    [CT_W_ITEM_AREA] = "Anteil der Haut, %",
    [CT_W_ITEM_CONTRAST] = "Kontrast",
    [CT_W_ITEM_WIDTH] = "Mittlere Breite, mm",
    [CT_W_ITEM_FATE] = "Was daraus wurde",
    [CT_W_PERSISTED] = "unverändert",
    [CT_W_FADED] = "verblasst",
    [CT_W_GROWN] = "gewachsen",
    [CT_W_SPLIT] = "zerfallen",
    [CT_W_MERGED] = "verschmolzen",
    [CT_W_NEW] = "neu",
    [CT_W_GONE] = "verschwunden",

    /* Score. */
    [CT_W_SCORE] = "Gesamtwert des Behandlungsverlaufs",
    [CT_W_SCORE_WHAT] =
        ("Eine Zahl für die gestellte Frage, von −100 (schlechter) über 0 "
         "(keine Veränderung) bis +100 (besser). Sie sagt, wie viel der voll "
         "zählenden Besserung erreicht ist; sie ist keine Note für die "
         "Haut."),
    [CT_W_COMPONENTS] = "Woraus er besteht",
    [CT_W_COMPONENT] = "Bestandteil",
    [CT_W_WEIGHT] = "Gewicht",
    [CT_W_USED] = "Benutzt",
    [CT_W_USED_SHARE] = "{0} benutzt",
    [CT_W_FULL] = "Zählt voll ab",
    [CT_W_POINTS] = "Punkte",
    [CT_W_SCORE_NOTE] =
        ("Wert = Summe aus benutztem Gewicht × Besserung ÷ Vollausschlag, "
         "jeder Teil auf ±100 % begrenzt. Die Gewichte sind die für die "
         "Fragestellung veröffentlichten; wo ein Teil nicht verglichen werden "
         "konnte, geht sein Gewicht an die anderen, und unter 60 % gibt es "
         "keinen Wert. 0 bis 15 ist kein oder ein geringer Unterschied, 15 bis "
         "40 ein mäßiger, über 40 ein deutlicher. Nichts wird beschönigt."),

    /* Checks. */
    [CT_W_CHECKS] = "Waren die Aufnahmen vergleichbar?",
    [CT_W_CHECKS_WHAT] =
        ("Licht, Kamera, Haltung und Mimik können wie eine Veränderung der "
         "Haut aussehen. Alles das wurde geprüft; was nicht bestand, wurde "
         "nicht verglichen, und was zur Vorsicht mahnt, hat ein breiteres "
         "Intervall."),
    [CT_W_CHECKS_ONE] = "Ist die Aufnahme gut genug?",
    [CT_W_CHECKS_PASSED] = "{0} Prüfungen",
    [CT_W_PASS] = "bestanden",
    [CT_W_WARN] = "Vorsicht",
    [CT_W_FAIL] = "ungenügend",
    [CT_W_ALL_PASSED] =
        "Alle Prüfungen bestanden. Das nächste Mal genauso aufnehmen.",
    [CT_W_PASSED] = "Bestandene Prüfungen",
    [CT_W_AFFECTS] = "Betrifft",
    [CT_W_NEXT_TIME] = "Nächstes Mal:",

    /* Photographs. */
    [CT_W_PHOTOGRAPHS] = "Aufnahmen",
    [CT_W_VIEW] = "Ansicht",
    [CT_W_VIEW_SIDE] = "Nebeneinander",
    [CT_W_VIEW_SLIDE] = "Schieber",
    [CT_W_VIEW_BOARD] = "Schachbrett",
    [CT_W_VIEW_BLINK] = "Wechsel",
    [CT_W_BLINK_AUTO] = "Abwechselnd",
    [CT_W_LAYER] = "Darüber",
    [CT_W_LAYER_NONE] = "Nur Aufnahme",
    [CT_W_LAYER_REGIONS] = "Regionen",
    [CT_W_LAYER_REDNESS] = "Rötung",
    [CT_W_LAYER_PIGMENT] = "Pigment",
    [CT_W_LAYER_RELIEF] = "Relief",
    [CT_W_LAYER_PORES] = "Poren",
    [CT_W_LAYER_WRINKLES] = "Falten",
    [CT_W_MEANING_REGIONS] =
        ("Getönt: gemessene Haut, bei zwei Aufnahmen die in beiden. "
         "Schraffiert: Haut einer Region, die ausgelassen wurde, etwa Brauen, "
         "Haar, Schatten oder Glanz. Rechts und links sind die Seiten der "
         "Person."),
    [CT_W_MEANING_REDNESS] =
        ("Rötung in Einheiten der Blutfarbe (H; 5,6 mehr ist etwa das "
         "Anderthalbfache an Blut)."),
    [CT_W_MEANING_PIGMENT] =
        ("Pigment über seiner Umgebung, in Prozent Melanin (P). Es zeigt sich "
         "mehr, als an Flecken gezählt wird: Schatten neben der Nase und "
         "unter den Brauen, Haar, ungleichmäßiger Ton."),
    [CT_W_MEANING_RELIEF] =
        ("Stärke des feinen Reliefs: Kontrast von Hell und Dunkel über einen "
         "Millimeter (100 cOD ist ein Faktor zehn)."),
    [CT_W_MEANING_PORES] = "Poren, wie gezählt, nach Kontrast gefärbt.",
    [CT_W_MEANING_WRINKLES] =
        ("Antwort des Linienfinders, nach Kontrast. Es zeigt sich mehr, als an "
         "Linien gezählt wird: feines Relief, Haarsträhnen, der Rand der "
         "Nase."),
    [CT_W_MEANING_BASE] =
        ("Jede Aufnahme steht gegen ihre eigene blassere Haut: Ohne Graukarte "
         "bleibt eine gleichmäßige Veränderung des ganzen Gesichts "
         "ungesehen."),
    [CT_W_MASK_SKIN] = "Haut",
    [CT_W_MASK_SHINE] = "Glanzlichter",
    [CT_W_MEANING_SKIN] =
        "Weiß: gemessene Haut, bei zwei Aufnahmen die in beiden.",
    [CT_W_MEANING_SHINE] =
        ("Weiß: Glanz und überstrahltes Licht mit 0,5 mm Rand; nur die "
         "Messgröße Glanz nimmt das auf."),
    [CT_W_SAME_SCALE] = "Beide Aufnahmen haben dieselbe Farbskala.",
    [CT_W_SLIDER] = "Schieber zwischen der Aufnahme vorher und der nachher",
    [CT_W_SLIDER_VALUE] = "{0} % der Breite zeigen vorher",
    [CT_W_ALT_BEFORE] = "Das Gesicht vorher",
    [CT_W_ALT_AFTER] = "Das Gesicht nachher, auf die Aufnahme vorher gelegt",
    [CT_W_ALT_LAID] =
        "Das Gesicht nachher, Haut auf Haut auf die Aufnahme vorher gelegt",
    [CT_W_ALIGNED] =
        ("Auf das Gesicht zugeschnitten, waagrecht gestellt und nur fürs Auge "
         "aufeinandergelegt. In diesen Bildern wurde nichts gemessen: Die "
         "Messwerte kommen aus den Pixeln der Aufnahmen selbst."),
    [CT_W_LAID] =
        ("Schieber, Schachbrett und Wechsel zeigen die Aufnahme nachher, wie "
         "sie Haut auf Haut auf die vorher gelegt ist, so weit das Gesicht "
         "reicht. Nebeneinander und unter Regionen oder Karten ist sie bis auf "
         "Verschiebung, Drehung und Größe so, wie sie gemacht wurde."),
    [CT_W_NOT_LAID] =
        ("Die Aufnahme nachher liegt dort nur nach Verschiebung, Drehung und "
         "Größe: Haut, die eine Mimik oder ein gedrehter Kopf verschoben "
         "hat, liegt neben sich selbst."),
    [CT_W_WHERE] = "Wo sich das Gesicht verändert hat",
    [CT_W_WHERE_NOTE] =
        ("Eine Region ist nur gefärbt, wo ihre Veränderung auch nach "
         "Berücksichtigung der Zahl der Vergleiche als eine gilt; je tiefer, "
         "desto größer ist sie gegenüber der kleinsten, die sich zeigen "
         "würde. Grau heißt nicht, dass sich nichts verändert hat, nur dass "
         "sich keine Veränderung zeigen ließ. Rechts und links sind die "
         "Seiten der Person: Die rechte Wange liegt links."),
    [CT_W_WHERE_BETTER] = "besser",
    [CT_W_WHERE_WORSE] = "schlechter",
    [CT_W_WHERE_TWICE] = "… um über das 2-Fache dessen, was sich zeigt",
    [CT_W_WHERE_FOUR] = "… um über das 4-Fache",
    [CT_W_WHERE_OTHER] = "verändert, weder besser noch schlechter",
    [CT_W_WHERE_SAME] = "keine Veränderung, die sich zeigen ließ",
    [CT_W_WHERE_NONE] = "nicht gemessen",
    [CT_W_WHERE_MISSING] = "nicht gemessen",
    [CT_W_WHERE_NOWHERE] =
        "In keiner Region ließ sich eine Veränderung zeigen.",
    [CT_W_WHERE_NOTHING] =
        "Keine Region ließ sich vergleichen; die Messwerte sagen, warum.",

    /* How they were laid on each other. */
    [CT_W_FIT] = "Wie die Aufnahmen aufeinandergelegt wurden",
    [CT_W_FIT_HOW] =
        ("Zuerst Landmarken des Gesichts: Nach Verschiebung, Drehung und "
         "Größe liegt die Hälfte davon höchstens {0} mm auseinander. Von "
         "dort wurde Haut nach ihrer eigenen Struktur auf Haut gelegt: {1} von "
         "{2} Hautstücken wurden wiedergefunden; die Hälfte davon liegt "
         "höchstens {3} mm neben der Zuordnung, 95 % höchstens {4} mm. Die "
         "Zuordnung sagt, wo dieselbe Haut gesucht wird; für einen Messwert "
         "wurde kein Pixel verschoben."),
    [CT_W_FIT_LANDMARKS] =
        ("Nur nach Landmarken des Gesichts, ein paar Millimeter daneben, wo "
         "sich Haut verschoben hat: {0}. Deshalb gibt es keine Karten der "
         "Passung."),
    [CT_W_FIT_NOT_LOOKED] = "Die Struktur der Haut wurde nicht angesehen",
    [CT_W_FIT_NOT_COMPARED] =
        "Nicht gezeigt, weil sich die Aufnahmen nicht vergleichen lassen: {0}.",
    [CT_W_FIT_MOVED] = "Wie weit Haut wandern musste",
    [CT_W_FIT_ALT_MOVED] =
        ("Karte des Gesichts: Verschiebung in mm nach Verschiebung, Drehung "
         "und Größe des Ganzen"),
    [CT_W_FIT_MEANING_MOVED] =
        ("Was nach Verschiebung, Drehung und Größe des Ganzen noch "
         "anzupassen war: Die Hälfte der gemessenen Haut liegt innerhalb von "
         "{0} mm, 95 % innerhalb von {1} mm. Ein gedrehter Kopf, ein anderer "
         "Abstand oder eine andere Mimik verschieben Haut so. Ein Punkt ist, "
         "wo Haut vorher lag; seine Linie, {2}-mal so lang wie der Weg, zeigt "
         "dorthin, wo sie nachher liegt."),
    [CT_W_FIT_TRUST] = "Was sie dort hält",
    [CT_W_FIT_ALT_TRUST] =
        ("Karte des Gesichts: wo die Struktur der Haut die Passung hält und "
         "wo Landmarken"),
    [CT_W_FIT_MEANING_TRUST] =
        ("{0} % der gemessenen Haut hält ringsum ihre eigene Struktur, {1} % "
         "teilweise und {2} % nur Landmarken: Dort kann dieselbe Haut ein paar "
         "Millimeter daneben liegen, und was einen bestimmten Fleck, eine Pore "
         "oder Linie wiederfinden muss, wird vorsichtiger beurteilt."),
    [CT_W_FIT_HELD] = "durch ihre Struktur",
    [CT_W_FIT_PARTLY] = "teilweise",
    [CT_W_FIT_UNHELD] = "nur durch Landmarken",
    [CT_W_FIT_LIGHT] = "Wie sich das Licht unterscheidet",
    [CT_W_FIT_ALT_LIGHT] =
        "Karte des Gesichts: Licht nachher gegen vorher in Prozent",
    [CT_W_FIT_MEANING_LIGHT] =
        ("Wie viel heller (orange) oder dunkler (blau) dieselbe Haut nachher "
         "in rotem Licht ist, in dem sich Blut kaum zeigt, über 10 mm "
         "geglättet; was das ganze Gesicht gemein hat, etwa die Belichtung, "
         "ist abgezogen. 95 % der Haut liegen innerhalb von {0} % nach beiden "
         "Seiten. Verstellte Lampen hellen eine Seite auf und dunkeln die "
         "andere ab; eine ausgedehnte Veränderung von Rötung oder Pigment "
         "zeigt sich auch, aber schwach."),

    /* How it was computed. */
    [CT_W_METHOD] = "Wie das berechnet wurde",
    [CT_W_HOW_FILED] =
        ("Diese Seite enthält weder Namen noch Datum noch Dateinamen: Sie "
         "gehört zur Akte der Person. Die SHA-256-Summen unten sagen, von "
         "welchen Aufnahmen sie stammt."),
    [CT_W_HOW_MEASURED] =
        ("Beide Aufnahmen wurden in ihrem eigenen Farbraum als lineares Licht "
         "gelesen. Das Gesicht wurde gesucht und in Regionen geteilt; Augen, "
         "Brauen, Lippen, Nasenlöcher, Haar, Schatten und Glanz blieben "
         "außen vor. Gemessen wurde nur Haut, die beide Aufnahmen zeigen, in "
         "deren eigenen Pixeln: Nichts wurde verzerrt, geschärft oder in der "
         "Farbe an die andere Aufnahme angeglichen. Für Rauheit, Poren und "
         "Linien wurde die schärfere so weit weichgezeichnet, wie sie "
         "schärfer war."),
    [CT_W_HOW_JUDGED] =
        ("Als Veränderung gilt nur, was über das hinausgeht, was wiederholte "
         "Aufnahmen unveränderter Haut zeigen (die kleinste nachweisbare "
         "Veränderung, 95 %), und dessen p-Wert, für die Zahl der Vergleiche "
         "adjustiert, unter 0,05 liegt. Unterschiede der Aufnahmen verbreitern "
         "das Intervall oder lassen die "
         "Messgröße ausfallen."),
    [CT_W_HOW_ERRORS] =
        ("Wie weit Wiederholungen auseinander liegen, ist angenommen und noch "
         "nicht an Patienten gemessen."),
    [CT_W_HOW_ERRORS_SITE] =
        "Der Wiederholfehler wurde an diesem Ort an {0} Personen gemessen.",
    [CT_W_HOW_ERRORS_CAPTURES] =
        ("Verwendete Aufnahmen: {0} von {1} vorher, {2} von {3} nachher. Wie "
         "weit sie innerhalb eines Termins auseinander liegen, zählt mit."),
    [CT_W_HOW_UNITS] =
        ("H: Rötung; 5,6 mehr ist das Anderthalbfache an Blut. P: Pigment; 10 "
         "mehr ist etwa ein Zehntel mehr Melanin. U: Ungleichmäßigkeit, von "
         "Pigment in P oder von Rötung. cOD: Dunkelheit; 1 sind 2,3 % des "
         "Lichts. R: Rauheit; R_scar und R_coarse gewichten das Grobe darin, "
         "R_fine das Feine."),
    [CT_W_HOW_SCALE] =
        ("Längen und Flächen beruhen auf dem unten genannten Maßstab. Wo er "
         "von den Augen kommt, 63 mm auseinander, falls nicht gemessen, "
         "können Längen um 6 % und Flächen um 12 % falsch sein; zwischen "
         "zwei Terminen einer Person hebt sich das auf."),
    [CT_W_VERSION] = "Version von cutis",
    [CT_W_PROFILE] = "Bewertungsprofil",
    [CT_W_JUDGED] = "Frage",
    [CT_W_GENERAL] =
        "das Hautbild als Ganzes: Rötung, Pigment, Rauheit, Poren, Linien",
    [CT_W_CHECKS_COUNT] = "{0} ({1} von {2} Prüfungen bestanden)",
    [CT_W_CAUTIONS] = "Vorsicht",
    [CT_W_PRESET] = "Fragestellung",
    [CT_W_TREATED] = "Betrachtete Haut",
    [CT_W_REFERENCE] = "Unbehandelte Vergleichshaut",
    [CT_W_CALIBRATION] = "Farbkalibrierung",
    [CT_W_POLARISED] = "Kreuzpolarisiert",
    [CT_W_DAYS] = "Tage seit der Behandlung",
    [CT_W_COMPARABLE] = "Aufnahmen vergleichbar",
    [CT_W_COMPARABLE_YES] = "ja",
    [CT_W_COMPARABLE_LIMITED] = "mit Einschränkungen",
    [CT_W_COMPARABLE_NO] = "nein",
    [CT_W_HASH] = "SHA-256",
    [CT_W_SIZE] = "Größe",
    [CT_W_COLOUR] = "Farbraum",
    [CT_W_SCALE] = "Maßstab am Gesicht",
    [CT_W_POSE] = "Drehung / Nicken / Neigung",
    [CT_W_BLUR] = "Unschärfe (Sigma)",
    [CT_W_RESIDUAL] = "Passung, Median",
    [CT_W_RESIDUAL95] = "Passung, 95. Perzentil",
    [CT_W_NOT_SAID] = "nicht angegeben",
    [CT_W_NONE] = "keine",
    [CT_W_YES] = "ja",
    [CT_W_NO] = "nein",

    /* One photograph. */
    [CT_W_FORMAT] = "Format",
    [CT_W_WIDTH] = "Breite",
    [CT_W_HEIGHT] = "Höhe",
    [CT_W_BITS] = "Bits je Kanal",
    [CT_W_CHANNELS] = "Kanäle",
    [CT_W_ORIENTATION] = "EXIF-Ausrichtung",
    [CT_W_JPEG_QUALITY] = "JPEG-Qualität, etwa",
    [CT_W_ANIMATED] = "Animiert",
    [CT_W_DAMAGED] = "Beschädigt",
    [CT_W_FACES] = "Gesichter",
    [CT_W_CONFIDENCE] = "Sicherheit",
    [CT_W_YAW] = "Drehung, Grad",
    [CT_W_PITCH] = "Nicken, Grad",
    [CT_W_ROLL] = "Neigung, Grad",
    [CT_W_PX_PER_MM] = "Pixel je mm",
    [CT_W_SCALE_SOURCE] = "Maßstab aus",
    [CT_W_NOISE] = "Rauschen, cOD",
    [CT_W_SHOWN] =
        ("Das Gesicht ist mit {0} Pixeln je mm gezeigt: genug für {1} von {2} "
         "Messgrößen."),
    [CT_W_SHOWN_NO_FACE] =
        ("Die Haut ist mit {0} Pixeln je mm gezeigt: genug für {1} von {2} "
         "Messgrößen."),
    [CT_W_HOLDS] = "Die Kamera schrieb auch",
    [CT_W_CAMERA] = "ihren Namen",
    [CT_W_LENS] = "Objektiv",
    [CT_W_SOFTWARE] = "Software",
    [CT_W_TIME] = "Zeit",
    [CT_W_EXPOSURE] = "Belichtung",
    [CT_W_FOCAL_LENGTH] = "Brennweite",
    [CT_W_RESOLVED] = "Groß genug für",
    [CT_W_NOT_RESOLVED] = "Zu klein für",

    /* The page as a whole. */
    [CT_W_PAGE_TITLE] = "Hautvergleich",
    [CT_W_CONTENTS] = "Auf dieser Seite",
    [CT_W_BRAND] = "Vergleich zweier Aufnahmen",
    [CT_W_DISCLAIMER] = "Dies ist eine Messung an Aufnahmen, keine Diagnose.",
};
