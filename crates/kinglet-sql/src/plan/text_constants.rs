//! Texts compared with constants: `=`, `!=` and short lists, on the views themselves.
//!
//! A text of up to 12 bytes is its view, so that comparing it is comparing 16 bytes. Arrow's kernels follow a
//! general path for each value, and lists are hashed.

use std::sync::Arc;

use arrow::array::{Array, AsArray, BinaryViewArray, BooleanArray, make_view};
use arrow::buffer::BooleanBuffer;
use arrow::datatypes::DataType;
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::common::{DFSchema, ExprSchema, Result, ScalarValue};
use datafusion::logical_expr::{
    BinaryExpr, ColumnarValue, Expr, ExprSchemable, LogicalPlan, Operator, ScalarFunctionArgs, ScalarUDF,
    ScalarUDFImpl, Signature, TypeSignature, Volatility,
};
use datafusion::optimizer::{OptimizerConfig, OptimizerRule};

/// Longer lists are left to hashing.
const MOST: usize = 16;

/// The optimizer rule; it comes last, as others know what `=` means.
#[derive(Debug, Default)]
pub(crate) struct TextConstants;

impl OptimizerRule for TextConstants {
    fn name(&self) -> &str {
        "text_constants"
    }

    fn rewrite(&self, plan: LogicalPlan, _: &dyn OptimizerConfig) -> Result<Transformed<LogicalPlan>> {
        plan.transform_up(|node| {
            if !matches!(node, LogicalPlan::Filter(_) | LogicalPlan::Projection(_)) {
                return Ok(Transformed::no(node));
            }
            let Some(input) = node.inputs().first().map(|input| Arc::clone(input.schema())) else {
                return Ok(Transformed::no(node));
            };
            // A projected expression keeps its name.
            let named = matches!(node, LogicalPlan::Projection(_));
            node.map_expressions(|expr| {
                let name = named.then(|| expr.schema_name().to_string());
                let replaced = expr.transform_up(|expr| Ok(special(expr, &input)))?;
                Ok(match name {
                    Some(name) if replaced.transformed => replaced.update_data(|expr| match expr {
                        aliased @ Expr::Alias(_) => aliased,
                        other => other.alias(name),
                    }),
                    _ => replaced,
                })
            })
        })
    }
}

fn special(expr: Expr, schema: &DFSchema) -> Transformed<Expr> {
    let text = |expr: &Expr| matches!(expr.get_type(schema), Ok(DataType::BinaryView));
    let literal = |expr: &Expr| match expr {
        Expr::Literal(ScalarValue::BinaryView(Some(bytes)), _) => Some(bytes.clone()),
        _ => None,
    };
    let found = match &expr {
        Expr::BinaryExpr(BinaryExpr { left, op: op @ (Operator::Eq | Operator::NotEq), right }) => {
            let pair = match (literal(left), literal(right)) {
                (None, Some(bytes)) => Some((left, bytes)),
                (Some(bytes), None) => Some((right, bytes)),
                _ => None,
            };
            pair.map(|(value, bytes)| (value.as_ref().clone(), vec![bytes], *op == Operator::NotEq))
        }
        Expr::InList(list) if list.list.len() <= MOST => {
            let texts: Option<Vec<Vec<u8>>> = list.list.iter().map(literal).collect();
            texts.map(|texts| (list.expr.as_ref().clone(), texts, list.negated))
        }
        _ => None,
    };
    match found {
        Some((value, texts, negated)) if text(&value) => Transformed::yes(one_of(value, texts, negated)),
        _ => Transformed::no(expr),
    }
}

/// Whether a text is one of some constants; NULL for NULL.
fn one_of(value: Expr, texts: Vec<Vec<u8>>, negated: bool) -> Expr {
    let signature = Signature::new(TypeSignature::Any(1), Volatility::Immutable);
    ScalarUDF::new_from_impl(OneOf { texts, negated, signature }).call(vec![value])
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct OneOf {
    texts: Vec<Vec<u8>>,
    negated: bool,
    signature: Signature,
}

impl std::fmt::Debug for OneOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} of {}", if self.negated { "none" } else { "one" }, self.texts.len())
    }
}

impl OneOf {
    fn flags(&self, array: &BinaryViewArray) -> BooleanBuffer {
        // The views of short texts; of long ones length and first bytes.
        let short: Vec<u128> =
            self.texts.iter().filter(|text| text.len() <= 12).map(|text| make_view(text, 0, 0)).collect();
        let long: Vec<&[u8]> = self.texts.iter().map(Vec::as_slice).filter(|text| text.len() > 12).collect();
        let views = array.views();
        let negated = self.negated;
        match (short.as_slice(), long.as_slice()) {
            ([one], []) => BooleanBuffer::collect_bool(views.len(), |row| {
                views.get(row).is_some_and(|view| view == one) != negated
            }),
            (short, []) => BooleanBuffer::collect_bool(views.len(), |row| {
                views.get(row).is_some_and(|view| short.iter().fold(false, |any, one| any | (view == one)))
                    != negated
            }),
            (short, long) => {
                let heads: Vec<u64> = long.iter().map(|text| make_view(text, 0, 0) as u64).collect();
                BooleanBuffer::collect_bool(views.len(), |row| {
                    let Some(view) = views.get(row) else { return negated };
                    let head = *view as u64;
                    let found = short.contains(view)
                        || heads
                            .iter()
                            .zip(long)
                            .any(|(known, text)| *known == head && array.value(row) == *text);
                    found != negated
                })
            }
        }
    }
}

impl ScalarUDFImpl for OneOf {
    fn name(&self) -> &str {
        if self.negated { "none_of" } else { "one_of" }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _types: &[DataType]) -> Result<DataType> {
        Ok(DataType::Boolean)
    }

    fn is_nullable(&self, args: &[Expr], schema: &dyn ExprSchema) -> bool {
        args.iter().any(|arg| arg.nullable(schema).unwrap_or(true))
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let Some(value) = args.args.into_iter().next() else {
            return datafusion::common::internal_err!("one_of without a text");
        };
        let array = value.into_array(args.number_rows)?;
        let Some(texts) = array.as_binary_view_opt() else {
            return datafusion::common::internal_err!("one_of of {}", array.data_type());
        };
        let flags = BooleanArray::new(self.flags(texts), texts.nulls().cloned());
        Ok(ColumnarValue::Array(Arc::new(flags)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_texts_are_found() {
        let long = "more than twelve bytes";
        let array =
            BinaryViewArray::from_iter_values(["", "a", "twelve bytes", long, "more than twelve hours"]);
        let signature = Signature::new(TypeSignature::Any(1), Volatility::Immutable);
        let flags = |texts: &[&str], negated| {
            let texts = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
            OneOf { texts, negated, signature: signature.clone() }.flags(&array).iter().collect::<Vec<_>>()
        };
        assert_eq!(flags(&["a"], false), [false, true, false, false, false]);
        assert_eq!(flags(&["", "twelve bytes"], true), [false, true, false, true, true]);
        assert_eq!(flags(&[long, "a"], false), [false, true, false, true, false]);
    }
}
