/* SPDX-License-Identifier: BSD-2-Clause */

/* Every language of the reports is whole: it has what English has. */

#include <check.h>
#include <string.h>

#include "progress/progress.h"
#include "report/report.h"

static const struct ct_language *const languages[] = {&ct_english, &ct_german};
enum { LANGUAGES = sizeof(languages) / sizeof(languages[0]) };

static struct tools tools;
static struct text text;

static void setup(void)
{
    tools = (struct tools){.threads = 1};
    text = (struct text){.memory = &tools.memory};
}

static void teardown(void)
{
    ct_text_free(&text);
    ck_assert_uint_eq(atomic_load(&tools.memory.used), 0);
}

/* "{0}" as bit 0, each once: 1 << 10 for anything else in braces. */
static unsigned gaps_of(const char *phrase)
{
    unsigned gaps = 0;
    for (const char *at = phrase; (at = strpbrk(at, "{}")); at += 3) {
        const bool good =
            at[0] == '{' && at[1] >= '0' && at[1] <= '9' && at[2] == '}';
        const unsigned bit = good ? 1u << (at[1] - '0') : 1u << 10;
        if (!good || gaps & bit)
            return 1u << 10;
        gaps |= bit;
    }
    return gaps;
}

/* ---- Words --------------------------------------------------------------- */

static const char *word_in(const struct ct_language *language, int word)
{
    text.language = language;
    return ct_word(&text, (enum ct_word)word);
}

START_TEST(every_word_is_there_with_the_gaps_that_english_has)
{
    const struct ct_language *const language = languages[_i];
    for (int word = 1; word < CT_W_ALL; word++) {
        const char *const shown = word_in(language, word);
        const char *const english = word_in(&ct_english, word);
        ck_assert_msg(shown && *shown, "%s: word %d", language->tag, word);
        ck_assert_msg(gaps_of(shown) == gaps_of(english) &&
                          gaps_of(shown) < 1u << 10,
                      "%s: gaps of \"%s\"", language->tag, shown);
    }
    for (int i = 0; ct_presets[i]; i++)
        ck_assert_int_lt(CT_W_SUBJECT_GENERAL + i, CT_W_OBJECT_GENERAL);
}
END_TEST

static bool has(const struct ct_name *names, const char *name)
{
    for (; names->name; names++)
        if (!strcmp(names->name, name))
            return *names->shown || !strcmp(name, "1");
    return false;
}

static void has_all_of(const struct ct_name *names,
                       const struct ct_name *english)
{
    for (; english->name; english++)
        ck_assert_msg(has(names, english->name), "%s", english->name);
}

START_TEST(every_name_is_there)
{
    const struct ct_language *const language = languages[_i];
    has_all_of(language->units, ct_english.units);
    has_all_of(language->names, ct_english.names);
    has_all_of(language->forms, ct_english.forms);
    for (int m = 0; language != &ct_english && m < CT_METRICS; m++)
        ck_assert_msg(has(language->metrics, ct_metric(m)->name), "%s",
                      ct_metric(m)->name);
    for (int m = 0; language != &ct_english && m < CT_METRICS; m++)
        ck_assert_msg(has(language->meanings, ct_metric(m)->name), "%s",
                      ct_metric(m)->name);
    for (int r = 0; language != &ct_english && r < CT_REGIONS; r++)
        ck_assert_msg(has(language->regions, ct_region(r)->name), "%s",
                      ct_region(r)->name);
}
END_TEST

/* A title that is not the id, and advice where English has some. */
static void knows_check(const struct ct_language *language, const char *id)
{
    text.language = &ct_english;
    const bool advised = ct_advice(&text, id) != NULL;
    text.language = language;
    ck_assert_msg(strcmp(ct_check_title(&text, id), id) != 0, "%s: %s",
                  language->tag, id);
    ck_assert_msg((ct_advice(&text, id) != NULL) == advised, "%s: %s",
                  language->tag, id);
}

static const struct {
    const struct rule *rules;
    int count;
} rules[] = {{ct_photo_rules, CT_PHOTO_RULES},
             {ct_face_rules, CT_FACE_RULES},
             {ct_capture_rules, CT_CAPTURE_RULES},
             {ct_light_rules, CT_LIGHT_RULES},
             {ct_skin_rules, CT_SKIN_RULES}};
enum { LISTS = sizeof(rules) / sizeof(rules[0]) };

START_TEST(every_check_has_a_title_and_the_advice_that_english_has)
{
    for (int i = 0; i < LISTS; i++)
        for (int k = 0; k < rules[i].count; k++)
            knows_check(languages[_i], rules[i].rules[k].id);
}
END_TEST

/* ---- What checks and reasons say ----------------------------------------- */

START_TEST(patterns_have_the_same_gaps_in_both_languages)
{
    const struct ct_name *const lists[] = {languages[_i / 2]->sentences,
                                           languages[_i / 2]->reasons};
    const struct ct_name *pattern = lists[_i % 2];
    for (; pattern && pattern->name; pattern++) {
        ck_assert_uint_lt(gaps_of(pattern->name), 1u << 10);
        ck_assert_msg(gaps_of(pattern->name) == gaps_of(pattern->shown), "%s",
                      pattern->shown);
        ck_assert_int_eq(!strcmp(pattern->name, ""), 0);
    }
}
END_TEST

/* A rule's sentence with a number in its gap; the sentences that are only a gap
 * come from elsewhere. */
static void is_said(const struct ct_language *language, const char *sentence)
{
    char filled[CT_SENTENCE];
    if (!sentence || !strcmp(sentence, "{}."))
        return;
    ct_sentence_fill(filled, sizeof(filled), sentence, "5");
    text.language = language;
    text.size = 0;
    ck_assert_msg(ct_say_sentence(&text, filled), "%s: no words for \"%s\"",
                  language->tag, filled);
}

START_TEST(every_sentence_of_a_check_has_words)
{
    for (int i = 0; i < LISTS; i++)
        for (int k = 0; k < rules[i].count; k++)
            for (int level = 0; level <= CT_LEVEL_FAIL; level++)
                is_said(languages[_i], rules[i].rules[k].sentence[level]);
}
END_TEST

/* Of those put together elsewhere, one a kind, with what German makes of it. */
static const struct ct_name made[] = {
    {"Before: 3.2 px/mm, pores need 12",
     "Vorher: 3,2 Pixel je mm, f\u00fcr Poren sind 12 n\u00f6tig"},
    {"The face is too small in the photograph for pores, lines and texture (it "
     "has 3.3 pixels per mm, 12 are needed); come closer or use a sharper "
     "camera.",
     "Das Gesicht ist zu klein aufgenommen f\u00fcr Poren, Linien und Struktur "
     "(3,3 Pixel je mm, n\u00f6tig sind 12); n\u00e4her herangehen oder eine "
     "bessere Kamera verwenden."},
    {"These photographs cannot show a change smaller than 8.2 H. Without a "
     "grey card an even change of the whole face stays unseen.",
     "Diese Aufnahmen k\u00f6nnen keine Ver\u00e4nderung unter 8,2 H zeigen. "
     "Ohne Graukarte bleibt eine gleichm\u00e4\u00dfige Ver\u00e4nderung des "
     "ganzen Gesichts ungesehen."},
    {"Little hides the skin (Left cheek: 97 % free).",
     "Wenig verdeckt die Haut (Linke Wange: 97 % frei)."},
    {"1 day after the treatment the result can be judged.",
     "1 Tag nach der Behandlung l\u00e4sst sich das Ergebnis beurteilen."},
    {"It is the same skin: 90 of 100 patches of skin were found again.",
     "Es ist dieselbe Haut: 90 von 100 Hautst\u00fccken wurden "
     "wiedergefunden."},
    {"Not scoreable: only 35 % of what the score is made of could be "
     "compared, and 60 % are needed.",
     "Ohne Gesamtwert: Nur 35 % dessen, was diese Fragestellung gewichtet, "
     "lie\u00dfen sich vergleichen, n\u00f6tig sind 60 %."},
    {"Nothing was lost to JPEG compression: this is not a JPEG file.",
     "Durch JPEG-Kompression ging nichts verloren: Dies ist keine "
     "JPEG-Datei."},
};
enum { MADE = sizeof(made) / sizeof(made[0]) };

START_TEST(german_says_what_is_put_together)
{
    text.language = &ct_german;
    ck_assert(ct_say_sentence(&text, made[_i].name));
    ck_assert_str_eq(text.bytes, made[_i].shown);
}
END_TEST

static const struct ct_name said[] = {
    {"Too far by {0} mm: {1}.", "{1}, {0} mm zu weit."},
    {"pores", "Poren"},
    {"lines", "Linien"},
    {"Stop.", "Halt."},
    {NULL, NULL},
};

static const char *in_it(const char *english)
{
    static struct ct_language language;
    language = ct_german;
    language.sentences = said;
    language.reasons = NULL;
    text.language = &language;
    text.size = 0;
    ct_say_sentence(&text, english);
    return text.bytes;
}

START_TEST(a_sentence_is_said_with_its_numbers_and_lists)
{
    ck_assert_str_eq(in_it("Too far by 3.25 mm: pores."),
                     "Poren, 3,25 mm zu weit.");
    ck_assert_str_eq(in_it("Too far by 3 mm: pores, lines and pores. Stop."),
                     "Poren, Linien und Poren, 3 mm zu weit. Halt.");
    ck_assert_str_eq(in_it("Stop. Nobody said that."),
                     "Halt. Nobody said that.");
    ck_assert_str_eq(in_it("Too far by  mm: ."), "Too far by  mm: .");
    ck_assert_str_eq(in_it("Too far by 3 mm: pores"), "Too far by 3 mm: pores");
}
END_TEST

START_TEST(numbers_have_the_languages_decimals)
{
    text.language = &ct_german;
    ct_say_number(&text, -1234.56, 1, CT_SIGN_ALWAYS);
    ck_assert_str_eq(text.bytes, "\xe2\x88\x92"
                                 "1234,6");
    text.size = 0;
    ct_say_number(&text, 7.0, 0, CT_SIGN_ALWAYS);
    ck_assert_str_eq(text.bytes, "+7");
}
END_TEST

START_TEST(a_language_is_found_by_its_tag)
{
    ck_assert_ptr_eq(ct_language_find(NULL), &ct_english);
    ck_assert_ptr_eq(ct_language_find("de"), &ct_german);
    ck_assert_ptr_null(ct_language_find(""));
    ck_assert_ptr_null(ct_language_find("tlh"));
    ck_assert_str_eq(ct_report_speaks("en"), "en");
}
END_TEST

static Suite *suite(void)
{
    Suite *const words = suite_create("words");
    TCase *const whole = tcase_create("languages");
    TCase *const use = tcase_create("use");
    tcase_add_checked_fixture(whole, setup, teardown);
    tcase_add_checked_fixture(use, setup, teardown);
    tcase_add_loop_test(whole,
                        every_word_is_there_with_the_gaps_that_english_has, 0,
                        LANGUAGES);
    tcase_add_loop_test(whole, every_name_is_there, 0, LANGUAGES);
    tcase_add_loop_test(whole,
                        every_check_has_a_title_and_the_advice_that_english_has,
                        0, LANGUAGES);
    tcase_add_loop_test(whole, patterns_have_the_same_gaps_in_both_languages, 0,
                        2 * LANGUAGES);
    tcase_add_loop_test(whole, every_sentence_of_a_check_has_words, 0,
                        LANGUAGES);
    tcase_add_loop_test(use, german_says_what_is_put_together, 0, MADE);
    tcase_add_test(use, a_sentence_is_said_with_its_numbers_and_lists);
    tcase_add_test(use, numbers_have_the_languages_decimals);
    tcase_add_test(use, a_language_is_found_by_its_tag);
    suite_add_tcase(words, whole);
    suite_add_tcase(words, use);
    return words;
}

int main(void)
{
    SRunner *const runner = srunner_create(suite());
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
