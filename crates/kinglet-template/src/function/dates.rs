//! Time between two dates.

use crate::eval::{Args, Evaluator};
use crate::object::exception::{Outcome, template_error};
use crate::object::{Object, date};

const DAY_FORMAT: &str = "%Y-%m-%d";
const SECOND_FORMAT: &str = "%Y-%m-%d %H:%M:%S";

const MICROS_PER_SECOND: i128 = 1_000_000;

/// `day_diff(a, b)`: whole days.
pub(super) fn day_diff(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    let [first, second, _] = args.bind("day_diff", 2, ["d0", "d1", "default"])?;
    let args = Args::of(first.into_iter().chain(second).collect());
    difference(evaluator, args, Unit { function: "day_diff", seconds: 86_400, format: DAY_FORMAT })
}

/// `date_diff_in_days(a, b, …)`.
pub(super) fn in_days(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    difference(evaluator, args, Unit { function: "date_diff_in_days", seconds: 86_400, format: DAY_FORMAT })
}

/// `date_diff_in_hours(a, b, …)`.
pub(super) fn in_hours(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    difference(
        evaluator,
        args,
        Unit { function: "date_diff_in_hours", seconds: 3_600, format: SECOND_FORMAT },
    )
}

/// `date_diff_in_minutes(a, b, …)`; its error names the function for seconds.
pub(super) fn in_minutes(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    difference(evaluator, args, Unit { function: "date_diff_in_seconds", seconds: 60, format: SECOND_FORMAT })
}

/// `date_diff_in_seconds(a, b, …)`.
pub(super) fn in_seconds(evaluator: &mut Evaluator<'_>, args: Args) -> Outcome<Object> {
    difference(evaluator, args, Unit { function: "date_diff_in_seconds", seconds: 1, format: SECOND_FORMAT })
}

struct Unit {
    /// Name in error texts.
    function: &'static str,
    seconds: i128,
    format: &'static str,
}

/// The absolute difference of two dates in whole units.
fn difference(evaluator: &mut Evaluator<'_>, args: Args, unit: Unit) -> Outcome<Object> {
    let names = ["date_a", "date_b", "date_format", "default", "backup_date_format", "none_if_error"];
    let [first, second, format, default, backup, none_if_error] = args.bind(unit.function, 2, names)?;
    let (first, second) = (first.unwrap_or(Object::None), second.unwrap_or(Object::None));
    if matches!(first, Object::Placeholder) || matches!(second, Object::Placeholder) {
        return Ok(default.unwrap_or_else(|| Object::int(0)));
    }
    let format = match format {
        None => Some(unit.format.into()),
        Some(format) => format.as_text().cloned(),
    };
    let backup = backup.and_then(|backup| backup.as_text().cloned());
    let read = |value: &Object| {
        let text = value.as_text()?;
        let by_format = date::parse(text, format.as_ref()?);
        by_format.or_else(|| date::parse(text, backup.as_ref()?))
    };
    evaluator.spend(8)?;
    let gap = read(&first).zip(read(&second)).and_then(|(a, b)| a.since(b));
    match gap {
        Some(micros) => Ok(Object::int((micros / MICROS_PER_SECOND / unit.seconds).abs())),
        None if none_if_error.is_some_and(|none| none.is_true(&evaluator.heap)) => Ok(Object::None),
        None => template_error(unreadable(&unit)),
    }
}

fn unreadable(unit: &Unit) -> String {
    let function = unit.function;
    if unit.seconds < 86_400 {
        return format!(
            "invalid date_format in function `{function}`, defaults to YYYY-MM-DD hh:mm:ss. Or %Y-%m-%d %H:%M:%S \
             [.ssssss]Z, e.g. ms: 2022-12-19T18:42:22.591Z s:2022-12-19T18:42:22Z"
        );
    }
    let other = if function == "day_diff" { ". For other fotmats, try `date_diff_in_days`" } else { "" };
    format!(
        "invalid date format in function `{function}`, it must be ISO format date YYYY-MM-DD, e.g. 2018-09-26{other}"
    )
}
