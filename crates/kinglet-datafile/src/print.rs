//! Data sources as text.

use crate::datasource::Datasource;

impl Datasource {
    /// The data source as a `.datasource` file in the usual order and indentation.
    pub fn to_datafile(&self) -> String {
        let mut out = String::new();
        if let Some(description) = self.description.as_deref().filter(|text| !text.is_empty()) {
            block(&mut out, "DESCRIPTION", description.lines());
        }
        for token in &self.tokens {
            out.push_str(&format!("TOKEN \"{}\" {}\n", token.name, token.permission));
        }
        if !self.tokens.is_empty() {
            out.push('\n');
        }
        self.tags_line(&mut out);
        self.schema_block(&mut out);
        self.engine_lines(&mut out);
        self.index_block(&mut out);
        self.setting_lines(&mut out);
        if !self.shared_with.is_empty() {
            block(&mut out, "SHARED_WITH", self.shared_with.iter().map(String::as_str));
        }
        if let Some(query) = &self.forward_query {
            block(&mut out, "FORWARD_QUERY", query.text.lines());
        }
        let kept = out.trim_end().len();
        out.truncate(kept);
        out.push('\n');
        out
    }

    fn tags_line(&self, out: &mut String) {
        let pairs = self.settings.get("tags").map(|pairs| pairs.replace('&', ", "));
        let entries: Vec<&str> = self.tags.iter().map(String::as_str).chain(pairs.as_deref()).collect();
        if !entries.is_empty() {
            out.push_str(&format!("TAGS \"{}\"\n\n", entries.join(", ")));
        }
    }

    fn schema_block(&self, out: &mut String) {
        let lines: Vec<String> = self.columns.iter().map(crate::column::Column::to_line).collect();
        out.push_str("SCHEMA >\n");
        out.push_str(&format!("    {}\n\n", lines.join(",\n    ")));
    }

    fn engine_lines(&self, out: &mut String) {
        let Some(engine) = &self.engine else { return };
        if let Some(name) = &engine.r#type {
            out.push_str(&format!("ENGINE \"{name}\"\n"));
        }
        for argument in &engine.args {
            let name = argument.name.to_ascii_uppercase();
            if argument.value.contains('\n') {
                block(out, &format!("ENGINE_{name}"), argument.value.lines());
            } else {
                out.push_str(&format!("ENGINE_{name} \"{}\"\n", argument.value));
            }
        }
        out.push('\n');
    }

    fn index_block(&self, out: &mut String) {
        let lines: Vec<String> = self
            .indexes
            .iter()
            .map(|index| {
                let granularity = index.granularity.as_ref().map(|g| format!(" GRANULARITY {g}"));
                let granularity = granularity.unwrap_or_default();
                format!("{} {} TYPE {}{granularity}", index.name, index.expression, index.r#type)
            })
            .collect();
        if !lines.is_empty() {
            block(out, "INDEXES", lines.iter().map(String::as_str));
        }
    }

    fn setting_lines(&self, out: &mut String) {
        let mut any = false;
        for setting in self.settings.iter().filter(|setting| setting.name != "tags") {
            out.push_str(&format!("{} {}\n", setting.name.to_ascii_uppercase(), quoted(&setting.value)));
            any = true;
        }
        if any {
            out.push('\n');
        }
    }
}

/// A value in quotes where the words of a line would read differently.
fn quoted(value: &str) -> String {
    let plain = !value.is_empty() && !value.contains(['"', '\'', '\\', '#', '>']) && !value.contains("  ");
    if plain { value.to_owned() } else { format!("\"{value}\"") }
}

fn block<'a>(out: &mut String, directive: &str, lines: impl Iterator<Item = &'a str>) {
    out.push_str(&format!("{directive} >\n"));
    for line in lines {
        out.push_str(&format!("    {}\n", line.trim_end()));
    }
    out.push('\n');
}
