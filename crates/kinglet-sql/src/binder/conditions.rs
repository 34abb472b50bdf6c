//! Conditions as lists of parts that must all hold.

use datafusion::logical_expr::utils::split_conjunction_owned;
use datafusion::logical_expr::{BinaryExpr, Expr, Operator};

use super::special::balanced;

/// Most alternatives of an `or` that are compared with each other.
const MOST: usize = 64;

/// The parts of a condition that must all hold. What all alternatives of an `or` have in common stands beside
/// it: `(a AND b) OR (a AND c)` is `a` and `b OR c`, so that `a` can be a key of a join or go down to a table.
pub(super) fn conjuncts(condition: Expr) -> Vec<Expr> {
    let mut parts = Vec::new();
    for part in split_conjunction_owned(condition) {
        match without_common(&part) {
            Some((common, rest)) => {
                parts.extend(common);
                parts.extend(rest);
            }
            None => parts.push(part),
        }
    }
    parts
}

/// What all alternatives have in common, and the `or` of what is left of them.
fn without_common(condition: &Expr) -> Option<(Vec<Expr>, Option<Expr>)> {
    let mut alternatives = Vec::new();
    split_or(condition, &mut alternatives);
    if alternatives.len() < 2 || alternatives.len() > MOST {
        return None;
    }
    let alternatives: Vec<Vec<Expr>> =
        alternatives.into_iter().map(|one| split_conjunction_owned(one.clone())).collect();
    let (first, others) = alternatives.split_first()?;
    let common: Vec<Expr> =
        first.iter().filter(|part| others.iter().all(|other| other.contains(part))).cloned().collect();
    if common.is_empty() {
        return None;
    }
    let rest: Vec<Option<Expr>> = alternatives
        .iter()
        .map(|parts| {
            let own: Vec<Expr> = parts.iter().filter(|part| !common.contains(part)).cloned().collect();
            balanced(&own, Operator::And)
        })
        .collect();
    // An alternative with nothing else makes the others superfluous.
    let rest: Option<Vec<Expr>> = rest.into_iter().collect();
    Some((common, rest.and_then(|rest| balanced(&rest, Operator::Or))))
}

fn split_or<'a>(condition: &'a Expr, into: &mut Vec<&'a Expr>) {
    match condition {
        Expr::BinaryExpr(BinaryExpr { left, op: Operator::Or, right }) => {
            split_or(left, into);
            split_or(right, into);
        }
        other => into.push(other),
    }
}

#[cfg(test)]
mod tests {
    use datafusion::logical_expr::{col, lit};

    use super::*;

    #[test]
    fn what_all_alternatives_need_stands_alone() {
        let (a, b, c) = (col("a").eq(lit(1)), col("b").eq(lit(2)), col("c").eq(lit(3)));
        let either = a.clone().and(b.clone()).or(c.clone().and(a.clone()));
        assert_eq!(conjuncts(either), [a.clone(), b.clone().or(c)]);
        assert_eq!(conjuncts(a.clone().or(a.clone().and(b.clone()))), std::slice::from_ref(&a));
        assert_eq!(conjuncts(a.clone().or(b.clone())), [a.or(b)]);
    }
}
