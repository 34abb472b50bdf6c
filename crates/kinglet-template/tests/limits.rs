//! A template cannot run for ever, grow without bound, or overflow the stack.

use kinglet_template::{Context, ErrorKind, Limits, Template};

fn is_limited(template: &str) {
    let parsed = Template::parse(template).0;
    let limits = Limits { fuel: 300_000, ..Limits::default() };
    match parsed.render(&Context { limits, ..Context::default() }) {
        Ok(rendered) => panic!("{template} rendered {} bytes", rendered.sql.len()),
        Err(error) => assert!(
            matches!(error.kind, ErrorKind::Limit | ErrorKind::Syntax),
            "{}: {} {:?}",
            template.chars().take(80).collect::<String>(),
            error.message,
            error.kind
        ),
    }
}

#[test]
fn endless_loops_run_out_of_fuel() {
    is_limited("%{% while True %}{% end %}");
    is_limited("%{% while True %}{% try %}{{ 1 }}{% except %}{% end %}{% end %}");
    is_limited("%{% set l = [1] %}{% for x in l %}{% set l.append(x) %}{% end %}");
    is_limited("%{% for i in range(10 ** 18) %}{% end %}");
    is_limited("%{% set x = sum(range(10 ** 12)) %}");
    is_limited("%{% set x = [a for a in range(3000) for b in range(3000)] %}");
}

#[test]
fn values_cannot_grow_without_bound() {
    is_limited("%{% set x = 'a' * 10 ** 12 %}{{ x }}");
    is_limited("%{% set x = [0] * 10 ** 12 %}");
    is_limited("%{% set x = 'aa' %}{% for i in range(100) %}{% set x += x %}{% end %}");
    is_limited("%{% set x = [1, 2] %}{% for i in range(100) %}{% set x += x %}{% end %}");
    is_limited("%{% set x = 10 ** 10 ** 10 %}");
    is_limited("%{% set x = 1 << 10 ** 10 %}");
    is_limited("%{% set x = 3 %}{% for i in range(1000) %}{% set x = x * x %}{% end %}");
    is_limited("%{% set x = '%999999999d' % 1 %}");
    is_limited("%{% set x = f'{1:999999999}' %}");
    is_limited("%{% set x = 'a'.rjust(10 ** 12) %}");
    is_limited("%{% set x = ('a' * 1000).replace('a', 'b' * 100000) %}");
    is_limited("%{% for i in range(100000) %}{{ 'x' * 1000 }}{% end %}");
}

#[test]
fn nesting_is_bounded() {
    let nested =
        |open: &str, close: &str| format!("%{{{{ {}1{} }}}}", open.repeat(100_000), close.repeat(100_000));
    for (open, close) in
        [("(", ")"), ("[", "]"), ("-", ""), ("not ", ""), ("String(", ")"), ("1 if ", " else 1")]
    {
        is_limited(&nested(open, close));
    }
    is_limited(&format!("%{}", "{% if 1 %}".repeat(100_000)));
    is_limited("%{% set f = lambda g, n: g(g, n) %}{% set x = f(f, 1) %}");
    is_limited("%{% set l = [] %}{% for i in range(100000) %}{% set l = [l] %}{% end %}{{ l }}");
    is_limited("%{% set l = [] %}{% set l.append(l) %}{{ l }}");
    is_limited(
        "%{% set d = {} %}{% set d['d'] = d %}{% set e = {} %}{% set e['d'] = e %}{% if d == e %}{% end %}",
    );
}

#[test]
fn long_chains_are_not_deep() {
    let sum = vec!["1"; 20_000].join(" + ");
    let rendered = Template::parse(&format!("%{{{{ {sum} }}}}")).0.render(&Context::default()).unwrap();
    assert_eq!(rendered.sql, "20000");
    let either = vec!["0"; 20_000].join(" or ");
    let template = format!("%{{% if {either} %}}a{{% else %}}b{{% end %}}");
    assert_eq!(Template::parse(&template).0.render(&Context::default()).unwrap().sql, "b");
}

#[test]
fn limits_are_the_caller_s() {
    let template = Template::parse("%{% for i in range(100) %}{{ i }},{% end %}").0;
    let mut context = Context::default();
    assert!(template.render(&context).is_ok());
    context.limits = Limits { fuel: 50, ..Limits::default() };
    assert_eq!(template.render(&context).unwrap_err().kind, ErrorKind::Limit);
    context.limits = Limits { output_bytes: 50, ..Limits::default() };
    assert_eq!(template.render(&context).unwrap_err().kind, ErrorKind::Limit);
}
