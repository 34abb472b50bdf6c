//! SAMPLE: the rows whose sampling key lies in a share of all values of its type.

use std::rc::Rc;
use std::sync::Arc;

use datafusion::logical_expr::{LogicalPlanBuilder, Operator};
use kinglet_parser::ast::{Sample, SampleRatio};
use kinglet_types::{ErrorCode, Result, SqlError};

use super::expr::Context;
use super::{Binder, Relation, Scope, ScopeColumn, planned};
use crate::catalog::Table;

/// A share of all values of a type with `bits` bits, rounded down; `None` where it is all of them or more.
fn bound(numerator: u128, denominator: u128, bits: u32) -> Option<u64> {
    if numerator >= denominator {
        return None;
    }
    // As ClickHouse, but with shares of more digits than 64 bits hold cut off.
    let cut = 128 - denominator.leading_zeros().min(64);
    let cut = cut.saturating_sub(64);
    let (numerator, denominator) = (numerator >> cut, (denominator >> cut).max(1));
    let whole = numerator.checked_mul(1_u128 << bits)?;
    u64::try_from(whole / denominator).ok()
}

impl Binder<'_> {
    /// The rows of a table that SAMPLE chooses.
    ///
    /// # Errors
    /// 141 when the table has no sampling key.
    pub(super) fn sampled(
        &self,
        relation: Relation,
        table: &Arc<dyn Table>,
        sample: &Sample,
    ) -> Result<Relation> {
        let Some(key) = table.keys().sampling else {
            let message = format!("Storage {} doesn't support sampling", table.engine());
            return Err(SqlError::new(ErrorCode::SAMPLING_NOT_SUPPORTED, message));
        };
        let wrong = |message: String| SqlError::new(ErrorCode::ILLEGAL_TYPE_OF_COLUMN_FOR_FILTER, message);
        let expr = kinglet_parser::parse_expression(&key).into_result();
        let expr = expr.map_err(|error| SqlError::new(ErrorCode::SYNTAX_ERROR, error.message))?;
        let scope = Scope::inside(None);
        let columns = relation.columns.iter().map(|column| ScopeColumn {
            database: None,
            table: None,
            aliased: false,
            original: None,
            name: column.name.clone(),
            ty: column.ty.clone(),
            id: column.id.clone(),
            hidden: false,
            shadowed: false,
            plain: false,
            merged: false,
            alias: None,
        });
        scope.columns.borrow_mut().extend(columns);
        let key = self.expr(&Rc::clone(&scope), &expr, Context::rows("SAMPLE BY"))?;
        let bits = match key.ty.integer_bits() {
            Some((bits, false)) if bits <= 64 => u32::from(bits),
            _ => {
                return Err(wrong(format!(
                    "Invalid sampling column type {}. Must be one unsigned integer",
                    key.ty
                )));
            }
        };
        let SampleRatio { numerator, denominator } = sample.ratio;
        let (numerator, denominator) = match numerator > denominator {
            // So many rows of all there are.
            true => (numerator / denominator.max(1), u128::from(table.row_count().unwrap_or(0))),
            false => (numerator, denominator),
        };
        let offset = sample.offset.unwrap_or(SampleRatio { numerator: 0, denominator: 1 });
        let end = offset
            .numerator
            .checked_mul(denominator)
            .zip(numerator.checked_mul(offset.denominator))
            .and_then(|(a, b)| Some((a.checked_add(b)?, denominator.checked_mul(offset.denominator)?)));
        let mut conditions = Vec::new();
        if let Some(low) = bound(offset.numerator, offset.denominator, bits).filter(|low| *low > 0) {
            let low = super::special::number(low)?;
            conditions.push(self.compare("greaterOrEquals", &key, &low)?.condition()?);
        }
        if let Some(high) = end.and_then(|(numerator, denominator)| bound(numerator, denominator, bits)) {
            let high = super::special::number(high)?;
            conditions.push(self.compare("less", &key, &high)?.condition()?);
        }
        match super::special::balanced(&conditions, Operator::And) {
            None => Ok(relation),
            Some(all) => {
                let plan = planned(planned(LogicalPlanBuilder::from(relation.plan).filter(all))?.build())?;
                Ok(Relation { plan, ..relation })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::bound;

    #[test]
    fn shares_are_parts_of_all_values() {
        assert_eq!(bound(1, 10, 32), Some(429_496_729));
        assert_eq!(bound(1, 2, 8), Some(128));
        assert_eq!(bound(1, 2, 64), Some(1 << 63));
        assert_eq!(bound(1, 1, 64), None);
    }
}
