//! Patterns of names in a bucket: `*` within a folder, `**` over folders, `?`, `{a,b}`.

/// Most alternatives that a pattern's braces may stand for.
const MAX_ALTERNATIVES: usize = 256;

/// A pattern.
#[derive(Clone, Debug)]
pub(super) struct Glob {
    /// The pattern without braces: one text for each choice.
    alternatives: Vec<String>,
    prefix: String,
}

impl Glob {
    pub(super) fn new(pattern: &str) -> Glob {
        let prefix = pattern.split(['*', '?', '{']).next().unwrap_or_default().to_owned();
        let mut alternatives = vec![pattern.to_owned()];
        // Each pass spells out the first braces of every alternative.
        while alternatives.len() <= MAX_ALTERNATIVES {
            let next: Vec<String> = alternatives.iter().flat_map(|one| spelled_out(one)).collect();
            if next == alternatives {
                break;
            }
            alternatives = next;
        }
        Glob { alternatives, prefix }
    }

    /// What every name begins with.
    pub(super) fn prefix(&self) -> &str {
        &self.prefix
    }

    pub(super) fn matches(&self, name: &str) -> bool {
        self.alternatives.iter().any(|pattern| matches(pattern.as_bytes(), name.as_bytes()))
    }
}

fn spelled_out(pattern: &str) -> Vec<String> {
    let parts = pattern.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)));
    match parts {
        Some((before, (choices, after))) => {
            choices.split(',').map(|choice| format!("{before}{choice}{after}")).collect()
        }
        None => vec![pattern.to_owned()],
    }
}

/// Both stars may be tried again further on; only the last of each kind needs to be.
fn matches(pattern: &[u8], name: &[u8]) -> bool {
    let (mut at, mut from) = (0, 0);
    // Where to go on when what follows the last star does not match: pattern and name.
    let mut star: Option<(usize, usize)> = None;
    let mut double: Option<(usize, usize)> = None;
    loop {
        match (pattern.get(at), name.get(from)) {
            (Some(b'*'), _) if pattern.get(at + 1) == Some(&b'*') => {
                // `**/` stands for no folder, too.
                at += if pattern.get(at + 2) == Some(&b'/') { 3 } else { 2 };
                double = Some((at, from));
                star = None;
                continue;
            }
            (Some(b'*'), _) => {
                at += 1;
                star = Some((at, from));
                continue;
            }
            (None, None) => return true,
            (Some(b'?'), Some(byte)) if *byte != b'/' => {
                (at, from) = (at + 1, from + 1);
                continue;
            }
            (Some(wanted), Some(byte)) if wanted == byte => {
                (at, from) = (at + 1, from + 1);
                continue;
            }
            _ => {}
        }
        let again = match (&mut star, &mut double) {
            (Some((pattern, place)), _) if name.get(*place).is_some_and(|byte| *byte != b'/') => {
                *place += 1;
                Some((*pattern, *place))
            }
            (_, Some((pattern, place))) if *place < name.len() => {
                *place += 1;
                Some((*pattern, *place))
            }
            _ => None,
        };
        let Some((next, place)) = again else {
            return false;
        };
        if double.is_some_and(|double| double == (next, place)) {
            star = None;
        }
        (at, from) = (next, place);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_names() {
        for (pattern, prefix, yes, no) in [
            ("a/*.csv", "a/", vec!["a/x.csv", "a/.csv"], vec!["a/b/x.csv", "a/x.csv.gz", "b/x.csv"]),
            ("a/**/*.csv", "a/", vec!["a/x.csv", "a/b/x.csv", "a/b/c/x.csv"], vec!["b/x.csv", "a/x.json"]),
            ("**", "", vec!["a", "a/b/c"], vec![]),
            ("a/{x,y}_?.{csv,json}", "a/", vec!["a/x_1.csv", "a/y_2.json"], vec!["a/z_1.csv", "a/x_12.csv"]),
            ("plain.csv", "plain.csv", vec!["plain.csv"], vec!["plain.csv2"]),
            ("d=*/p*.parquet", "d=", vec!["d=2026/part-1.parquet"], vec!["d=2026/x/part.parquet"]),
        ] {
            let glob = Glob::new(pattern);
            assert_eq!(glob.prefix(), prefix);
            for name in yes {
                assert!(glob.matches(name), "{pattern} {name}");
            }
            for name in no {
                assert!(!glob.matches(name), "{pattern} {name}");
            }
        }
    }

    #[test]
    fn a_hundred_stars_do_no_harm() {
        let pattern = "*a".repeat(100);
        assert!(!Glob::new(&pattern).matches(&"a".repeat(5000).replace("aa", "ab")));
        drop(Glob::new(&"{a,b,c,d,e,f,g,h,i,j}".repeat(50)));
    }
}
