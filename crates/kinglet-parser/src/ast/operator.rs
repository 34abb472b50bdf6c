//! Operators and the functions they stand for.

macro_rules! operators {
    ($($variant:ident, $symbol:literal, $function:literal;)*) => {
        /// An operator. [`Operator::function_name`] gives the function ClickHouse calls for it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Operator {
            $(
                #[doc = concat!("`", $symbol, "`: ClickHouse's function `", $function, "`.")]
                $variant,
            )*
        }

        impl Operator {
            /// How the operator is written, in upper case.
            pub fn symbol(self) -> &'static str {
                match self { $(Operator::$variant => $symbol,)* }
            }

            /// The function ClickHouse calls for it.
            pub fn function_name(self) -> &'static str {
                match self { $(Operator::$variant => $function,)* }
            }
        }
    };
}

operators! {
    Plus, "+", "plus";
    Minus, "-", "minus";
    Multiply, "*", "multiply";
    Divide, "/", "divide";
    Modulo, "%", "modulo";
    Mod, "MOD", "modulo";
    Div, "DIV", "intDiv";
    Negate, "-", "negate";
    Not, "NOT", "not";
    And, "AND", "and";
    Or, "OR", "or";
    Equals, "=", "equals";
    DoubleEquals, "==", "equals";
    NotEquals, "!=", "notEquals";
    AngleNotEquals, "<>", "notEquals";
    Less, "<", "less";
    LessOrEquals, "<=", "lessOrEquals";
    Greater, ">", "greater";
    GreaterOrEquals, ">=", "greaterOrEquals";
    NullSafeEquals, "<=>", "isNotDistinctFrom";
    IsNotDistinctFrom, "IS NOT DISTINCT FROM", "isNotDistinctFrom";
    IsDistinctFrom, "IS DISTINCT FROM", "isDistinctFrom";
    IsNull, "IS NULL", "isNull";
    IsNotNull, "IS NOT NULL", "isNotNull";
    Like, "LIKE", "like";
    ILike, "ILIKE", "ilike";
    NotLike, "NOT LIKE", "notLike";
    NotILike, "NOT ILIKE", "notILike";
    Regexp, "REGEXP", "match";
    Match, "~", "match";
    NotMatch, "!~", "notMatch";
    IMatch, "~*", "matchCaseInsensitive";
    NotIMatch, "!~*", "notMatchCaseInsensitive";
    In, "IN", "in";
    NotIn, "NOT IN", "notIn";
    GlobalIn, "GLOBAL IN", "globalIn";
    GlobalNotIn, "GLOBAL NOT IN", "globalNotIn";
    Concat, "||", "concat";
    AtTimeZone, "AT TIME ZONE", "toTimeZone";
}

impl Operator {
    /// Whether ClickHouse's formatter prints it as a call: `a || b` is `concat(a, b)`.
    pub(crate) fn is_printed_as_call(self) -> bool {
        use Operator as O;
        matches!(
            self,
            O::Concat
                | O::Regexp
                | O::Match
                | O::NotMatch
                | O::IMatch
                | O::NotIMatch
                | O::Div
                | O::AtTimeZone
        )
    }

    /// Whether it is one of the `IN` family, whose right side is a set.
    pub fn is_in(self) -> bool {
        matches!(self, Operator::In | Operator::NotIn | Operator::GlobalIn | Operator::GlobalNotIn)
    }
}
