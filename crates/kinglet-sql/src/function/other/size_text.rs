//! Sizes in text.

/// The number of bytes.
pub(super) fn bytes(text: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(text).ok()?.trim();
    let end =
        text.find(|letter: char| !(letter.is_ascii_digit() || matches!(letter, '.' | 'e' | 'E' | '+')))?;
    // An `E` may begin a unit.
    let end = if text.get(..end)?.ends_with(['e', 'E']) { end - 1 } else { end };
    let (number, unit) = text.split_at(end);
    let number: f64 = number.trim().parse().ok()?;
    let factor = match unit.trim().to_ascii_lowercase().as_str() {
        "b" => 1.0,
        "kib" => 1_024_f64,
        "kb" => 1e3,
        "mib" => 1_024_f64.powi(2),
        "mb" => 1e6,
        "gib" => 1_024_f64.powi(3),
        "gb" => 1e9,
        "tib" => 1_024_f64.powi(4),
        "tb" => 1e12,
        "pib" => 1_024_f64.powi(5),
        "pb" => 1e15,
        "eib" => 1_024_f64.powi(6),
        "eb" => 1e18,
        _ => return None,
    };
    let bytes = (number * factor).ceil();
    (bytes < u64::MAX as f64).then_some(bytes as u64 as i64)
}
