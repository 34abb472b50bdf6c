//! Scheduled copies, sinks and imports. They run while an engine is open; what was missed while none
//! was, runs once. The engine of an origin is one, so a schedule fires once, too.

mod cron;

use crate::error::{Error, Result};
use crate::instance::Instance;
use crate::query::Call;
use crate::record::{decode, encode};
use crate::resource::{Datasource, Node, Pipe};
use crate::workspace::Workspace;
use cron::Cron;
use kinglet_datafile::NodeKind;
use kinglet_storage::Durability;
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use std::sync::Arc;

/// How a scheduled pipe stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Standing {
    /// The last time of its schedule that is dealt with, in microseconds since the epoch.
    last: i64,
    paused: bool,
}

/// The node of a pipe that can have a schedule, with the schedule's text.
fn scheduled(pipe: &Pipe) -> Option<(&Node, &str)> {
    pipe.nodes.iter().find_map(|node| {
        let schedule = match node.kind {
            NodeKind::Copy => node.setting("copy_schedule"),
            NodeKind::Sink => node.setting("export_schedule"),
            _ => return None,
        };
        Some((node, schedule.unwrap_or("@on-demand")))
    })
}

impl Workspace {
    fn standing(&self, pipe: &str) -> Result<Option<Standing>> {
        let key = self.key(&format!("schedule/{pipe}"));
        let stored = self.snapshot()?.get(&key);
        stored.map(|bytes| decode(&key, &bytes)).transpose()
    }

    async fn set_standing(&self, pipe: &str, standing: Standing) -> Result<()> {
        let mut transaction = self.shared.store.begin();
        transaction.put(&self.key(&format!("schedule/{pipe}")), encode(&standing)?);
        transaction.commit(Durability::Flushed).await?;
        Ok(())
    }

    /// Pauses the schedule of a copy or sink pipe, or lets it go on from now.
    ///
    /// # Errors
    /// Kind `NotFound` for a pipe with neither.
    pub async fn pause_schedule(&self, pipe: &Pipe, paused: bool) -> Result<()> {
        if scheduled(pipe).is_none() {
            return Err(Error::not_found(format!("The pipe '{}' has no schedule", pipe.name)));
        }
        self.set_standing(&pipe.name, Standing { last: self.shared.now(), paused }).await
    }

    /// True for a pipe whose schedule is paused.
    pub fn is_paused(&self, pipe: &str) -> bool {
        self.standing(pipe).ok().flatten().is_some_and(|standing| standing.paused)
    }

    /// Pauses the imports of a data source that reads a bucket, or lets them go on.
    ///
    /// # Errors
    /// Kind `NotFound` for a data source without any.
    pub async fn pause_import(&self, datasource: &Datasource, paused: bool) -> Result<()> {
        if datasource.parsed.settings.get("import_schedule").is_none() {
            return Err(Error::not_found(format!("The Data Source '{}' has no schedule", datasource.name)));
        }
        let last = if paused { self.shared.now() } else { 0 };
        self.set_standing(&datasource.name, Standing { last, paused }).await
    }

    /// True when `pause` microseconds have passed since the last turn of `name`, which this one
    /// then is.
    pub(crate) async fn take_turn(&self, name: &str, pause: i64) -> Result<bool> {
        let now = self.shared.now();
        let is_due = match self.standing(name)? {
            Some(standing) => !standing.paused && standing.last.saturating_add(pause) <= now,
            None => true,
        };
        if is_due {
            self.set_standing(name, Standing { last: now, paused: false }).await?;
        }
        Ok(is_due)
    }

    /// Runs what is due. What fails says so in its job.
    async fn run_due(self: &Rc<Self>) -> Result<()> {
        let project = self.project();
        for pipe in project.pipes.values() {
            let Some((node, schedule)) = scheduled(pipe) else {
                continue;
            };
            let Some(cron) = Cron::parse(schedule) else {
                continue;
            };
            let now = self.shared.now();
            let Some(standing) = self.standing(&pipe.name)? else {
                self.set_standing(&pipe.name, Standing { last: now, paused: false }).await?;
                continue;
            };
            let due = cron.last_before(now).filter(|due| *due > standing.last && !standing.paused);
            if let Some(due) = due {
                // First the note, then the run: a crash in between skips one run and doubles none.
                self.set_standing(&pipe.name, Standing { last: due, ..standing }).await?;
                self.run_scheduled(pipe, node).await;
            }
        }
        Ok(())
    }

    async fn run_scheduled(self: &Rc<Self>, pipe: &Arc<Pipe>, node: &Node) {
        let outcome = match node.kind {
            NodeKind::Copy => self.run_copy(pipe, None, Call::default(), None).await,
            _ => self.run_sink(pipe, Call::default()).await,
        };
        // There is nobody to tell but the log: runs that began have a job.
        if let Err(error) = outcome {
            self.note_operation(&crate::service::Operation {
                error: Some(error.message()),
                pipe_name: &pipe.name,
                ..crate::service::Operation::new("copy", node.target.as_deref().unwrap_or_default())
            });
        }
    }
}

impl Instance {
    /// Runs the copies and sinks that are due. Call it every few seconds, and not again before
    /// it has returned.
    ///
    /// # Errors
    /// The disk fails. The instance goes on.
    pub async fn run_schedules(&self) -> Result<()> {
        for workspace in self.workspaces().into_iter().filter(|workspace| workspace.main().is_none()) {
            workspace.run_due().await?;
            workspace.import_due().await?;
        }
        Ok(())
    }
}
