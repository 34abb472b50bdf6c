//! The syntax tree.
//!
//! It follows what ClickHouse's own tree says about a text: operators, casts, array and tuple
//! literals, `CASE`, `INTERVAL` and so on are all [`Function`] nodes that carry ClickHouse's function
//! name, with a [`Syntax`] telling how they were written. Whoever binds a query can therefore treat
//! nearly everything as a function call, and whoever prints one can give back the author's form.

mod alter;
mod clause;
mod create;
mod data_type;
mod expr;
mod function;
mod literal;
mod name;
mod operator;
mod query;
mod statement;
mod table;
mod window;

pub use alter::{Alter, AlterAction, Assignment, ColumnPosition, MoveTarget, Partition};
pub use clause::{
    Fetch, Fill, GroupBy, GroupByItems, GroupByModifier, Interpolate, Limit, LimitBy, LimitRange, NullsOrder,
    OrderBy, OrderItem, Setting, SettingValue,
};
pub use create::{
    ColumnDef, ColumnDefault, ColumnDefaultKind, Constraint, Create, CreateDatabase, CreateDictionary,
    CreateFunction, CreateObject, CreateTable, CreateVerb, CreateView, DictionaryAttribute,
    DictionaryKeyValue, DictionaryLayout, DictionaryLifetime, DictionarySource, DictionaryValue, Engine,
    IndexDef, ProjectionDef, Refresh, RefreshSchedule, TableElements, TableStorage, TtlAction, TtlItem,
    ViewKind, ViewTarget,
};
pub use data_type::{DataType, DataTypeArgument};
pub use expr::{
    Asterisk, Columns, ColumnsPattern, ExceptColumns, Expr, ExprKind, QueryParameter, Replacement,
    Transformer,
};
pub use function::{CaseForm, CastForm, Function, NullsAction, Over, Syntax};
pub use literal::{Literal, Value};
pub use name::{Ident, Path, Quote};
pub use operator::Operator;
pub use query::{
    Distinct, Materialized, Query, QueryBody, Select, SetChain, SetOperator, SetQuantifier, SetStep, With,
    WithItem,
};
pub use statement::{
    Check, Delete, Describe, Drop, DropVerb, Exists, Explain, ExplainKind, Grant, Insert, InsertColumns,
    InsertSource, InsertTarget, Kill, ObjectKind, Optimize, OutFile, Output, QueryStatement, Rename,
    RenameItem, SetStatement, Show, ShowKind, ShowLike, Statement, StatementKind, System, Update, Use,
};
pub use table::{
    ArrayJoin, Join, JoinConstraint, JoinKind, JoinLocality, JoinStrictness, Sample, SampleRatio, Stream,
    TableElement, TableExpr, TableSource,
};
pub use window::{FrameBound, FrameUnit, NamedWindow, WindowFrame, WindowSpec};
