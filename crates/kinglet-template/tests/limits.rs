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
fn shared_parts_are_not_visited_without_bound() {
    let doubled = |start: &str, step: &str, last: &str| {
        let grow = format!("{{% for i in range(40) %}}{{% set x = {step} %}}{{% end %}}");
        let copy = grow.replace("x", "y");
        is_limited(&format!("%{{% set x = {start} %}}{grow}{{% set y = {start} %}}{copy}{last}"));
    };
    doubled("[1]", "[x, x]", "{{ x }}");
    doubled("[1]", "[x, x]", "{% if x == y %}{% end %}");
    doubled("[1]", "[x, x]", "{% if x < y %}{% end %}");
    doubled("(1,)", "(x, x)", "{% set d = {x: 1} %}");
    doubled("[1]", "[x, x]", "{{ custom_error(x) }}");
}

#[test]
fn arithmetic_on_large_integers_costs_more() {
    is_limited("%{% for i in range(100000) %}{% set x = 3 ** 40000 %}{% end %}");
    is_limited("%{% set y = 3 ** 20000 %}{% for i in range(100000) %}{% set x = y * y // y %}{% end %}");
    is_limited("%{% for i in range(100000) %}{% set x = pow(3, 2 ** 1000, 2 ** 1000 + 1) %}{% end %}");
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

#[test]
fn nesting_of_every_kind_together_fits_a_small_stack() {
    let calls = format!("{}x{}", "String(".repeat(40), ")".repeat(40));
    let lists = format!("{}1{}", "[".repeat(40), "]".repeat(40));
    let blocks = (
        "{% if 1 %}{% for i in [1] %}{% try %}".repeat(20),
        "{% except %}{% end %}{% end %}{% end %}".repeat(20),
    );
    let lambda = "{% set f = lambda g, n: [n] + (g(g, n - 1) if n else []) %}";
    let inner = format!(
        "{{{{ {calls} }}}}{{{{ {lists} }}}}{{% set y = f(f, 30) %}}{{% set z = sorted([[2], [1]]) %}}"
    );
    let text = format!("%{lambda}{}{inner}{}", blocks.0, blocks.1);
    let run = move || {
        let context = Context::with_variables([("x", "v")]);
        let _ = Template::parse(&text).0.render(&context);
    };
    // A megabyte, as in WebAssembly; unoptimised code needs about twice the stack.
    let stack = if cfg!(debug_assertions) { 2 << 20 } else { 1 << 20 };
    let small = std::thread::Builder::new().stack_size(stack).spawn(run).unwrap();
    assert!(small.join().is_ok());
}
