//! Queries of several tables and of groups, and the list of all kinds of queries.

use super::dice::Dice;
use super::expression::{aggregate, column, condition, value};
use super::rows;
use super::tables::{Column, Kind, TABLES, columns, table};

/// A kind of query.
pub(crate) type Draw = fn(&mut Dice) -> String;

/// All kinds, those with the most variants several times.
pub(crate) const KINDS: &[Draw] = &[
    rows::plain,
    joins,
    groups,
    rows::limits,
    subqueries,
    joins,
    rows::star,
    sets,
    groups,
    rows::windows,
    ctes,
    joins,
    rows::array_join,
    aliases,
    subqueries,
    rows::distinct_on,
    groups,
    rows::fill,
    rows::ties,
    wrong,
    functions,
    three,
];

fn name(dice: &mut Dice, of: &[Column], kinds: &[Kind]) -> String {
    column(dice, of, kinds).map_or("1".to_owned(), |column| column.name.clone())
}

/// Two of the tables that meet on `k`, `s` or `id`.
fn joins(dice: &mut Dice) -> String {
    let sides = [("jl", 0), ("jr", 1), ("j3", 2), ("employees", 3), ("nums", 6)];
    let mut side = |alias: &str| {
        let (table, at) = sides.get(dice.below(sides.len())).copied().unwrap_or(("jl", 0));
        (table, TABLES.get(at).map_or_else(Vec::new, |known| columns(known, Some(alias))))
    };
    let ((left, a), (right, b)) = (side("l"), side("r"));
    let kind = dice.pick(&[
        "INNER",
        "LEFT",
        "RIGHT",
        "FULL",
        "LEFT ANY",
        "ANY INNER",
        "SEMI LEFT",
        "ANTI LEFT",
        "RIGHT SEMI",
        "RIGHT ANTI",
        "LEFT OUTER",
        "GLOBAL LEFT",
        "ALL FULL OUTER",
        "LEFT SEMI",
        "ANY RIGHT",
        "CROSS",
        "COMMA",
        "ASOF",
        "ASOF LEFT",
        "PASTE",
    ]);
    let shared: Vec<&str> = ["id", "k", "s"]
        .into_iter()
        .filter(|shared| [&a, &b].iter().all(|side| side.iter().any(|c| c.name.get(2..) == Some(*shared))))
        .collect();
    let pair = |dice: &mut Dice| match shared.get(dice.below(shared.len())) {
        Some(shared) => format!("l.{shared} = r.{shared}"),
        None => format!("{} = {}", name(dice, &a, &[Kind::Int]), name(dice, &b, &[Kind::Int])),
    };
    let both: Vec<Column> = a.iter().chain(&b).cloned().collect();
    let constraint = match kind {
        "CROSS" | "COMMA" | "PASTE" => String::new(),
        "ASOF" | "ASOF LEFT" => {
            let sign = dice.pick(&[">=", ">", "<=", "<"]);
            format!(
                " ON {} AND {} {sign} {}",
                pair(dice),
                name(dice, &a, &[Kind::Int]),
                name(dice, &b, &[Kind::Int])
            )
        }
        _ => match (dice.below(6), shared.first()) {
            (0, Some(_)) => format!(" USING ({})", shared.join(", ")),
            (1, Some(one)) => format!(" USING {one}"),
            (2, _) => format!(" ON {} AND {}", pair(dice), condition(dice, &b, 0)),
            (3, _) => format!(" ON {} AND {}", pair(dice), condition(dice, &a, 0)),
            _ => format!(" ON {}", pair(dice)),
        },
    };
    let word = match kind {
        "COMMA" => ",".to_owned(),
        _ => format!(" {kind} JOIN"),
    };
    let filter =
        if dice.once_in(3) { format!(" WHERE {}", condition(dice, &both, 1)) } else { String::new() };
    let nulls = if dice.once_in(3) { " SETTINGS join_use_nulls = 1" } else { "" };
    let source = match dice.below(8) {
        0 => format!("{left} AS l{word} (SELECT * FROM {right}) AS r"),
        _ => format!("{left} AS l{word} {right} AS r"),
    };
    match dice.below(6) {
        0 => format!("SELECT l.*, r.* FROM {source}{constraint}{filter} ORDER BY ALL LIMIT 100{nulls}"),
        1 => format!(
            "SELECT {}, {} FROM {source}{constraint}{filter} GROUP BY 1 ORDER BY ALL{nulls}",
            name(dice, &both, &[Kind::Text, Kind::Int]),
            aggregate(dice, &both)
        ),
        2 => format!(
            "SELECT {} FROM {source}{constraint}{filter} ORDER BY ALL LIMIT 100{nulls}",
            rows::list(dice, &both, 4)
        ),
        3 => format!("SELECT count(), {} FROM {source}{constraint}{filter}{nulls}", aggregate(dice, &both)),
        4 => {
            let x = name(dice, &both, &[Kind::Int, Kind::Text, Kind::Real]);
            let y = name(dice, &b, &[Kind::Int, Kind::Date, Kind::Real]);
            format!(
                "SELECT {x}, {y}, toTypeName({y}) FROM {source}{constraint}{filter} ORDER BY ALL LIMIT 100{nulls}"
            )
        }
        _ => format!("SELECT * FROM {source}{constraint}{filter} ORDER BY ALL LIMIT 100{nulls}"),
    }
}

fn three(dice: &mut Dice) -> String {
    let kind = |dice: &mut Dice| dice.pick(&["INNER", "LEFT", "RIGHT", "FULL", "ANY LEFT", "SEMI LEFT"]);
    let (first, second) = (kind(dice), kind(dice));
    let list = dice.pick(&[
        "*",
        "jl.id, jr.id, j3.q",
        "count()",
        "jl.*, q",
        "k, s, count() AS c",
        "s, sum(v), max(w)",
    ]);
    let tail = if list.contains("count() AS") {
        " GROUP BY k, s"
    } else if list.contains("sum(") {
        " GROUP BY s"
    } else {
        ""
    };
    let on = match dice.below(3) {
        0 => ("USING k", "USING k"),
        1 => ("ON jl.k = jr.k", "ON jr.k = j3.k"),
        _ => ("ON jl.id = jr.id", "ON jl.s = j3.s"),
    };
    format!(
        "SELECT {list} FROM jl {first} JOIN jr {} {second} JOIN j3 {}{tail} ORDER BY ALL LIMIT 100",
        on.0, on.1
    )
}

fn groups(dice: &mut Dice) -> String {
    let (table, of) = table(dice, None);
    let mut keys: Vec<String> = (0..dice.between(1, 2))
        .map(|_| match dice.once_in(3) {
            true => value(dice, &of, 1),
            false => name(dice, &of, &[Kind::Text, Kind::Int, Kind::Date]),
        })
        .collect();
    keys.dedup();
    let calls: Vec<String> = (0..dice.between(1, 3)).map(|_| aggregate(dice, &of)).collect();
    let calls = calls.join(", ");
    let all = keys.join(", ");
    let how = match dice.below(10) {
        0 => format!("GROUP BY {all} WITH ROLLUP"),
        1 => format!("GROUP BY {all} WITH CUBE"),
        2 => format!("GROUP BY ROLLUP({all})"),
        3 => format!("GROUP BY GROUPING SETS (({all}), ({}), ())", keys.first().map_or("1", String::as_str)),
        4 => format!("GROUP BY {all} WITH TOTALS"),
        5 => "GROUP BY ALL".to_owned(),
        6 => "GROUP BY 1".to_owned(),
        _ => format!("GROUP BY {all}"),
    };
    let list = if how == "GROUP BY 1" { keys.first().cloned().unwrap_or_default() } else { all };
    let filter = if dice.once_in(2) { rows::filter(dice, &of) } else { String::new() };
    let having = if dice.once_in(4) {
        format!(" HAVING {} > 1", aggregate(dice, &of)).replace("arraySort", "length")
    } else {
        String::new()
    };
    let having = if having.contains("min(") || having.contains("max") { String::new() } else { having };
    let nulls = if dice.once_in(4) { " SETTINGS group_by_use_nulls = 1" } else { "" };
    match dice.below(6) {
        0 => format!("SELECT {calls} FROM {table}{filter}"),
        1 => format!("SELECT {calls} FROM {table}{filter} {how}{having} ORDER BY ALL{nulls}"),
        _ => format!("SELECT {list}, {calls} FROM {table}{filter} {how}{having} ORDER BY ALL{nulls}"),
    }
}

fn sets(dice: &mut Dice) -> String {
    let one = |dice: &mut Dice| {
        let (table, of) = table(dice, None);
        let kind = if dice.once_in(6) { Kind::Text } else { Kind::Int };
        let column = name(dice, &of, &[kind]);
        match dice.below(4) {
            0 => format!("SELECT {column} FROM {table} WHERE {}", condition(dice, &of, 0)),
            1 => format!("SELECT {} AS y", dice.between(1, 300)),
            2 => format!("SELECT DISTINCT {column} AS z FROM {table}"),
            _ => format!("SELECT {column} FROM {table}"),
        }
    };
    let operator = |dice: &mut Dice| {
        dice.pick(&[
            "UNION ALL",
            "UNION DISTINCT",
            "EXCEPT",
            "INTERSECT",
            "EXCEPT DISTINCT",
            "INTERSECT DISTINCT",
            "UNION ALL",
        ])
    };
    let (a, b, c) = (one(dice), one(dice), one(dice));
    let (x, y) = (operator(dice), operator(dice));
    match dice.below(6) {
        0 => format!("{a} {x} {b}"),
        1 => format!("{a} {x} {b} {y} {c}"),
        2 => format!("({a}) {x} ({b} {y} {c})"),
        3 => format!("SELECT count(), min(*), toTypeName(max(*)) FROM ({a} {x} {b})"),
        4 => format!("SELECT * FROM ({a} {x} {b}) ORDER BY 1 LIMIT 5"),
        _ => format!("{a} UNION {b} SETTINGS union_default_mode = '{}'", dice.pick(&["ALL", "DISTINCT"])),
    }
}

fn subqueries(dice: &mut Dice) -> String {
    let (outer, of) = table(dice, Some("o"));
    let (inner, inside) = table(dice, Some("i"));
    let key = name(dice, &of, &[Kind::Int]);
    let other = name(dice, &inside, &[Kind::Int]);
    let scalar = aggregate(dice, &inside);
    match dice.below(12) {
        0 => format!("SELECT {key}, (SELECT {scalar} FROM {inner} AS i) AS m FROM {outer} AS o ORDER BY ALL"),
        1 => format!(
            "SELECT {key} FROM {outer} AS o WHERE {key} IN (SELECT {other} FROM {inner} AS i) ORDER BY ALL"
        ),
        2 => format!(
            "SELECT {key} FROM {outer} AS o WHERE {key} NOT IN (SELECT {other} FROM {inner} AS i WHERE {}) ORDER BY ALL",
            condition(dice, &inside, 0)
        ),
        3 => format!(
            "SELECT {key} FROM {outer} AS o WHERE EXISTS (SELECT 1 FROM {inner} AS i WHERE {other} = {key}) ORDER BY ALL"
        ),
        4 => format!(
            "SELECT {key}, (SELECT count() FROM {inner} AS i WHERE {other} = {key}) AS n FROM {outer} AS o ORDER BY {key}"
        ),
        5 => format!(
            "SELECT {key} FROM {outer} AS o WHERE NOT EXISTS (SELECT * FROM {inner} AS i WHERE {other} = {key} AND {}) ORDER BY ALL",
            condition(dice, &inside, 0)
        ),
        6 => format!(
            "SELECT {key} FROM {outer} AS o WHERE {key} > (SELECT avg({other}) FROM {inner} AS i) ORDER BY ALL"
        ),
        7 => format!(
            "SELECT * FROM (SELECT {key} AS a, {} AS b FROM {outer} AS o) WHERE a > 1 ORDER BY ALL",
            value(dice, &of, 1)
        ),
        8 => format!(
            "SELECT sum(n) FROM (SELECT {key} AS a, count() AS n FROM {outer} AS o GROUP BY a HAVING n > 0)"
        ),
        9 => format!(
            "SELECT {key} IN (SELECT {other} FROM {inner} AS i) AS found, count() FROM {outer} AS o GROUP BY found ORDER BY ALL"
        ),
        10 => format!(
            "SELECT ({key}, 1) IN (SELECT {other}, 1 FROM {inner} AS i) FROM {outer} AS o ORDER BY ALL"
        ),
        _ => format!(
            "SELECT {key}, (SELECT max({other}) FROM {inner} AS i WHERE {other} < {key}) AS m FROM {outer} AS o ORDER BY {key}"
        ),
    }
}

fn ctes(dice: &mut Dice) -> String {
    let (first, of) = table(dice, None);
    let key = name(dice, &of, &[Kind::Int]);
    let number = dice.between(1, 7);
    match dice.below(9) {
        0 => format!("WITH {number} AS n SELECT {key} + n, n FROM {first} WHERE {key} > n ORDER BY ALL"),
        1 => format!(
            "WITH t AS (SELECT {key} AS a FROM {first}) SELECT a, count() FROM t GROUP BY a ORDER BY ALL"
        ),
        2 => format!(
            "WITH t AS (SELECT {key} AS a FROM {first}), u AS (SELECT a * 2 AS b FROM t) SELECT * FROM t, u WHERE a = b ORDER BY ALL"
        ),
        3 => format!(
            "WITH (SELECT max({key}) FROM {first}) AS m SELECT m, {key} = m FROM {first} ORDER BY ALL"
        ),
        4 => format!(
            "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t WHERE n < {number}) SELECT n, n IN (SELECT {key} FROM {first}) FROM t ORDER BY n"
        ),
        5 => format!("WITH x -> x + {number} AS f SELECT f({key}) FROM {first} ORDER BY ALL"),
        6 => format!("WITH sum({key}) AS s, count() AS c SELECT s, s / c FROM {first}"),
        7 => format!(
            "WITH t (a, b) AS (SELECT {key}, 1 FROM {first}) SELECT a, b FROM t WHERE a IN (SELECT a FROM t WHERE a < {number}) ORDER BY ALL"
        ),
        _ => format!("WITH {key} % {number} AS r SELECT r, count() FROM {first} GROUP BY r ORDER BY r"),
    }
}

fn aliases(dice: &mut Dice) -> String {
    let (table, of) = table(dice, None);
    let (a, b) = (name(dice, &of, &[Kind::Int]), name(dice, &of, &[Kind::Int, Kind::Real]));
    let bare = dice.pick(&["id", "k", "s", "x"]);
    match dice.below(10) {
        0 => format!("SELECT ({a} AS x) + 1 AS y, x * 2, y FROM {table} ORDER BY ALL"),
        1 => format!("SELECT {a} AS {b}, {b} AS z FROM {table} ORDER BY ALL"),
        2 => format!("SELECT {a} + 1 AS {a} FROM {table} WHERE {a} > 2 ORDER BY {a}"),
        3 => format!("SELECT sum({a} AS x) AS total, max(x), total / 2 FROM {table}"),
        4 => format!("SELECT {a} AS x FROM {table} AS t WHERE (t.{a} AS y) > 1 AND y < 100 ORDER BY x"),
        5 => format!(
            "SELECT {a} AS a1, {b} AS b1, a1 + b1, a1 = b1 AS same FROM {table} WHERE NOT same ORDER BY ALL"
        ),
        6 => format!(
            "SELECT {a} % 3 AS g, count() AS c, c * 2 AS d FROM {table} GROUP BY g HAVING d > 2 ORDER BY d DESC, g"
        ),
        7 => format!("SELECT {a} AS x, {a} AS x FROM {table} ORDER BY x LIMIT 3"),
        8 => format!(
            "SELECT {a} AS {bare}, {b} FROM {table} ORDER BY {bare}, {b} SETTINGS prefer_column_name_to_alias = 1"
        ),
        _ => format!("SELECT arrayMap(x -> x + {a} AS q, [1, 2]), {b} AS x FROM {table} ORDER BY ALL"),
    }
}

/// Queries that ClickHouse refuses, or that look as if it would.
fn wrong(dice: &mut Dice) -> String {
    let (table, of) = table(dice, None);
    let (a, b) = (name(dice, &of, &[Kind::Int]), name(dice, &of, &[Kind::Text]));
    match dice.below(20) {
        0 => format!("SELECT nope FROM {table}"),
        1 => format!("SELECT {a} FROM nope"),
        2 => format!("SELECT {a}, count() FROM {table}"),
        3 => format!("SELECT {a} FROM {table} WHERE sum({a}) > 1"),
        4 => format!("SELECT sum(sum({a})) FROM {table}"),
        5 => format!("SELECT {a} FROM {table} HAVING {a} > 1"),
        6 => format!("SELECT * FROM {table} UNION ALL SELECT 1"),
        7 => format!("SELECT {a} FROM {table} LIMIT 1 WITH TIES"),
        8 => format!("SELECT {a} FROM {table} SETTINGS no_such_setting = 1"),
        9 => format!("SELECT {a} + {b} FROM {table}"),
        10 => format!("SELECT nosuch({a}) FROM {table}"),
        11 => format!("SELECT {a} FROM {table} ORDER BY 7"),
        12 => format!("SELECT {a} FROM {table} GROUP BY {a} HAVING {b} = ''"),
        13 => format!("SELECT {a} FROM {table} WHERE {a} IN (SELECT 1, 2)"),
        14 => format!("SELECT (SELECT {a} FROM {table}) AS one"),
        15 => format!("SELECT {a} FROM {table} WHERE {b}"),
        16 => format!("SELECT t.{a} FROM {table}"),
        17 => format!("SELECT {a} AS x, {b} AS x FROM {table} ORDER BY x"),
        18 => format!("SELECT * FROM {table} FINAL ORDER BY ALL LIMIT 3"),
        _ => format!("SELECT * FROM {table} SAMPLE 1/2"),
    }
}

fn functions(dice: &mut Dice) -> String {
    let (low, count) = (dice.between(0, 9), dice.between(0, 6));
    match dice.below(12) {
        0 => format!("SELECT * FROM numbers({low}, {count})"),
        1 => format!("SELECT number * 2 AS n, n % 3 FROM numbers({count}) WHERE n > 1"),
        2 => format!("SELECT * FROM generate_series({low}, {}, 2)", low + count),
        3 => format!("SELECT * FROM values('a UInt8, b String', ({low}, 'x'), ({count}, 'y'))"),
        4 => format!("SELECT * FROM values({low}, {count}, 3)"),
        5 => format!("SELECT * FROM view(SELECT {low} AS x, 'b' AS y)"),
        6 => "SELECT id, _table FROM merge('^j[lr]$') ORDER BY ALL".to_owned(),
        7 => format!("SELECT * FROM zeros({count})"),
        8 => "SELECT * FROM null('a UInt8, b String')".to_owned(),
        9 => format!("SELECT * FROM format(JSONEachRow, '{{\"a\": {low}, \"b\": \"x\"}}')"),
        10 => format!("SELECT * FROM format(CSV, 'a Int32, b String', '{low},x\\n2,y')"),
        _ => format!("SELECT count() FROM numbers({low}) AS a, numbers({count}) AS b"),
    }
}
