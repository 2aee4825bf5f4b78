/* SPDX-License-Identifier: BSD-2-Clause */

/*
 * What a text's language calls things, and what checks and reasons say in it.
 *
 * Those come as finished English sentences.  A language lists their patterns,
 * as "The face is too small in the photograph for {0}."; what stands in the
 * gaps is a number, a list or another pattern and is said in that language too.
 */

#include <string.h>

#include "report/report.h"

static const struct ct_language *of(const struct text *text)
{
    return text->language ? text->language : &ct_english;
}

const struct ct_language *ct_language_find(const char *tag)
{
    enum { LANGUAGES = 2 };
    static const struct ct_language *const all[LANGUAGES] = {&ct_english,
                                                             &ct_german};
    for (int i = 0; i < LANGUAGES; i++)
        if (!tag || !strcmp(tag, all[i]->tag))
            return all[i];
    return NULL;
}

const char *ct_report_speaks(const char *tag)
{
    const struct ct_language *const language = ct_language_find(tag);
    return language ? language->tag : NULL;
}

const char *ct_language_tag(const struct text *text)
{
    return of(text)->tag;
}

const char *ct_decimal(const struct text *text)
{
    return of(text)->decimal;
}

bool ct_keeps_capitals(const struct text *text)
{
    return of(text)->keeps_capitals;
}

const char *ct_word_in(const struct ct_language *language, enum ct_word word)
{
    return word < CT_W_PAGE     ? language->words[word]
           : word < CT_W_SERIES ? language->page[word - CT_W_PAGE]
                                : language->series[word - CT_W_SERIES];
}

const char *ct_word(const struct text *text, enum ct_word word)
{
    return ct_word_in(of(text), word);
}

/* ---- Names --------------------------------------------------------------- */

static const char *find(const struct ct_name *names, const char *name)
{
    for (; names && names->name; names++)
        if (!strcmp(name, names->name))
            return names->shown;
    return NULL;
}

static const char *or_else(const char *shown, const char *otherwise)
{
    return shown ? shown : otherwise;
}

const char *ct_unit_words(const struct text *text, const char *unit)
{
    return unit ? or_else(find(of(text)->units, unit), unit) : "";
}

const char *ct_name_words(const struct text *text, const char *name)
{
    return name ? or_else(find(of(text)->names, name), name) : "";
}

const char *ct_form_words(const struct text *text, const char *form)
{
    return form ? or_else(find(of(text)->forms, form), "") : "";
}

const char *ct_metric_words(const struct text *text, const cutis_metric *metric)
{
    return or_else(find(of(text)->metrics, metric->name), metric->title);
}

const char *ct_metric_meaning(const struct text *text,
                              const cutis_metric *metric)
{
    return or_else(find(of(text)->meanings, metric->name), metric->meaning);
}

const char *ct_region_words(const struct text *text, const cutis_region *region)
{
    return or_else(find(of(text)->regions, region->name), region->title);
}

void ct_say_regions(struct text *out, const char *list)
{
    char name[64];
    while (*list) {
        const size_t size = strcspn(list, ",");
        const size_t kept = size < sizeof(name) ? size : sizeof(name) - 1;
        memcpy(name, list, kept);
        name[kept] = 0;
        const cutis_region *const region = cutis_region_find(name);
        ct_text_put(out, !strcmp(name, "face") || !region
                             ? ct_name_words(out, name)
                             : ct_region_words(out, region));
        list += size;
        if (*list == ',') {
            ct_text_put(out, ", ");
            list++;
        }
    }
}

const char *ct_preset_words(const struct text *text, const char *preset,
                            enum ct_word first)
{
    for (int i = 0; ct_presets[i]; i++)
        if (!strcmp(preset, ct_presets[i]))
            return ct_word(text, (enum ct_word)((int)first + i));
    return ct_word(text, first);
}

static const struct ct_check_words *check_words(const struct text *text,
                                                const char *id)
{
    const struct ct_check_words *check = of(text)->checks;
    while (check->id && strcmp(check->id, id) != 0)
        check++;
    return check;
}

const char *ct_check_title(const struct text *text, const char *id)
{
    return or_else(check_words(text, id)->title, id);
}

const char *ct_advice(const struct text *text, const char *id)
{
    return check_words(text, id)->advice;
}

/* ---- Sentences ----------------------------------------------------------- */

enum { GAPS = 10, DEPTH = 8, PARTS = 2 * GAPS + 1, PILE = PARTS * DEPTH };

struct piece {
    const char *at;
    size_t size;
};

/* What is still to be said, the next on top: words of the language, or English
 * that may be taken apart so many times more. */
struct part {
    struct piece piece;
    int depth; /* -1: it is in the language */
};
struct pile {
    int count;
    struct part at[PILE];
};

static bool begins(struct piece text, const char *start, size_t size)
{
    return text.size >= size && !memcmp(text.at, start, size);
}

/* The first `sought` in a piece; NULL where there is none. */
static const char *seek(struct piece in, const char *sought, size_t size)
{
    for (size_t i = 0; i + size <= in.size; i++)
        if (!memcmp(in.at + i, sought, size))
            return in.at + i;
    return NULL;
}

/* Whether `said` is the pattern with something in its gaps, none empty. */
static bool matches(struct piece gap[GAPS], const char *pattern,
                    struct piece said)
{
    size_t plain = strcspn(pattern, "{");
    if (!begins(said, pattern, plain))
        return false;
    const char *const end = said.at + said.size;
    const char *at = said.at + plain;
    pattern += plain;
    while (*pattern) {
        struct piece *const into = &gap[pattern[1] - '0'];
        pattern += 3;
        plain = strcspn(pattern, "{");
        const struct piece rest = {at, (size_t)(end - at)};
        if (!rest.size || rest.size < plain)
            return false;
        const char *const found =
            pattern[plain]
                ? seek((struct piece){at + 1, rest.size - 1}, pattern, plain)
                : end - plain;
        if (!found || found == at || memcmp(found, pattern, plain) != 0)
            return false;
        *into = (struct piece){at, (size_t)(found - at)};
        at = found + plain;
        pattern += plain;
    }
    return at == end;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* As it is, but for its decimals. */
static void say_plain(struct text *out, struct piece said)
{
    for (size_t i = 0; i < said.size; i++) {
        const bool point = said.at[i] == '.' && i > 0 && i + 1 < said.size &&
                           is_digit(said.at[i - 1]) && is_digit(said.at[i + 1]);
        if (point)
            ct_text_put(out, ct_decimal(out));
        else
            ct_text_add(out, said.at + i, 1);
    }
}

static bool is(struct piece said, const char *word)
{
    return strlen(word) == said.size && begins(said, word, said.size);
}

/* A region by its English title, or what else sentences name. */
static bool say_thing(struct text *out, struct piece said)
{
    for (int r = 0; r < CT_REGIONS; r++)
        if (is(said, ct_region(r)->title)) {
            ct_text_put(out, ct_region_words(out, ct_region(r)));
            return true;
        }
    const struct ct_name *thing = of(out)->things;
    for (; thing && thing->name; thing++)
        if (is(said, thing->name)) {
            ct_text_put(out, thing->shown);
            return true;
        }
    return false;
}

/* Puts them on the pile, the first on top. */
static void heap(struct pile *pile, const struct part *part, int count)
{
    for (int i = count - 1; i >= 0 && pile->count < PILE; i--)
        pile->at[pile->count++] = part[i];
}

static void heap_pattern(struct pile *pile, const char *pattern,
                         const struct piece gap[GAPS], int depth)
{
    struct part part[PARTS];
    int count = 0;
    while (*pattern && count < PARTS - 1) {
        const size_t plain = strcspn(pattern, "{");
        part[count++] = (struct part){{pattern, plain}, -1};
        pattern += plain;
        if (!*pattern)
            break;
        part[count++] = (struct part){gap[pattern[1] - '0'], depth};
        pattern += 3;
    }
    heap(pile, part, count);
}

static bool match(struct pile *pile, const struct ct_name *pattern,
                  const struct part *part)
{
    for (; pattern && pattern->name; pattern++) {
        struct piece gap[GAPS] = {{NULL, 0}};
        if (!matches(gap, pattern->name, part->piece))
            continue;
        heap_pattern(pile, pattern->shown, gap, part->depth - 1);
        return true;
    }
    return false;
}

/* "pores, lines and texture": the first of them and the rest. */
static bool split(struct pile *pile, const struct text *text,
                  const struct part *part)
{
    static const struct {
        const char *between;
        enum ct_word word;
    } links[] = {{", ", CT_W_COMMA}, {" and ", CT_W_AND}};
    const struct piece said = part->piece;
    for (int i = 0; i < 2; i++) {
        const size_t size = strlen(links[i].between);
        const char *const at = seek(said, links[i].between, size);
        if (!at)
            continue;
        const size_t first = (size_t)(at - said.at);
        const char *const link = ct_word(text, links[i].word);
        const struct part parts[] = {
            {{said.at, first}, part->depth - 1},
            {{link, strlen(link)}, -1},
            {{at + size, said.size - first - size}, part->depth - 1}};
        heap(pile, parts, 3);
        return true;
    }
    return false;
}

/* Whether the language has it. */
static bool say_piece(struct text *out, struct piece said)
{
    struct pile pile = {.count = 1, .at = {{said, DEPTH}}};
    bool known = true;
    while (pile.count) {
        const struct part part = pile.at[--pile.count];
        if (part.depth < 0) {
            ct_text_add(out, part.piece.at, part.piece.size);
        } else if (!say_thing(out, part.piece) &&
                   (!part.depth || (!match(&pile, of(out)->sentences, &part) &&
                                    !match(&pile, of(out)->reasons, &part))) &&
                   (!part.depth || part.depth == DEPTH ||
                    !split(&pile, out, &part))) {
            known = known && part.depth < DEPTH;
            say_plain(out, part.piece);
        }
    }
    return known;
}

/* One sentence or several. */
bool ct_say_sentence(struct text *out, const char *english)
{
    struct piece said = {english, strlen(english)};
    bool known = true;
    if (!of(out)->sentences || !said.size) {
        ct_text_put(out, english);
        return true;
    }
    while (said.size) {
        const char *const stop = seek(said, ". ", 2);
        const size_t size = stop ? (size_t)(stop + 1 - said.at) : said.size;
        const struct piece one = {said.at, size};
        known = say_piece(out, one) && known;
        ct_text_put(out, stop ? " " : "");
        said.at += size + (stop ? 1 : 0);
        said.size -= size + (stop ? 1 : 0);
    }
    return known;
}
