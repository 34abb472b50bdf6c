//! The examples in the documentation of functions, aggregates and window functions: each is run and its
//! answer compared, so that no documentation is wrong.

use kinglet_sql::aggregate::Aggregates;
use kinglet_sql::format::{Footer, Format, FormatOptions, FormatWriter};
use kinglet_sql::function::{Example, Functions};
use kinglet_sql::{EmptyCatalog, Engine, QueryOptions};
use kinglet_types::SqlError;

fn answer(example: &Example) -> Result<String, SqlError> {
    let query = ["SELECT ", "WITH "].iter().any(|word| example.sql.starts_with(word));
    let sql = if query { example.sql.to_owned() } else { format!("SELECT {}", example.sql) };
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let prepared = Engine::new().prepare(&sql, &QueryOptions::new(&EmptyCatalog))?;
        let (columns, environment) = (prepared.columns().to_vec(), prepared.environment().clone());
        let format = Format::parse("TSVRaw")?;
        let mut writer = FormatWriter::new(format, columns, FormatOptions::default(), environment);
        let mut out = Vec::new();
        writer.begin(&mut out)?;
        let mut execution = prepared.execute()?;
        while let Some(batch) = execution.next().await? {
            writer.batch(&batch, &mut out)?;
        }
        writer.finish(&Footer::default(), &mut out)?;
        Ok(String::from_utf8_lossy(&out).trim_end_matches('\n').to_owned())
    })
}

#[test]
fn every_example_answers_what_it_says() {
    let functions = Functions::get().all().map(|function| function.spec());
    let aggregates = Aggregates::get().all().iter().map(|aggregate| aggregate.spec());
    let mut wrong = Vec::new();
    let mut count = 0;
    for spec in functions.chain(aggregates) {
        for example in spec.examples {
            count += 1;
            match answer(example) {
                Ok(got) if got == example.answer || got == example.answer.replace("\\N", "NULL") => {}
                Ok(got) => wrong.push(format!(
                    "{}: {} answers {got:?}, not {:?}",
                    spec.name, example.sql, example.answer
                )),
                Err(error) => wrong.push(format!("{}: {} fails: {error}", spec.name, example.sql)),
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} examples are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
