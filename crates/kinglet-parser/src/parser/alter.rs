//! `ALTER TABLE`.

use super::expr::Alias;
use super::{Failure, Parse, Parser};
use crate::ast::{
    Alter, AlterAction, Assignment, ColumnDef, ColumnPosition, Expr, MoveTarget, Partition, StatementKind,
};
use crate::token::TokenKind;

impl Parser<'_> {
    pub(super) fn alter(&mut self) -> Parse<StatementKind> {
        self.expect_words("ALTER")?;
        self.eat_words("TEMPORARY");
        self.expect_words("TABLE")?;
        let table = self.table_name()?;
        let cluster = self.on_cluster()?;
        let actions = self.comma_separated(|parser| {
            if parser.kind() == TokenKind::OpenRound {
                return parser.in_parentheses(Self::alter_action);
            }
            parser.alter_action()
        })?;
        let settings = if self.eat_words("SETTINGS") { self.settings()? } else { Vec::new() };
        Ok(StatementKind::Alter(Box::new(Alter { table, cluster, actions, settings })))
    }

    fn alter_action(&mut self) -> Parse<AlterAction> {
        let words = [
            "ADD",
            "DROP",
            "CLEAR",
            "RENAME",
            "MODIFY",
            "ALTER",
            "COMMENT",
            "MATERIALIZE",
            "REMOVE",
            "RESET",
            "DELETE",
            "UPDATE",
            "DETACH",
            "ATTACH",
            "REPLACE",
            "MOVE",
            "FREEZE",
            "UNFREEZE",
            "APPLY",
            "FORGET",
            "FETCH",
            "REWRITE",
        ];
        match self.eat_one_of(&words) {
            Some("ADD") => self.alter_add(),
            Some("DROP") => self.alter_drop(),
            Some("CLEAR") => self.alter_clear(),
            Some("RENAME") => self.alter_rename(),
            Some("MODIFY") => self.alter_modify(),
            Some("ALTER") => {
                self.expect_words("COLUMN")?;
                let if_exists = self.eat_words("IF EXISTS");
                let column = self.column_def_with(true, true)?;
                self.modified_column(column, if_exists)
            }
            Some("COMMENT") => self.alter_comment(),
            Some("MATERIALIZE") => self.alter_materialize(),
            Some("REMOVE") if self.eat_words("TTL") => Ok(AlterAction::RemoveTtl),
            Some("REMOVE") => self.expect_words("SAMPLE BY").map(|()| AlterAction::RemoveSampleBy),
            Some("RESET") => {
                self.expect_words("SETTING")?;
                self.comma_separated(Self::ident).map(AlterAction::ResetSetting)
            }
            Some("DELETE") => {
                let partition = self.in_partition()?;
                self.expect_words("WHERE")?;
                Ok(AlterAction::Delete { filter: self.expr(Alias::None)?, partition })
            }
            Some("UPDATE") => {
                let assignments = self.comma_separated(Self::assignment)?;
                let partition = self.in_partition()?;
                self.expect_words("WHERE")?;
                Ok(AlterAction::Update { assignments, filter: self.expr(Alias::None)?, partition })
            }
            Some("DETACH") => self.part_or_partition(|part, partition| AlterAction::DropPartition {
                detach: true,
                detached: false,
                part,
                partition,
            }),
            Some("ATTACH") => self.alter_attach(),
            Some("REPLACE") => {
                self.expect_words("PARTITION")?;
                let partition = self.partition()?;
                self.expect_words("FROM")?;
                Ok(AlterAction::ReplacePartition { partition, from: self.table_name()? })
            }
            Some("MOVE") => self.alter_move(),
            Some("FREEZE") => self.alter_freeze(false),
            Some("UNFREEZE") => self.alter_freeze(true),
            Some("APPLY") if self.eat_words("PATCHES") => self.maintenance("APPLY PATCHES"),
            Some("APPLY") => {
                self.expect_words("DELETED MASK")?;
                self.in_partition().map(AlterAction::ApplyDeletedMask)
            }
            Some("REWRITE") => {
                self.expect_words("PARTS")?;
                self.maintenance("REWRITE PARTS")
            }
            Some("FORGET") => {
                self.expect_words("PARTITION")?;
                Ok(AlterAction::ForgetPartition(self.partition()?))
            }
            Some("FETCH") => {
                let (part, partition) = self.part()?;
                self.expect_words("FROM")?;
                Ok(AlterAction::FetchPartition { part, partition, from: self.string()? })
            }
            _ => Err(Failure),
        }
    }

    fn maintenance(&mut self, words: &'static str) -> Parse<AlterAction> {
        self.in_partition().map(|partition| AlterAction::Maintain { words, partition })
    }

    pub(super) fn assignment(&mut self) -> Parse<Assignment> {
        let column = self.ident()?;
        self.expect(TokenKind::Equals)?;
        Ok(Assignment { column, expr: self.expr(Alias::None)? })
    }

    fn column_position(&mut self) -> Parse<Option<ColumnPosition>> {
        if self.eat_words("FIRST") {
            return Ok(Some(ColumnPosition::First));
        }
        if self.eat_words("AFTER") {
            return self.dotted_ident().map(|name| Some(ColumnPosition::After(name)));
        }
        Ok(None)
    }

    fn alter_add(&mut self) -> Parse<AlterAction> {
        if self.eat_words("STATISTICS") {
            return self.statistics("ADD");
        }
        let object = self.eat_one_of(&["COLUMN", "INDEX", "PROJECTION", "CONSTRAINT"]);
        let if_not_exists = self.eat_words("IF NOT EXISTS");
        match object {
            Some("COLUMN") => {
                let column = Box::new(self.column_def(true)?);
                if column.data_type.is_none() && column.default.is_none() {
                    return self.fail("data type");
                }
                Ok(AlterAction::AddColumn { column, if_not_exists, position: self.column_position()? })
            }
            Some("INDEX") => {
                let index = Box::new(self.index_def()?);
                Ok(AlterAction::AddIndex { index, if_not_exists, position: self.column_position()? })
            }
            Some("PROJECTION") => {
                let projection = Box::new(self.projection_def()?);
                Ok(AlterAction::AddProjection {
                    projection,
                    if_not_exists,
                    position: self.column_position()?,
                })
            }
            Some(_) => {
                let constraint = Box::new(self.constraint()?);
                Ok(AlterAction::AddConstraint { constraint, if_not_exists })
            }
            None => Err(Failure),
        }
    }

    fn alter_drop(&mut self) -> Parse<AlterAction> {
        if self.at_words("DETACHED PARTITION") || self.at_words("DETACHED PART") {
            self.advance();
            return self.part_or_partition(|part, partition| AlterAction::DropPartition {
                detach: false,
                detached: true,
                part,
                partition,
            });
        }
        if self.at_word("PARTITION") || self.at_word("PART") {
            return self.part_or_partition(|part, partition| AlterAction::DropPartition {
                detach: false,
                detached: false,
                part,
                partition,
            });
        }
        if self.eat_words("STATISTICS") {
            return self.statistics("DROP");
        }
        let object = self.eat_one_of(&["COLUMN", "INDEX", "PROJECTION", "CONSTRAINT"]);
        let if_exists = self.eat_words("IF EXISTS");
        let Some(object) = object else { return Err(Failure) };
        let name = self.dotted_ident()?;
        Ok(match object {
            "COLUMN" => AlterAction::DropColumn { column: name, if_exists },
            "CONSTRAINT" => AlterAction::DropConstraint { name, if_exists },
            object => AlterAction::Part { verb: "DROP", object, name, if_exists, partition: None },
        })
    }

    fn alter_clear(&mut self) -> Parse<AlterAction> {
        if self.eat_words("STATISTICS") {
            return self.statistics("CLEAR");
        }
        let Some(object) = self.eat_one_of(&["COLUMN", "INDEX", "PROJECTION"]) else {
            return Err(Failure);
        };
        let if_exists = self.eat_words("IF EXISTS");
        let name = self.dotted_ident()?;
        let partition = self.in_partition()?;
        Ok(match object {
            "COLUMN" => AlterAction::ClearColumn { column: name, if_exists, partition },
            object => AlterAction::Part { verb: "CLEAR", object, name, if_exists, partition },
        })
    }

    fn alter_rename(&mut self) -> Parse<AlterAction> {
        self.expect_words("COLUMN")?;
        let if_exists = self.eat_words("IF EXISTS");
        let from = self.dotted_ident()?;
        self.expect_words("TO")?;
        Ok(AlterAction::RenameColumn { from, to: self.dotted_ident()?, if_exists })
    }

    fn alter_comment(&mut self) -> Parse<AlterAction> {
        self.expect_words("COLUMN")?;
        let if_exists = self.eat_words("IF EXISTS");
        let column = self.dotted_ident()?;
        Ok(AlterAction::CommentColumn { column, if_exists, comment: self.string()? })
    }

    fn alter_materialize(&mut self) -> Parse<AlterAction> {
        if self.eat_words("TTL") {
            return self.in_partition().map(AlterAction::MaterializeTtl);
        }
        if self.eat_words("STATISTICS") {
            return self.statistics("MATERIALIZE");
        }
        let Some(object) = self.eat_one_of(&["COLUMN", "INDEX", "PROJECTION"]) else {
            return Err(Failure);
        };
        let if_exists = self.eat_words("IF EXISTS");
        let name = self.dotted_ident()?;
        let partition = self.in_partition()?;
        Ok(match object {
            "COLUMN" => AlterAction::MaterializeColumn { column: name, partition },
            object => AlterAction::Part { verb: "MATERIALIZE", object, name, if_exists, partition },
        })
    }

    fn alter_modify(&mut self) -> Parse<AlterAction> {
        if self.eat_words("ORDER BY") {
            return self.expr(Alias::None).map(AlterAction::ModifyOrderBy);
        }
        if self.eat_words("SAMPLE BY") {
            return self.expr(Alias::None).map(AlterAction::ModifySampleBy);
        }
        if self.eat_words("TTL") {
            return self.ttl_items().map(AlterAction::ModifyTtl);
        }
        if self.eat_words("QUERY") {
            return self.query().map(|query| AlterAction::ModifyQuery(Box::new(query)));
        }
        if self.eat_words("SETTING") {
            return self.settings().map(AlterAction::ModifySetting);
        }
        if self.eat_words("COMMENT") {
            return self.string().map(AlterAction::ModifyComment);
        }
        if self.eat_words("STATISTICS") {
            return self.statistics("MODIFY");
        }
        self.eat_words("COLUMN");
        let if_exists = self.eat_words("IF EXISTS");
        let column = self.column_def(true)?;
        self.modified_column(column, if_exists)
    }

    /// What follows `STATISTICS`: columns, and their kinds where some are added or changed.
    fn statistics(&mut self, verb: &'static str) -> Parse<AlterAction> {
        let condition = if verb == "ADD" { "IF NOT EXISTS" } else { "IF EXISTS" };
        let conditional = verb != "MODIFY" && self.eat_words(condition);
        let columns = if matches!(verb, "CLEAR" | "MATERIALIZE") && self.eat_words("ALL") {
            Vec::new()
        } else {
            self.comma_separated(Self::dotted_ident)?
        };
        let mut kinds = Vec::new();
        if matches!(verb, "ADD" | "MODIFY") {
            self.expect_words("TYPE")?;
            kinds = self.comma_separated(|parser| parser.operand(false))?;
        }
        let partition = self.in_partition()?;
        Ok(AlterAction::Statistics { verb, conditional, columns, kinds, partition })
    }

    fn modified_column(&mut self, column: ColumnDef, if_exists: bool) -> Parse<AlterAction> {
        let properties = ["DEFAULT", "MATERIALIZED", "ALIAS", "COMMENT", "CODEC", "TTL", "SETTINGS"];
        let mut remove = None;
        let mut modify_settings = Vec::new();
        let mut reset_settings = Vec::new();
        if self.eat_words("REMOVE") {
            remove = Some(self.eat_one_of(&properties).ok_or(Failure)?.to_owned());
        } else if self.eat_words("MODIFY SETTING") {
            modify_settings = self.settings()?;
        } else if self.eat_words("RESET SETTING") {
            reset_settings = self.comma_separated(Self::ident)?;
        }
        let position = self.column_position()?;
        if self.since(column.span) == column.name.span {
            return self.fail("data type");
        }
        let column = Box::new(column);
        Ok(AlterAction::ModifyColumn { column, if_exists, position, remove, modify_settings, reset_settings })
    }

    fn part_or_partition(&mut self, make: fn(bool, Partition) -> AlterAction) -> Parse<AlterAction> {
        let (part, partition) = self.part()?;
        Ok(make(part, partition))
    }

    /// Reads `PARTITION p`, or `PART 'name'`.
    pub(super) fn part(&mut self) -> Parse<(bool, Partition)> {
        if self.eat_words("PART") {
            if !matches!(self.kind(), TokenKind::String | TokenKind::HereDoc | TokenKind::OpenCurly) {
                return self.fail("string literal");
            }
            let name: Expr = self.operand(false)?;
            return Ok((true, Partition::Expr(name)));
        }
        self.expect_words("PARTITION")?;
        Ok((false, self.partition()?))
    }

    fn alter_attach(&mut self) -> Parse<AlterAction> {
        let (part, partition) = self.part()?;
        let from = if self.eat_words("FROM") { Some(self.table_name()?) } else { None };
        Ok(AlterAction::AttachPartition { part, partition, from })
    }

    fn alter_move(&mut self) -> Parse<AlterAction> {
        let (part, partition) = self.part()?;
        self.expect_words("TO")?;
        let to = match self.eat_one_of(&["TABLE", "DISK", "VOLUME"]) {
            Some("TABLE") => MoveTarget::Table(self.table_name()?),
            Some("DISK") => MoveTarget::Disk(self.string()?),
            Some(_) => MoveTarget::Volume(self.string()?),
            None => return Err(Failure),
        };
        Ok(AlterAction::MovePartition { part, partition, to })
    }

    fn alter_freeze(&mut self, unfreeze: bool) -> Parse<AlterAction> {
        let partition = if self.eat_words("PARTITION") { Some(self.partition()?) } else { None };
        let name = if self.eat_words("WITH NAME") { Some(self.string()?) } else { None };
        Ok(AlterAction::Freeze { unfreeze, partition, name })
    }
}
