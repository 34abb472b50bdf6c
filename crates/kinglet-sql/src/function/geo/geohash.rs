//! Geohashes (G. Niemeyer): bits of longitude and latitude in turn, five to a character.

use crate::function::shape::Visit;

const DIGITS: &[u8; 32] = b"0123456789bcdefghjkmnpqrstuvwxyz";
/// Most geohashes of a box.
const MOST: u64 = 10_000_000;

/// Bits of longitude and latitude of a precision.
fn widths(precision: usize) -> (u32, u32) {
    let bits = precision as u32 * 5;
    (bits.div_ceil(2), bits / 2)
}

/// The step of a coordinate among 2^bits between -limit and limit.
fn step(value: f64, limit: f64, bits: u32) -> u64 {
    let steps = (1_u64 << bits) as f64;
    let place = ((value + limit) / (2.0 * limit) * steps).floor();
    place.clamp(0.0, steps - 1.0) as u64
}

fn write(x: u64, y: u64, precision: usize, out: &mut Vec<u8>) {
    let (mut x_bits, mut y_bits) = widths(precision);
    let mut longitude = true;
    for _ in 0..precision {
        let mut digit = 0;
        for _ in 0..5 {
            let bit = if longitude {
                x_bits -= 1;
                x >> x_bits & 1
            } else {
                y_bits -= 1;
                y >> y_bits & 1
            };
            digit = digit << 1 | bit as usize;
            longitude = !longitude;
        }
        out.push(DIGITS[digit & 31]);
    }
}

/// Appends the geohash of a place.
pub(super) fn encode(longitude: f64, latitude: f64, precision: usize, out: &mut Vec<u8>) {
    let (x, y) = widths(precision);
    write(step(longitude, 180.0, x), step(latitude, 90.0, y), precision, out);
}

/// Longitude and latitude of the centre; zeros for an empty text.
pub(super) fn decode(text: &[u8]) -> (f64, f64) {
    let (mut x, mut y, mut count) = (0_u64, 0_u64, 0_u32);
    for byte in text.iter().take(12) {
        // What is no digit counts as the last one.
        let digit = DIGITS.iter().position(|digit| digit == byte).unwrap_or(31);
        for bit in (0..5).rev() {
            let bit = digit as u64 >> bit & 1;
            if count.is_multiple_of(2) {
                x = x << 1 | bit;
            } else {
                y = y << 1 | bit;
            }
            count += 1;
        }
    }
    if count == 0 {
        return (0.0, 0.0);
    }
    let centre =
        |step: u64, bits: u32, limit: f64| (step as f64 + 0.5) / (1_u64 << bits) as f64 * 2.0 * limit - limit;
    (centre(x, count.div_ceil(2), 180.0), centre(y, count / 2, 90.0))
}

/// Visits the geohashes a box touches; `None` where they are too many.
pub(super) fn in_box(sides: [f64; 4], precision: usize, visit: Visit<'_>) -> Option<()> {
    let [x_min, y_min, x_max, y_max] = sides;
    if !(x_min <= x_max && y_min <= y_max) {
        return Some(());
    }
    let (x_bits, y_bits) = widths(precision);
    let (left, right) = (step(x_min, 180.0, x_bits), step(x_max, 180.0, x_bits));
    let (bottom, top) = (step(y_min, 90.0, y_bits), step(y_max, 90.0, y_bits));
    if (right - left + 1).checked_mul(top - bottom + 1)? > MOST {
        return None;
    }
    for x in left..=right {
        for y in bottom..=top {
            let mut text = Vec::with_capacity(precision);
            write(x, y, precision, &mut text);
            visit(&text);
        }
    }
    Some(())
}
