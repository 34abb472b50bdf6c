//! Texts that are large, deep, broken or no SQL at all.

use std::time::{Duration, Instant};

use kinglet_parser::{
    expr_to_string, parse, parse_expression, parse_select, query_to_string, statement_to_string,
};

/// Runs in a thread with a stack of 1 MB, as small as a browser's.
fn in_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(1 << 20).spawn(work).unwrap();
    thread.join().expect("the stack is enough and nothing panics");
}

/// Reads a text, prints what was read and reads that again.
fn read(sql: &str) -> Result<String, String> {
    let parsed = parse(sql);
    if let Some(error) = parsed.diagnostics.first() {
        return Err(error.message.clone());
    }
    let printed: Vec<String> = parsed.value.iter().flatten().map(statement_to_string).collect();
    Ok(printed.join("; "))
}

#[test]
fn deep_nesting_is_read_or_refused_with_a_word() {
    in_small_stack(|| {
        let forms: [(&str, &str, &str); 14] = [
            ("(", "1", ")"),
            ("[", "1", "]"),
            ("f(", "1", ")"),
            ("- ", "x", ""),
            ("NOT ", "x", ""),
            ("(SELECT ", "1", ")"),
            ("CASE WHEN ", "1", " THEN 1 END"),
            ("(x -> ", "x", ")"),
            ("INTERVAL ", "1", " DAY"),
            ("a[", "1", "]"),
            ("1 + (", "1", ")"),
            ("CAST(", "1", " AS Int8)"),
            ("a ? (", "1", ") : 2"),
            ("a BETWEEN (", "1", ") AND 2"),
        ];
        for (open, middle, close) in forms {
            for depth in [1, 10, 40, 100] {
                let sql = format!("SELECT {}{middle}{}", open.repeat(depth), close.repeat(depth));
                let known_deep = depth > 40 && open.contains("SELECT");
                assert!(read(&sql).is_ok() || known_deep, "{open} {depth}: {:?}", read(&sql));
            }
            for depth in [1_000, 100_000] {
                let sql = format!("SELECT {}{middle}{}", open.repeat(depth), close.repeat(depth));
                let error = read(&sql).expect_err("a thousand levels are too deep");
                assert!(error.contains("too deep"), "{open}: {error}");
            }
        }
    });
}

#[test]
fn deep_types_and_chains_are_bounded() {
    in_small_stack(|| {
        let deep = format!("SELECT x::{}UInt8{}", "Array(".repeat(1000), ")".repeat(1000));
        assert!(read(&deep).is_err());
        for operator in [" + ", " - ", " = ", " % "] {
            let chain = vec!["a"; 400].join(operator);
            assert!(read(&format!("SELECT {chain}")).is_ok());
            let chain = vec!["a"; 5_000].join(operator);
            let error = read(&format!("SELECT {chain}")).expect_err("a chain of 5,000 is too deep");
            assert!(error.contains("too deep"));
        }
        let indexes = format!("SELECT a{}", "[1]".repeat(10_000));
        assert!(read(&indexes).is_err());
        let unions = vec!["SELECT 1"; 5_000].join(" UNION ALL ");
        assert!(read(&unions).is_ok());
    });
}

#[test]
fn long_chains_of_and_or_are_flat() {
    in_small_stack(|| {
        for (part, operator) in [("a = 1", " OR "), ("a = 1", " AND "), ("a", " || ")] {
            let chain = vec![part; 5_000].join(operator);
            let expr = parse_expression(&chain).into_result().unwrap();
            let function = expr.as_function().unwrap();
            if part == "a = 1" {
                assert_eq!(function.arguments.len(), 5_000);
                assert_eq!(expr.depth(), 3);
            }
            assert!(expr_to_string(&expr).len() > 5_000);
        }
    });
}

#[test]
fn large_lists_are_read_in_no_time() {
    in_small_stack(|| {
        let list: Vec<String> = (0..20_000).map(|number| number.to_string()).collect();
        let sql = format!("SELECT a FROM t WHERE a IN ({})", list.join(", "));
        let start = Instant::now();
        let query = parse_select(&sql).into_result().unwrap();
        let taken = start.elapsed();
        assert_eq!(query_to_string(&query), sql);
        assert!(taken < Duration::from_secs(2), "{taken:?} for {} bytes", sql.len());
    });
}

#[test]
fn a_hundred_kilobytes_take_milliseconds() {
    let part = "SELECT toStartOfHour(ts) AS h, countIf(status = 200 AND path LIKE '/a%') / count() AS rate, \
                arrayMap(x -> (x, x * 2), arr) FROM events AS e LEFT JOIN users AS u ON e.id = u.id WHERE a IN (1, 2, 3) \
                GROUP BY h ORDER BY h DESC";
    let sql = vec![part; 500].join(" UNION ALL ");
    assert!(sql.len() > 100_000);
    let start = Instant::now();
    assert!(parse_select(&sql).into_result().is_ok());
    let taken = start.elapsed();
    println!("{} bytes in {taken:?}", sql.len());
    assert!(taken < Duration::from_secs(1), "{taken:?}");
}

#[test]
fn backtracking_does_not_explode() {
    let texts = [
        format!("SELECT {}1", "interval ".repeat(2_000)),
        format!("SELECT {}1", "case ".repeat(2_000)),
        format!("SELECT {}SELECT 1{}", "((".repeat(40), ") + 1)".repeat(40)),
        format!("SELECT {}SELECT (1{}", "(".repeat(60), ")".repeat(30)),
        format!("SELECT * FROM {}t{}", "(SELECT * FROM ".repeat(60), ")".repeat(20)),
        format!("SELECT {}1", "x IN (".repeat(500)),
    ];
    for text in texts {
        let start = Instant::now();
        let _ = parse(&text);
        assert!(start.elapsed() < Duration::from_secs(2), "{text:.60}");
    }
}

#[test]
fn nested_betweens_do_not_explode() {
    let mut expr = "a".to_owned();
    for _ in 0..40 {
        expr = format!("({expr} BETWEEN 1 AND 2)");
    }
    let expr = parse_expression(&expr).into_result().unwrap();
    assert!(expr_to_string(&expr).len() < 100_000);
    assert!(kinglet_parser::column_name(&expr).len() < 1_000_000);
}

#[test]
fn broken_texts_are_refused_where_they_break() {
    let cases = [
        ("SELECT 'abc", 8, "Single quoted string is not closed"),
        ("SELECT `abc", 8, "Back quoted string is not closed"),
        ("SELECT \"abc", 8, "Double quoted string is not closed"),
        ("SELECT 1 /* x", 10, "Multiline comment is not closed"),
        ("SELECT (1", 10, "'(' at position 8 is never closed"),
        ("SELECT (1]", 10, "']' at position 10 does not match '(' at position 8"),
        ("SELECT 1)", 9, "has no matching opening bracket"),
        ("SELECT", 7, "end of query"),
        ("SELECT a FROM t WHERE", 22, "end of query"),
        ("SELECT a\nFROM t\nGROUP a", 23, "(line 3, col 7)"),
        ("SELECT 1 !", 10, "Exclamation mark"),
        ("", 1, "Empty query"),
    ];
    for (sql, position, message) in cases {
        let parsed = parse(sql);
        let error = parsed.diagnostics.first().unwrap_or_else(|| panic!("{sql} is refused"));
        assert_eq!(error.span.start + 1, position, "{sql}: {error}");
        assert!(error.message.contains(message), "{sql}: {error}");
    }
}

#[test]
fn reading_goes_on_after_a_faulty_statement() {
    let parsed = parse("SELECT 1; SELECT FROM WHERE (; SELECT 2; SELEC 3; SELECT 'a; b'");
    assert_eq!(parsed.diagnostics.len(), 2);
    assert_eq!(parsed.value.map(|statements| statements.len()), Some(3));
}

#[test]
fn nothing_makes_it_panic() {
    let words: Vec<&str> = "SELECT FROM WHERE GROUP BY ORDER LIMIT WITH AS JOIN LEFT ON USING UNION ALL CASE WHEN THEN \
        END INTERVAL DAY CAST EXTRACT TRIM BOTH SUBSTRING IN NOT BETWEEN AND OR LIKE IS NULL INSERT INTO VALUES CREATE \
        TABLE VIEW ALTER ADD COLUMN FORMAT SETTINGS a b 1 1.5 'x' `y` ( ) [ ] { } , . : :: ? -> + - * / % = < > <= || ; \
        '' $$ x'4' 0x 1e .5 @@ @ # -- /* */ \\ ! ~ ^ é ‘ “ − \u{200B} EXISTS OVER PARTITION ROWS APPLY EXCEPT REPLACE \
        COLUMNS EXPLAIN SHOW DROP SYSTEM SET DICTIONARY SOURCE LAYOUT PROJECTION TTL ENGINE ARRAY ASOF SAMPLE FINAL"
        .split_whitespace()
        .collect();
    let mut state = 0x2545_F491_4F6C_DD1Du64;
    let mut next = move |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % limit as u64) as usize
    };
    for round in 0..6_000 {
        let mut text = String::new();
        if round % 3 > 0 {
            text.push_str("SELECT ");
        }
        for _ in 0..next(30) {
            if next(12) == 0 {
                text.push(char::from_u32(next(0x2FFF) as u32).unwrap_or('x'));
            } else {
                text.push_str(words[next(words.len())]);
            }
            if next(4) > 0 {
                text.push(' ');
            }
        }
        let parsed = parse(&text);
        for statement in parsed.value.iter().flatten() {
            let printed = statement_to_string(statement);
            assert!(!printed.is_empty(), "{text}");
        }
        for found in &parsed.diagnostics {
            assert!(found.span.end as usize <= text.len(), "{text}: {found}");
        }
        let lenient = kinglet_parser::parse_lenient(&text);
        for statement in lenient.value.iter().flatten() {
            let _ = statement_to_string(statement);
        }
        assert_eq!(lenient.diagnostics.is_empty(), parsed.diagnostics.is_empty(), "{text}");
        let _ = parse_expression(&text);
        let _ = kinglet_parser::parse_data_type(&text);
    }
}

#[test]
fn chains_of_pipes_are_bounded() {
    in_small_stack(|| {
        for stage in [
            " |> WHERE a",
            " |> AS x |> JOIN u USING a",
            " |> AGGREGATE a GROUP BY b",
            " |> UNION ALL (SELECT 1)",
        ] {
            assert!(read(&format!("FROM t{}", stage.repeat(15))).is_ok(), "{stage}");
            let error = read(&format!("FROM t{}", stage.repeat(10_000))).expect_err("too long a chain");
            assert!(error.contains("too deep"), "{stage}: {error}");
        }
        // Each level would double what its WITH holds.
        let mut nested = "SELECT 1".to_owned();
        for level in 0..20 {
            nested = format!("WITH x{level} AS ({nested}) FROM x{level} |> WHERE a |> WHERE b");
            let _ = read(&nested);
        }
        assert!(read(&nested).expect_err("it doubles too often").contains("too deep"));
        let mut keys = "a".to_owned();
        for _ in 0..30 {
            keys = format!("(FROM t |> AGGREGATE c GROUP BY {keys})");
        }
        let _ = read(&format!("SELECT {keys}"));
    });
}
