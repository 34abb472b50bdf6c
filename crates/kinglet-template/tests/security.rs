//! Holes of the original renderer that are closed here, each with what it would let a request do.

use kinglet_template::{Context, Template, Value};

fn render(template: &str, variables: &[(&str, &str)]) -> Result<kinglet_template::Rendered, String> {
    let context = Context::with_variables(variables.iter().map(|(name, value)| (*name, *value)));
    Template::parse(template).0.render(&context).map_err(|error| error.message)
}

fn sql(template: &str, variables: &[(&str, &str)]) -> String {
    render(template, variables).unwrap().sql
}

#[test]
fn a_table_name_cannot_carry_sql() {
    let template = "%SELECT * FROM {{ table(t) }}";
    assert_eq!(sql(template, &[("t", "prices")]), "SELECT * FROM prices");
    assert_eq!(sql(template, &[("t", "ws.prices")]), "SELECT * FROM ws.prices");
    assert_eq!(sql(template, &[("t", "prices, secrets WHERE 1")]), "SELECT * FROM `prices, secrets WHERE 1`");
    assert_eq!(sql(template, &[("t", "a` JOIN b")]), "SELECT * FROM `a\\` JOIN b`");
}

#[test]
fn a_symbol_without_quotes_cannot_carry_sql() {
    let template = "%SELECT {{ symbol(f, '') }}(x)";
    assert_eq!(sql(template, &[("f", "toStartOfDay")]), "SELECT toStartOfDay(x)");
    assert_eq!(sql(template, &[("f", "a FROM secrets --")]), "SELECT `a FROM secrets --`(x)");
}

#[test]
fn an_alias_of_columns_cannot_carry_sql() {
    let template = "%SELECT {{ columns(c, 'a', fn='max') }} FROM t";
    assert_eq!(sql(template, &[("c", "x")]), "SELECT max(`x`) as x FROM t");
    let attack = [("c", "x FROM secrets --")];
    assert_eq!(sql(template, &attack), "SELECT max(`x FROM secrets --`) as `x FROM secrets --` FROM t");
}

#[test]
fn the_function_of_columns_is_a_function() {
    assert_eq!(sql("%{{ columns(c, 'a', fn=f) }}", &[("f", "quantile(0.9)")]), "quantile(0.9)(`a`) as a");
    let error = render("%{{ columns(c, 'a', fn=f) }}", &[("f", "1 FROM secrets WHERE f")]).unwrap_err();
    assert!(error.contains("name of a function"), "{error}");
}

#[test]
fn column_names_of_sql_and_are_quoted_unless_plain() {
    let template = "%SELECT 1 WHERE {{ sql_and(**JSON(filters)) }}";
    assert_eq!(sql(template, &[("filters", "{\"a\": 1, \"b__gt\": 2}")]), "SELECT 1 WHERE a = 1 and b > 2");
    assert_eq!(sql(template, &[("filters", "{\"1 = 1 or a\": 1}")]), "SELECT 1 WHERE `1 = 1 or a` = 1");
}

#[test]
fn comments_of_settings_stay_on_their_line() {
    let attack = [("n", "1\n; DROP TABLE t\r\u{2028}x")];
    let rendered = render("%{{ max_threads(n) }}{{ backend_hint(n) }}SELECT 1", &attack).unwrap();
    let lines: Vec<&str> = rendered.sql.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(
        lines[0].starts_with("-- max_threads: wrong argument 1") && lines[1].starts_with("-- backend_hint 1")
    );
    assert_eq!(lines[2], "SELECT 1");
    assert_eq!(rendered.settings.backend_hint, Some(Value::from("1 ; DROP TABLE t  x")));
}

#[test]
fn a_request_parameter_unlocks_no_secret() {
    let template = Template::parse("%SELECT {{ tb_secret('a') }}").0;
    let list = Value::List(vec![Value::from("a")]);
    let mut context = Context::with_variables([("tb_secrets", list), ("tb_secret_a", Value::from("x"))]);
    assert!(template.render(&context).unwrap_err().message.contains("Cannot access secret 'a'"));
    context.secrets.insert("a".to_owned());
    let rendered = template.render(&context).unwrap();
    assert_eq!(rendered.sql, "SELECT {a: String}");
    assert_eq!(rendered.secret_parameters, ["a"]);
}

#[test]
fn an_exception_s_text_is_quoted() {
    let template = "%SELECT {% try %}{{ Int32(n) }}{% except Exception as e %}{{ e }}{% end %}";
    let expected = "SELECT 'Template Syntax Error: Error validating \\'1) OR (1\\' to type Int32'";
    assert_eq!(sql(template, &[("n", "1) OR (1")]), expected);
}

#[test]
fn a_request_parameter_cannot_break_the_renderer() {
    let variables =
        [("p", "x"), ("_tt_utf8", "evil"), ("self", "evil"), ("__builtins__", "evil"), ("String", "evil")];
    assert_eq!(sql("%SELECT {{ String(p) }}", &variables), "SELECT 'x'");
}

#[test]
fn values_are_escaped_wherever_they_are_printed() {
    let attack = [("p", "x' OR 1=1 --\\'\n")];
    let escaped = "'x\\' OR 1=1 --\\\\\\'\\n'";
    assert_eq!(sql("%{{ p }}", &attack), escaped);
    assert_eq!(sql("%{{ String(p) }}", &attack), escaped);
    assert_eq!(sql("%{{ sql_and(a=p) }}", &attack), format!("a = {escaped}"));
    assert_eq!(sql("%{{ String(p) + '' }}", &attack), escaped);
    assert_eq!(sql("%{{ f'{p}' }}", &attack), escaped);
}
