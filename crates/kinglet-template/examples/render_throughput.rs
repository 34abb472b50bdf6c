//! How fast templates are read and rendered: `cargo run --release -p kinglet-template --example render_throughput`.

use std::hint::black_box;
use std::time::{Duration, Instant};

use kinglet_template::{Context, Template};

const TEMPLATE: &str = "%
{% if defined(from_day) and day_diff(from_day, to_day) > 90 %}
  {{ error('range too large') }}
{% end %}
SELECT {{ column(dim, 'country') }} AS key, count() AS hits, {{ columns(metrics, 'a,b', fn='sum') }}
FROM visits
WHERE 1
  {% if defined(from_day) %} AND day >= {{ Date(from_day, description='first day') }} {% end %}
  {% if defined(tags) %} AND tag IN {{ Array(tags, 'String') }} {% end %}
  {% for last, x in enumerate_with_last(split_to_array(words, 'u,v,w')) %}
    OR word = {{ String(x) }}{% if not last %} -- more{% end %}
  {% end %}
GROUP BY key
ORDER BY hits DESC
LIMIT {{ Int32(limit, 10) }} OFFSET {{ Int32(page, 0) * Int32(limit, 10) }}";

fn main() {
    let context = Context::with_variables([
        ("from_day", "2024-01-01"),
        ("to_day", "2024-02-01"),
        ("tags", "red,green,o'blue"),
        ("limit", "50"),
        ("page", "3"),
    ]);
    let template = Template::parse(TEMPLATE).0;
    if let Err(error) = template.render(&context) {
        eprintln!("{error}");
        std::process::exit(1);
    }
    let per_parse = timed(|| drop(black_box(Template::parse(TEMPLATE))));
    let per_render = timed(|| drop(black_box(template.render(&context))));
    let endless = Template::parse("%{% set n = 0 %}{% while n < 200000 %}{% set n += 1 %}{% end %}{{ n }}").0;
    let per_loop = timed(|| drop(black_box(endless.render(&Context::default()))));
    println!("read    {:>8.1} µs", micros(per_parse));
    println!("render  {:>8.1} µs", micros(per_render));
    println!("loop    {:>8.1} ns a turn", micros(per_loop) * 1000.0 / 200_000.0);
}

/// Time of one call, averaged over half a second.
fn timed(mut run: impl FnMut()) -> Duration {
    let start = Instant::now();
    let mut n_calls = 0;
    while start.elapsed() < Duration::from_millis(500) {
        run();
        n_calls += 1;
    }
    start.elapsed() / n_calls
}

fn micros(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}
