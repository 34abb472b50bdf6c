//! Data sources that one workspace lets others read: `SHARED_WITH` in its file, read there under
//! the name `<workspace>.<data source>`.

use crate::resource::Datasource;
use crate::workspace::Workspace;
use std::rc::Rc;
use std::sync::Arc;

impl Workspace {
    /// The other workspaces of the instance that are no branches.
    fn others(&self) -> Vec<Rc<Workspace>> {
        let peers = self.shared.peers.borrow();
        let live = peers.iter().filter_map(std::rc::Weak::upgrade);
        live.filter(|peer| peer.id() != self.id() && peer.main().is_none()).collect()
    }

    /// What this workspace shares with the one called `name`.
    fn shares_with(&self, name: &str) -> Vec<Arc<Datasource>> {
        let project = self.project();
        let is_shared = |found: &&Arc<Datasource>| found.parsed.shared_with.iter().any(|with| with == name);
        project.datasources.values().filter(is_shared).cloned().collect()
    }

    /// The name that others share with: a branch reads what its workspace reads.
    fn reading_name(&self) -> String {
        let main = self.main();
        let peers = self.shared.peers.borrow();
        let main =
            peers.iter().filter_map(std::rc::Weak::upgrade).find(|peer| Some(peer.id()) == main.as_deref());
        main.map_or_else(|| self.name(), |main| main.name())
    }

    /// Names of the workspaces that share anything with this one; a pipe hides the workspace
    /// of its name.
    pub(crate) fn sharing_workspaces(&self) -> Vec<String> {
        let (name, project) = (self.reading_name(), self.project());
        let others = self.others().into_iter().filter(|other| !other.shares_with(&name).is_empty());
        others.map(|other| other.name()).filter(|other| !project.pipes.contains_key(other)).collect()
    }

    /// A data source that the workspace `origin` shares with this one, and its owner.
    pub(crate) fn shared_datasource(
        &self,
        origin: &str,
        name: &str,
    ) -> Option<(Rc<Workspace>, Arc<Datasource>)> {
        let owner = self.others().into_iter().find(|other| other.name() == origin)?;
        let found = owner.shares_with(&self.reading_name()).into_iter().find(|shared| shared.name == name)?;
        Some((owner, found))
    }

    /// Everything that others share with this workspace: owners and data sources.
    pub fn shared_datasources(&self) -> Vec<(Rc<Workspace>, Arc<Datasource>)> {
        let name = self.reading_name();
        let others = self.others();
        others
            .into_iter()
            .flat_map(|owner| {
                let shared = owner.shares_with(&name);
                shared.into_iter().map(move |found| (owner.clone(), found))
            })
            .collect()
    }
}
