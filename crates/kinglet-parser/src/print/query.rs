//! Queries as ClickHouse prints them.

use super::Printer;
use super::expr::Frame;
use crate::ast::{
    Distinct, Expr, FrameBound, FrameUnit, GroupBy, GroupByItems, GroupByModifier, Join, JoinConstraint,
    JoinKind, JoinLocality, JoinStrictness, Limit, LimitBy, Materialized, NullsOrder, OrderBy, OrderItem,
    Query, QueryBody, Sample, SampleRatio, Select, SetChain, SetOperator, SetQuantifier, SetStep, Setting,
    SettingValue, Stream, TableElement, TableExpr, TableSource, WindowSpec, With, WithItem,
};

impl Printer {
    pub(crate) fn query(&mut self, query: &Query) {
        self.query_body(&query.body);
    }

    fn query_body(&mut self, body: &QueryBody) {
        match body {
            QueryBody::Select(select) => self.select(select),
            QueryBody::Nested(query) => self.query(query),
            QueryBody::Set(chain) => self.set_chain(chain),
        }
    }

    /// Prints a chain without telling levels apart, as ClickHouse does; operands of `EXCEPT` are put
    /// in parentheses.
    fn set_chain(&mut self, chain: &SetChain) {
        let mut operands = Vec::new();
        flatten(None, &chain.first, &mut operands);
        for step in &chain.rest {
            flatten(Some(step), &step.operand, &mut operands);
        }
        let is_except = |operand: Option<&(Option<&SetStep>, &QueryBody)>| {
            operand.and_then(|(step, _)| *step).is_some_and(|step| step.operator == SetOperator::Except)
        };
        for (index, (step, body)) in operands.iter().enumerate() {
            if let Some(step) = step {
                self.set_operator(step);
            }
            let brackets = is_except(operands.get(index)) || is_except(operands.get(index + 1));
            self.set_operand(body, brackets);
        }
    }

    fn set_operator(&mut self, step: &SetStep) {
        self.push(match step.operator {
            SetOperator::Union => " UNION ",
            SetOperator::Except => " EXCEPT ",
            SetOperator::Intersect => " INTERSECT ",
        });
        self.push(match step.quantifier {
            SetQuantifier::All => "ALL ",
            SetQuantifier::Distinct => "DISTINCT ",
            SetQuantifier::Unspecified => "",
        });
    }

    fn set_operand(&mut self, body: &QueryBody, brackets: bool) {
        let mut inner = body;
        while let QueryBody::Nested(query) = inner {
            inner = &query.body;
        }
        if brackets || matches!(inner, QueryBody::Set(_)) {
            self.push("(");
            self.query_body(inner);
            self.push(")");
        } else {
            self.query_body(inner);
        }
    }

    fn select(&mut self, select: &Select) {
        if let Some(with) = &select.with {
            self.with(with);
            self.push(" ");
        }
        self.push("SELECT ");
        if matches!(select.distinct, Some(Distinct::Distinct)) {
            self.push("DISTINCT ");
        }
        self.exprs(&select.projection);
        if !select.from.is_empty() {
            self.push(" FROM ");
            self.tables(&select.from);
        }
        self.clause(" PREWHERE ", select.prewhere.as_ref());
        self.clause(" WHERE ", select.filter.as_ref());
        if let Some(group_by) = &select.group_by {
            self.group_by(group_by);
        }
        self.clause(" HAVING ", select.having.as_ref());
        if !select.windows.is_empty() {
            self.push(" WINDOW ");
            self.list(&select.windows, |printer, named, _| {
                printer.name(&named.name.name);
                printer.push(" AS ");
                printer.window(&named.window, false);
            });
        }
        self.clause(" QUALIFY ", select.qualify.as_ref());
        if let Some(order_by) = &select.order_by {
            self.order_by(order_by);
        }
        self.limits(select);
        if !select.settings.is_empty() {
            self.push(" SETTINGS ");
            self.settings(&select.settings);
        }
    }

    /// Prints a word and an expression, if there is one.
    pub(crate) fn clause(&mut self, word: &str, expr: Option<&Expr>) {
        if let Some(expr) = expr {
            self.push(word);
            self.expr(expr, Frame::TOP);
        }
    }

    pub(crate) fn with(&mut self, with: &With) {
        self.push(if with.recursive { "WITH RECURSIVE " } else { "WITH " });
        self.list(&with.items, |printer, item, index| match item {
            WithItem::Expr(expr) => printer.expr(expr, Frame::element(index)),
            WithItem::Query { name, columns, materialized, query, .. } => {
                printer.name(&name.name);
                if !columns.is_empty() {
                    printer.push("(");
                    printer.list(columns, |printer, column, _| printer.name(&column.name));
                    printer.push(")");
                }
                printer.push(" AS ");
                printer.push(match materialized {
                    Some(Materialized::Yes) => "MATERIALIZED ",
                    Some(Materialized::No) => "NOT MATERIALIZED ",
                    None => "",
                });
                printer.push("(");
                printer.query(query);
                printer.push(")");
            }
        });
    }

    fn tables(&mut self, elements: &[TableElement]) {
        for (index, element) in elements.iter().enumerate() {
            match element {
                TableElement::ArrayJoin(array_join) => {
                    self.push(if index > 0 { " " } else { "" });
                    self.push(if array_join.left { "LEFT ARRAY JOIN " } else { "ARRAY JOIN " });
                    self.exprs(&array_join.exprs);
                }
                TableElement::Table { table, join: None } => self.table(table),
                TableElement::Table { table, join: Some(join) } => {
                    self.join(join);
                    self.table(table);
                    self.join_constraint(join);
                }
            }
        }
    }

    fn join(&mut self, join: &Join) {
        if join.kind == JoinKind::Comma {
            return self.push(", ");
        }
        self.push(" ");
        self.push(match join.locality {
            Some(JoinLocality::Global) => "GLOBAL ",
            Some(JoinLocality::Local) => "LOCAL ",
            None => "",
        });
        self.push(if join.natural { "NATURAL " } else { "" });
        if !matches!(join.kind, JoinKind::Cross | JoinKind::Paste) {
            self.push(match join.strictness {
                Some(JoinStrictness::Any) => "ANY ",
                Some(JoinStrictness::All) => "ALL ",
                Some(JoinStrictness::Asof) => "ASOF ",
                Some(JoinStrictness::Semi) => "SEMI ",
                Some(JoinStrictness::Anti) => "ANTI ",
                None => "",
            });
        }
        self.push(match join.kind {
            JoinKind::Left => "LEFT JOIN ",
            JoinKind::Right => "RIGHT JOIN ",
            JoinKind::Full => "FULL OUTER JOIN ",
            JoinKind::Cross => "CROSS JOIN ",
            JoinKind::Paste => "PASTE JOIN ",
            JoinKind::Inner | JoinKind::Comma => "INNER JOIN ",
        });
    }

    fn join_constraint(&mut self, join: &Join) {
        match &join.constraint {
            Some(JoinConstraint::On(condition)) => {
                self.push(" ON ");
                self.expr(condition, Frame::TOP.as_operand(condition.alias.is_some()));
            }
            Some(JoinConstraint::Using(columns)) => {
                self.push(" USING (");
                self.exprs(columns);
                self.push(")");
            }
            None => {}
        }
    }

    pub(crate) fn table(&mut self, table: &TableExpr) {
        match &table.source {
            TableSource::Name(path) => self.path(path),
            TableSource::Function(function) => self.call(function),
            TableSource::Subquery(query) => {
                self.push("(");
                self.query(query);
                self.push(")");
            }
        }
        if let Some(alias) = &table.alias {
            self.push(" AS ");
            self.name(&alias.name);
        }
        if !table.columns.is_empty() {
            self.push("(");
            self.list(&table.columns, |printer, column, _| printer.name(&column.name));
            self.push(")");
        }
        if table.is_final {
            self.push(" FINAL");
        }
        if let Some(Sample { ratio, offset }) = &table.sample {
            self.push(" SAMPLE ");
            self.sample_ratio(*ratio);
            if let Some(offset) = offset {
                self.push(" OFFSET ");
                self.sample_ratio(*offset);
            }
        }
        if let Some(stream) = &table.stream {
            self.stream(stream);
        }
    }

    fn stream(&mut self, stream: &Stream) {
        self.push(" STREAM");
        self.push(if stream.bounded { " BOUNDED" } else { "" });
        self.push(if stream.unordered { " UNORDERED" } else { "" });
        if let Some(SettingValue::Map(pairs)) = &stream.cursor {
            self.push(" CURSOR {");
            self.list(pairs, |printer, (key, value), _| {
                super::write_value(&mut printer.out, key);
                printer.push(": ");
                super::write_value(&mut printer.out, value);
            });
            self.push("}");
        }
        if let Some((name, expr)) = &stream.watermark {
            self.push(" WATERMARK FOR ");
            self.ident(name);
            self.clause(" AS ", Some(expr));
        }
    }

    fn sample_ratio(&mut self, ratio: SampleRatio) {
        self.push(&ratio.numerator.to_string());
        if ratio.denominator != 1 {
            self.push(" / ");
            self.push(&ratio.denominator.to_string());
        }
    }

    pub(crate) fn group_by(&mut self, group_by: &GroupBy) {
        match &group_by.items {
            GroupByItems::None => {}
            GroupByItems::All => self.push(" GROUP BY ALL"),
            GroupByItems::Exprs(exprs) => {
                self.push(" GROUP BY ");
                self.exprs(exprs);
            }
            GroupByItems::GroupingSets(sets) => {
                self.push(" GROUP BY GROUPING SETS (");
                self.list(sets, |printer, set, _| {
                    printer.push("(");
                    printer.exprs(set);
                    printer.push(")");
                });
                self.push(")");
            }
        }
        match group_by.modifier {
            Some(GroupByModifier::Rollup) => self.push(" WITH ROLLUP"),
            Some(GroupByModifier::Cube) => self.push(" WITH CUBE"),
            None => {}
        }
        if group_by.totals {
            self.push(" WITH TOTALS");
        }
    }

    fn order_by(&mut self, order_by: &OrderBy) {
        self.push(" ORDER BY ");
        if order_by.all {
            for item in &order_by.items {
                self.push("ALL");
                self.direction(item);
            }
        } else {
            self.order_items(&order_by.items);
        }
        let Some(interpolate) = &order_by.interpolate else { return };
        self.push(" INTERPOLATE");
        if interpolate.is_empty() {
            return;
        }
        self.push(" (");
        self.list(interpolate, |printer, item, _| {
            printer.quoted_name(&item.column.name);
            printer.push(" AS ");
            printer.expr(&item.expr, Frame::TOP);
        });
        self.push(")");
    }

    pub(crate) fn order_items(&mut self, items: &[OrderItem]) {
        self.list(items, |printer, item, index| {
            printer.expr(&item.expr, Frame::element(index));
            printer.direction(item);
        });
    }

    fn direction(&mut self, item: &OrderItem) {
        self.push(if item.descending { " DESC" } else { " ASC" });
        match item.nulls {
            Some(NullsOrder::First) => self.push(" NULLS FIRST"),
            Some(NullsOrder::Last) => self.push(" NULLS LAST"),
            None => {}
        }
        self.clause(" COLLATE ", item.collate.as_ref());
        if let Some(fill) = &item.fill {
            self.push(" WITH FILL");
            self.clause(" FROM ", fill.from.as_ref());
            self.clause(" TO ", fill.to.as_ref());
            self.clause(" STEP ", fill.step.as_ref());
            self.clause(" STALENESS ", fill.staleness.as_ref());
        }
    }

    fn limits(&mut self, select: &Select) {
        if let Some(Distinct::On(exprs)) = &select.distinct {
            self.push(" LIMIT 1 BY ");
            self.exprs(exprs);
        }
        if let Some(LimitBy { count, offset, by, all }) = &select.limit_by {
            self.push(" LIMIT ");
            if let Some(offset) = offset {
                self.expr(offset, Frame::TOP);
                self.push(", ");
            }
            self.expr(count, Frame::TOP);
            self.push(if *all { " BY ALL" } else { " BY " });
            self.exprs(by);
        }
        let Some(Limit { count, offset, with_ties, range, .. }) = &select.limit else { return };
        match (count, offset) {
            (Some(count), offset) => {
                self.push(" LIMIT ");
                if let Some(offset) = offset {
                    self.expr(offset, Frame::TOP);
                    self.push(", ");
                }
                self.expr(count, Frame::TOP);
                self.push(if *with_ties { "  WITH TIES" } else { "" });
            }
            (None, Some(offset)) => self.clause(" OFFSET ", Some(offset)),
            (None, None) if range.is_some() => self.push(" LIMIT"),
            (None, None) => {}
        }
        if let Some(range) = range {
            self.clause("  AFTER ", range.after.as_ref());
            self.push(if range.all { " ALL" } else { "" });
            self.clause("  UNTIL ", range.until.as_ref());
        }
    }

    pub(crate) fn settings(&mut self, settings: &[Setting]) {
        self.list(settings, |printer, setting, _| printer.setting(setting));
    }

    pub(crate) fn setting(&mut self, setting: &Setting) {
        self.setting_name(&setting.name.name);
        match &setting.value {
            SettingValue::Implied => {}
            SettingValue::Default => self.push(" = DEFAULT"),
            SettingValue::Literal(value) => {
                self.push(" = ");
                super::write_value(&mut self.out, value);
            }
            SettingValue::Expr(expr) => self.clause(" = ", Some(expr)),
            SettingValue::Map(pairs) => {
                self.push(" = {");
                self.list(pairs, |printer, (key, value), _| {
                    super::write_value(&mut printer.out, key);
                    printer.push(":");
                    super::write_value(&mut printer.out, value);
                });
                self.push("}");
            }
        }
    }

    /// Setting names keep their dots unquoted.
    fn setting_name(&mut self, name: &str) {
        let plain = name.split('.').all(|part| !super::needs_quotes(part));
        if plain { self.push(name) } else { self.quoted_name(name) }
    }

    /// Prints a window; that of an operand has its expressions as operands too.
    pub(crate) fn window(&mut self, window: &WindowSpec, operand: bool) {
        self.push("(");
        let mut parts = 0;
        let mut space = |printer: &mut Self| {
            printer.push(if parts > 0 { " " } else { "" });
            parts += 1;
        };
        if let Some(parent) = &window.parent {
            space(self);
            self.name(&parent.name);
        }
        if !window.partition_by.is_empty() {
            space(self);
            self.push("PARTITION BY ");
            self.list(&window.partition_by, |printer, expr, index| {
                printer.expr(expr, Frame::element(index).as_operand(operand));
            });
        }
        if !window.order_by.is_empty() {
            space(self);
            self.push("ORDER BY ");
            self.list(&window.order_by, |printer, item, index| {
                printer.expr(&item.expr, Frame::element(index).as_operand(operand));
                printer.direction(item);
            });
        }
        if let Some(frame) = &window.frame {
            space(self);
            self.push(match frame.unit {
                FrameUnit::Rows => "ROWS BETWEEN ",
                FrameUnit::Range => "RANGE BETWEEN ",
                FrameUnit::Groups => "GROUPS BETWEEN ",
            });
            self.frame_bound(&frame.start, operand);
            self.push(" AND ");
            self.frame_bound(&frame.end, operand);
        }
        self.push(")");
    }

    fn frame_bound(&mut self, bound: &FrameBound, operand: bool) {
        match bound {
            FrameBound::UnboundedPreceding => self.push("UNBOUNDED PRECEDING"),
            FrameBound::UnboundedFollowing => self.push("UNBOUNDED FOLLOWING"),
            FrameBound::CurrentRow => self.push("CURRENT ROW"),
            FrameBound::Preceding(offset) => {
                self.expr(offset, Frame::TOP.as_operand(operand));
                self.push(" PRECEDING");
            }
            FrameBound::Following(offset) => {
                self.expr(offset, Frame::TOP.as_operand(operand));
                self.push(" FOLLOWING");
            }
        }
    }
}

/// Adds an operand, or those of the chain of `INTERSECT`s it is.
fn flatten<'a>(
    step: Option<&'a SetStep>,
    body: &'a QueryBody,
    operands: &mut Vec<(Option<&'a SetStep>, &'a QueryBody)>,
) {
    let QueryBody::Set(chain) = body else { return operands.push((step, body)) };
    flatten(step, &chain.first, operands);
    for step in &chain.rest {
        flatten(Some(step), &step.operand, operands);
    }
}
