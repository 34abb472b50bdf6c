//! Numbers as people read them.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Function, Spec, result};

/// A number with two digits and a unit.
pub(in crate::function) struct Readable {
    pub(super) spec: &'static Spec,
    /// Step from one unit to the next.
    pub(super) step: f64,
    pub(super) units: &'static [&'static str],
}

impl Function for Readable {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_number)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let numbers = call.floats(0)?;
        result::texts(call.rows, |row, out| {
            let (mut number, mut unit) = (numbers.get(row), 0);
            while unit + 1 < self.units.len() && number.abs() >= self.step {
                number /= self.step;
                unit += 1;
            }
            if number.is_finite() {
                out.extend(format!("{number:.2}").into_bytes());
            } else {
                crate::text::write_f64(number, out);
            }
            out.extend_from_slice(self.units[unit].as_bytes());
            Ok(())
        })
    }
}
