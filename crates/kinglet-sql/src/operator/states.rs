//! Arithmetic of aggregate states: two added are merged, one times n is merged with itself.

use arrow::array::{Array, ArrayRef, BooleanArray};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use crate::Environment;
use crate::aggregate::{self, Groups, Rows};
use crate::function::{Args, Call};

/// Most bytes of states that are made.
const MOST_BYTES: usize = 1 << 28;

/// The type of a sum of states.
///
/// # Errors
/// 421 for states of different functions.
pub(super) fn sum(args: &Args<'_>) -> Option<Result<ChType>> {
    match (args.ty(0), args.ty(1)) {
        (ChType::AggregateFunction(a), ChType::AggregateFunction(b)) if a != b => {
            let message = format!(
                "Cannot add aggregate states of different functions: {} and {}",
                args.ty(0),
                args.ty(1)
            );
            let code = ErrorCode::from_name("CANNOT_ADD_DIFFERENT_AGGREGATE_STATES");
            Some(Err(SqlError::new(code.unwrap_or(ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT), message)))
        }
        (state @ ChType::AggregateFunction(_), ChType::AggregateFunction(_)) => Some(Ok(state.clone())),
        _ => None,
    }
}

/// The type of a state times an unsigned number.
pub(super) fn product(args: &Args<'_>) -> Option<ChType> {
    let counts = |ty: &ChType| ty.integer_bits().is_some_and(|(bits, signed)| bits <= 64 && !signed);
    match (args.ty(0), args.ty(1)) {
        (state @ ChType::AggregateFunction(_), number) | (number, state @ ChType::AggregateFunction(_))
            if counts(number) =>
        {
            Some(state.clone())
        }
        _ => None,
    }
}

fn groups(ty: &ChType, environment: &Environment) -> Result<Box<dyn Groups>> {
    let ChType::AggregateFunction(state) = ty else {
        return Err(SqlError::illegal_type("plus", 1, ty));
    };
    let name = format!("{}MergeState", state.function);
    let types = std::slice::from_ref(ty);
    Ok(aggregate::bind(&aggregate::Call { name: &name, parameters: &[], types, environment })?.groups())
}

/// States and numbers, or two columns of states.
///
/// # Errors
/// When the bytes are no states; 241 when the result is too large.
pub(super) fn evaluate(call: &Call<'_>) -> Result<ArrayRef> {
    let of: Vec<usize> = (0..call.rows).collect();
    let mut held = groups(call.result, call.environment)?;
    let add = |held: &mut dyn Groups, states: &ArrayRef, filter: Option<&BooleanArray>| {
        held.update(&Rows { columns: std::slice::from_ref(states), groups: &of, filter, total: call.rows })
    };
    let (first, second) = (call.arg(0)?.expanded(call.rows), call.arg(1)?.expanded(call.rows));
    if call.ty(0) == call.ty(1) {
        add(held.as_mut(), &first, None)?;
        add(held.as_mut(), &second, None)?;
        return held.finish(call.rows);
    }
    let at = usize::from(matches!(call.ty(0), ChType::AggregateFunction(_)));
    let (mut power, counts) = (if at == 1 { first } else { second }, call.ints(at)?);
    let counts: Vec<u64> = (0..call.rows).map(|row| counts.get(row) as u64).collect();
    let bits = u64::BITS - counts.iter().copied().max().unwrap_or(0).leading_zeros();
    for bit in 0..bits {
        let set: BooleanArray = counts.iter().map(|count| Some(count >> bit & 1 == 1)).collect();
        add(held.as_mut(), &power, Some(&set))?;
        if bit + 1 < bits {
            if power.get_array_memory_size() > MOST_BYTES {
                let message = "A multiple of an aggregate state takes too much memory";
                return Err(SqlError::new(ErrorCode::MEMORY_LIMIT_EXCEEDED, message));
            }
            let mut doubled = groups(call.result, call.environment)?;
            add(doubled.as_mut(), &power, None)?;
            add(doubled.as_mut(), &power, None)?;
            power = doubled.finish(call.rows)?;
        }
    }
    held.finish(call.rows)
}
