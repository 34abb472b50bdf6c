//! Data sources made from files: the schema is inferred, written down as a `.datasource`
//! file of the project, built, and filled.

use crate::analyze::{Analysis, Hints, analyze};
use crate::error::{Error, Result};
use crate::import::{Dialect, Import, InsertName, Mode};
use crate::job::{Job, JobKind, JobStatus};
use crate::resource::is_resource_name;
use crate::workspace::Workspace;
use bytes::Bytes;
use futures::stream::LocalBoxStream;
use kinglet_datafile::{Datasource, Engine, EngineArgument, parse_columns};
use std::rc::Rc;

/// What a data source is made with besides its file.
#[derive(Clone, Debug, Default)]
pub struct Creation {
    /// Name; must be free.
    pub name: String,
    /// Column text instead of inferring it.
    pub schema: Option<String>,
    /// `engine` and `engine_*` options by name without `engine_`.
    pub engine: Vec<(String, String)>,
    /// Free text.
    pub description: Option<String>,
}

impl Workspace {
    /// Makes a data source without rows from column text.
    ///
    /// # Errors
    /// Kind `Conflict` when the name is taken, `Invalid` for a schema that is wrong.
    pub async fn create_datasource(self: &Rc<Self>, creation: &Creation) -> Result<()> {
        self.check_name_is_free(&creation.name)?;
        let Some(schema) = creation.schema.as_deref() else {
            return Err(Error::invalid("a data source needs a schema, or a file to infer one from"));
        };
        let columns = columns_of(schema)?;
        self.write_datasource(creation, Datasource::from_columns(columns)).await
    }

    /// Makes a data source for a file and fills it; when the first row is refused, there
    /// is no data source either.
    ///
    /// # Errors
    /// Kind `Conflict` when the name is taken, `Invalid` when nothing can be made of the
    /// file.
    pub async fn create_from_file(
        self: &Rc<Self>,
        creation: &Creation,
        hints: &Hints,
        (url, insert): (&str, Option<InsertName>),
        body: LocalBoxStream<'static, Result<Bytes>>,
    ) -> Result<Job> {
        let begun = self.begun_creation(&creation.name, insert.as_ref());
        match &begun {
            Some(done) if done.status == JobStatus::Done => return Ok(done.clone()),
            Some(_) => {}
            None => self.check_name_is_free(&creation.name)?,
        }
        let (analysis, body) = analyze(body, hints).await?;
        let datasource = match creation.schema.as_deref() {
            Some(schema) => Datasource::from_columns(columns_of(schema)?),
            None => analysis.datasource.clone(),
        };
        if begun.is_none() {
            self.note_creation(&creation.name, insert.as_ref()).await?;
            self.write_datasource(creation, datasource).await?;
        }
        let import = Import {
            datasource: creation.name.clone(),
            mode: Mode::Append,
            format: analysis.format,
            dialect: dialect(&analysis, hints),
            encoding: hints.encoding,
            url: url.to_owned(),
            condition: None,
            insert,
            body,
        };
        let imported = self.import(import).await;
        let failed = match &imported {
            Ok(job) => job.status == JobStatus::Error && job.n_rows() == 0,
            Err(_) => self.n_rows(&creation.name) == 0,
        };
        if failed {
            self.remove_file(&path_of(&creation.name)).await?;
        }
        let mut job = imported?;
        job.mode = "create".to_owned();
        Ok(job)
    }

    /// The creation that was begun under this name of an insert, when its data source is there.
    fn begun_creation(&self, name: &str, insert: Option<&InsertName>) -> Option<Job> {
        let Some(InsertName::Job(id)) = insert else {
            return None;
        };
        let job = self.job(id).ok().filter(|job| job.kind == JobKind::Import && job.datasource_name == name);
        job.filter(|_| self.project().datasources.contains_key(name))
    }

    /// Writes down that a data source is being made, so that a creation which is sent again
    /// knows its own.
    async fn note_creation(&self, name: &str, insert: Option<&InsertName>) -> Result<()> {
        let Some(InsertName::Job(id)) = insert else {
            return Ok(());
        };
        let job = Job::new(JobKind::Import, id.clone(), self.shared.now(), ("", name));
        self.remember(&job);
        self.keep_job(&job).await
    }

    async fn write_datasource(
        self: &Rc<Self>,
        creation: &Creation,
        mut datasource: Datasource,
    ) -> Result<()> {
        datasource.description.clone_from(&creation.description);
        if !creation.engine.is_empty() {
            let engine = datasource.engine.get_or_insert_with(Engine::default);
            for (name, value) in &creation.engine {
                set_engine_option(engine, name, value);
            }
        }
        self.put_file(&path_of(&creation.name), &datasource.to_datafile()).await?;
        Ok(())
    }

    fn check_name_is_free(&self, name: &str) -> Result<()> {
        if !is_resource_name(name) {
            return Err(Error::invalid(format!(
                "Invalid Data Source name \"{name}\": use letters, digits and underscores, not starting with a digit"
            )));
        }
        let project = self.project();
        if project.datasources.contains_key(name) || project.pipes.contains_key(name) {
            return Err(Error::conflict(format!("There is already a resource with name \"{name}\"")));
        }
        Ok(())
    }

    /// Removes a data source, its file and its rows.
    ///
    /// # Errors
    /// Kind `NotFound`, or `Conflict` when pipes need it.
    pub async fn drop_datasource(self: &Rc<Self>, name: &str) -> Result<()> {
        let datasource = self.datasource(name)?;
        self.remove_file(&datasource.path).await?;
        Ok(())
    }
}

fn path_of(name: &str) -> String {
    format!("datasources/{name}.datasource")
}

fn columns_of(schema: &str) -> Result<Vec<kinglet_datafile::Column>> {
    let parsed = parse_columns(schema);
    match parsed.first_error() {
        Some(problem) => Err(Error::invalid(problem.text(schema))),
        None => Ok(parsed.value),
    }
}

fn dialect(analysis: &Analysis, hints: &Hints) -> Option<Dialect> {
    let mut dialect = analysis.import_dialect()?;
    dialect.delimiter = hints.delimiter.unwrap_or(dialect.delimiter);
    Some(dialect)
}

fn set_engine_option(engine: &mut Engine, name: &str, value: &str) {
    if name.is_empty() {
        engine.r#type = Some(value.to_owned());
        return;
    }
    match engine.args.iter_mut().find(|argument| argument.name == name) {
        Some(argument) => value.clone_into(&mut argument.value),
        None => engine.args.push(EngineArgument {
            name: name.to_owned(),
            value: value.to_owned(),
            span: kinglet_diagnostic::Span::default(),
        }),
    }
}
