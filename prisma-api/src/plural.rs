//! Plurals of model names, as evo-inflector 1.2 makes them (api.md §1.3).
//!
//! A plural is part of the API (`Todo` has the root field `todoes`), so the oracle is that word list and no
//! dictionary. Rules are tried from top to bottom, and the first that fits decides.

/// `Plural(X)`: the plural of a model's name, beginning with a capital.
#[must_use]
pub fn pluralize(model: &str) -> String {
    let mut plural = inflect(model);
    if plural == model {
        plural.push_str(if model.ends_with('s') { "es" } else { "s" });
    }
    crate::names::upper_first(&plural)
}

/// How the end of a word becomes the end of its plural. Words are compared without regard to case; what is
/// replaced becomes lower case, what stays keeps its case (`UHERO`, `UHERoes`).
enum Rule {
    /// These endings stay as they are.
    Unchanged(&'static [&'static str]),
    /// The ending on the left but for its first letter is replaced by that of the right.
    Irregular(&'static [(&'static str, &'static str)]),
    /// Any of the endings: so many letters go, these come.
    Ending(&'static [&'static str], usize, &'static str),
    /// The ending after a letter that fits: so many letters go, these come.
    After(fn(u8) -> bool, &'static str, usize, &'static str),
    /// The first place of the left, its letters but for the common ones replaced.
    Inside(&'static str, usize, &'static str),
}

use Rule::{After, Ending, Inside, Irregular, Unchanged};

/// The table of api.md §1.3, in its order.
#[rustfmt::skip]
const RULES: &[Rule] = &[
    // 1
    Unchanged(&[
        "fish", "ois", "sheep", "deer", "pox", "itis", "bison", "flounder", "pliers", "bream", "gallows",
        "proceedings", "breeches", "graffiti", "rabies", "britches", "headquarters", "salmon", "carp", "herpes",
        "scissors", "chassis", "high-jinks", "sea-bass", "clippers", "homework", "series", "cod", "innings", "shears",
        "contretemps", "jackanapes", "species", "corps", "mackerel", "swine", "debris", "measles", "trout",
        "diabetes", "mews", "tuna", "djinn", "mumps", "whiting", "eland", "news", "wildebeest", "elk", "pincers",
        "sugar",
    ]),
    // 2
    Irregular(&[
        ("child", "children"), ("ephemeris", "ephemerides"), ("mongoose", "mongoose"), ("mythos", "mythoi"),
        ("soliloquy", "soliloquies"), ("trilby", "trilbys"), ("genus", "genera"), ("quiz", "quizzes"),
        ("beef", "beefs"), ("brother", "brothers"), ("cow", "cows"), ("genie", "genies"), ("money", "moneys"),
        ("octopus", "octopuses"), ("opus", "opuses"),
    ]),
    // 3
    Ending(&["human"], 0, "s"),
    // 4
    Ending(&["man"], 3, "men"),
    Irregular(&[("louse", "lice"), ("mouse", "mice")]),
    Ending(&["tooth"], 5, "teeth"),
    Ending(&["goose"], 5, "geese"),
    Ending(&["foot"], 4, "feet"),
    Ending(&["zoon"], 4, "zoa"),
    Ending(&["cis", "sis", "xis"], 2, "es"),
    // 5
    Ending(&["codex", "murex", "silex"], 2, "ices"),
    Ending(&["radix", "helix"], 2, "ices"),
    Ending(&[
        "bacterium", "agendum", "desideratum", "erratum", "stratum", "datum", "ovum", "extremum", "candelabrum",
    ], 2, "a"),
    Ending(&[
        "criterion", "perihelion", "aphelion", "phenomenon", "prolegomenon", "noumenon", "organon", "asyndeton",
        "hyperbaton",
    ], 2, "a"),
    Ending(&["alumna", "alga", "vertebra", "persona"], 0, "e"),
    // 6
    Ending(&[
        "alumnus", "alveolus", "bacillus", "bronchus", "locus", "nucleus", "stimulus", "meniscus", "thesaurus",
    ], 2, "i"),
    // 7
    Ending(&["ch", "sh", "z", "x"], 0, "es"),
    // 8
    Ending(&[
        "acropolis", "chaos", "lens", "aegis", "cosmos", "mantis", "alias", "dais", "marquis", "asbestos",
        "digitalis", "metropolis", "atlas", "epidermis", "pathos", "bathos", "ethos", "pelvis", "bias", "gas",
        "polis", "caddis", "glottis", "rhinoceros", "cannabis", "sassafras", "canvas", "ibis", "trellis", "iris",
        "clitoris", "apparatus", "impetus", "prospectus", "cantus", "nexus", "sinus", "coitus", "plexus", "status",
        "hiatus",
    ], 0, "es"),
    // 9
    Ending(&["us"], 0, "es"),
    // 10
    Ending(&[
        "anathema", "enema", "oedema", "bema", "enigma", "sarcoma", "carcinoma", "gumma", "schema", "charisma",
        "lemma", "soma", "diploma", "lymphoma", "stigma", "dogma", "magma", "stoma", "drama", "melisma", "trauma",
        "edema", "miasma",
    ], 0, "s"),
    // 11
    Ending(&["ss"], 2, "sses"),
    // 12
    Ending(&["alf", "elf", "olf"], 1, "ves"),
    After(|letter| letter != b'd', "eaf", 1, "ves"),
    Ending(&["arf"], 1, "ves"),
    Ending(&["nife", "life", "wife"], 2, "ves"),
    // 13
    After(is_vowel, "y", 1, "ys"),
    // 14
    Ending(&["y"], 1, "ies"),
    // 15
    Ending(&[
        "solo", "soprano", "basso", "alto", "contralto", "tempo", "piano", "virtuoso", "albino", "archipelago",
        "armadillo", "commando", "crescendo", "fiasco", "ditto", "dynamo", "embryo", "ghetto", "guano", "inferno",
        "jumbo", "lumbago", "magneto", "manifesto", "medico", "octavo", "photo", "pro", "quarto", "canto", "lingo",
        "generalissimo", "stylo", "rhino", "casino", "auto", "macro", "zero",
    ], 1, "os"),
    // 16
    After(is_vowel, "o", 1, "os"),
    // 17
    Ending(&["o"], 1, "oes"),
    // 18
    Inside("ulum", 2, "a"),
    // 19
    Ending(&["s"], 1, "ses"),
];

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// The plural of a word, which may be the word itself.
fn inflect(word: &str) -> String {
    // Keeps the byte positions of `word`.
    let lower = word.to_ascii_lowercase();
    let by_rule = RULES.iter().find_map(|rule| rule.apply(word, &lower));
    by_rule.unwrap_or_else(|| format!("{word}s"))
}

impl Rule {
    /// The plural, if the rule fits.
    fn apply(&self, word: &str, lower: &str) -> Option<String> {
        match *self {
            Unchanged(endings) => has_ending(lower, endings).then(|| word.to_owned()),
            Irregular(words) => {
                let (singular, plural) = words.iter().find(|(one, _)| lower.ends_with(one))?;
                replaced_end(word, singular.len() - 1, plural.get(1..)?)
            }
            Ending(endings, goes, comes) => {
                has_ending(lower, endings).then(|| replaced_end(word, goes, comes))?
            }
            After(fits, ending, goes, comes) => {
                let before = lower.strip_suffix(ending)?.bytes().next_back()?;
                fits(before).then(|| replaced_end(word, goes, comes))?
            }
            Inside(part, goes, comes) => {
                let end = lower.find(part)? + part.len();
                let (start, rest) = word.split_at_checked(end)?;
                Some(replaced_end(start, goes, comes)? + rest)
            }
        }
    }
}

fn has_ending(lower: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| lower.ends_with(ending))
}

/// The word with its last letters replaced; they are ASCII.
fn replaced_end(word: &str, goes: usize, comes: &str) -> Option<String> {
    let stays = word.get(..word.len().checked_sub(goes)?)?;
    Some(format!("{stays}{comes}"))
}

#[cfg(test)]
mod tests {
    use super::pluralize;
    use crate::names::root_many;

    #[test]
    fn words_of_the_contract() {
        let words = "Todo->Todoes Person->Persons Category->Categories Child->Children News->Newses \
             Homework->Homeworks Scissors->Scissorses Fish->Fishs Sheep->Sheeps Series->Serieses Status->Statuses \
             Bus->Buses Address->Addresses Photo->Photos Video->Videos Logo->Logoes Memo->Memoes Info->Infoes \
             Hero->Heroes Promo->Promoes Foot->Feet Man->Men Woman->Women Human->Humans House->Houses \
             Blouse->Blice Spouse->Spouses Analysis->Analyses Axis->Axes Box->Boxes Index->Indexes \
             Matrix->Matrixes Codex->Codices Leaf->Leaves Roof->Roofs Life->Lives Data->Datas Datum->Data \
             Media->Medias Criterion->Criteria Persona->Personae Schema->Schemas Money->Moneys Key->Keys \
             Settings->Settingses Analytics->Analyticses Sales->Saleses Curriculum->Curricula Locus->Loci \
             Focus->Focuses People->Peoples Ox->Oxes URL->URLs B->Bs Y->Ies Item2->Item2s \
             Order_Item->Order_Items German->Germen lower_case->Lower_cases A->As";
        check(words, pluralize);
    }

    #[test]
    fn one_word_of_every_rule() {
        let words = "Goldfish->Goldfishs Pliers->Plierses Mongoose->Mongooses Soliloquy->Soliloquies \
             Trilby->Trilbys Genus->Genera Octopus->Octopuses Mouse->Mice Goose->Geese Tooth->Teeth Zoon->Zoa \
             Crisis->Crises Helix->Helices Bacterium->Bacteria Alga->Algae Nucleus->Nuclei Church->Churches \
             Quizz->Quizzes Atlas->Atlases Drama->Dramas Boss->Bosses Half->Halves Scarf->Scarves Deaf->Deafs \
             Wife->Wives Boy->Boys Piano->Pianos Radio->Radios Echo->Echoes Lens->Lenses Ulumba->Ulaba";
        check(words, pluralize);
    }

    #[test]
    fn capitals_stay_where_letters_stay() {
        let words = "SalesMan->Salesmen BigTooth->Bigteeth BigMouse->BigMice BigCHILD->BigChildren UBOY->UBOys \
             UVIDEO->UVIDEos UHERO->UHERoes UORDERS->UORDERses UBOSS->UBOsses UHALF->UHALves UFOX->UFOXes \
             UBUS->UBUSes UTOKEN->UTOKENs UNEWS->UNEWSs";
        check(words, pluralize);
        check(
            "URLMap->uRLMaps UBOY->uBOys UHERO->uHERoes A->as",
            root_many,
        );
    }

    fn check(pairs: &str, plural: fn(&str) -> String) {
        let wrong: Vec<String> = pairs
            .split_whitespace()
            .filter_map(|pair| pair.split_once("->"))
            .filter(|(one, many)| plural(one) != *many)
            .map(|(one, many)| format!("{one}: {}, not {many}", plural(one)))
            .collect();
        assert_eq!(wrong, Vec::<String>::new());
    }
}
