//! Running queries on the engine.

use super::catalog::QueryCatalog;
use super::scratch::StoreScratch;
use crate::error::{Error, Result};
use crate::service::CallInfo;
use crate::workspace::Workspace;
use arrow::array::RecordBatch;
use kinglet_sql::{Engine, Environment, Execution, OutputColumn, Prepared, QueryOptions};
use kinglet_template::Context;
use kinglet_types::{ErrorCode, SqlError};
use send_wrapper::SendWrapper;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// Settings of a query by name.
pub(super) type QuerySettings = BTreeMap<String, String>;

/// How a query is asked, besides its text and its tables.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asking {
    /// Settings by name.
    pub(crate) settings: QuerySettings,
    /// Values of `{name:Type}` by name.
    pub(crate) parameters: BTreeMap<String, String>,
    /// What `currentDatabase()` answers.
    pub(crate) database: Option<String>,
    /// Format of the answer where the query names none.
    pub(crate) format: String,
    /// What is noted of the call when it is over.
    pub(crate) info: Option<Rc<CallInfo>>,
}

impl Workspace {
    /// Clock, zone and database of a query that starts now.
    pub(crate) fn environment(&self) -> Environment {
        let mut seed = [0u8; 8];
        self.shared.components.random.fill(&mut seed);
        Environment {
            now: self.shared.now().saturating_mul(1000),
            seed: u64::from_le_bytes(seed),
            ..Environment::default()
        }
    }

    /// What templates are rendered with, besides parameters.
    pub(crate) fn template_context(&self) -> Context {
        let now = crate::host::timestamp_text(self.shared.now());
        Context {
            secrets: self.state().secrets.keys().cloned().collect(),
            now: now.get(..19).map(str::to_owned),
            ..Context::default()
        }
    }

    /// Binds a query.
    ///
    /// # Errors
    /// What the query's templates or the engine say is wrong with it.
    pub(crate) fn prepare(
        &self,
        sql: &str,
        catalog: &QueryCatalog,
        settings: QuerySettings,
    ) -> Result<Prepared> {
        let parameters = self.state().secrets.iter().map(|(k, v)| (k.clone(), v.clone())).collect();
        self.bind(sql, catalog, &Asking { settings, parameters, ..Asking::default() })
    }

    /// Binds a query with the parameters it is asked with.
    ///
    /// # Errors
    /// As [`Workspace::prepare`].
    pub(crate) fn bind(&self, sql: &str, catalog: &QueryCatalog, asking: &Asking) -> Result<Prepared> {
        let mut options = QueryOptions::new(catalog);
        options.environment = self.environment();
        if let Some(database) = &asking.database {
            options.environment.database = Arc::from(database.as_str());
        }
        options.settings = asking.settings.clone();
        options.parameters = asking.parameters.clone();
        options.memory_limit = usize::try_from(self.shared.settings.query_memory_bytes).ok();
        options.scratch = Some(Arc::new(StoreScratch(self.shared.store.scratch().clone())));
        options.checkpoint = Some(self.checkpoint());
        Engine::new().prepare(sql, &options).map_err(|error| explained(error, sql, catalog))
    }

    /// Ends a query at its time limit, which starts now.
    fn checkpoint(&self) -> Arc<dyn Fn() -> kinglet_types::Result<()> + Send + Sync> {
        let limit_ms = self.shared.settings.query_timeout_ms;
        let clock = self.shared.components.clock.clone();
        let start = clock.steady_nanos();
        let clock = SendWrapper::new(clock);
        Arc::new(move || {
            let elapsed_ms = clock.steady_nanos().saturating_sub(start) / 1_000_000;
            if elapsed_ms <= limit_ms {
                return Ok(());
            }
            Err(SqlError::new(
                ErrorCode::TIMEOUT_EXCEEDED,
                format!("Timeout exceeded: elapsed {elapsed_ms} ms, maximum: {limit_ms} ms"),
            ))
        })
    }

    /// Runs a query to its end.
    pub(crate) async fn collect(
        &self,
        sql: &str,
        catalog: &QueryCatalog,
    ) -> Result<(Vec<OutputColumn>, Vec<RecordBatch>)> {
        let prepared = self.prepare(sql, catalog, QuerySettings::new())?;
        let columns = prepared.columns().to_vec();
        let mut execution: Execution = prepared.execute()?;
        let batches = execution.collect().await?;
        Ok((columns, batches))
    }
}

/// An engine's error, or what stands behind it: a template that failed, a name that is
/// not there.
fn explained(error: SqlError, sql: &str, catalog: &QueryCatalog) -> Error {
    let fault = catalog.take_fault().filter(|_| error.code == ErrorCode::UNKNOWN_TABLE);
    let error = catalog.located(Error::from(error), sql);
    match fault {
        Some(fault) => fault.with_place(error.place().cloned()),
        None => error,
    }
}
