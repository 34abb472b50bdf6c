//! Random numbers of a query: a stream for each call, from the query's seed.

use std::sync::atomic::Ordering;

use crate::function::Call;

/// A stream of random numbers (SplitMix64, S. Vigna, public domain).
pub(in crate::function) struct Stream {
    state: u64,
}

impl Stream {
    /// The stream of a call: by the query's seed, the function's name, its last argument if that is a constant
    /// tag, and the batch.
    pub(in crate::function) fn of(call: &Call<'_>) -> Self {
        let batch = call.environment.batches_drawn.fetch_add(1, Ordering::Relaxed);
        let name =
            call.name.bytes().fold(0_u64, |hash, byte| hash.wrapping_mul(131).wrapping_add(byte.into()));
        Self {
            state: call.environment.seed ^ name.rotate_left(17) ^ batch.wrapping_mul(0x9e37_79b9_7f4a_7c15),
        }
    }

    /// A stream by seed alone.
    pub(super) fn seeded(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next 64 bits.
    pub(in crate::function) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below `bound`, which is not 0.
    pub(in crate::function) fn below(&mut self, bound: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(bound.max(1))) >> 64) as u64
    }

    /// A number from 0 up to 1.
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number of the standard normal distribution (G. Box and M. Muller).
    pub(super) fn normal(&mut self) -> f64 {
        let (a, b) = (1.0 - self.unit(), self.unit());
        (-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos()
    }

    /// A number of the gamma distribution with scale 1 (G. Marsaglia and W. Tsang, 2000).
    pub(super) fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            return self.gamma(shape + 1.0) * (1.0 - self.unit()).powf(1.0 / shape);
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && (1.0 - self.unit()).ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }

    /// A number of the Poisson distribution; large means are drawn from the normal one.
    pub(super) fn poisson(&mut self, mean: f64) -> u64 {
        if mean > 500.0 {
            return (mean + mean.sqrt() * self.normal()).round().max(0.0) as u64;
        }
        let (limit, mut product, mut count) = ((-mean).exp(), 1.0, 0);
        loop {
            product *= self.unit();
            if product <= limit {
                return count;
            }
            count += 1;
        }
    }
}
