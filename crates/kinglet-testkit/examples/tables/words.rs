//! Words, names and addresses made of syllables.

use super::dice::{Dice, mix};

const LATIN: [&str; 24] = [
    "ka", "ro", "mi", "te", "lu", "sa", "ne", "vi", "do", "pa", "re", "sho", "ti", "ga", "bo", "le", "ni",
    "ma", "fo", "ri", "su", "ven", "tor", "al",
];
const CYRILLIC: [&str; 16] =
    ["ка", "ро", "ми", "те", "лу", "са", "не", "ви", "до", "па", "ре", "шо", "ти", "га", "бо", "ле"];

/// The word of a rank; two of three are in Cyrillic letters where `mixed`.
pub(crate) fn word(rank: u64, mixed: bool) -> String {
    let mut left = mix(rank);
    let syllables = 2 + left % 3;
    let cyrillic = mixed && !rank.is_multiple_of(3);
    let alphabet: &[&str] = if cyrillic { &CYRILLIC } else { &LATIN };
    let mut word = String::new();
    for _ in 0..syllables {
        left /= 31;
        word.push_str(alphabet.get(left as usize % alphabet.len()).copied().unwrap_or_default());
    }
    word
}

/// `count` words, the usual ones more often.
pub(crate) fn phrase(dice: &mut Dice, count: u64, mixed: bool) -> String {
    let words: Vec<String> = (0..count).map(|_| word(dice.rank(4000, 2.5), mixed)).collect();
    words.join(" ")
}

/// The host of a site.
pub(crate) fn host(site: u64) -> String {
    let www = if site.is_multiple_of(3) { "www." } else { "" };
    let ending = ["ru", "com", "net", "ua"].get(site as usize % 4).copied().unwrap_or_default();
    format!("{www}{}-{}.{ending}", word(site * 7 + 1, false), word(site * 11 + 5, false))
}

/// The address of a page of a site; one page in a few thousand tells of a search at google.
pub(crate) fn address(site: u64, page: u64) -> String {
    let key = mix((site << 32) | page);
    let (host, section) = (host(site), word(key % 300, false));
    let topic = word(key % 5003, false);
    match key % 4000 {
        0..1000 => format!("http://{host}/{section}/{topic}.html"),
        1000..1002 => format!("http://{host}/{section}?from=www.google.com&q={topic}&page={page}"),
        1002..2600 => format!("http://{host}/{section}/{topic}/index.php?id={page}&ref={}", key % 977),
        _ => format!("http://{host}/{section}/{topic}/{}/{page}?sort=newest&page={}", key % 61, key % 9),
    }
}
