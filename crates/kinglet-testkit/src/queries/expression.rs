//! Values, conditions and aggregates over the columns of a query.

use super::dice::Dice;
use super::tables::{Column, Kind};

/// A column of one of the kinds, else any.
pub(crate) fn column<'a>(dice: &mut Dice, columns: &'a [Column], kinds: &[Kind]) -> Option<&'a Column> {
    let fitting: Vec<&Column> = columns.iter().filter(|column| kinds.contains(&column.kind)).collect();
    fitting.get(dice.below(fitting.len())).copied().or_else(|| columns.get(dice.below(columns.len())))
}

/// A value of a few functions deep at most.
pub(crate) fn value(dice: &mut Dice, columns: &[Column], depth: usize) -> String {
    let Some(column) = columns.get(dice.below(columns.len())) else { return dice.below(10).to_string() };
    let name = column.name.clone();
    if depth == 0 || dice.once_in(3) {
        return name;
    }
    let number = dice.between(1, 5);
    match column.kind {
        Kind::Int => match dice.below(9) {
            0 => format!("{name} + {number}"),
            1 => format!("{name} * {number}"),
            2 => format!("{name} % {}", number + 1),
            3 => format!("-{name}"),
            4 => format!("intDiv({name}, {number})"),
            5 => format!("if({name} > {number}, {name}, 0)"),
            6 => format!("toString({name})"),
            7 => format!("{name} = {number}"),
            _ => format!("({name}, {})", value(dice, columns, 0)),
        },
        Kind::Real => match dice.below(5) {
            0 => format!("{name} * {number}"),
            1 => format!("round({name})"),
            2 => format!("{name} + {number}"),
            3 => format!("{name} IS NULL"),
            _ => format!("ifNull({name}, 0)"),
        },
        Kind::Text => match dice.below(6) {
            0 => format!("upper({name})"),
            1 => format!("length({name})"),
            2 => format!("{name} || '-'"),
            3 => format!("substring({name}, 1, {number})"),
            4 => format!("{name} LIKE '%a%'"),
            _ => format!("coalesce({name}, 'none')"),
        },
        Kind::Date | Kind::Time => match dice.below(5) {
            0 => format!("toYear({name})"),
            1 => format!("toStartOfMonth({name})"),
            2 => format!("{name} + INTERVAL {number} DAY"),
            3 => format!("toDate({name}) - toDate('2024-01-01')"),
            _ => format!("formatDateTime({name}, '%Y-%m')"),
        },
        Kind::Array => match dice.below(4) {
            0 => format!("length({name})"),
            1 => format!("{name}[{number}]"),
            2 => format!("arrayReverse({name})"),
            _ => format!("empty({name})"),
        },
    }
}

/// A condition.
pub(crate) fn condition(dice: &mut Dice, columns: &[Column], depth: usize) -> String {
    if depth > 0 && dice.once_in(3) {
        let (a, b) = (condition(dice, columns, depth - 1), condition(dice, columns, depth - 1));
        return match dice.below(4) {
            0 | 1 => format!("({a} AND {b})"),
            2 => format!("({a} OR {b})"),
            _ => format!("NOT ({a})"),
        };
    }
    let Some(column) = columns.get(dice.below(columns.len())) else { return "1".to_owned() };
    let (name, number) = (&column.name, dice.between(1, 9));
    let sign = dice.pick(&["=", "!=", "<", "<=", ">", ">=", "<>", "=="]);
    match column.kind {
        Kind::Int => match dice.below(6) {
            0 => format!("{name} BETWEEN {} AND {}", number, number + 5),
            1 => format!("{name} IN (1, {number}, NULL)"),
            2 => format!("{name} NOT IN ({number}, 3)"),
            3 => format!("{name} % 2"),
            _ => format!("{name} {sign} {number}"),
        },
        Kind::Real => format!("{name} {sign} {number}.5"),
        Kind::Text => match dice.below(4) {
            0 => format!("{name} IN ('a', 'b', 'eng', '')"),
            1 => format!("{name} LIKE '%e%'"),
            2 => format!("{name} IS NOT NULL"),
            _ => format!("{name} {sign} '{}'", dice.pick(&["a", "b", "m", "eng", "pro"])),
        },
        Kind::Date | Kind::Time => match dice.below(3) {
            0 => format!("{name} IS NULL"),
            1 => format!("toYear({name}) {sign} 2020"),
            _ => format!("{name} {sign} '2020-01-0{number}'"),
        },
        Kind::Array => format!("length({name}) {sign} 2"),
    }
}

/// An aggregate whose value does not depend on the order of rows.
pub(crate) fn aggregate(dice: &mut Dice, columns: &[Column]) -> String {
    let of = |dice: &mut Dice, kinds: &[Kind]| {
        column(dice, columns, kinds).map_or("1".to_owned(), |c| c.name.clone())
    };
    let ordered = [Kind::Int, Kind::Real, Kind::Text, Kind::Date, Kind::Time];
    match dice.below(14) {
        0 => "count()".to_owned(),
        1 => format!("count({})", of(dice, &ordered)),
        2 | 3 => format!("sum({})", of(dice, &[Kind::Int])),
        4 => format!("min({})", of(dice, &ordered)),
        5 => format!("max({})", of(dice, &ordered)),
        6 => format!("uniqExact({})", of(dice, &ordered)),
        7 => format!("count(DISTINCT {})", of(dice, &ordered)),
        8 => format!("countIf({})", condition(dice, columns, 1)),
        9 => format!("sumIf({}, {})", of(dice, &[Kind::Int]), condition(dice, columns, 0)),
        10 => format!("arraySort(groupArray({}))", of(dice, &ordered)),
        11 => format!("avg({})", of(dice, &[Kind::Int])),
        12 => format!("maxOrNull({})", of(dice, &ordered)),
        _ => format!("length(groupUniqArray({}))", of(dice, &ordered)),
    }
}
