/* SPDX-License-Identifier: BSD-2-Clause */

/* German: what is said of visits over time. */

#include "report/words.h"

const char *const ct_german_series[CT_W_ALL - CT_W_SERIES] = {
    /* Visits over time. */
    [CT_W_S_TITLE - CT_W_SERIES] = "Haut im Verlauf",
    [CT_W_S_BRAND - CT_W_SERIES] = "Besuche im Verlauf",

    /* Times. */
    [CT_W_S_DAY - CT_W_SERIES] = "{0} Tag",
    [CT_W_S_DAYS - CT_W_SERIES] = "{0} Tage",
    [CT_W_S_WEEKS - CT_W_SERIES] = "{0} Wochen",
    [CT_W_S_AFTER_TREATMENT - CT_W_SERIES] = "{0} seit der Behandlung",
    [CT_W_S_AFTER_BASELINE - CT_W_SERIES] = "{0} seit dem Ausgang",

    /* The answer. */
    [CT_W_S_ANSWER - CT_W_SERIES] = "{0}: {1}",
    [CT_W_S_LASTS_IMPROVED - CT_W_SERIES] =
        ("{0}: seit dem Besuch „{1}“ besser als am Ausgang, "
         "bei „{4}“ um {2} (95-%-Intervall {3})."),
    [CT_W_S_LASTS_WORSE - CT_W_SERIES] =
        ("{0}: seit dem Besuch „{1}“ schlechter als am Ausgang, "
         "bei „{4}“ um {2} (95-%-Intervall {3})."),
    [CT_W_S_LASTS_CHANGED - CT_W_SERIES] =
        ("{0}: seit dem Besuch „{1}“ anders als am Ausgang, "
         "bei „{4}“ um {2} (95-%-Intervall {3})."),
    [CT_W_S_ROSE_AND_FELL - CT_W_SERIES] =
        ("Die Rötung nahm nach der Behandlung zu ({0} bei „{1}“) und lag "
         "bei „{2}“ wieder in dem, was Wiederholungsaufnahmen zeigen."),
    [CT_W_S_ROSE - CT_W_SERIES] =
        "Die Rötung nahm nach der Behandlung zu ({0} bei „{1}“).",
    [CT_W_S_NOTE_NEXT - CT_W_SERIES] =
        ("8 bis 10 Wochen nach einer Behandlung wird gewöhnlich über die "
         "nächste entschieden."),
    [CT_W_S_NOTE_REDNESS - CT_W_SERIES] =
        ("Die Rötung ist noch stärker als vor der Behandlung, länger als "
         "erwartet: Fragen Sie Ihre Praxis."),
    [CT_W_S_NOTE_SCARS - CT_W_SERIES] =
        ("Narben verändern sich weiter: Am besten beurteilt man sie 3 Monate "
         "nach der letzten Behandlung oder später."),
    [CT_W_S_NOTE_BASELINE - CT_W_SERIES] =
        ("Eine Ausgangsaufnahme entstand in den 6 Wochen nach einer "
         "Behandlung; verglichen wird also mit Haut, die vielleicht noch "
         "heilte."),
    [CT_W_S_NOTE_MEAN - CT_W_SERIES] =
        ("Es gibt nur eine Ausgangsaufnahme. Entstand sie an einem "
         "schlechten Tag, sieht die Haut später von allein besser aus "
         "(Regression zur Mitte); zwei Ausgänge an verschiedenen Tagen "
         "schützen davor."),

    /* Facts under it. */
    [CT_W_S_VISITS - CT_W_SERIES] = "Besuche",
    [CT_W_S_VISIT_COUNT - CT_W_SERIES] = "{0}, Zeitraum: {1}",
    [CT_W_S_BASELINE - CT_W_SERIES] = "Ausgang",
    [CT_W_S_BASELINE_COUNT - CT_W_SERIES] = "{0}, {1}",
    [CT_W_S_PHOTOGRAPH - CT_W_SERIES] = "{0} Aufnahme",
    [CT_W_S_PHOTOGRAPHS - CT_W_SERIES] = "{0} Aufnahmen",
    [CT_W_S_VISIT_ONE - CT_W_SERIES] = "{0} Besuch",
    [CT_W_S_VISIT_MANY - CT_W_SERIES] = "{0} Besuche",
    [CT_W_S_CONTROL - CT_W_SERIES] = "Kontrollseite",
    [CT_W_S_LEFT - CT_W_SERIES] = "links",
    [CT_W_S_RIGHT - CT_W_SERIES] = "rechts",

    /* The course. */
    [CT_W_S_COURSE - CT_W_SERIES] = "Der Verlauf",
    [CT_W_S_COURSE_NOTE - CT_W_SERIES] =
        ("Jeder Punkt ist die Änderung eines Besuchs gegen den Ausgang, sein "
         "Balken das 95-%-Intervall. Im grauen Band lägen "
         "Wiederholungsaufnahmen unveränderter Haut. Ein gefüllter Punkt ist "
         "ein Urteil, ein hohler nicht: Bis zwei Wochen nach einer "
         "Behandlung heilt die Haut (dunklerer Grund), bis sechs Wochen ist "
         "es zu früh (hellerer Grund). Die gestrichelte Linie ist der Trend "
         "ohne die Besuche während der Heilung."),
    [CT_W_S_SCORE_NOTE - CT_W_SERIES] =
        ("Über 0 ist besser; 100 ist das Höchste. Bis 15 keine oder geringe, "
         "bis 40 mäßige, darüber deutliche Veränderung."),
    [CT_W_S_AXIS_WEEKS - CT_W_SERIES] = "Wochen",
    [CT_W_S_BETTER_UP - CT_W_SERIES] = "besser ▴",
    [CT_W_S_BETTER_DOWN - CT_W_SERIES] = "besser ▾",
    [CT_W_S_TREATMENT - CT_W_SERIES] = "Behandlung",
    [CT_W_S_CHANGE_IN - CT_W_SERIES] = "Änderung, {0}",
    [CT_W_S_TREND - CT_W_SERIES] =
        "Trend: {0} je Woche (95-%-Intervall {1}): {2}.",
    [CT_W_S_TREND_NONE - CT_W_SERIES] =
        ("Kein Trend: Dazu gehören der Ausgang und zwei Besuche nach der "
         "Heilung."),
    [CT_W_S_TREND_RANKS - CT_W_SERIES] =
        ("Nach Rängen allein, die nichts entscheiden: mittlere Steigung {0} "
         "je Woche; Test auf stetigen Anstieg oder Abfall p = {1}."),
    [CT_W_S_CHART_ALT - CT_W_SERIES] =
        ("{0}: Änderung gegen den Ausgang im Verlauf; die Zahlen stehen in "
         "der Tabelle"),
    [CT_W_S_OTHERS - CT_W_SERIES] = "Was sonst gemessen wurde",

    /* Photographs. */
    [CT_W_S_SHOT_ALT - CT_W_SERIES] = "Das Gesicht beim Besuch „{0}“",
    [CT_W_S_SHOTS_NOTE - CT_W_SERIES] =
        ("Auf das Gesicht beschnitten und gerade gestellt, nur fürs Auge: In "
         "diesen Bildern wurde nichts gemessen."),

    /* Visits. */
    [CT_W_S_TABLE - CT_W_SERIES] = "Besuch für Besuch",
    [CT_W_S_VISIT - CT_W_SERIES] = "Besuch",
    [CT_W_S_DAY_HEAD - CT_W_SERIES] = "Tag",
    [CT_W_S_SINCE - CT_W_SERIES] = "Seit Behandlung",
    [CT_W_S_SCORE_HEAD - CT_W_SERIES] = "Wert",
    [CT_W_S_TABLE_NOTE - CT_W_SERIES] =
        ("Änderungen gegen alle Ausgangsaufnahmen zusammen, über die "
         "behandelte Fläche; darunter das 95-%-Intervall. ✓ ist besser, ! "
         "ist schlechter, ◆ ist anders als am Ausgang: Diese Urteile "
         "berücksichtigen, wie viele Besuche und Messwerte betrachtet "
         "wurden. Ohne Zeichen ließ sich keine Änderung zeigen, was nicht "
         "heißt, dass es keine gab."),
    [CT_W_S_MARKS - CT_W_SERIES] =
        ("✓ besser, ! schlechter, ◆ anders als am Ausgang; – nicht "
         "gemessen."),
    [CT_W_S_PHASE_ACUTE - CT_W_SERIES] = "erste 72 Stunden: kein Wert",
    [CT_W_S_PHASE_HEALING - CT_W_SERIES] = "Heilung: nur Messwerte",
    [CT_W_S_PHASE_EARLY - CT_W_SERIES] = "zu früh für ein Urteil",

    /* Contrasts. */
    [CT_W_S_SIDES - CT_W_SERIES] = "Behandelte Seite gegen Kontrollseite",
    [CT_W_S_SIDES_NOTE - CT_W_SERIES] =
        ("Um wie viel mehr sich die behandelte Seite verändert hat als "
         "dieselben Regionen der anderen. Was beide Seiten verändert, etwa "
         "Bräune oder die Kamera, fällt heraus."),
    [CT_W_S_REFERENCE - CT_W_SERIES] =
        "Behandelte Fläche gegen unbehandelte Haut",
    [CT_W_S_REFERENCE_NOTE - CT_W_SERIES] =
        ("Um wie viel mehr sich die behandelte Fläche verändert hat als die "
         "unbehandelten Regionen desselben Gesichts."),
    [CT_W_S_TREATED - CT_W_SERIES] = "Behandelt",
    [CT_W_S_UNTREATED - CT_W_SERIES] = "Unbehandelt",
    [CT_W_S_DIFFERENCE - CT_W_SERIES] = "Unterschied",

    /* Checks, and how it was computed. */
    [CT_W_S_CHECKS - CT_W_SERIES] = "Prüfungen von „{0}“",
    [CT_W_S_CHECKS_COUNT - CT_W_SERIES] =
        ("{0} von {1} Prüfungen bestanden, über alle Besuche. Was nicht, "
         "steht einmal da, vom letzten Besuch, der es hat, mit den Besuchen."),
    [CT_W_S_HOW_BASELINE - CT_W_SERIES] =
        ("Alle Ausgangsaufnahmen wurden zusammengefasst, und jeder Besuch "
         "wurde mit ihnen verglichen wie zwei Besuche. Alle Aufnahmen wurden "
         "so weit weichgezeichnet wie die unschärfste, die brauchbar ist."),
    [CT_W_S_HOW_ADJUSTED - CT_W_SERIES] =
        ("Woraus der Gesamtwert besteht, ist über alle beurteilten Besuche so "
         "angepasst, dass in 95 von 100 Verläufen nichts verändert heißt, "
         "was sich nicht verändert hat. Der letzte Besuch, um den es in der "
         "Antwort geht, hat den größten Teil des Fehlers, den das zulässt "
         "(80 %), und was sich dort zeigt, gibt ihn an den Besuch davor "
         "weiter. Der Gesamtwert ist ebenso angepasst, für sich. Regionen "
         "sind erkundend, Besuch für Besuch."),
    [CT_W_S_HOW_TREND - CT_W_SERIES] =
        ("Ein Trend ist eine Gerade nach gewichteten kleinsten Quadraten "
         "durch den Ausgang und alle Besuche ab zwei Wochen nach einer "
         "Behandlung. Der Fehler, den alle Änderungen teilen, der des "
         "Ausgangs selbst, ist berücksichtigt. Eine Änderung hält an, wenn "
         "zwei oder mehr Besuche nacheinander, bis zum letzten beurteilten, "
         "dasselbe Urteil haben. Ränge wissen nichts von den Fehlern und von "
         "der Zahl der Messwerte: Sie entscheiden nichts."),
};
