//! Drawing an expression over a table.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::dice::Dice;
use super::template::{Template, class, templates};
use crate::conformance::Tables;

/// Tables that expressions range over, with a key of each that orders the rows.
const TABLES: [(&str, &str); 9] = [
    ("all_types", "id"),
    ("all_nullable", "id"),
    ("nums", "id"),
    ("strs", "id"),
    ("urls", "id"),
    ("dates", "id"),
    ("arrays", "id"),
    ("maps", "id"),
    ("products", "product_id"),
];

/// Deepest nesting of drawn calls.
const DEPTH: usize = 2;

struct Table {
    name: &'static str,
    key: &'static str,
    columns: Vec<(String, Arc<str>)>,
}

/// What can be drawn.
pub(super) struct Drawer {
    templates: Vec<Template>,
    /// Numbers of the templates that queries start from.
    starts: Vec<usize>,
    by_class: HashMap<Arc<str>, Vec<usize>>,
    /// Arguments of the examples, by class.
    constants: HashMap<Arc<str>, Vec<String>>,
    every_constant: Vec<String>,
    tables: Vec<Table>,
}

impl Drawer {
    pub(super) fn new(root: &Path, functions: &[String]) -> Self {
        let loaded = Tables::load(root);
        let tables = TABLES.iter().map(|(name, key)| Table {
            name,
            key,
            columns: loaded.columns(name).into_iter().map(|(name, ty)| (name, class(&ty).into())).collect(),
        });
        let tables = tables.collect();
        let templates = templates();
        let mut by_class: HashMap<Arc<str>, Vec<usize>> = HashMap::new();
        let mut constants: HashMap<Arc<str>, Vec<String>> = HashMap::new();
        let mut every_constant = Vec::new();
        for (at, template) in templates.iter().enumerate() {
            by_class.entry(Arc::clone(&template.class)).or_default().push(at);
            for argument in &template.arguments {
                let Some(class) = &argument.class else { continue };
                constants.entry(Arc::clone(class)).or_default().push(argument.text.clone());
                every_constant.push(argument.text.clone());
            }
        }
        let wanted = |name: &str| functions.is_empty() || functions.iter().any(|other| other == name);
        let starts = (0..templates.len()).filter(|at| wanted(templates[*at].name)).collect();
        Self { templates, starts, by_class, constants, every_constant, tables }
    }

    /// The function called at the top, and the query.
    pub(super) fn query(&self, dice: &mut Dice) -> (&str, String) {
        let template = dice.pick(&self.starts).and_then(|at| self.templates.get(*at));
        let (Some(template), Some(table)) = (template, dice.pick(&self.tables)) else {
            return ("", "SELECT 1".to_owned());
        };
        // A table that has what the call needs, mostly.
        let needed: Vec<_> =
            template.arguments.iter().filter_map(|argument| argument.class.as_ref()).collect();
        let fits = |table: &&Table| table.columns.iter().any(|(_, class)| needed.contains(&class));
        let fitting: Vec<&Table> = self.tables.iter().filter(fits).collect();
        let table = dice.pick(&fitting).copied().unwrap_or(table);
        let expr = self.call(template, table, dice, 0);
        let filter = if dice.chance(40) {
            format!(" WHERE {} = {}", table.key, 1 + dice.below(8))
        } else {
            String::new()
        };
        let sql = format!("SELECT {expr} AS r FROM {}{filter} ORDER BY {}", table.name, table.key);
        (template.name, sql)
    }

    fn call(&self, template: &Template, table: &Table, dice: &mut Dice, depth: usize) -> String {
        let mut arguments: Vec<String> = template
            .arguments
            .iter()
            .map(|argument| match &argument.class {
                None => argument.text.clone(),
                Some(_) if dice.chance(35) => argument.text.clone(),
                Some(class) => self.value(class, table, dice, depth),
            })
            .collect();
        if dice.chance(2) {
            arguments.pop();
        }
        if dice.chance(2) {
            arguments.extend(dice.pick(&self.every_constant).cloned());
        }
        format!("{}({})", template.name, arguments.join(", "))
    }

    /// A value of a class, now and then of another.
    fn value(&self, class: &Arc<str>, table: &Table, dice: &mut Dice, depth: usize) -> String {
        if dice.chance(7) {
            let column = dice.pick(&table.columns).map(|(name, _)| quoted(name));
            return column.unwrap_or_else(|| "NULL".to_owned());
        }
        if dice.chance(2) {
            return "NULL".to_owned();
        }
        let columns: Vec<&String> =
            table.columns.iter().filter(|(_, other)| other == class).map(|(name, _)| name).collect();
        if depth < DEPTH && dice.chance(20) {
            let inner = self.by_class.get(class).and_then(|calls| dice.pick(calls));
            if let Some(template) = inner.and_then(|at| self.templates.get(*at)) {
                return self.call(template, table, dice, depth + 1);
            }
        }
        let drawn = match dice.pick(&columns) {
            Some(column) if dice.chance(75) => quoted(column),
            _ => {
                let constants = self.constants.get(class).and_then(|texts| dice.pick(texts));
                constants.cloned().unwrap_or_else(|| "1".to_owned())
            }
        };
        match dice.below(60) {
            0 => format!("toNullable({drawn})"),
            1 => format!("toLowCardinality({drawn})"),
            2 => format!("materialize({drawn})"),
            _ => drawn,
        }
    }
}

fn quoted(name: &str) -> String {
    format!("`{name}`")
}
