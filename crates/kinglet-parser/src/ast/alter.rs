//! `ALTER TABLE`.

use super::{ColumnDef, Constraint, Expr, Ident, IndexDef, Path, ProjectionDef, Query, Setting, TtlItem};

/// `ALTER TABLE name action, ...`.
#[derive(Clone, Debug, PartialEq)]
pub struct Alter {
    /// The table.
    pub table: Path,
    /// `ON CLUSTER name`.
    pub cluster: Option<Ident>,
    /// The actions, in order.
    pub actions: Vec<AlterAction>,
    /// `SETTINGS`.
    pub settings: Vec<Setting>,
}

/// `column = expression`.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// The column.
    pub column: Ident,
    /// Its new value.
    pub expr: Expr,
}

/// Where a column, index or projection is put.
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnPosition {
    /// `FIRST`.
    First,
    /// `AFTER name`.
    After(Ident),
}

/// A partition.
#[derive(Clone, Debug, PartialEq)]
pub enum Partition {
    /// `PARTITION expression`.
    Expr(Expr),
    /// `PARTITION ID 'text'`; the expression is a string literal or a parameter.
    Id(Expr),
    /// `PARTITION ALL`.
    All,
}

/// One action of an `ALTER TABLE`.
#[derive(Clone, Debug, PartialEq)]
pub enum AlterAction {
    /// `ADD COLUMN [IF NOT EXISTS] definition [FIRST | AFTER name]`.
    AddColumn {
        /// The column.
        column: Box<ColumnDef>,
        /// `IF NOT EXISTS`.
        if_not_exists: bool,
        /// The position.
        position: Option<ColumnPosition>,
    },
    /// `DROP COLUMN [IF EXISTS] name`.
    DropColumn {
        /// The column.
        column: Ident,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `CLEAR COLUMN [IF EXISTS] name IN PARTITION p`.
    ClearColumn {
        /// The column.
        column: Ident,
        /// `IF EXISTS`.
        if_exists: bool,
        /// The partition.
        partition: Option<Partition>,
    },
    /// `RENAME COLUMN [IF EXISTS] a TO b`.
    RenameColumn {
        /// The old name.
        from: Ident,
        /// The new name.
        to: Ident,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `MODIFY COLUMN [IF EXISTS] definition`, or `REMOVE property`, or `MODIFY SETTING`.
    ModifyColumn {
        /// The column.
        column: Box<ColumnDef>,
        /// `IF EXISTS`.
        if_exists: bool,
        /// The position.
        position: Option<ColumnPosition>,
        /// `REMOVE COMMENT` and the like: the property's word in upper case.
        remove: Option<String>,
        /// `MODIFY SETTING`.
        modify_settings: Vec<Setting>,
        /// `RESET SETTING`.
        reset_settings: Vec<Ident>,
    },
    /// `COMMENT COLUMN [IF EXISTS] name 'text'`.
    CommentColumn {
        /// The column.
        column: Ident,
        /// `IF EXISTS`.
        if_exists: bool,
        /// The comment.
        comment: String,
    },
    /// `MATERIALIZE COLUMN name [IN PARTITION p]`.
    MaterializeColumn {
        /// The column.
        column: Ident,
        /// The partition.
        partition: Option<Partition>,
    },
    /// `MODIFY COMMENT 'text'`.
    ModifyComment(String),
    /// `MODIFY ORDER BY expression`.
    ModifyOrderBy(Expr),
    /// `MODIFY SAMPLE BY expression`.
    ModifySampleBy(Expr),
    /// `REMOVE SAMPLE BY`.
    RemoveSampleBy,
    /// `MODIFY TTL items`.
    ModifyTtl(Vec<TtlItem>),
    /// `REMOVE TTL`.
    RemoveTtl,
    /// `MATERIALIZE TTL [IN PARTITION p]`.
    MaterializeTtl(Option<Partition>),
    /// `MODIFY QUERY SELECT ...`.
    ModifyQuery(Box<Query>),
    /// `MODIFY SETTING name = value, ...`.
    ModifySetting(Vec<Setting>),
    /// `RESET SETTING name, ...`.
    ResetSetting(Vec<Ident>),
    /// `ADD INDEX [IF NOT EXISTS] definition [FIRST | AFTER name]`.
    AddIndex {
        /// The index.
        index: Box<IndexDef>,
        /// `IF NOT EXISTS`.
        if_not_exists: bool,
        /// The position.
        position: Option<ColumnPosition>,
    },
    /// `ADD`, `DROP`, `MODIFY`, `CLEAR` or `MATERIALIZE` of `STATISTICS`.
    Statistics {
        /// The verb, in upper case.
        verb: &'static str,
        /// `IF EXISTS` or `IF NOT EXISTS`.
        conditional: bool,
        /// The columns; none for `ALL`.
        columns: Vec<Ident>,
        /// The kinds after `TYPE`.
        kinds: Vec<Expr>,
        /// `IN PARTITION p`.
        partition: Option<Partition>,
    },
    /// `APPLY PATCHES` or `REWRITE PARTS`, perhaps in a partition.
    Maintain {
        /// The words.
        words: &'static str,
        /// The partition.
        partition: Option<Partition>,
    },
    /// `FORGET PARTITION p`.
    ForgetPartition(Partition),
    /// `FETCH PARTITION p FROM 'path'`.
    FetchPartition {
        /// A part instead of a partition.
        part: bool,
        /// Which.
        partition: Partition,
        /// Where from.
        from: String,
    },
    /// `DROP`, `CLEAR` or `MATERIALIZE` of an `INDEX` or `PROJECTION`.
    Part {
        /// The verb, in upper case.
        verb: &'static str,
        /// The object's word, in upper case.
        object: &'static str,
        /// The name.
        name: Ident,
        /// `IF EXISTS`.
        if_exists: bool,
        /// `IN PARTITION p`.
        partition: Option<Partition>,
    },
    /// `ADD PROJECTION [IF NOT EXISTS] definition [FIRST | AFTER name]`.
    AddProjection {
        /// The projection.
        projection: Box<ProjectionDef>,
        /// `IF NOT EXISTS`.
        if_not_exists: bool,
        /// The position.
        position: Option<ColumnPosition>,
    },
    /// `ADD CONSTRAINT [IF NOT EXISTS] definition`.
    AddConstraint {
        /// The constraint.
        constraint: Box<Constraint>,
        /// `IF NOT EXISTS`.
        if_not_exists: bool,
    },
    /// `DROP CONSTRAINT [IF EXISTS] name`.
    DropConstraint {
        /// The name.
        name: Ident,
        /// `IF EXISTS`.
        if_exists: bool,
    },
    /// `DELETE [IN PARTITION p] WHERE condition`.
    Delete {
        /// The condition.
        filter: Expr,
        /// The partition.
        partition: Option<Partition>,
    },
    /// `UPDATE column = expression, ... [IN PARTITION p] WHERE condition`.
    Update {
        /// The new values.
        assignments: Vec<Assignment>,
        /// The condition.
        filter: Expr,
        /// The partition.
        partition: Option<Partition>,
    },
    /// `DROP [DETACHED] PARTITION p`, `DETACH PARTITION p`, or of a `PART 'name'`.
    DropPartition {
        /// `DETACH` instead of `DROP`.
        detach: bool,
        /// `DETACHED`: among the detached parts.
        detached: bool,
        /// A part instead of a partition.
        part: bool,
        /// Which; a part's name is the expression.
        partition: Partition,
    },
    /// `ATTACH PARTITION p [FROM table]` or `ATTACH PART 'name'`.
    AttachPartition {
        /// A part instead of a partition.
        part: bool,
        /// Which.
        partition: Partition,
        /// Another table to take it from.
        from: Option<Path>,
    },
    /// `REPLACE PARTITION p FROM table`.
    ReplacePartition {
        /// Which.
        partition: Partition,
        /// The other table.
        from: Path,
    },
    /// `MOVE PARTITION p TO TABLE table | DISK 'name' | VOLUME 'name'`.
    MovePartition {
        /// A part instead of a partition.
        part: bool,
        /// Which.
        partition: Partition,
        /// Where to.
        to: MoveTarget,
    },
    /// `FREEZE [PARTITION p] [WITH NAME 'text']`.
    Freeze {
        /// `UNFREEZE`.
        unfreeze: bool,
        /// Which; all if left out.
        partition: Option<Partition>,
        /// The backup's name.
        name: Option<String>,
    },
    /// `APPLY DELETED MASK`.
    ApplyDeletedMask(Option<Partition>),
}

/// Where `MOVE PARTITION` moves to.
#[derive(Clone, Debug, PartialEq)]
pub enum MoveTarget {
    /// `TO TABLE name`.
    Table(Path),
    /// `TO DISK 'name'`.
    Disk(String),
    /// `TO VOLUME 'name'`.
    Volume(String),
}
