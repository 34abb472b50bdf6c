//! Tests of the framework: NULLs, constants, types of results, lambdas.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryViewArray, ListArray, UInt8Array};
use arrow::datatypes::{Field, Schema, UInt8Type, UInt16Type, UInt64Type};
use datafusion::common::DFSchema;
use datafusion::logical_expr::execution_props::ExecutionProps;
use datafusion::logical_expr::physical_planning_context::PhysicalPlanningContext;
use datafusion::logical_expr::{Expr, col};
use datafusion::physical_expr::create_physical_expr;
use kinglet_types::{ChType, Result};

use super::{ArgType, Args, Column, Functions, Lambda, evaluate_call, result_type};
use crate::Environment;

fn ty(text: &str) -> ChType {
    ChType::parse(text).expect("a type")
}

fn call(name: &str, args: &[Column], lambdas: &[Option<Lambda>], rows: usize) -> Result<(ChType, ArrayRef)> {
    let function = Functions::get().find(name).expect("a function of the table");
    let environment = Environment::default();
    let list: Vec<ArgType> = args
        .iter()
        .enumerate()
        .map(|(at, c)| match lambdas.get(at) {
            Some(Some(lambda)) => ArgType { is_lambda: true, ..ArgType::new(lambda.result.clone()) },
            _ => ArgType { constant: c.constant.then(|| c.clone()), ..ArgType::new(c.ty.clone()) },
        })
        .collect();
    let ty = result_type(function, &Args { name, list: &list, environment: &environment })?;
    let array = evaluate_call(function, name, args, lambdas, &ty, rows, &environment)?;
    Ok((ty, array))
}

#[test]
fn nulls_propagate_and_the_function_never_sees_them() {
    let array = BinaryViewArray::from_iter([Some("AB"), None, Some("C")].map(|s| s.map(str::as_bytes)));
    let column = Column::new(ty("LowCardinality(Nullable(String))"), Arc::new(array));
    let (result, array) = call("LCASE", &[column], &[], 3).expect("a call");
    assert_eq!(result.to_string(), "LowCardinality(Nullable(String))");
    let array = array.as_binary_view();
    assert_eq!((array.value(0), array.is_null(1), array.value(2)), (&b"ab"[..], true, &b"c"[..]));
}

#[test]
fn a_bare_null_needs_no_function() {
    let (result, array) = call("lower", &[Column::null(ty("Nullable(Nothing)"))], &[], 1).expect("a call");
    assert_eq!((result.to_string().as_str(), array.len()), ("Nullable(Nothing)", 1));
}

#[test]
fn wrong_calls_are_refused_with_clickhouses_codes() {
    assert_eq!(call("lower", &[], &[], 1).map_err(|e| e.code.0).err(), Some(42));
    let number = Column::new(ty("UInt8"), Arc::new(UInt8Array::from(vec![1])));
    assert_eq!(
        call("lower", &[number], &[], 1).map_err(|e| e.name()).err(),
        Some("ILLEGAL_TYPE_OF_ARGUMENT")
    );
    assert!(Functions::get().find("Length").is_some() && Functions::get().find("arraymap").is_none());
}

#[test]
fn length_dispatches_by_layout() {
    let (result, array) = call("length", &[Column::of_texts(["", "Fuß"])], &[], 2).expect("a call");
    assert_eq!((result, array.as_primitive::<UInt64Type>().values().to_vec()), (ChType::UInt64, vec![0, 4]));
}

#[test]
fn lambdas_see_parameters_and_captured_columns() {
    let lists = ListArray::from_iter_primitive::<UInt8Type, _, _>([
        Some(vec![Some(1), Some(2)]),
        Some(vec![]),
        Some(vec![Some(3)]),
    ]);
    let field = Arc::new(Field::new("item", arrow::datatypes::DataType::UInt8, false));
    let lists = ListArray::new(field, lists.offsets().clone(), Arc::clone(lists.values()), None);
    let schema = Arc::new(Schema::new(vec![
        crate::arrow_field("captured", &ChType::UInt8),
        crate::arrow_field("x", &ChType::UInt8),
    ]));
    let body: Expr = col("captured");
    let named = DFSchema::try_from(Arc::clone(&schema)).expect("a schema");
    let compiled =
        create_physical_expr(&body, &named, &ExecutionProps::new(), &PhysicalPlanningContext::default())
            .expect("an expression");
    let captured = Column::new(ChType::UInt8, Arc::new(UInt8Array::from(vec![7, 8, 9])));
    let lambda =
        Lambda { result: ChType::UInt8, parameters: 1, body, compiled, schema, captures: vec![captured] };
    let args = [Column::null(ChType::Nothing), Column::new(ty("Array(UInt8)"), Arc::new(lists))];
    let (result, array) = call("arrayMap", &args, &[Some(lambda), None], 3).expect("a call");
    assert_eq!(result.to_string(), "Array(UInt8)");
    let array = array.as_list::<i32>();
    assert_eq!(array.value_offsets(), [0, 2, 2, 3]);
    assert_eq!(array.values().as_primitive::<UInt8Type>().values().to_vec(), [7, 7, 9]);
}

#[test]
fn whole_numbers_wrap_to_the_width() {
    let array = super::result::ints(&ChType::UInt16, 2, |row| Ok(65_535 + row as i64)).expect("numbers");
    assert_eq!(array.as_primitive::<UInt16Type>().values().to_vec(), [65_535, 0]);
}
