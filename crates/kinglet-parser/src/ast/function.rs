//! Function calls and everything ClickHouse treats as one.

use std::borrow::Cow;

use super::{Expr, ExprKind, Ident, Operator, WindowSpec};

/// A function call, or a piece of syntax that stands for one.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// The name: as written for a call (`COUNT`), ClickHouse's function name for other syntax (`plus`).
    /// Its span is the name, the operator or the keyword.
    pub name: Ident,
    /// How it was written.
    pub syntax: Syntax,
    /// The parameters of a parametric call `f(parameters)(arguments)`.
    pub parameters: Option<Vec<Expr>>,
    /// The arguments. `and` and `or` have two or more: chains are flat. `count(*)` keeps its asterisk.
    pub arguments: Vec<Expr>,
    /// Whether `DISTINCT` stands before the arguments. See [`Function::effective_name`].
    pub distinct: bool,
    /// The condition of `FILTER (WHERE ...)`. See [`Function::effective_name`].
    pub filter: Option<Box<Expr>>,
    /// `RESPECT NULLS` or `IGNORE NULLS`.
    pub nulls: Option<NullsAction>,
    /// The window of `OVER`.
    pub over: Option<Over>,
}

/// What a [`Function`] looked like in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Syntax {
    /// `f(a, b)`.
    Call,
    /// Prefix, infix or postfix operator; the arguments are its operands.
    Operator(Operator),
    /// `[a, b]`: function `array`.
    Array,
    /// `(a, b)`: function `tuple`.
    Tuple,
    /// `array[index]`: function `arrayElement`.
    Index,
    /// `tuple.1` or `(expression).name`: function `tupleElement`; the second argument is a literal,
    /// a number or a string.
    Member,
    /// A cast: function `CAST` of the expression and a string literal that holds the type.
    Cast(CastForm),
    /// `CASE ... END`: function `multiIf`, or `caseWithExpression` when an operand is given.
    /// A missing `ELSE` is a `NULL` literal as the last argument.
    Case(CaseForm),
    /// `a ? b : c`: function `if`.
    Ternary,
    /// `x -> body`: function `lambda` of a `tuple` of the parameters and the body.
    Lambda,
    /// `x BETWEEN low AND high`: function `between` of three arguments; ClickHouse reads it as
    /// `and(greaterOrEquals(x, low), lessOrEquals(x, high))` and names it so.
    Between,
    /// `x NOT BETWEEN low AND high`: function `notBetween`;
    /// ClickHouse reads it as `or(less(x, low), greater(x, high))`.
    NotBetween,
    /// `INTERVAL n UNIT`: function `toIntervalUnit`.
    Interval,
    /// `INTERVAL '5 minutes 3 seconds'`: a `tuple` of interval functions, or one of them.
    IntervalText,
    /// `date_diff(unit, a, b)`: function `dateDiff` with the unit as a string.
    DateDifference,
    /// `@@name`: function `globalVariable`.
    GlobalVariable,
    /// `DATE 'text'` or `TIMESTAMP 'text'`: function `toDate` or `toDateTime`.
    DateLiteral,
    /// `EXTRACT(unit FROM x)`: function `toYear` and so on.
    Extract,
    /// `TRIM(BOTH 'a' FROM s)` and its kin: function `trimBoth` and so on.
    Trim,
    /// `SUBSTRING(s FROM 1 FOR 2)`.
    Substring,
    /// `POSITION(needle IN haystack)`: the arguments are haystack and needle.
    Position,
    /// `date_add(unit, n, x)` and its kin: function `plus` or `minus` of the date and an interval.
    DateArithmetic,
    /// `EXISTS (subquery)`: function `exists`.
    Exists,
}

/// How a cast was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CastForm {
    /// `x::T`. A literal before `::` is a string literal here, as in ClickHouse (`1::UInt8` is
    /// `CAST('1', 'UInt8')`); its text is what was written.
    DoubleColon,
    /// `CAST(x AS T)`.
    As,
    /// `CAST(x, 'T')`: the second argument is any expression.
    Comma,
}

/// How a `CASE` was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CaseForm {
    /// Whether an operand stands between `CASE` and the first `WHEN`.
    pub operand: bool,
    /// Whether `ELSE` was written.
    pub has_else: bool,
}

/// How an aggregate treats nulls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NullsAction {
    /// `RESPECT NULLS`.
    Respect,
    /// `IGNORE NULLS`.
    Ignore,
}

/// What follows `OVER`.
#[derive(Clone, Debug, PartialEq)]
pub enum Over {
    /// `OVER name`.
    Name(Ident),
    /// `OVER (specification)`.
    Window(Box<WindowSpec>),
}

impl Function {
    /// A call of `name` with `arguments` and nothing else.
    pub fn new(name: Ident, syntax: Syntax, arguments: Vec<Expr>) -> Self {
        Self {
            name,
            syntax,
            parameters: None,
            arguments,
            distinct: false,
            filter: None,
            nulls: None,
            over: None,
        }
    }

    /// The name ClickHouse looks up: `DISTINCT` and `FILTER` become the combinators `Distinct` and
    /// `If` (`countDistinct(x)`, `sumIf(x, condition)`).
    pub fn effective_name(&self) -> Cow<'_, str> {
        match (self.distinct, self.filter.is_some()) {
            (false, false) => Cow::Borrowed(&self.name.name),
            (distinct, filter) => {
                let mut name = self.name.name.clone();
                if distinct {
                    name.push_str("Distinct");
                }
                if filter {
                    name.push_str("If");
                }
                Cow::Owned(name)
            }
        }
    }

    /// The arguments ClickHouse passes to [`Function::effective_name`]: those written, then the filter.
    /// The asterisk of `count(*) FILTER (...)` is left out.
    pub fn effective_arguments(&self) -> impl Iterator<Item = &Expr> {
        let drops_asterisk = self.filter.is_some() && self.name.name.eq_ignore_ascii_case("count");
        let written = self
            .arguments
            .iter()
            .filter(move |argument| !(drops_asterisk && matches!(argument.kind, ExprKind::Asterisk(_))));
        written.chain(self.filter.as_deref())
    }

    /// The operator, if it was written as one.
    pub fn operator(&self) -> Option<Operator> {
        match self.syntax {
            Syntax::Operator(operator) => Some(operator),
            _ => None,
        }
    }

    /// Parameters and body, if it is a lambda `(x, y) -> body`.
    pub fn as_lambda(&self) -> Option<(Vec<&Ident>, &Expr)> {
        let ([head, body], Syntax::Lambda) = (self.arguments.as_slice(), self.syntax) else { return None };
        let ExprKind::Function(tuple) = &head.kind else { return None };
        let parameters = tuple.arguments.iter().filter_map(|parameter| match &parameter.kind {
            ExprKind::Identifier(path) => path.as_single(),
            _ => None,
        });
        Some((parameters.collect(), body))
    }
}
