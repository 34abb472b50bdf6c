//! `EXPORT_FILE_TEMPLATE`: texts, values of columns, and numbers of parts.

use crate::error::{Error, Result};

/// The template as a SQL expression over the result's columns.
///
/// # Errors
/// Kind `Invalid` for braces that do not match, or an unknown part.
pub(super) fn expression(template: &str) -> Result<String> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((text, after)) = rest.split_once('{') {
        let (inner, left) = after.split_once('}').ok_or_else(|| {
            Error::invalid(format!("EXPORT_FILE_TEMPLATE '{template}': a brace is not closed"))
        })?;
        parts.extend((!text.is_empty()).then(|| literal(text)));
        parts.push(part(inner.trim(), template)?);
        rest = left;
    }
    parts.extend((!rest.is_empty()).then(|| literal(rest)));
    Ok(match parts.len() {
        0 => literal("file"),
        _ => format!("concat('', {})", parts.join(", ")),
    })
}

fn part(inner: &str, template: &str) -> Result<String> {
    if let Ok(n_parts) = inner.parse::<u32>() {
        return Ok(format!("toString(rowNumberInAllBlocks() % {})", n_parts.max(1)));
    }
    let (name, pattern) = match inner.split_once(',') {
        Some((name, pattern)) => (name.trim(), Some(pattern.trim())),
        None => (inner, None),
    };
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.');
    if !is_name {
        return Err(Error::invalid(format!("EXPORT_FILE_TEMPLATE '{template}': '{inner}' is no column")));
    }
    Ok(match pattern {
        None => format!("toString(`{name}`)"),
        Some(pattern) => {
            let pattern = pattern.trim_matches(['\'', '"']);
            // ClickHouse writes minutes as %i; %M is a month's name there.
            format!("formatDateTime(`{name}`, {})", literal(&pattern.replace("%M", "%i")))
        }
    })
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_become_expressions() {
        for (template, expected) in [
            ("sales", "concat('', 'sales')"),
            (
                "invoices/dt={day, '%Y%m%d'}/{country}_{4}",
                "concat('', 'invoices/dt=', formatDateTime(`day`, '%Y%m%d'), '/', toString(`country`), '_', toString(rowNumberInAllBlocks() % 4))",
            ),
            ("it's {at, '%H-%M'}", "concat('', 'it\\'s ', formatDateTime(`at`, '%H-%i'))"),
        ] {
            assert_eq!(expression(template).unwrap(), expected);
        }
        for template in ["a{b", "{a; DROP}", "{}"] {
            assert!(expression(template).is_err(), "{template}");
        }
    }
}
