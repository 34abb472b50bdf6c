//! `ALTER TABLE` as ClickHouse prints it.

use super::Printer;
use crate::ast::{Alter, AlterAction, ColumnPosition, Ident, MoveTarget, Partition, Quote};

impl Printer {
    pub(crate) fn alter(&mut self, alter: &Alter) {
        self.push("ALTER TABLE ");
        self.path(&alter.table);
        self.on_cluster(alter.cluster.as_ref());
        self.push(" ");
        self.list(&alter.actions, |printer, action, _| {
            printer.push("(");
            printer.action(action);
            printer.push(")");
        });
        self.settings_clause(&alter.settings);
    }

    fn word_and_name(&mut self, words: &str, condition: &str, name: &Ident) {
        self.push(words);
        self.push(condition);
        if name.quote != Quote::None {
            return self.name(&name.name);
        }
        for (index, part) in name.name.split('.').enumerate() {
            self.push(if index > 0 { "." } else { "" });
            self.name(part);
        }
    }

    fn position(&mut self, position: Option<&ColumnPosition>) {
        match position {
            Some(ColumnPosition::First) => self.push(" FIRST "),
            Some(ColumnPosition::After(name)) => self.word_and_name(" AFTER ", "", name),
            None => {}
        }
    }

    fn part(&mut self, part: bool, partition: &Partition) {
        self.push(if part { "PART " } else { "PARTITION " });
        self.partition(partition);
    }

    fn action(&mut self, action: &AlterAction) {
        let exists = |condition: &bool| if *condition { "IF EXISTS " } else { "" };
        let not_exists = |condition: &bool| if *condition { "IF NOT EXISTS " } else { "" };
        match action {
            AlterAction::AddColumn { column, if_not_exists, position } => {
                self.push("ADD COLUMN ");
                self.push(not_exists(if_not_exists));
                self.column_def(column);
                self.position(position.as_ref());
            }
            AlterAction::DropColumn { column, if_exists } => {
                self.word_and_name("DROP COLUMN ", exists(if_exists), column);
            }
            AlterAction::ClearColumn { column, if_exists, partition } => {
                self.word_and_name("CLEAR COLUMN ", exists(if_exists), column);
                self.in_partition(partition.as_ref());
            }
            AlterAction::RenameColumn { from, to, if_exists } => {
                self.word_and_name("RENAME COLUMN ", exists(if_exists), from);
                self.word_and_name(" TO ", "", to);
            }
            AlterAction::ModifyColumn { .. } => self.modify_column(action),
            AlterAction::CommentColumn { column, if_exists, comment } => {
                self.word_and_name("COMMENT COLUMN ", exists(if_exists), column);
                self.push(" ");
                self.string(comment);
            }
            AlterAction::MaterializeColumn { column, partition } => {
                self.word_and_name("MATERIALIZE COLUMN ", "", column);
                self.in_partition(partition.as_ref());
            }
            AlterAction::ModifyComment(comment) => {
                self.push("MODIFY COMMENT ");
                self.string(comment);
            }
            AlterAction::ModifyOrderBy(expr) => self.clause("MODIFY ORDER BY ", Some(expr)),
            AlterAction::ModifySampleBy(expr) => self.clause("MODIFY SAMPLE BY ", Some(expr)),
            AlterAction::RemoveSampleBy => self.push("REMOVE SAMPLE BY"),
            AlterAction::ModifyTtl(items) => {
                self.push("MODIFY TTL ");
                self.ttl_items(items);
            }
            AlterAction::RemoveTtl => self.push("REMOVE TTL"),
            AlterAction::MaterializeTtl(partition) => {
                self.push("MATERIALIZE TTL");
                self.in_partition(partition.as_ref());
            }
            AlterAction::ModifyQuery(query) => {
                self.push("MODIFY QUERY ");
                self.query(query);
            }
            AlterAction::ModifySetting(settings) => {
                self.push("MODIFY SETTING ");
                self.settings(settings);
            }
            AlterAction::ResetSetting(names) => {
                self.push("RESET SETTING  ");
                self.list(names, |printer, name, _| printer.name(&name.name));
            }
            AlterAction::Statistics { verb, conditional, columns, kinds, partition } => {
                self.push(verb);
                self.push(" STATISTICS ");
                let condition = if *verb == "ADD" { "IF NOT EXISTS " } else { "IF EXISTS " };
                self.push(if *conditional { condition } else { "" });
                self.push(if columns.is_empty() { " ALL" } else { " " });
                self.list(columns, |printer, name, _| printer.name(&name.name));
                if !kinds.is_empty() {
                    self.push(" TYPE  ");
                    self.exprs(kinds);
                }
                self.in_partition(partition.as_ref());
            }
            AlterAction::AddIndex { index, if_not_exists, position } => {
                self.push("ADD INDEX ");
                self.push(not_exists(if_not_exists));
                self.index_def(index);
                self.position(position.as_ref());
            }
            AlterAction::Part { verb, object, name, if_exists, partition } => {
                self.push(&format!("{verb} {object} "));
                self.word_and_name("", exists(if_exists), name);
                self.in_partition(partition.as_ref());
            }
            AlterAction::AddProjection { projection, if_not_exists, position } => {
                self.push("ADD PROJECTION ");
                self.push(not_exists(if_not_exists));
                self.projection_def(projection);
                self.position(position.as_ref());
            }
            AlterAction::AddConstraint { constraint, if_not_exists } => {
                self.push("ADD ");
                self.push(not_exists(if_not_exists));
                self.constraint(constraint);
            }
            AlterAction::DropConstraint { name, if_exists } => {
                self.word_and_name("DROP CONSTRAINT ", exists(if_exists), name);
            }
            AlterAction::Delete { filter, partition } => {
                self.push("DELETE");
                self.in_partition(partition.as_ref());
                self.clause(" WHERE ", Some(filter));
            }
            AlterAction::Update { assignments, filter, partition } => {
                self.push("UPDATE  ");
                self.assignments(assignments);
                self.in_partition(partition.as_ref());
                self.clause(" WHERE ", Some(filter));
            }
            _ => self.partition_action(action),
        }
    }

    fn modify_column(&mut self, action: &AlterAction) {
        let AlterAction::ModifyColumn {
            column,
            if_exists,
            position,
            remove,
            modify_settings,
            reset_settings,
        } = action
        else {
            return;
        };
        self.push("MODIFY COLUMN ");
        self.push(if *if_exists { "IF EXISTS " } else { "" });
        self.quoted_name(&column.name.name);
        self.column_properties(column);
        if let Some(property) = remove {
            self.push(" REMOVE ");
            self.push(property);
        }
        if !modify_settings.is_empty() {
            self.push(" MODIFY SETTING ");
            self.settings(modify_settings);
        }
        if !reset_settings.is_empty() {
            self.push(" RESET SETTING  ");
            self.list(reset_settings, |printer, name, _| printer.name(&name.name));
        }
        self.position(position.as_ref());
    }

    fn partition_action(&mut self, action: &AlterAction) {
        match action {
            AlterAction::DropPartition { detach, detached, part, partition } => {
                self.push(if *detach { "DETACH " } else { "DROP " });
                self.push(if *detached { "DETACHED " } else { "" });
                self.part(*part, partition);
            }
            AlterAction::AttachPartition { part, partition, from } => {
                self.push("ATTACH ");
                self.part(*part, partition);
                if let Some(from) = from {
                    self.push(" FROM ");
                    self.path(from);
                }
            }
            AlterAction::ReplacePartition { partition, from } => {
                self.push("REPLACE ");
                self.part(false, partition);
                self.push(" FROM ");
                self.path(from);
            }
            AlterAction::MovePartition { part, partition, to } => {
                self.push("MOVE ");
                self.part(*part, partition);
                match to {
                    MoveTarget::Table(table) => {
                        self.push(" TO TABLE ");
                        self.path(table);
                    }
                    MoveTarget::Disk(name) => {
                        self.push(" TO DISK ");
                        self.string(name);
                    }
                    MoveTarget::Volume(name) => {
                        self.push(" TO VOLUME ");
                        self.string(name);
                    }
                }
            }
            AlterAction::Freeze { unfreeze, partition, name } => {
                self.push(if *unfreeze { "UNFREEZE" } else { "FREEZE" });
                if let Some(partition) = partition {
                    self.push(" ");
                    self.part(false, partition);
                }
                if let Some(name) = name {
                    self.push(" WITH NAME ");
                    self.string(name);
                }
            }
            AlterAction::Maintain { words, partition } => {
                self.push(words);
                self.in_partition(partition.as_ref());
            }
            AlterAction::ForgetPartition(partition) => {
                self.push("FORGET ");
                self.part(false, partition);
            }
            AlterAction::FetchPartition { part, partition, from } => {
                self.push("FETCH ");
                self.part(*part, partition);
                self.push(" FROM ");
                self.string(from);
            }
            AlterAction::ApplyDeletedMask(partition) => {
                self.push("APPLY DELETED MASK");
                self.in_partition(partition.as_ref());
            }
            _ => {}
        }
    }
}
