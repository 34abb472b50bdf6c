//! Arithmetic on magnitudes: limbs of 32 bits, lowest first, without zeros at the end.

use std::cmp::Ordering;

/// Drops the zeros at the end.
pub(super) fn trim(limbs: &mut Vec<u32>) {
    while limbs.last() == Some(&0) {
        limbs.pop();
    }
}

pub(super) fn bits(limbs: &[u32]) -> u64 {
    limbs.last().map_or(0, |last| 32 * limbs.len() as u64 - u64::from(last.leading_zeros()))
}

pub(super) fn compare(a: &[u32], b: &[u32]) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.iter().rev().cmp(b.iter().rev()))
}

fn limb(limbs: &[u32], at: usize) -> u64 {
    u64::from(limbs.get(at).copied().unwrap_or(0))
}

pub(super) fn sum(a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut carry = 0;
    let mut out = Vec::with_capacity(a.len().max(b.len()) + 1);
    for at in 0..=a.len().max(b.len()) {
        carry += limb(a, at) + limb(b, at);
        out.push(carry as u32);
        carry >>= 32;
    }
    out
}

/// `a - b`, for an `a` that is not smaller.
pub(super) fn difference(a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut borrow = 0;
    let step = |at: usize| {
        let (value, below) = limb(a, at).overflowing_sub(limb(b, at) + borrow);
        borrow = u64::from(below);
        value as u32
    };
    (0..a.len()).map(step).collect()
}

pub(super) fn product(a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut out = vec![0; a.len() + b.len()];
    for (at, left) in a.iter().enumerate() {
        add_multiple(out.get_mut(at..).unwrap_or_default(), b, u64::from(*left));
    }
    out
}

/// `out += times * b`.
fn add_multiple(out: &mut [u32], b: &[u32], times: u64) {
    let mut carry = 0;
    for (at, place) in out.iter_mut().enumerate() {
        if at >= b.len() && carry == 0 {
            break;
        }
        carry += u64::from(*place) + times * limb(b, at);
        *place = carry as u32;
        carry >>= 32;
    }
}

/// `limbs * times + plus`, in place.
pub(super) fn scale(limbs: &mut Vec<u32>, times: u32, plus: u32) {
    let mut carry = u64::from(plus);
    for place in limbs.iter_mut() {
        carry += u64::from(*place) * u64::from(times);
        *place = carry as u32;
        carry >>= 32;
    }
    if carry > 0 {
        limbs.push(carry as u32);
    }
}

/// Divides in place by a number that is not zero and answers the remainder.
pub(super) fn shrink(limbs: &mut Vec<u32>, by: u32) -> u32 {
    let mut rest = 0;
    for place in limbs.iter_mut().rev() {
        let value = rest << 32 | u64::from(*place);
        *place = (value / u64::from(by)) as u32;
        rest = value % u64::from(by);
    }
    trim(limbs);
    rest as u32
}

pub(super) fn shifted_left(limbs: &[u32], count: u64) -> Vec<u32> {
    let (whole, part) = ((count / 32) as usize, count % 32);
    let mut out = vec![0; whole];
    let mut carry = 0;
    for place in limbs {
        let value = u64::from(*place) << part | carry;
        out.push(value as u32);
        carry = value >> 32;
    }
    out.push(carry as u32);
    out
}

pub(super) fn shifted_right(limbs: &[u32], count: u64) -> Vec<u32> {
    let (whole, part) = ((count / 32) as usize, count % 32);
    let step = |at: usize| ((limb(limbs, at + 1) << 32 | limb(limbs, at)) >> part) as u32;
    (whole..limbs.len()).map(step).collect()
}

/// Quotient and remainder, none by zero: Knuth's algorithm D (The Art of Computer Programming, volume 2, 4.3.1).
pub(super) fn quotient(a: &[u32], b: &[u32]) -> Option<(Vec<u32>, Vec<u32>)> {
    let top = *b.last()?;
    if compare(a, b) == Ordering::Less {
        return Some((Vec::new(), a.to_vec()));
    }
    if let [by] = *b {
        let mut quotient = a.to_vec();
        let rest = shrink(&mut quotient, by);
        return Some((quotient, vec![rest]));
    }
    // The divisor's highest bit is made 1, so that the guess of each digit is at most two too large.
    let shift = u64::from(top.leading_zeros());
    let mut divisor = shifted_left(b, shift);
    trim(&mut divisor);
    let mut rest = shifted_left(a, shift);
    let places = rest.len().saturating_sub(divisor.len());
    let mut quotient = vec![0; places];
    for (at, digit) in quotient.iter_mut().enumerate().rev() {
        let window = rest.get_mut(at..=at + divisor.len()).unwrap_or_default();
        *digit = next_digit(window, &divisor);
    }
    trim(&mut rest);
    Some((quotient, shifted_right(&rest, shift)))
}

/// One digit of a quotient: takes that many times the divisor from `window`, which is one limb longer.
fn next_digit(window: &mut [u32], divisor: &[u32]) -> u32 {
    let length = divisor.len();
    let (first, second) = (limb(divisor, length - 1), limb(divisor, length - 2));
    let head = limb(window, length) << 32 | limb(window, length - 1);
    let mut guess = (head / first).min(u64::from(u32::MAX));
    let mut over = head - guess * first;
    while over >> 32 == 0 && guess * second > (over << 32 | limb(window, length - 2)) {
        guess -= 1;
        over += first;
    }
    if take_multiple(window, divisor, guess) {
        guess -= 1;
        give_back(window, divisor);
    }
    guess as u32
}

/// `window -= times * divisor`; whether that was too much.
fn take_multiple(window: &mut [u32], divisor: &[u32], times: u64) -> bool {
    let mut borrow = 0;
    for (at, place) in window.iter_mut().enumerate() {
        let taken = times * limb(divisor, at) + borrow;
        let (value, below) = place.overflowing_sub(taken as u32);
        *place = value;
        borrow = (taken >> 32) + u64::from(below);
    }
    borrow > 0
}

/// `window += divisor`, the carry out of which ends the debt.
fn give_back(window: &mut [u32], divisor: &[u32]) {
    let mut carry = 0;
    for (at, place) in window.iter_mut().enumerate() {
        carry += u64::from(*place) + limb(divisor, at);
        *place = carry as u32;
        carry >>= 32;
    }
}
