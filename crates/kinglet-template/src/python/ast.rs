//! Syntax trees of Python expressions.

use std::sync::Arc;

use kinglet_diagnostic::Span;

use crate::integer::Integer;

/// An expression and where it stands in the template.
#[derive(Clone, Debug)]
pub(crate) struct Expr {
    pub(crate) kind: ExprKind,
    pub(crate) span: Span,
}

/// A literal.
#[derive(Clone, Debug)]
pub(crate) enum Constant {
    None,
    Bool(bool),
    Int(Integer),
    Float(f64),
    Str(Arc<str>),
    Bytes,
    Complex,
    Ellipsis,
}

/// Arithmetic and bitwise operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BinaryOp {
    Add,
    Sub,
    Mult,
    Div,
    FloorDiv,
    Mod,
    Pow,
    LShift,
    RShift,
    BitAnd,
    BitOr,
    BitXor,
    MatMult,
}

/// Prefix operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UnaryOp {
    Minus,
    Plus,
    Invert,
    Not,
}

/// Comparison operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CompareOp {
    Eq,
    NotEq,
    Lt,
    LtE,
    Gt,
    GtE,
    Is,
    IsNot,
    In,
    NotIn,
}

/// What a comprehension builds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Built {
    List,
    Set,
    Generator,
    Dict,
}

/// `for target in iter if …` of a comprehension.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    pub(crate) target: Expr,
    pub(crate) iter: Expr,
    pub(crate) conditions: Vec<Expr>,
}

/// A keyword argument; without a name it is `**value`.
#[derive(Clone, Debug)]
pub(crate) struct Keyword {
    pub(crate) name: Option<Arc<str>>,
    pub(crate) value: Expr,
}

/// A parameter of a lambda.
#[derive(Clone, Debug)]
pub(crate) struct LambdaParam {
    pub(crate) name: Arc<str>,
    pub(crate) default: Option<Expr>,
    pub(crate) rest: bool,
}

/// A piece of an f-string.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Text(Arc<str>),
    Field { value: Expr, conversion: Option<char>, spec: Vec<Piece> },
}

/// The kinds of expression.
#[derive(Clone, Debug)]
pub(crate) enum ExprKind {
    Name(Arc<str>),
    Constant(Constant),
    Joined(Vec<Piece>),
    List(Vec<Expr>),
    Tuple(Vec<Expr>),
    Set(Vec<Expr>),
    /// Pairs; without a key it is `**value`.
    Dict(Vec<(Option<Expr>, Expr)>),
    Comprehension {
        built: Built,
        element: Box<Expr>,
        value: Option<Box<Expr>>,
        clauses: Vec<Clause>,
    },
    /// `first op operand op operand …`, all of one precedence, from left to right.
    Binary {
        first: Box<Expr>,
        rest: Vec<(BinaryOp, Expr)>,
    },
    Unary(UnaryOp, Box<Expr>),
    Bool {
        and: bool,
        operands: Vec<Expr>,
    },
    Compare {
        first: Box<Expr>,
        rest: Vec<(CompareOp, Expr)>,
    },
    Call {
        func: Box<Expr>,
        args: Vec<Expr>,
        keywords: Vec<Keyword>,
    },
    Attribute {
        value: Box<Expr>,
        name: Arc<str>,
    },
    Subscript {
        value: Box<Expr>,
        index: Box<Expr>,
    },
    Slice {
        lower: Option<Box<Expr>>,
        upper: Option<Box<Expr>>,
        step: Option<Box<Expr>>,
    },
    Conditional {
        test: Box<Expr>,
        body: Box<Expr>,
        orelse: Box<Expr>,
    },
    Lambda {
        params: Vec<LambdaParam>,
        body: Box<Expr>,
    },
    Named {
        target: Arc<str>,
        value: Box<Expr>,
    },
    Starred(Box<Expr>),
    /// Something that is never evaluated, by the name of its syntax node: `Yield`, `Await`, a statement.
    Refused(&'static str, Vec<Expr>),
}

impl Expr {
    pub(crate) fn new(kind: ExprKind, span: Span) -> Self {
        Self { kind, span }
    }

    /// Name of the syntax node, as Python calls it.
    pub(crate) fn node_name(&self) -> &'static str {
        match &self.kind {
            ExprKind::Name(_) => "Name",
            ExprKind::Constant(_) => "Constant",
            ExprKind::Joined(_) => "JoinedStr",
            ExprKind::List(_) => "List",
            ExprKind::Tuple(_) => "Tuple",
            ExprKind::Set(_) => "Set",
            ExprKind::Dict(_) => "Dict",
            ExprKind::Comprehension { built, .. } => match built {
                Built::List => "ListComp",
                Built::Set => "SetComp",
                Built::Generator => "GeneratorExp",
                Built::Dict => "DictComp",
            },
            ExprKind::Binary { .. } => "BinOp",
            ExprKind::Unary(..) => "UnaryOp",
            ExprKind::Bool { .. } => "BoolOp",
            ExprKind::Compare { .. } => "Compare",
            ExprKind::Call { .. } => "Call",
            ExprKind::Attribute { .. } => "Attribute",
            ExprKind::Subscript { .. } => "Subscript",
            ExprKind::Slice { .. } => "Slice",
            ExprKind::Conditional { .. } => "IfExp",
            ExprKind::Lambda { .. } => "Lambda",
            ExprKind::Named { .. } => "NamedExpr",
            ExprKind::Starred(_) => "Starred",
            ExprKind::Refused(name, _) => name,
        }
    }
}

impl BinaryOp {
    /// Name of the operator's syntax node.
    pub(crate) fn node_name(self) -> &'static str {
        match self {
            Self::Add => "Add",
            Self::Sub => "Sub",
            Self::Mult => "Mult",
            Self::Div => "Div",
            Self::FloorDiv => "FloorDiv",
            Self::Mod => "Mod",
            Self::Pow => "Pow",
            Self::LShift => "LShift",
            Self::RShift => "RShift",
            Self::BitAnd => "BitAnd",
            Self::BitOr => "BitOr",
            Self::BitXor => "BitXor",
            Self::MatMult => "MatMult",
        }
    }

    /// The operator as written.
    pub(crate) fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mult => "*",
            Self::Div => "/",
            Self::FloorDiv => "//",
            Self::Mod => "%",
            Self::Pow => "** or pow()",
            Self::LShift => "<<",
            Self::RShift => ">>",
            Self::BitAnd => "&",
            Self::BitOr => "|",
            Self::BitXor => "^",
            Self::MatMult => "@",
        }
    }
}
