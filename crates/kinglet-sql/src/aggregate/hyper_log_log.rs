//! HyperLogLog (Flajolet, Fusy, Gandouet and Meunier, 2007) with ClickHouse's layout and corrections.

use super::wire::Reader;
use kinglet_types::Result;

/// Ranks of hashes by buckets: the lowest bits of a hash choose the bucket.
#[derive(Clone, Debug)]
pub(super) struct Registers {
    precision: u8,
    /// Bits of a hash: 32 or 64.
    bits: u8,
    ranks: Vec<u8>,
}

impl Registers {
    pub(super) fn new(precision: u8, bits: u8) -> Self {
        Self { precision, bits, ranks: vec![0; 1 << precision] }
    }

    fn max_rank(&self) -> u8 {
        self.bits - self.precision + 1
    }

    pub(super) fn insert(&mut self, hash: u64) {
        let bucket = (hash & (self.ranks.len() as u64 - 1)) as usize;
        let hash = if self.bits == 32 { hash & 0xFFFF_FFFF } else { hash };
        let tail = hash >> self.precision;
        let rank = if tail == 0 { self.max_rank() } else { tail.trailing_zeros() as u8 + 1 };
        if let Some(known) = self.ranks.get_mut(bucket) {
            *known = (*known).max(rank.min(self.bits - self.precision + 1));
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.ranks.iter_mut().zip(&other.ranks).for_each(|(rank, other)| *rank = (*rank).max(*other));
    }

    fn rank_counts(&self) -> Vec<u32> {
        let mut counts = vec![0_u32; usize::from(self.max_rank()) + 1];
        for rank in &self.ranks {
            if let Some(count) = counts.get_mut(usize::from(*rank)) {
                *count += 1;
            }
        }
        counts
    }

    /// The number of different hashes. Where there are empty buckets they are counted instead, up to 2.5 values per
    /// bucket; `uniqCombined` with its default precision counts them up to a threshold and corrects its bias above.
    pub(super) fn estimate(&self, combined: bool) -> u64 {
        /// The greatest number that empty buckets are taken for in `uniqCombined`.
        const THRESHOLD: f64 = 177_700.0;
        let counts = self.rank_counts();
        let buckets = self.ranks.len() as f64;
        let sum: f64 =
            counts.iter().zip(0..).map(|(count, rank)| f64::from(*count) * (-f64::from(rank)).exp2()).sum();
        let raw = alpha(buckets) * buckets * buckets / sum;
        let empty = f64::from(counts.first().copied().unwrap_or(0));
        let linear = |other: f64| if empty > 0.0 { buckets * (buckets.ln() - empty.ln()) } else { other };
        let whole = 2_f64.powi(32);
        let estimate = if raw > whole / 30.0 {
            -(whole * (1.0 - raw / whole).ln())
        } else if combined && self.precision == 17 {
            let fixed = if raw <= 5.0 * buckets { unbiased(raw, buckets) } else { raw };
            let linear = linear(fixed);
            if linear < THRESHOLD { linear } else { fixed }
        } else if raw <= 2.5 * buckets {
            linear(raw)
        } else {
            raw
        };
        (estimate + 0.5) as u64
    }

    fn rank_bits(&self) -> usize {
        8 - self.max_rank().leading_zeros() as usize
    }

    /// ClickHouse's memory of it: packed ranks, how often each rank occurs, the number of empty buckets.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let width = self.rank_bits();
        let mut packed = vec![0_u8; self.ranks.len() * width / 8];
        for (at, rank) in self.ranks.iter().enumerate() {
            let bit = at * width;
            let shifted = u16::from(*rank) << (bit % 8);
            for (byte, part) in packed.iter_mut().skip(bit / 8).zip(shifted.to_le_bytes()) {
                *byte |= part;
            }
        }
        out.extend(packed);
        let counts = self.rank_counts();
        counts.iter().for_each(|count| out.extend(count.to_le_bytes()));
        let empty = counts.first().copied().unwrap_or(0);
        if self.precision < 16 {
            out.extend((empty as u16).to_le_bytes());
        } else {
            out.extend(empty.to_le_bytes());
        }
    }

    /// Reads what [`Registers::write`] wrote.
    pub(super) fn read(precision: u8, bits: u8, bytes: &mut Reader<'_>) -> Result<Self> {
        let mut read = Self::new(precision, bits);
        let width = read.rank_bits();
        let packed = bytes.take(read.ranks.len() * width / 8)?;
        let byte = |at: usize| u16::from(packed.get(at).copied().unwrap_or(0));
        for (at, rank) in read.ranks.iter_mut().enumerate() {
            let bit = at * width;
            let both = byte(bit / 8) | byte(bit / 8 + 1) << 8;
            *rank = (both >> (bit % 8)) as u8 & ((1 << width) - 1) as u8;
        }
        bytes.take((usize::from(read.max_rank()) + 1) * 4 + if precision < 16 { 2 } else { 4 })?;
        Ok(read)
    }
}

fn alpha(buckets: f64) -> f64 {
    0.7213 / (1.0 + 1.079 / buckets)
}

/// The number of values for which a raw estimate is expected: its bias is known from the distribution of ranks.
fn unbiased(raw: f64, buckets: f64) -> f64 {
    let expected = |count: f64| {
        let load = count / buckets;
        let below = |rank: i32| (-load * (-f64::from(rank)).exp2()).exp();
        let mut sum = below(0);
        for rank in 1..60 {
            sum += (below(rank) - below(rank - 1)) * (-f64::from(rank)).exp2();
        }
        alpha(buckets) * buckets / sum
    };
    let (mut low, mut high) = (0.0, raw * 1.1);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if expected(middle) < raw { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}
