/* SPDX-License-Identifier: BSD-2-Clause */

/* German: what checks say, by the pattern of the English sentence.  The first
 * that fits is taken. */

#include "report/words.h"

#include <stddef.h>

const struct ct_name ct_german_said[] = {
    {("The face is large enough in the photograph for every measurement ({0} "
      "pixels per mm)."),
     ("Das Gesicht ist groß genug aufgenommen für jede Messung ({0} Pixel "
      "je mm).")},
    {"The size of the face could not be told; give the scale.",
     ("Die Größe des Gesichts ließ sich nicht bestimmen; bitte den "
      "Maßstab angeben.")},
    {("The face is too small in the photograph for {0}; come closer or use a "
      "sharper camera."),
     ("Das Gesicht ist zu klein aufgenommen für {0}; näher herangehen "
      "oder eine bessere Kamera verwenden.")},
    {"The exposure keeps all tones of the skin.",
     "Die Belichtung erhält alle Tonwerte der Haut."},
    {"Whether all tones of the skin are kept could not be told.",
     "Ob alle Tonwerte der Haut erhalten sind, ließ sich nicht bestimmen."},
    {"Some colour is lost: {0}.", "Etwas Farbe ist verloren: {0}."},
    {"Too much colour is lost to compare it: {0}.",
     "Zu viel Farbe ist verloren, um sie zu vergleichen: {0}."},
    {("{0} % of the skin is burnt out to white; use less exposure or softer "
      "light"),
     ("{0} % der Haut sind weiß überstrahlt; knapper belichten oder "
      "weicheres Licht verwenden")},
    {"{0} % of the skin is lost in black; use more exposure or more light",
     ("{0} % der Haut sind im Schwarz verloren; reichlicher belichten oder "
      "mehr Licht verwenden")},
    {"The skin is in sharp focus.", "Die Haut ist scharf."},
    {("How sharp the skin is could not be told; focus on the cheek and hold "
      "still."),
     ("Wie scharf die Haut ist, ließ sich nicht bestimmen; auf die Wange "
      "scharfstellen und stillhalten.")},
    {"The skin is slightly out of focus; focus on the cheek and hold still.",
     ("Die Haut ist leicht unscharf; auf die Wange scharfstellen und "
      "stillhalten.")},
    {("The photograph is not sharp enough for {0}; focus on the cheek and "
      "hold still."),
     ("Die Aufnahme ist nicht scharf genug für {0}; auf die Wange "
      "scharfstellen und stillhalten.")},
    {"The photograph has little grain.", "Die Aufnahme rauscht wenig."},
    {"How grainy the photograph is could not be told.",
     "Wie stark die Aufnahme rauscht, ließ sich nicht bestimmen."},
    {("The photograph is grainy (about {0} % of the brightness); use more "
      "light."),
     ("Die Aufnahme rauscht (etwa {0} % der Helligkeit); mehr Licht "
      "verwenden.")},
    {"The photograph is too grainy to compare fine detail; use more light.",
     ("Die Aufnahme rauscht zu stark, um Feines zu vergleichen; mehr Licht "
      "verwenden.")},
    {"The JPEG file is lightly compressed ({0}).",
     "Die JPEG-Datei ist wenig komprimiert ({0})."},
    {"The JPEG file is compressed ({0}); use the camera's best quality.",
     ("Die JPEG-Datei ist komprimiert ({0}); die beste Qualität der Kamera "
      "verwenden.")},
    {("The JPEG file is too strongly compressed to compare ({0}); use the "
      "camera's original."),
     ("Die JPEG-Datei ist zu stark komprimiert, um sie zu vergleichen "
      "({0}); die Originaldatei der Kamera verwenden.")},
    {"Nothing was lost to JPEG compression: this is not a JPEG file.",
     ("Durch JPEG-Kompression ging nichts verloren: Dies ist keine "
      "JPEG-Datei.")},
    {("How strongly this JPEG file is compressed could not be told; use the "
      "camera's original."),
     ("Wie stark diese JPEG-Datei komprimiert ist, ließ sich nicht "
      "bestimmen; die Originaldatei der Kamera verwenden.")},
    {"quality about {0}, colour stored at reduced resolution",
     "Qualität etwa {0}, Farbe mit geringerer Auflösung"},
    {"quality about {0}", "Qualität etwa {0}"},
    {"One face is in the photograph.", "In der Aufnahme ist ein Gesicht."},
    {"Nobody looked for faces: the skin was pointed out.",
     "Nach Gesichtern wurde nicht gesucht: Die Haut war angegeben."},
    {"There are {0} faces in the photograph; the largest was taken.",
     "In der Aufnahme sind {0} Gesichter; das größte wurde genommen."},
    {"The file is complete.", "Die Datei ist vollständig."},
    {"The file is cut short or damaged; only what it still holds was used.",
     ("Die Datei ist abgeschnitten oder beschädigt; benutzt wurde nur, was "
      "sie noch enthält.")},
    {"The file holds a single picture.",
     "Die Datei enthält ein einzelnes Bild."},
    {"The file holds moving pictures; only the first was used.",
     "Die Datei enthält bewegte Bilder; benutzt wurde nur das erste."},
    {"The photograph is in colour.", "Die Aufnahme ist farbig."},
    {"The photograph is black and white: colour cannot be measured.",
     "Die Aufnahme ist schwarz-weiß: Farbe lässt sich nicht messen."},
    {"The file says what its colours mean.",
     "Die Datei sagt, was ihre Farben bedeuten."},
    {("The file does not say what its colours mean; the usual meaning (sRGB) "
      "was assumed."),
     ("Die Datei sagt nicht, was ihre Farben bedeuten; die übliche "
      "Bedeutung (sRGB) wurde angenommen.")},
    {"The head is turned the same way.", "Der Kopf ist gleich gedreht."},
    {"Whether the head is turned the same way could not be told.",
     "Ob der Kopf gleich gedreht ist, ließ sich nicht bestimmen."},
    {"The head is turned {0} degrees differently; look straight at the mark.",
     ("Der Kopf ist um {0} Grad anders gedreht; gerade auf die Markierung "
      "schauen.")},
    {"The head is turned {0} degrees differently.",
     "Der Kopf ist um {0} Grad anders gedreht."},
    {"Please retake looking straight at the mark.",
     "Bitte neu aufnehmen, mit geradem Blick auf die Markierung."},
    {"The head is upright alike.", "Der Kopf ist gleich aufrecht."},
    {"Whether the head is tilted alike could not be told.",
     "Ob der Kopf gleich geneigt ist, ließ sich nicht bestimmen."},
    {("The head is tilted sideways by {0} degrees more or less; this is "
      "allowed for."),
     ("Der Kopf ist um {0} Grad anders zur Seite geneigt; das ist "
      "berücksichtigt.")},
    {("The head is tilted sideways by {0} degrees more or less; please hold "
      "it upright."),
     ("Der Kopf ist um {0} Grad anders zur Seite geneigt; bitte aufrecht "
      "halten.")},
    {"The face is equally large in both.",
     "Das Gesicht ist in beiden gleich groß."},
    {"Whether the face is equally large in both could not be told.",
     ("Ob das Gesicht in beiden gleich groß ist, ließ sich nicht "
      "bestimmen.")},
    {"The face is {0} after than before; keep the same distance.",
     "Das Gesicht ist nachher {0} als vorher; denselben Abstand halten."},
    {("The face is {0} after than before: fine detail cannot be compared; "
      "keep the same distance."),
     ("Das Gesicht ist nachher {0} als vorher: Feines lässt sich nicht "
      "vergleichen; denselben Abstand halten.")},
    {"{0} % larger", "{0} % größer"},
    {"{0} % smaller", "{0} % kleiner"},
    {"The camera was equally far away.",
     "Die Kamera war gleich weit entfernt."},
    {"Whether the camera was equally far away could not be told.",
     "Ob die Kamera gleich weit entfernt war, ließ sich nicht bestimmen."},
    {("The camera was far {0} the face in the photograph after: proportions "
      "differ too much to compare areas and lines; keep the same distance."),
     ("Die Kamera war bei der Aufnahme nachher viel {0} Gesicht: Die "
      "Proportionen sind zu verschieden, um Flächen und Linien zu "
      "vergleichen; denselben Abstand halten.")},
    {("The camera was {0} the face in the photograph after, so its "
      "proportions differ; keep the same distance."),
     ("Die Kamera war bei der Aufnahme nachher {0} Gesicht, deshalb sind "
      "die Proportionen anders; denselben Abstand halten.")},
    {"The expression is the same.", "Die Mimik ist gleich."},
    {"Whether the expression is the same could not be told.",
     "Ob die Mimik gleich ist, ließ sich nicht bestimmen."},
    {("The expression differs slightly ({0}); keep a relaxed face with "
      "closed lips."),
     ("Die Mimik ist etwas anders ({0}); Gesicht entspannen, Lippen "
      "schließen.")},
    {("The expression differs ({0}): lines cannot be compared; keep a "
      "relaxed face with closed lips."),
     ("Die Mimik ist anders ({0}): Linien lassen sich nicht vergleichen; "
      "Gesicht entspannen, Lippen schließen.")},
    {"the mouth is wider or narrower, as in a smile",
     "der Mund ist breiter oder schmaler, wie beim Lächeln"},
    {"the corners of the mouth are raised or drawn down, as in a smile",
     "die Mundwinkel sind gehoben oder herabgezogen, wie beim Lächeln"},
    {"the eyes are opened differently", "die Augen sind anders geöffnet"},
    {"the lips are parted differently", "die Lippen sind anders geöffnet"},
    {"the brows are raised differently", "die Brauen sind anders gehoben"},
    {"the face is drawn differently", "das Gesicht ist anders verzogen"},
    {"Little hides the skin ({0}).", "Wenig verdeckt die Haut ({0})."},
    {("Hair, shadow or glare hides some skin ({0}); clear it and light it "
      "evenly."),
     ("Haar, Schatten oder Glanz verdecken etwas Haut ({0}); freihalten und "
      "gleichmäßig beleuchten.")},
    {("Hair, shadow or glare hides too much skin ({0}); clear it and light "
      "it evenly."),
     ("Haar, Schatten oder Glanz verdecken zu viel Haut ({0}); freihalten "
      "und gleichmäßig beleuchten.")},
    {"{0}: {1} mm more blur before", "{0}: vorher {1} mm unschärfer"},
    {"{0}: {1} mm more blur after", "{0}: nachher {1} mm unschärfer"},
    {"{0}: {1} % free", "{0}: {1} % frei"},
    {"The proportions could be those of one person.",
     "Die Proportionen können von einer Person sein."},
    {"Whether both show one person could not be told.",
     "Ob beide eine Person zeigen, ließ sich nicht bestimmen."},
    {"In these photographs {0}; check that both show the same person.",
     ("Die beiden Aufnahmen unterscheiden sich ({0}); prüfen, ob beide "
      "dieselbe Person zeigen.")},
    {"These may be different people: {0}.",
     "Das können verschiedene Personen sein: {0}."},
    {"the proportions of the face differ",
     "die Proportionen des Gesichts sind anders"},
    {"forehead, eyes and nose are shaped differently",
     "Stirn, Augen und Nase sind anders geformt"},
    {"Both photographs are equally bright.",
     "Beide Aufnahmen sind gleich hell."},
    {("Without a grey card nobody can tell a brighter photograph from "
      "brighter skin."),
     ("Ohne Graukarte lässt sich eine hellere Aufnahme nicht von hellerer "
      "Haut unterscheiden.")},
    {("The photograph after is {0} than the one before; keep light and "
      "exposure the same."),
     ("Die Aufnahme nachher ist {0} als die vorher; Licht und Belichtung "
      "gleich halten.")},
    {("The photograph after is {0} than the one before: skin tone cannot be "
      "compared; keep light and exposure the same."),
     ("Die Aufnahme nachher ist {0} als die vorher: Der Hautton lässt sich "
      "nicht vergleichen; Licht und Belichtung gleich halten.")},
    {"{0} stops brighter", "um {0} Blendenstufen heller"},
    {"{0} stops darker", "um {0} Blendenstufen dunkler"},
    {"Grey has the same colour in both.",
     "Das Neutralgrau hat in beiden dieselbe Farbe."},
    {"A colour chart sets the colours, to {0} CIEDE2000 on average.",
     "Eine Farbtafel legt die Farben fest, im Mittel auf {0} CIEDE2000."},
    {"A grey card sets the colours.", "Eine Graukarte legt die Farben fest."},
    {("A grey card sets the colours of one photograph and a chart those of "
      "the other: overall redness and tone cannot be compared."),
     ("Eine Graukarte legt die Farben der einen Aufnahme fest, eine "
      "Farbtafel die der anderen: Rötung und Ton im Ganzen lassen sich "
      "nicht vergleichen.")},
    {("No grey card: overall redness and tone cannot be compared, only local "
      "differences; hold one beside the face."),
     ("Keine Graukarte: Rötung und Ton im Ganzen lassen sich nicht "
      "vergleichen, nur örtliche Unterschiede; eine neben das Gesicht "
      "halten.")},
    {("The light or the camera gave grey another colour; it was corrected, "
      "with some uncertainty."),
     ("Licht oder Kamera gaben dem Neutralgrau eine andere Farbe; das wurde "
      "mit etwas Unsicherheit ausgeglichen.")},
    {("The light or the camera gave grey quite another colour: overall "
      "redness and tone cannot be compared; use the same light."),
     ("Licht oder Kamera gaben dem Neutralgrau eine ganz andere Farbe: "
      "Rötung und Ton im Ganzen lassen sich nicht vergleichen; dasselbe "
      "Licht verwenden.")},
    {"The skin of the whole face has much the same hue in both.",
     "Die Haut des ganzen Gesichts hat in beiden etwa denselben Farbton."},
    {"Whether the skin has the same hue in both could not be told.",
     ("Ob die Haut in beiden denselben Farbton hat, ließ sich nicht "
      "bestimmen.")},
    {("The hue of the whole face has turned by {0} degrees, which may be its "
      "blood or the camera; keep the light and the white balance the same."),
     ("Der Farbton des ganzen Gesichts hat sich um {0} Grad gedreht, was am "
      "Blut oder an der Kamera liegen kann; Licht und Weißabgleich gleich "
      "halten.")},
    {("The hue of the whole face has turned by {0} degrees, more than "
      "treatment or sun turn it: colours cannot be compared; keep the light "
      "and the white balance the same and use no filter."),
     ("Der Farbton des ganzen Gesichts hat sich um {0} Grad gedreht, mehr "
      "als Behandlung oder Sonne ihn drehen: Farben lassen sich nicht "
      "vergleichen; Licht und Weißabgleich gleich halten und keinen Filter "
      "verwenden.")},
    {"The same camera and lens took both.",
     "Beide sind mit derselben Kamera und demselben Objektiv aufgenommen."},
    {"The files do not say which camera took them; use the same one.",
     ("Die Dateien sagen nicht, welche Kamera sie aufnahm; dieselbe "
      "verwenden.")},
    {("Another camera or lens took the photograph after: overall colour "
      "cannot be compared; use the same one."),
     ("Die Aufnahme nachher ist mit anderer Kamera oder anderem Objektiv "
      "gemacht: Die Farbe im Ganzen lässt sich nicht vergleichen; dieselbe "
      "Kamera verwenden.")},
    {"Both photographs are equally sharp.",
     "Beide Aufnahmen sind gleich scharf."},
    {"Whether both photographs are equally sharp could not be told.",
     "Ob beide Aufnahmen gleich scharf sind, ließ sich nicht bestimmen."},
    {("Only one of both photographs has sharp edges: fine detail cannot be "
      "compared; focus on the cheek and hold still."),
     ("Nur eine der beiden Aufnahmen hat scharfe Kanten: Feines lässt sich "
      "nicht vergleichen; auf die Wange scharfstellen und stillhalten.")},
    {("The photograph {0} is less sharp than the other, which can look like "
      "smoother skin; this was allowed for."),
     ("Die Aufnahme {0} ist weniger scharf als die andere, was wie glattere "
      "Haut aussehen kann; das ist berücksichtigt.")},
    {("The photograph {0} is far less sharp than the other: fine detail "
      "cannot be compared; focus on the cheek and hold still."),
     ("Die Aufnahme {0} ist viel weniger scharf als die andere: Feines "
      "lässt sich nicht vergleichen; auf die Wange scharfstellen und "
      "stillhalten.")},
    {"Eyes and brows differ by no more than a lens and a small turn explain.",
     ("Augen und Brauen unterscheiden sich nicht mehr, als ein Objektiv und "
      "eine kleine Drehung erklären.")},
    {("Whether eyes and brows differ by more than a lens explains could not "
      "be told."),
     ("Ob sich Augen und Brauen mehr unterscheiden, als ein Objektiv "
      "erklärt, ließ sich nicht bestimmen.")},
    {("Eyes and brows differ by more than a lens and a small turn explain, "
      "so how sharp both are is less sure; keep pose and expression, and "
      "switch sharpening off."),
     ("Augen und Brauen unterscheiden sich mehr, als ein Objektiv und eine "
      "kleine Drehung erklären, deshalb ist weniger sicher, wie scharf "
      "beide sind; Haltung und Mimik gleich halten, Nachschärfen "
      "ausschalten.")},
    {"Neither photograph was sharpened more than the other.",
     "Keine der Aufnahmen ist stärker nachgeschärft als die andere."},
    {("Whether one photograph was sharpened more than the other could not be "
      "told."),
     ("Ob eine Aufnahme stärker nachgeschärft ist als die andere, ließ "
      "sich nicht bestimmen.")},
    {("The photograph {0} may have been sharpened more than the other, by "
      "the camera or a program; switch sharpening off."),
     ("Die Aufnahme {0} ist vielleicht stärker nachgeschärft als die "
      "andere, von der Kamera oder einem Programm; Nachschärfen "
      "ausschalten.")},
    {("The photograph {0} was sharpened far more than the other, as a camera "
      "or a program does and no lens: fine detail cannot be compared; switch "
      "sharpening off and use the camera's original."),
     ("Die Aufnahme {0} ist viel stärker nachgeschärft als die andere, "
      "wie es eine Kamera oder ein Programm tut und kein Objektiv: Feines "
      "lässt sich nicht vergleichen; Nachschärfen ausschalten und die "
      "Originaldatei der Kamera verwenden.")},
    {"{0} after the treatment the result can be judged.",
     "{0} nach der Behandlung lässt sich das Ergebnis beurteilen."},
    {("The time since the treatment was not given, so healing skin cannot be "
      "told from a result."),
     ("Die Zeit seit der Behandlung ist nicht angegeben, deshalb lässt "
      "sich heilende Haut nicht von einem Ergebnis unterscheiden.")},
    {("{0} after the treatment it is too early for a verdict; take another "
      "photograph after six weeks."),
     ("{0} nach der Behandlung ist es für ein Urteil zu früh; nach sechs "
      "Wochen noch einmal aufnehmen.")},
    {("Too early: {0} after the treatment redness and flaking are expected; "
      "take another photograph after six weeks."),
     ("Zu früh: {0} nach der Behandlung sind Rötung und Schuppung zu "
      "erwarten; nach sechs Wochen noch einmal aufnehmen.")},
    {"{0} days", "{0} Tage"},
    {"1 day", "1 Tag"},
    {"The light falls alike on both faces.",
     "Das Licht fällt auf beide Gesichter gleich."},
    {"Whether the light falls alike on both faces could not be told.",
     ("Ob das Licht auf beide Gesichter gleich fällt, ließ sich nicht "
      "bestimmen.")},
    {("Light and shade lie differently on both faces; keep the lamps, the "
      "head's place and the expression the same."),
     ("Licht und Schatten liegen auf beiden Gesichtern verschieden; Lampen, "
      "Platz des Kopfes und Mimik gleich halten.")},
    {("Light and shade lie quite differently on both faces: they cannot be "
      "compared; keep the lamps, the head's place and the expression the "
      "same."),
     ("Licht und Schatten liegen auf beiden Gesichtern ganz verschieden: "
      "Sie lassen sich nicht vergleichen; Lampen, Platz des Kopfes und "
      "Mimik gleich halten.")},
    {"The light comes from the same direction.",
     "Das Licht kommt aus derselben Richtung."},
    {"Where the light comes from could not be told.",
     "Woher das Licht kommt, ließ sich nicht bestimmen."},
    {("The light comes from another direction, by {0} degrees, which makes "
      "skin look rougher or smoother; the error allows for it."),
     ("Das Licht kommt aus einer um {0} Grad anderen Richtung, was Haut "
      "rauer oder glatter aussehen lässt; die Unsicherheit berücksichtigt "
      "das.")},
    {("The light comes from another direction, by {0} degrees: fine detail "
      "cannot be compared; keep the lamps and the head where they were."),
     ("Das Licht kommt aus einer um {0} Grad anderen Richtung: Feines "
      "lässt sich nicht vergleichen; Lampen und Kopf dort lassen, wo sie "
      "waren.")},
    {"It is the same skin: {0}.", "Es ist dieselbe Haut: {0}."},
    {"Whether it is the same skin could not be verified: {0}.",
     "Ob es dieselbe Haut ist, ließ sich nicht nachprüfen: {0}."},
    {("The skin was hard to know again: only {0}; check that both show the "
      "same person."),
     ("Die Haut war schwer wiederzuerkennen: nur {0}; prüfen, ob beide "
      "dieselbe Person zeigen.")},
    {("The skin was hardly known again: only {0}; check that both show the "
      "same person."),
     ("Die Haut war kaum wiederzuerkennen: nur {0}; prüfen, ob beide "
      "dieselbe Person zeigen.")},
    {("This is not the same skin: only {0}, no more than between different "
      "people."),
     ("Das ist nicht dieselbe Haut: nur {0}, nicht mehr als zwischen "
      "verschiedenen Personen.")},
    {"too little fine detail of skin is seen",
     "zu wenig feine Einzelheiten der Haut sind zu sehen"},
    {"only {0} of {1} patches of skin were found again",
     "nur {0} von {1} Hautstücken wurden wiedergefunden"},
    {"{0} of {1} patches of skin were found again",
     "{0} von {1} Hautstücken wurden wiedergefunden"},
    {("blur, grain, compression, other light or a turned head may hide its "
      "fine detail"),
     ("Unschärfe, Rauschen, Kompression, anderes Licht oder ein gedrehter "
      "Kopf können ihre feinen Einzelheiten verbergen")},
    {"Skin has the fine structure that goes with its coarse one.",
     "Die Haut hat die feine Struktur, die zu ihrer groben gehört."},
    {"Whether a filter smoothed the skin could not be told.",
     "Ob ein Filter die Haut geglättet hat, ließ sich nicht bestimmen."},
    {("Skin has less fine structure than goes with its coarse one; a filter "
      "may have smoothed it: switch beauty modes off."),
     ("Die Haut hat weniger feine Struktur, als zu ihrer groben gehört; "
      "ein Filter kann sie geglättet haben: Beauty-Modus ausschalten.")},
    {("Skin has far less fine structure than goes with its coarse one, as a "
      "filter leaves it: fine detail cannot be compared; switch beauty modes "
      "off."),
     ("Die Haut hat viel weniger feine Struktur, als zu ihrer groben "
      "gehört, wie nach einem Filter: Feines lässt sich nicht "
      "vergleichen; Beauty-Modus ausschalten.")},
    {"Fine and coarse structure of the skin stand alike in both.",
     ("Feine und grobe Struktur der Haut stehen in beiden im selben "
      "Verhältnis.")},
    {"Whether a filter smoothed one of them could not be told.",
     ("Ob ein Filter eine von beiden geglättet hat, ließ sich nicht "
      "bestimmen.")},
    {("The photograph {0} has lost fine structure of the skin and kept the "
      "coarse one, which a filter does and a treatment hardly does; switch "
      "beauty modes off."),
     ("Die Aufnahme {0} hat feine Struktur der Haut verloren und die grobe "
      "behalten, was ein Filter tut und eine Behandlung kaum; Beauty-Modus "
      "ausschalten.")},
    {("The photograph {0} has lost fine structure of the skin and kept the "
      "coarse one, as a filter does: fine detail cannot be compared; switch "
      "beauty modes off."),
     ("Die Aufnahme {0} hat feine Struktur der Haut verloren und die grobe "
      "behalten, wie nach einem Filter: Feines lässt sich nicht "
      "vergleichen; Beauty-Modus ausschalten.")},
    {("Near and far parts of the face are as sharp beside each other in "
      "both."),
     "Nahe und ferne Teile des Gesichts sind in beiden gleich scharf."},
    {("Whether near and far parts of the face are as sharp beside each other "
      "in both could not be told."),
     ("Ob nahe und ferne Teile des Gesichts in beiden gleich scharf sind, "
      "ließ sich nicht bestimmen.")},
    {("The focus lay elsewhere ({0}, beside eyes and brows); this was allowed "
      "for; focus on the same place and use a smaller aperture."),
     ("Die Schärfe lag woanders ({0}, gemessen an Augen und Brauen); das ist "
      "berücksichtigt; auf dieselbe Stelle scharfstellen und stärker "
      "abblenden.")},
    {("The focus lay elsewhere ({0}, beside eyes and brows): fine detail "
      "cannot be compared there; focus on the same place and use a smaller "
      "aperture."),
     ("Die Schärfe lag woanders ({0}, gemessen an Augen und Brauen): Feines "
      "lässt sich dort nicht vergleichen; auf dieselbe Stelle scharfstellen "
      "und stärker abblenden.")},
    {NULL, NULL},
};
