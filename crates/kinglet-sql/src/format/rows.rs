//! Formats that write row by row.

use std::io::Write;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use kinglet_types::ChType;

use super::{Format, FormatWriter, Header};
use crate::text::{Style, write_json_string, write_value};

impl FormatWriter {
    pub(super) fn json_style(&self) -> Style {
        Style::Json {
            quote_64_bit: self.options.quote_64_bit_integers,
            quote_denormals: self.options.quote_denormals,
        }
    }

    /// The value of a column as JSON, or as a JSON text where the format says so.
    pub(super) fn json_value(
        &self,
        batch: &RecordBatch,
        row: usize,
        column: usize,
        depth: usize,
        out: &mut Vec<u8>,
    ) {
        let (Some(array), Some(known)) = (batch.columns().get(column), self.columns.get(column)) else {
            return;
        };
        if self.format.is_of_strings() {
            let mut text = Vec::new();
            if array.is_null(row) || known.ty.is_only_null() {
                text.extend_from_slice("ᴺᵁᴸᴸ".as_bytes());
            } else {
                write_value(array, row, &known.ty, Style::Plain, &self.environment, &mut text);
            }
            write_json_string(&text, out);
        } else if matches!(self.format, Format::Json | Format::PrettyJsonEachRow) {
            let indent: &[u8] = if self.format == Format::Json { super::nested_json::TAB } else { b"    " };
            let depth = if self.format == Format::Json { depth } else { 1 };
            super::nested_json::write(
                array,
                row,
                &known.ty,
                (depth, indent),
                self.json_style(),
                &self.environment,
                out,
            );
        } else {
            write_value(array, row, &known.ty, self.json_style(), &self.environment, out);
        }
    }

    /// Names, and types if wanted, as rows of the format.
    pub(super) fn header(&self, header: Header, out: &mut Vec<u8>) {
        let mut names: Vec<String> = Vec::new();
        let mut types: Vec<String> = Vec::new();
        for column in &self.columns {
            if matches!(self.format, Format::Csv(_)) && self.choices.csv_tuples {
                flattened(&column.name, &column.ty, &mut names, &mut types);
            } else {
                names.push(column.name.clone());
                types.push(column.ty.to_string());
            }
        }
        match header {
            Header::None => {}
            Header::Names => self.header_line(&names, out),
            Header::NamesAndTypes => {
                self.header_line(&names, out);
                self.header_line(&types, out);
            }
        }
    }

    fn header_line(&self, cells: &[String], out: &mut Vec<u8>) {
        let comma = [self.choices.csv_delimiter];
        let (open, separator, close): (&[u8], &[u8], &[u8]) = match self.format {
            Format::JsonCompactEachRow(_) | Format::JsonCompactStringsEachRow(_) => (b"[", b", ", b"]\n"),
            Format::Csv(_) => (b"", &comma, self.line_end()),
            _ => (b"", b"\t", self.line_end()),
        };
        out.extend_from_slice(open);
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                out.extend_from_slice(separator);
            }
            match self.format {
                Format::JsonCompactEachRow(_) | Format::JsonCompactStringsEachRow(_) => {
                    write_json_string(cell.as_bytes(), out);
                }
                Format::Csv(_) => {
                    let _ = write!(out, "\"{}\"", cell.replace('"', "\"\""));
                }
                _ => out.extend_from_slice(
                    match self.format {
                        Format::TsvRaw(_) => cell.clone(),
                        _ => cell
                            .replace('\\', "\\\\")
                            .replace('\t', "\\t")
                            .replace('\n', "\\n")
                            .replace('\'', "\\'"),
                    }
                    .as_bytes(),
                ),
            }
        }
        out.extend_from_slice(close);
    }

    /// What ends a line of separated values.
    fn line_end(&self) -> &'static [u8] {
        let crlf = match self.format {
            Format::Csv(_) => self.choices.csv_crlf,
            _ => self.choices.tsv_crlf,
        };
        if crlf { b"\r\n" } else { b"\n" }
    }

    pub(super) fn markdown_head(&self, out: &mut Vec<u8>) {
        out.push(b'|');
        for column in &self.columns {
            let name = column.name.replace('\\', "\\\\").replace('\'', "\\'");
            let _ = write!(out, " {name} |");
        }
        out.extend_from_slice(b"\n|");
        for column in &self.columns {
            out.extend_from_slice(if super::is_right_aligned(&column.ty) { b"-:|" } else { b":-|" });
        }
        out.push(b'\n');
    }

    /// One row; `number` counts all rows written before.
    pub(super) fn row(&self, batch: &RecordBatch, row: usize, number: u64, out: &mut Vec<u8>) {
        let width = self.columns.len();
        let cell = |at: usize, style: Style, out: &mut Vec<u8>| {
            if let (Some(array), Some(column)) = (batch.columns().get(at), self.columns.get(at)) {
                write_value(array, row, &column.ty, style, &self.environment, out);
            }
        };
        let joined = |separator: &[u8], style: Style, out: &mut Vec<u8>| {
            for at in 0..width {
                if at > 0 {
                    out.extend_from_slice(separator);
                }
                cell(at, style, out);
            }
        };
        match self.format {
            Format::Json | Format::JsonStrings => {
                out.extend_from_slice(if number > 0 { b",\n\t\t{\n" } else { b"\t\t{\n" });
                self.members(batch, row, b"\t\t\t", b",\n", b": ", out);
                out.extend_from_slice(b"\n\t\t}");
            }
            Format::JsonCompact | Format::JsonCompactStrings => {
                out.extend_from_slice(if number > 0 { b",\n\t\t[" } else { b"\t\t[" });
                self.json_cells(batch, row, out);
                out.push(b']');
            }
            Format::JsonObjectEachRow => {
                out.extend_from_slice(if number > 0 { b",\n\t" } else { b"\t" });
                match self.object_column {
                    None => {
                        let _ = write!(out, "\"row_{}\": {{", number + 1);
                    }
                    Some(at) => {
                        let mut name = Vec::new();
                        cell(at, Style::Plain, &mut name);
                        write_json_string(&name, out);
                        out.extend_from_slice(b": {");
                    }
                }
                self.members(batch, row, b"", b",", b":", out);
                out.push(b'}');
            }
            Format::SqlInsert => {
                let choices = &self.choices;
                if number.is_multiple_of(choices.insert_rows) {
                    let name = |name: &str| match choices.insert_quotes {
                        true => format!("`{}`", name.replace('`', "\\`")),
                        false => name.to_owned(),
                    };
                    let names: Vec<String> = self.columns.iter().map(|column| name(&column.name)).collect();
                    let names = match choices.insert_names {
                        true => format!(" ({})", names.join(", ")),
                        false => String::new(),
                    };
                    let verb = if choices.insert_replaces { "REPLACE" } else { "INSERT" };
                    let end = if number > 0 { ";\n" } else { "" };
                    let _ = write!(out, "{end}{verb} INTO {}{names} VALUES (", choices.insert_table);
                } else {
                    out.extend_from_slice(b", (");
                }
                joined(b", ", Style::Quoted, out);
                out.push(b')');
            }
            Format::Tskv => {
                for (at, column) in self.columns.iter().enumerate() {
                    let name = column.name.replace('\\', "\\\\").replace('\t', "\\t").replace('=', "\\=");
                    let _ = write!(out, "{}{name}=", if at > 0 { "\t" } else { "" });
                    cell(at, Style::Escaped, out);
                }
                out.push(b'\n');
            }
            Format::Xml => self.xml_row(batch, row, out),
            Format::JsonEachRow | Format::JsonStringsEachRow => {
                if self.choices.array_of_rows && number > 0 {
                    out.extend_from_slice(b",\n");
                }
                out.push(b'{');
                self.members(batch, row, b"", b",", b":", out);
                out.extend_from_slice(if self.choices.array_of_rows { b"}" } else { b"}\n" });
            }
            Format::JsonEachRowWithProgress | Format::JsonStringsEachRowWithProgress => {
                out.extend_from_slice(b"{\"row\":{");
                self.members(batch, row, b"", b",", b":", out);
                out.extend_from_slice(b"}}\n");
            }
            Format::PrettyJsonEachRow => {
                out.extend_from_slice(b"{\n");
                self.members(batch, row, b"    ", b",\n", b": ", out);
                out.extend_from_slice(b"\n}\n");
            }
            Format::Custom(_) => self.custom_row(batch, row, number, out),
            Format::RawBlob => {
                for (array, column) in batch.columns().iter().zip(&self.columns) {
                    if !array.is_null(row) && !column.ty.is_only_null() {
                        blob(array, row, &column.ty, out);
                    }
                }
            }
            Format::JsonCompactEachRow(_) | Format::JsonCompactStringsEachRow(_) => {
                out.push(b'[');
                self.json_cells(batch, row, out);
                out.extend_from_slice(b"]\n");
            }
            Format::Csv(_) => {
                for (at, column) in self.columns.iter().enumerate() {
                    if at > 0 {
                        out.push(self.choices.csv_delimiter);
                    }
                    if let Some(array) = batch.columns().get(at) {
                        self.csv_cells(array, row, &column.ty, out);
                    }
                }
                out.extend_from_slice(self.line_end());
            }
            Format::Tsv(_) => {
                joined(b"\t", Style::Escaped, out);
                out.extend_from_slice(self.line_end());
            }
            Format::TsvRaw(_) => {
                for (at, column) in self.columns.iter().enumerate() {
                    if at > 0 {
                        out.push(b'\t');
                    }
                    match batch.columns().get(at) {
                        Some(array) if array.is_null(row) || column.ty.is_only_null() => {
                            out.extend_from_slice(b"\\N");
                        }
                        _ => cell(at, Style::Plain, out),
                    }
                }
                out.extend_from_slice(self.line_end());
            }
            Format::Values => {
                out.extend_from_slice(if number > 0 { b",(" } else { b"(" });
                match self.choices.doubled_quotes {
                    false => joined(b",", Style::Quoted, out),
                    true => {
                        let mut text = Vec::new();
                        joined(b",", Style::Quoted, &mut text);
                        super::custom::doubled(&text, out);
                    }
                }
                out.push(b')');
            }
            Format::Markdown => {
                out.extend_from_slice(b"| ");
                if self.choices.markdown_escapes {
                    let mut text = Vec::new();
                    for at in 0..width {
                        out.extend_from_slice(if at > 0 { b" | " } else { b"" });
                        text.clear();
                        cell(at, Style::Plain, &mut text);
                        super::custom::markdown(&text, out);
                    }
                } else {
                    joined(b" | ", Style::Escaped, out);
                }
                out.extend_from_slice(b" |\n");
            }
            Format::Vertical => {
                if number > 0 {
                    out.push(b'\n');
                }
                self.vertical(batch, row, &format!("Row {}:", number + 1), out);
            }
            _ => {}
        }
    }

    /// The values of a row as JSON, with commas between.
    fn json_cells(&self, batch: &RecordBatch, row: usize, out: &mut Vec<u8>) {
        for at in 0..self.columns.len() {
            if at > 0 {
                out.extend_from_slice(b", ");
            }
            self.json_value(batch, row, at, 0, out);
        }
    }

    /// A value as comma-separated ones: tuples are taken apart.
    fn csv_cells(&self, array: &ArrayRef, row: usize, ty: &ChType, out: &mut Vec<u8>) {
        if let (ChType::Tuple(fields), Some(tuple)) = (ty, array.as_struct_opt())
            && self.choices.csv_tuples
        {
            for (at, ((_, ty), column)) in fields.iter().zip(tuple.columns()).enumerate() {
                if at > 0 {
                    out.push(self.choices.csv_delimiter);
                }
                self.csv_cells(column, row, ty, out);
            }
            return;
        }
        write_value(array, row, ty, Style::Csv, &self.environment, out);
    }

    /// A row with a title, a line per value.
    pub(super) fn vertical(&self, batch: &RecordBatch, row: usize, title: &str, out: &mut Vec<u8>) {
        let _ = writeln!(out, "{title}\n{}", "─".repeat(title.len()));
        let longest = self.columns.iter().map(|column| column.name.chars().count()).max().unwrap_or(0);
        for (at, column) in self.columns.iter().enumerate() {
            let pad = " ".repeat(longest - column.name.chars().count());
            let _ = write!(out, "{}: {pad}", column.name);
            match batch.columns().get(at) {
                Some(array) if matches!(column.ty.bare(), ChType::Json(_)) && array.is_valid(row) => {
                    let style = Style::Json { quote_64_bit: false, quote_denormals: true };
                    let lines = (0, b"    ".as_slice());
                    super::nested_json::write(array, row, &column.ty, lines, style, &self.environment, out);
                }
                _ => out.extend_from_slice(&self.shown(batch, row, at, &column.ty)),
            }
            out.extend_from_slice(self.tip(batch, row, at).as_bytes());
            out.push(b'\n');
        }
    }

    /// The row of WITH TOTALS behind the others.
    pub(super) fn totals_after(&self, footer: &super::Footer<'_>, out: &mut Vec<u8>) {
        let Some(totals) = footer.totals.filter(|totals| totals.num_rows() > 0) else { return };
        if self.format == Format::Vertical {
            out.extend_from_slice(b"\n\n");
            return self.vertical(totals, 0, "Totals:", out);
        }
        out.push(b'\n');
        self.row(totals, 0, 0, out);
    }

    /// A value for people: NULL as a small word.
    pub(super) fn shown(&self, batch: &RecordBatch, row: usize, at: usize, ty: &ChType) -> Vec<u8> {
        let mut text = Vec::new();
        match batch.columns().get(at) {
            Some(array) if array.is_null(row) || *array.data_type() == arrow::datatypes::DataType::Null => {
                text.extend_from_slice("ᴺᵁᴸᴸ".as_bytes());
            }
            Some(array) => write_value(array, row, ty, Style::Plain, &self.environment, &mut text),
            None => {}
        }
        text
    }

    /// `name: value` pairs of an object.
    pub(super) fn members(
        &self,
        batch: &RecordBatch,
        row: usize,
        indent: &[u8],
        separator: &[u8],
        colon: &[u8],
        out: &mut Vec<u8>,
    ) {
        let mut first = true;
        for (at, column) in self.columns.iter().enumerate() {
            if self.object_column == Some(at) {
                continue;
            }
            if !first {
                out.extend_from_slice(separator);
            }
            first = false;
            out.extend_from_slice(indent);
            write_json_string(column.name.as_bytes(), out);
            out.extend_from_slice(colon);
            self.json_value(batch, row, at, indent.len(), out);
        }
    }
}

/// The bytes of a value: of a text itself, else in binary form.
fn blob(array: &ArrayRef, row: usize, ty: &ChType, out: &mut Vec<u8>) {
    match ty.bare() {
        ChType::String | ChType::FixedString(_) => out.extend_from_slice(crate::text::bytes_at(array, row)),
        bare => {
            let start = out.len();
            if crate::binary::write_value(array, row, bare, out).is_err() {
                out.truncate(start);
            }
        }
    }
}

/// Names and types of the columns a value takes in CSV.
fn flattened(name: &str, ty: &ChType, names: &mut Vec<String>, types: &mut Vec<String>) {
    match ty {
        ChType::Tuple(fields) if !fields.is_empty() => {
            for (at, (field, ty)) in fields.iter().enumerate() {
                let field = field.as_deref().map_or_else(|| (at + 1).to_string(), str::to_owned);
                flattened(&format!("{name}.{field}"), ty, names, types);
            }
        }
        _ => {
            names.push(name.to_owned());
            types.push(ty.to_string());
        }
    }
}
