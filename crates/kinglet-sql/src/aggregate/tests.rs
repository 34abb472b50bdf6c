//! Tests of the framework: NULLs, conditions, states in ClickHouse's bytes.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Int64Array, UInt8Array};
use arrow::datatypes::{Int64Type, UInt64Type};
use kinglet_types::ChType;

use super::{Bound, Call, Rows, bind};
use crate::Environment;

fn bound(name: &str, types: &[&str]) -> Arc<dyn Bound> {
    let types: Vec<ChType> = types.iter().map(|text| ChType::parse(text).expect("a type")).collect();
    let environment = Environment::default();
    bind(&Call { name, parameters: &[], types: &types, environment: &environment }).expect("an aggregate")
}

fn answers(bound: &dyn Bound, columns: &[ArrayRef], groups: &[usize], total: usize) -> ArrayRef {
    let mut held = bound.groups();
    held.update(&Rows { columns, groups, filter: None, total }).expect("rows");
    held.finish(total).expect("answers")
}

fn numbers(values: Vec<Option<i64>>) -> ArrayRef {
    Arc::new(Int64Array::from(values))
}

#[test]
fn combinators_stack_over_any_aggregate() {
    let sum = bound("SUMIf", &["Int64", "UInt8"]);
    let columns = [numbers(vec![Some(1), Some(2), Some(4)]), Arc::new(UInt8Array::from(vec![1, 0, 1])) as _];
    let got = answers(sum.as_ref(), &columns, &[0, 0, 1], 3);
    assert_eq!(got.as_primitive::<Int64Type>().values().to_vec(), [1, 4, 0]);
    assert_eq!(
        bound("sumIfState", &["Int64", "UInt8"]).result_type().to_string(),
        "AggregateFunction(sumIf, Int64, UInt8)"
    );
}

#[test]
fn null_rows_are_left_out_and_nothing_is_null() {
    let sum = bound("sum", &["Nullable(Int64)"]);
    assert_eq!(sum.result_type().to_string(), "Nullable(Int64)");
    let got = answers(sum.as_ref(), &[numbers(vec![Some(5), None, None])], &[0, 0, 1], 2);
    let got = got.as_primitive::<Int64Type>();
    assert_eq!((got.value(0), got.is_null(1)), (5, true));
    let count = bound("count", &["Nullable(Int64)"]);
    let got = answers(count.as_ref(), &[numbers(vec![Some(5), None, None])], &[0, 0, 1], 2);
    assert_eq!(got.as_primitive::<UInt64Type>().values().to_vec(), [1, 0]);
}

#[test]
fn states_are_clickhouses_bytes_and_merge() {
    let state = bound("sumState", &["Nullable(Int64)"]);
    let states = answers(state.as_ref(), &[numbers(vec![Some(3), None, Some(4)])], &[0, 1, 2], 3);
    // A flag, then the sum in eight bytes; a group without values is the flag alone.
    assert_eq!(states.as_binary_view().value(0), [1, 3, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(states.as_binary_view().value(1), [0]);
    let ty = state.result_type().to_string();
    assert_eq!(ty, "AggregateFunction(sum, Nullable(Int64))");
    let merge = bound("sumMerge", &[&ty]);
    assert_eq!(merge.result_type().to_string(), "Nullable(Int64)");
    let got = answers(merge.as_ref(), &[states], &[0, 0, 0], 1);
    assert_eq!(got.as_primitive::<Int64Type>().value(0), 7);
}
