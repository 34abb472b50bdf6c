//! Integers as endless two's complement: shifts and the logical operators.

use super::{Integer, magnitude};

impl Integer {
    /// `self << count`.
    pub(crate) fn shifted_left(&self, count: u64) -> Self {
        Self::new(self.negative, magnitude::shifted_left(&self.limbs, count))
    }

    /// `self >> count`, rounded down.
    pub(crate) fn shifted_right(&self, count: u64) -> Self {
        let shifted = Self::new(self.negative, magnitude::shifted_right(&self.limbs, count));
        let lost = self.negative && self.trailing_zeros() < count;
        if lost { shifted.minus(&Self::from(1u8)) } else { shifted }
    }

    fn trailing_zeros(&self) -> u64 {
        let zeros = self.limbs.iter().take_while(|limb| **limb == 0).count();
        32 * zeros as u64 + self.limbs.get(zeros).map_or(0, |limb| u64::from(limb.trailing_zeros()))
    }

    /// The bit of the magnitude at a place.
    pub(crate) fn bit(&self, at: u64) -> bool {
        self.limbs.get((at / 32) as usize).is_some_and(|limb| limb >> (at % 32) & 1 == 1)
    }

    /// `self & other`.
    pub(crate) fn and(&self, other: &Self) -> Self {
        self.combined(other, |a, b| a & b)
    }

    /// `self | other`.
    pub(crate) fn or(&self, other: &Self) -> Self {
        self.combined(other, |a, b| a | b)
    }

    /// `self ^ other`.
    pub(crate) fn xor(&self, other: &Self) -> Self {
        self.combined(other, |a, b| a ^ b)
    }

    fn combined(&self, other: &Self, bits: fn(u32, u32) -> u32) -> Self {
        let length = self.limbs.len().max(other.limbs.len()) + 1;
        let (a, b) = (self.complement(length), other.complement(length));
        let limbs: Vec<u32> = a.iter().zip(&b).map(|(a, b)| bits(*a, *b)).collect();
        let negative = limbs.last().is_some_and(|limb| limb >> 31 == 1);
        Self::new(negative, if negative { negated(&limbs) } else { limbs })
    }

    fn complement(&self, length: usize) -> Vec<u32> {
        let mut limbs = self.limbs.clone();
        limbs.resize(length, 0);
        if self.negative { negated(&limbs) } else { limbs }
    }
}

/// The two's complement of as many limbs.
fn negated(limbs: &[u32]) -> Vec<u32> {
    let mut carry = true;
    let step = |limb: &u32| {
        let (value, over) = (!limb).overflowing_add(u32::from(carry));
        carry = over;
        value
    };
    limbs.iter().map(step).collect()
}
