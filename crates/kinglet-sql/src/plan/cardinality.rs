//! How many rows a plan has, guessed from the number of rows of its tables and the shape of its conditions.

use datafusion::common::JoinType;
use datafusion::datasource::source_as_provider;
use datafusion::logical_expr::{BinaryExpr, Expr, LogicalPlan, Operator};

use super::TableScanSource;

/// Rows of a table that does not know how many it has.
const UNKNOWN: f64 = 10_000.0;

/// A guess of the number of rows of a plan, at least 1.
pub(super) fn rows(plan: &LogicalPlan) -> f64 {
    guess(plan, true).max(1.0)
}

/// The same without its conditions: how many values a key of it has at most.
pub(super) fn base_rows(plan: &LogicalPlan) -> f64 {
    guess(plan, false).max(1.0)
}

fn guess(plan: &LogicalPlan, conditions: bool) -> f64 {
    let input = |plan: &LogicalPlan| guess(plan, conditions);
    match plan {
        LogicalPlan::TableScan(scan) => table_rows(scan).unwrap_or(UNKNOWN),
        LogicalPlan::Filter(filter) if conditions => input(&filter.input) * selectivity(&filter.predicate),
        LogicalPlan::Aggregate(aggregate) => match aggregate.group_expr.len() {
            0 => 1.0,
            _ => (input(&aggregate.input) / 3.0).max(1.0),
        },
        LogicalPlan::Join(join) => {
            let (left, right) = (input(&join.left), input(&join.right));
            match join.join_type {
                JoinType::LeftSemi | JoinType::LeftAnti => left / 2.0,
                JoinType::RightSemi | JoinType::RightAnti => right / 2.0,
                JoinType::LeftMark => left,
                JoinType::RightMark => right,
                JoinType::Inner if join.on.is_empty() && join.filter.is_none() => left * right,
                _ => left.max(right),
            }
        }
        LogicalPlan::Limit(limit) => {
            let most = match limit.get_fetch_type() {
                Ok(datafusion::logical_expr::FetchType::Literal(Some(fetch))) => fetch as f64,
                _ => f64::INFINITY,
            };
            input(&limit.input).min(most)
        }
        LogicalPlan::EmptyRelation(_) => 1.0,
        LogicalPlan::Values(values) => values.values.len() as f64,
        LogicalPlan::Extension(extension) => extension.node.inputs().into_iter().map(input).sum(),
        other => other.inputs().into_iter().map(input).fold(0.0, f64::max),
    }
}

fn table_rows(scan: &datafusion::logical_expr::TableScan) -> Option<f64> {
    let provider = source_as_provider(&scan.source).ok()?;
    let provider: &dyn std::any::Any = provider.as_ref();
    Some(provider.downcast_ref::<TableScanSource>()?.row_count()? as f64)
}

/// The part of rows that a condition is likely to keep.
pub(super) fn selectivity(condition: &Expr) -> f64 {
    match condition {
        Expr::BinaryExpr(BinaryExpr { left, op, right }) => match op {
            Operator::And => selectivity(left) * selectivity(right),
            Operator::Or => {
                let (a, b) = (selectivity(left), selectivity(right));
                a + b - a * b
            }
            Operator::Eq | Operator::IsNotDistinctFrom => 0.05,
            Operator::NotEq | Operator::IsDistinctFrom => 0.9,
            _ => 0.35,
        },
        Expr::Not(inner) => 1.0 - selectivity(inner),
        Expr::InList(list) => {
            let kept = (0.05 * list.list.len() as f64).min(0.5);
            if list.negated { 1.0 - kept } else { kept }
        }
        Expr::IsNotNull(_) => 0.95,
        Expr::IsNull(_) => 0.05,
        Expr::Literal(..) => 1.0,
        _ => 0.25,
    }
}
