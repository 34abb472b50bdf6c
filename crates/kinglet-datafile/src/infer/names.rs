//! Names of columns from headers and JSON keys.

/// A header cell as the name of a column: lower case, what is no letter or digit as `_`, `c_` before a
/// leading digit. `VIN (1-10)` becomes `vin__1_10_`.
pub(super) fn from_header(cell: &str) -> String {
    from_key(&cell.trim().to_lowercase())
}

/// A JSON key as the name of a column; letters keep their case.
pub(super) fn from_key(key: &str) -> String {
    let mut name: String = key.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert_str(0, "c_");
    }
    if name.is_empty() { "_".to_owned() } else { name }
}

/// Makes names differ by numbering repetitions from `_1` on.
pub(super) fn distinct(names: &mut [String]) {
    let mut taken = std::collections::BTreeSet::new();
    for name in names.iter_mut() {
        let base = name.clone();
        let mut number = 0;
        while !taken.insert(name.to_lowercase()) {
            number += 1;
            *name = format!("{base}_{number}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_forms() {
        assert_eq!(from_header("2020 Census Tract"), "c_2020_census_tract");
        assert_eq!(from_header("VIN (1-10)"), "vin__1_10_");
        assert_eq!(from_key("userId"), "userId");
        let mut names = ["a".to_owned(), "a".to_owned(), "A".to_owned()];
        distinct(&mut names);
        assert_eq!(names, ["a", "a_1", "A_2"]);
    }
}
