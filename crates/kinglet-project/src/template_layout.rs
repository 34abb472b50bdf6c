//! Laying out a template: its tags stand still while the SQL around them moves.

/// A query with a stand-in for each tag.
struct StandIns {
    sql: String,
    /// Stand-in and tag, in order.
    tags: Vec<(String, String)>,
}

/// Lays out a template with `format`, which is given SQL with a name in place of each `{{ … }}` and a comment
/// in place of the other tags. `None` where the SQL cannot be read with all alternatives in place, where
/// a string goes over several lines, or where the result has other tags.
pub(crate) fn format_template(template: &str, format: impl Fn(&str) -> Option<String>) -> Option<String> {
    let body = template.trim_start().strip_prefix('%')?;
    let StandIns { sql, tags } = stand_ins(body)?;
    let strings = kinglet_parser::tokens(&sql);
    let mut strings = strings.iter().filter(|token| token.highlight == kinglet_parser::Highlight::String);
    if strings.any(|token| token.span.text(&sql).contains('\n')) {
        return None;
    }
    let formatted = format(&sql)?;
    let mut out = "%\n".to_owned();
    let mut rest = formatted.as_str();
    for (stand_in, tag) in &tags {
        let (before, after) = rest.split_once(stand_in.as_str())?;
        out.push_str(before);
        out.push_str(tag);
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

fn stand_ins(body: &str) -> Option<StandIns> {
    let mut found = StandIns { sql: String::with_capacity(body.len()), tags: Vec::new() };
    let mut rest = body;
    while let Some(at) = rest.find(['{']) {
        let (before, from) = rest.split_at(at);
        found.sql.push_str(before);
        let close = match from.as_bytes().get(1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            Some(b'#') => "#}",
            _ => {
                found.sql.push('{');
                rest = from.get(1..)?;
                continue;
            }
        };
        // Braces in threes and `{{!` are left to those who wrote them.
        if from.starts_with("{{{") || from.starts_with("{{!") {
            return None;
        }
        let end = from.find(close)? + 2;
        let (tag, after) = from.split_at_checked(end)?;
        if tag.contains('\n') {
            return None;
        }
        let number = found.tags.len();
        let name = format!("__kinglet{number}_");
        let width = tag.chars().count();
        let stand_in = if close == "}}" {
            format!("{name}{}", "_".repeat(width.saturating_sub(name.len())))
        } else {
            format!("/*{name}{}*/", "_".repeat(width.saturating_sub(name.len() + 4)))
        };
        found.sql.push_str(&stand_in);
        found.tags.push((stand_in, tag.to_owned()));
        rest = after;
    }
    found.sql.push_str(rest);
    Some(found)
}

#[cfg(test)]
mod tests {
    use crate::format::format_query;

    #[test]
    fn tags_stay_and_sql_moves() {
        let template = "%\nselect a,{{ columns(c, 'x') }} from t where 1 {% if defined(b) %} and b = {{Int32(b)}} {% end %} \
                        and d = '{{ e }}' {# why #}";
        let formatted = format_query(template).expect("it can be read");
        assert!(formatted.starts_with("%\nselect"), "{formatted}");
        for tag in [
            "{{ columns(c, 'x') }}",
            "{% if defined(b) %}",
            "{{Int32(b)}}",
            "{% end %}",
            "'{{ e }}'",
            "{# why #}",
        ] {
            assert_eq!(formatted.matches(tag).count(), 1, "{formatted}");
        }
        assert_eq!(format_query(&formatted).as_deref(), Some(formatted.as_str()));
    }

    #[test]
    fn what_cannot_be_read_stays() {
        assert_eq!(format_query("% select 1 {% if a %} where 1 {% else %} where 2 {% end %}"), None);
        assert_eq!(format_query("% select 'a\nb', {{ c }}"), None);
        assert_eq!(format_query("% select {{ open"), None);
    }
}
