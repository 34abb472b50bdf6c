//! `formatRow`: the values of a row in an output format.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, RecordBatchOptions};
use arrow::datatypes::{Field, Schema};
use kinglet_types::{ChType, Result};

use crate::engine::OutputColumn;
use crate::format::{Footer, Format, FormatOptions, FormatWriter};
use crate::function::result::internal;
use crate::function::{Args, Call, Example, Function, Nulls, Spec, result};
use crate::text::bytes_at;

/// The public functions name the columns `c1` and so on; the binder calls those that are told the names.
pub(in crate::function) struct FormatRow {
    spec: &'static Spec,
    /// Whether the line break at the end stays.
    newline: bool,
    /// Whether the names stand as an array after the format.
    named: bool,
}

pub(in crate::function) static FORMAT_ROW: FormatRow = FormatRow {
    spec: &Spec {
        name: "formatRow",
        category: "conversion",
        syntax: "formatRow(format, value, ..)",
        summary: "The values as a row of an output format.",
        arguments: &[("format", "String, constant: CSV, JSONEachRow, .."), ("value", "Any types")],
        returns: "String",
        examples: &[Example { sql: "length(formatRow('CSV', 1, 'a'))", answer: "6" }],
        ..Spec::EMPTY
    },
    newline: true,
    named: false,
};

pub(in crate::function) static FORMAT_ROW_NO_NEWLINE: FormatRow = FormatRow {
    spec: &Spec {
        name: "formatRowNoNewline",
        category: "conversion",
        syntax: "formatRowNoNewline(format, value, ..)",
        summary: "As formatRow, without the line break at the end.",
        arguments: &[("format", "String, constant: CSV, JSONEachRow, .."), ("value", "Any types")],
        returns: "String",
        examples: &[Example {
            sql: "formatRowNoNewline('JSONEachRow', 5 AS n, 'z' AS t)",
            answer: "{\"n\":5,\"t\":\"z\"}",
        }],
        ..Spec::EMPTY
    },
    newline: false,
    named: false,
};

pub(in crate::function) static NAMED: FormatRow = FormatRow {
    spec: &Spec { name: "__formatRow", category: "internal", ..Spec::EMPTY },
    newline: true,
    named: true,
};

pub(in crate::function) static NAMED_NO_NEWLINE: FormatRow = FormatRow {
    spec: &Spec { name: "__formatRowNoNewline", category: "internal", ..Spec::EMPTY },
    newline: false,
    named: true,
};

impl FormatRow {
    /// The columns as they are named, and their values.
    fn columns(&self, call: &Call<'_>) -> Result<(Vec<OutputColumn>, Vec<ArrayRef>)> {
        let first = if self.named { 2 } else { 1 };
        let names =
            if self.named { call.arg(1)?.array.as_list_opt::<i32>().map(|list| list.value(0)) } else { None };
        let columns = call.args.iter().skip(first).enumerate().map(|(at, column)| {
            let name = match &names {
                Some(names) if at < names.len() => String::from_utf8_lossy(bytes_at(names, at)).into_owned(),
                _ => format!("c{}", at + 1),
            };
            (OutputColumn { name, ty: column.ty.clone() }, column.expanded(call.rows))
        });
        Ok(columns.unzip())
    }
}

impl Function for FormatRow {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(if self.named { 3 } else { 2 }..=usize::MAX)?;
        Format::parse(&args.constant_text(0)?)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let name = call.arg(0)?.text_value().ok_or_else(|| call.illegal_column(0))?;
        let format = Format::parse(&name)?;
        let (columns, arrays) = self.columns(call)?;
        let fields = arrays.iter().map(|array| Field::new("", array.data_type().clone(), true));
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        let rows = RecordBatchOptions::new().with_row_count(Some(call.rows));
        let batch = RecordBatch::try_new_with_options(schema, arrays, &rows).map_err(internal)?;
        let options = FormatOptions {
            quote_64_bit_integers: call.environment.quote_64_bit_integers,
            ..FormatOptions::default()
        };
        result::texts(call.rows, |row, out| {
            let mut writer = FormatWriter::new(format, columns.clone(), options, call.environment.clone());
            writer.begin(out)?;
            writer.batch(&batch.slice(row, 1), out)?;
            writer.finish(&Footer::default(), out)?;
            if !self.newline && out.last() == Some(&b'\n') {
                out.pop();
            }
            Ok(())
        })
    }
}
