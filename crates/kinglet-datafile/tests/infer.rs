//! Schemas inferred from samples.

use kinglet_datafile::infer::{CsvOptions, InferredSchema, SampleFormat, infer_csv, infer_json};
use kinglet_datafile::{Datasource, Options, parse_datasource, schema_sql};

fn csv(sample: &str) -> InferredSchema {
    infer_csv(sample, &CsvOptions { complete: true, ..CsvOptions::default() })
}

#[track_caller]
fn check(schema: &InferredSchema, expected: &str) {
    let columns = schema.columns();
    assert_eq!(schema_sql(&columns).replace(",`", ",\n`"), expected);
    let file = schema.datasource(None).to_datafile();
    let parsed = parse_datasource(&file, &Options::new("x.datasource"));
    assert!(!parsed.has_errors(), "{:?} in\n{file}", parsed.first_error());
    assert_eq!(schema_sql(&parsed.value.columns), schema_sql(&columns));
}

#[test]
fn csv_types_hold_all_values_and_leave_whole_numbers_room() {
    let sample = "id,Zip Code,when,day,ok,ratio,lat,tags,n\n\
                  1,01234,2024-01-02 10:00:00,2024-01-02,true,1.5,52.3740301,\"['a','b']\",\n\
                  300,98765,2024-01-02T10:00:00.123Z,1969-05-05,False,-2,4.88969,[],7\n";
    check(
        &csv(sample),
        "`id` Int32,\n`zip_code` String,\n`when` DateTime64(3),\n`day` Date32,\n`ok` Bool,\n`ratio` Float32,\n\
         `lat` Float64,\n`tags` Array(String),\n`n` Nullable(Int16)",
    );
}

#[test]
fn a_part_of_the_data_loses_its_last_line() {
    let sample = "n;m\n1;200\n2;3\n4;cut of";
    let schema = infer_csv(sample, &CsvOptions::default());
    assert_eq!(schema.rows, 2);
    check(&schema, "`n` Int16,\n`m` Int16");
}

#[test]
fn dialects() {
    let dialect = |sample: &str| match csv(sample).format {
        SampleFormat::Csv(d) => (d.delimiter, d.quote, d.new_line, d.header),
        _ => unreachable!("a CSV sample"),
    };
    assert_eq!(dialect("a;b\n1;2\n3;4\n"), (';', '"', "\n".to_owned(), true));
    assert_eq!(dialect("a\tb\r\n1\t2\r\n"), ('\t', '"', "\r\n".to_owned(), true));
    assert_eq!(dialect("1|2024-01-01|x\n2|2024-01-02|y\n"), ('|', '"', "\n".to_owned(), false));
    assert_eq!(dialect("'a','b;c'\n'x','y;z'\n"), (',', '\'', "\n".to_owned(), true));
    assert_eq!(dialect("a,b\n\"x;1\",\"y\n;2\"\n"), (',', '"', "\n".to_owned(), true));
    assert_eq!(dialect("red\nblue\nred\n"), (',', '"', "\n".to_owned(), false));
}

#[test]
fn headers_are_made_into_names() {
    check(
        &csv("\u{feff}Name,name,2020 Census,,VIN (1-10)\na,b,1,2,3\n"),
        "`name` String,\n`name_1` String,\n`c_2020_census` Int16,\n`column_03` Int16,\n`vin__1_10_` Int16",
    );
    check(&csv("1,2\n3,4\n"), "`column_00` Int16,\n`column_01` Int16");
}

#[test]
fn json_has_a_column_for_each_leaf() {
    let sample = r#"{"at":"2024-05-01T10:00:00Z","user":{"id":7,"Name":"a"},"tags":["x"],"items":[{"sku":"a","n":1}],"m":[[1],[2,3]],"on":true}
{"at":"2024-05-01 10:00:00.5","user":{"id":70000,"Name":null},"items":[],"m":[],"on":false,"my key":1.5,"o":{}}"#;
    check(
        &infer_json(sample),
        "`at` DateTime64(3) `json:$.at`,\n`user_id` Int64 `json:$.user.id`,\n\
         `user_Name` Nullable(String) `json:$.user.Name`,\n`tags` Array(String) `json:$.tags[:]` DEFAULT [],\n\
         `items_sku` Array(String) `json:$.items[:].sku`,\n`items_n` Array(Int16) `json:$.items[:].n`,\n\
         `m` Array(Array(Int16)) `json:$.m[:][:]`,\n`on` Bool `json:$.on`,\n\
         `my_key` Nullable(Float32) `json:$.['my\\u0020key']`,\n`o` Nullable(String) `json:$.o`",
    );
}

#[test]
fn json_arrays_mixed_values_and_damage() {
    let schema = infer_json("[{\"a\":1,\"b\":[1,\"x\"]},\n {\"a\":{\"c\":2},\"b\":[null]}, {\"a\":");
    assert_eq!((schema.rows, &schema.format), (2, &SampleFormat::Json));
    check(&schema, "`a` String `json:$.a`,\n`b` Array(Nullable(String)) `json:$.b[:]`");
    check(&infer_json("not json\n{\"n\":18446744073709551615}\n"), "`n` UInt64 `json:$.n`");
    assert!(infer_json("").columns.is_empty());
}

#[test]
fn columns_of_a_parquet_file() {
    let columns = [("VendorID", "Nullable(Int64)"), ("pickup", "DateTime64(6)"), ("zone id", "Int32")];
    let columns = columns.map(|(name, full_type)| (name.to_owned(), full_type.to_owned()));
    assert_eq!(
        Datasource::from_names_and_types(&columns, true).to_datafile(),
        "SCHEMA >\n    `VendorID` Nullable(Int64) `json:$.VendorID`,\n    `pickup` DateTime64(6) `json:$.pickup`,\n    \
         `zone_id` Int32 `json:$.['zone\\u0020id']`\n\nENGINE \"MergeTree\"\n\
         ENGINE_SORTING_KEY \"pickup, zone_id\"\n"
    );
}
