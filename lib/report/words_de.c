/* SPDX-License-Identifier: BSD-2-Clause */

/* German: the words of reports.  Nouns keep their capital wherever they
 * stand.  What checks and reasons say is in said_de.c, names in names_de.c. */

#include "report/words.h"

#include <stddef.h>

const char *const ct_german_words[CT_W_PAGE] = {
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
    [CT_W_OVER] = "über ",
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
    [CT_W_ELSEWHERE] = "andere Haut",
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
         "in Prozentpunkten. Dünner Strich, „andere Haut“: wie groß die "
         "Veränderung auf anderer, ebensolcher Haut dieser Person wäre "
         "(95 %); kein Urteil beruht darauf."),
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
         "unveränderter Haut zeigen, in die bessere Richtung, und ist kaum "
         "Zufall: Von 20 solchen Urteilen wäre es etwa eines, höchstens "
         "(adjustiertes p unter 0,05)."),
    [CT_W_MEANS_WORSE] = "Dasselbe in die schlechtere Richtung.",
    [CT_W_MEANS_CHANGED] =
        "Dasselbe bei einer Messgröße ohne bessere Richtung.",
    [CT_W_MEANS_NO_MEASURABLE_CHANGE] =
        ("Der Unterschied ist nicht größer als zwischen zwei Aufnahmen "
         "unveränderter Haut. Eine kleinere Veränderung kann trotzdem da "
         "sein."),
    [CT_W_MEANS_NO_RELEVANT_CHANGE] =
        ("Jede Veränderung ist kleiner als die kleinste, die eine Rolle "
         "spielt: 2 H Rötung, 5 Prozentpunkte eines Anteils, 2 Grad Hautton, "
         "10 bis 20 % bei allem anderen."),
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
    [CT_W_ELSEWHERE_TERM] = "Andere Haut",
    [CT_W_MEANS_ELSEWHERE] =
        ("Wie viel daran hängt, welche Haut angesehen wurde, danach, wie sich "
         "die Veränderung von Ort zu Ort unterscheidet: Ein breiter Strich "
         "heißt, dass einzelne Stellen sie tragen. Fehler der Aufnahmen "
         "stecken nicht darin; er steht deshalb neben Intervall und grauem "
         "Band, nie statt ihrer. Er fehlt, wo eine Messgröße keine Summe "
         "über Haut ist (Linien, Schuppen, Ungleichmäßigkeit, Hautton) und "
         "wo eine Region zu klein ist."),

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
         "keinen Wert. Ein Teil zählt so, wie er gemessen ist, auch ohne "
         "eigenes Urteil: Wie unsicher das ist, sagt das Intervall des "
         "Gesamtwerts. 0 bis 15 ist kein oder ein geringer Unterschied, 15 bis "
         "40 ein mäßiger, über 40 ein deutlicher. Nichts wird beschönigt."),

    /* Checks. */
    [CT_W_CHECKS] = "Waren die Aufnahmen vergleichbar?",
    [CT_W_CHECKS_WHAT] =
        ("Licht, Kamera, Haltung und Mimik können wie eine Veränderung der "
         "Haut aussehen. Alles das wurde geprüft; was nicht bestand, wurde "
         "nicht verglichen, und was zur Vorsicht mahnt, hat ein breiteres "
         "Intervall. Schminke, Bräune, Wärme, Rasur oder Medikamente "
         "verändern die Haut selbst: Keine Prüfung sieht sie, und kein "
         "Messwert sagt, warum sich Haut verändert hat. Gleich halten."),
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
};
