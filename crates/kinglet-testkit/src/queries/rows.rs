//! Queries about the rows of one table: lists, order, limits, asterisks, arrays, windows.

use super::dice::Dice;
use super::expression::{column, condition, value};
use super::tables::{Column, Kind, TABLES, columns, table};

/// Values with aliases now and then.
pub(crate) fn list(dice: &mut Dice, columns: &[Column], most: usize) -> String {
    let count = dice.between(1, most);
    let items: Vec<String> = (0..count)
        .map(|at| {
            let text = value(dice, columns, 1);
            if dice.once_in(2) { format!("{text} AS x{at}") } else { text }
        })
        .collect();
    items.join(", ")
}

pub(crate) fn filter(dice: &mut Dice, columns: &[Column]) -> String {
    match dice.below(6) {
        0 => String::new(),
        1 => format!(" PREWHERE {}", condition(dice, columns, 0)),
        2 => format!(" PREWHERE {} WHERE {}", condition(dice, columns, 0), condition(dice, columns, 1)),
        _ => format!(" WHERE {}", condition(dice, columns, 2)),
    }
}

fn settings(dice: &mut Dice) -> String {
    match dice.below(8) {
        0 => " SETTINGS max_threads = 1".to_owned(),
        1 => " SETTINGS prefer_column_name_to_alias = 1".to_owned(),
        2 => format!(" SETTINGS limit = {}", dice.between(1, 4)),
        3 => format!(" SETTINGS offset = {}", dice.between(1, 4)),
        4 => " SETTINGS extremes = 0".to_owned(),
        _ => String::new(),
    }
}

pub(crate) fn plain(dice: &mut Dice) -> String {
    let (name, of) = table(dice, None);
    let distinct = if dice.once_in(4) { "DISTINCT " } else { "" };
    let filter = filter(dice, &of);
    let list = list(dice, &of, 4);
    format!("SELECT {distinct}{list} FROM {name}{filter} ORDER BY ALL{}", settings(dice))
}

pub(crate) fn limits(dice: &mut Dice) -> String {
    let (name, of) = table(dice, None);
    let (count, offset) = (dice.between(0, 6), dice.between(0, 4));
    let key = column(dice, &of, &[Kind::Int, Kind::Text]).map_or("1".to_owned(), |c| c.name.clone());
    let limit = match dice.below(10) {
        0 => format!("LIMIT {count}"),
        1 => format!("LIMIT {count} OFFSET {offset}"),
        2 => format!("LIMIT {offset}, {count}"),
        3 => format!("OFFSET {offset}"),
        4 => format!("OFFSET {offset} ROWS FETCH FIRST {count} ROWS ONLY"),
        5 => format!("LIMIT {count} BY {key}"),
        6 => format!("LIMIT 1 OFFSET 1 BY {key} LIMIT {count}"),
        7 => format!("LIMIT -{count}"),
        8 => format!("LIMIT {count} OFFSET -{offset}"),
        _ => format!("LIMIT 0.{}", count + 1),
    };
    let star = if dice.once_in(2) { "*".to_owned() } else { format!("{key}, *") };
    let direction = dice.pick(&["", " DESC", " ASC NULLS FIRST", " DESC NULLS FIRST"]);
    format!("SELECT {star} FROM {name} ORDER BY {key}{direction}, {} {limit}", names(&of))
}

pub(crate) fn ties(dice: &mut Dice) -> String {
    let (name, of) = table(dice, None);
    let key =
        column(dice, &of, &[Kind::Int, Kind::Text, Kind::Real]).map_or("1".to_owned(), |c| c.name.clone());
    let direction = dice.pick(&["", " DESC"]);
    let count = dice.between(1, 5);
    format!("SELECT {key} FROM {name} ORDER BY {key}{direction} LIMIT {count} WITH TIES")
}

/// All columns that have an order, for one that leaves nothing open.
fn names(of: &[Column]) -> String {
    of.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ")
}

pub(crate) fn star(dice: &mut Dice) -> String {
    let (name, of) = table(dice, None);
    let any = |dice: &mut Dice| {
        column(dice, &of, &[Kind::Int, Kind::Text]).map_or("id".to_owned(), |c| c.name.clone())
    };
    let (a, b) = (any(dice), any(dice));
    let list = match dice.below(11) {
        0 => format!("* EXCEPT {a}"),
        1 => format!("* EXCEPT ({a}, {b})"),
        2 => format!("* REPLACE ({a} AS {b})"),
        3 => format!("* REPLACE (toString({a}) AS {a})"),
        4 => "* APPLY toString".to_owned(),
        5 => "* APPLY(x -> (x, 1))".to_owned(),
        6 => format!("COLUMNS('{}')", a.get(..1).unwrap_or("i")),
        7 => format!("{name}.* EXCEPT {a}"),
        8 => format!("COLUMNS({a}, {b}) APPLY(toTypeName)"),
        9 => "* APPLY(toString) APPLY(length)".to_owned(),
        _ => format!("{name}.*, {b} AS extra"),
    };
    format!("SELECT {list} FROM {name}{} ORDER BY {}", filter(dice, &of), names(&of))
}

pub(crate) fn array_join(dice: &mut Dice) -> String {
    let left = if dice.once_in(3) { "LEFT " } else { "" };
    let rest = match dice.below(9) {
        0 => format!("id, x FROM arrays {left}ARRAY JOIN a AS x"),
        1 => format!("id, a, s FROM arrays {left}ARRAY JOIN a, a AS s"),
        2 => format!("id, x, n FROM arrays {left}ARRAY JOIN a AS x, arrayEnumerate(a) AS n"),
        3 => "id, arrayJoin(a) AS x FROM arrays".to_owned(),
        4 => "id, arrayJoin(s) AS x, arrayJoin(u) FROM arrays".to_owned(),
        5 => format!("id, k, v FROM maps {left}ARRAY JOIN mapKeys(m) AS k, mapValues(m) AS v"),
        6 => format!("id, items.sku, items.qty FROM nested {left}ARRAY JOIN items"),
        7 => format!("id, i.sku, i.price FROM nested {left}ARRAY JOIN items AS i"),
        _ => format!("product_id, label FROM products {left}ARRAY JOIN labels AS label"),
    };
    let filter = if dice.once_in(3) { " WHERE length(toString(tuple(*))) > 9" } else { "" };
    let filter = if rest.contains("arrayJoin(") { "" } else { filter };
    format!("SELECT {rest}{filter} ORDER BY ALL")
}

pub(crate) fn windows(dice: &mut Dice) -> String {
    let usable: Vec<_> =
        TABLES.iter().filter(|(name, _)| ["jl", "jr", "employees", "nums", "strs"].contains(name)).collect();
    let Some(known) = usable.get(dice.below(usable.len())) else { return plain(dice) };
    let of = columns(known, None);
    let part = column(dice, &of, &[Kind::Text, Kind::Int]).map_or("id".to_owned(), |c| c.name.clone());
    let number = column(dice, &of, &[Kind::Int]).map_or("id".to_owned(), |c| c.name.clone());
    let call = match dice.below(12) {
        0 => "row_number()".to_owned(),
        1 => "rank()".to_owned(),
        2 => "dense_rank()".to_owned(),
        3 => format!("sum({number})"),
        4 => format!("lagInFrame({number})"),
        5 => format!("lag({number}, 1, {number})"),
        6 => format!("lead({number})"),
        7 => format!("first_value({number})"),
        8 => format!("last_value({number})"),
        9 => format!("max({number})"),
        10 => "count()".to_owned(),
        _ => "ntile(3)".to_owned(),
    };
    let frame = match dice.below(6) {
        0 => " ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING",
        1 => " ROWS UNBOUNDED PRECEDING",
        2 => " RANGE BETWEEN 2 PRECEDING AND CURRENT ROW",
        3 => " ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING",
        _ => "",
    };
    let frame = if call.contains('(') && !call.starts_with(['s', 'm', 'f', 'c']) { "" } else { frame };
    let partition = if dice.once_in(4) { String::new() } else { format!("PARTITION BY {part} ") };
    let direction = dice.pick(&["", " DESC"]);
    let over = format!("{partition}ORDER BY id{direction}{frame}");
    let name = known.0;
    match dice.below(5) {
        0 => format!("SELECT id, {call} OVER w AS r FROM {name} WINDOW w AS ({over}) ORDER BY id"),
        1 => format!("SELECT id, {part} FROM {name} QUALIFY {call} OVER ({over}) > 1 ORDER BY id"),
        2 => format!("SELECT id, {call} OVER ({over}) AS r FROM {name} QUALIFY r = 1 ORDER BY id"),
        3 => format!(
            "SELECT id, {call} OVER ({over}) + 1, row_number() OVER (ORDER BY id) FROM {name} ORDER BY id"
        ),
        _ => format!("SELECT id, {call} OVER ({over}) FROM {name} ORDER BY id"),
    }
}

pub(crate) fn distinct_on(dice: &mut Dice) -> String {
    let (name, of) = table(dice, None);
    let key = column(dice, &of, &[Kind::Text, Kind::Int]).map_or("1".to_owned(), |c| c.name.clone());
    let other = value(dice, &of, 1);
    match dice.below(3) {
        0 => format!("SELECT DISTINCT ON ({key}) {key}, {other} FROM {name} ORDER BY {}", names(&of)),
        1 => format!("SELECT DISTINCT ON ({key}, {other}) * FROM {name} ORDER BY {}", names(&of)),
        _ => format!("SELECT DISTINCT {key}, {other} FROM {name} ORDER BY ALL LIMIT 5"),
    }
}

pub(crate) fn fill(dice: &mut Dice) -> String {
    let step = dice.between(1, 3);
    let low = dice.between(0, 3);
    let keys = match dice.below(6) {
        0 => ("id", "nums", format!("FROM {low} TO {} STEP {step}", low + 15)),
        1 => ("id", "jl", format!("STEP {step}")),
        2 => ("hired", "employees", format!("STEP INTERVAL {step} YEAR")),
        3 => ("src", "edges", format!("FROM 0 TO {}", low + 9)),
        4 => (
            "toDate(start_date)",
            "subscriptions",
            format!("FROM toDate('2022-01-01') TO toDate('2022-01-0{}')", low + 2),
        ),
        _ => ("sub_id", "subscriptions", format!("STALENESS {}", step + 1)),
    };
    let (key, name, how) = keys;
    let other = match name {
        "nums" => "i",
        "jl" => "v",
        "employees" => "name",
        "edges" => "weight",
        _ => "plan",
    };
    let interpolate = match dice.below(5) {
        0 => " INTERPOLATE".to_owned(),
        1 => " INTERPOLATE (y)".to_owned(),
        2 if ["i", "v", "weight"].contains(&other) => " INTERPOLATE (y AS y + 1)".to_owned(),
        _ => String::new(),
    };
    format!(
        "SELECT {key} AS x, min({other}) AS y FROM {name} GROUP BY x ORDER BY x WITH FILL {how}{interpolate} LIMIT 60"
    )
}
