//! Static tokens that `TOKEN` lines of the project's files ask for.

use crate::host::Random;
use crate::resource::Project;
use crate::token::{Grant, Scope, Token};
use std::collections::BTreeMap;

/// The tokens after a deployment: those made by hand as they are, those of files with
/// exactly the grants that files give them. A name keeps its secret.
pub(super) fn of_project(
    project: &Project,
    before: &[Token],
    random: &dyn Random,
    owner: &str,
) -> Vec<Token> {
    let mut wanted: BTreeMap<&str, Vec<Grant>> = BTreeMap::new();
    for datasource in project.datasources.values() {
        for token in &datasource.parsed.tokens {
            let scope = match token.permission.as_str() {
                "APPEND" => Scope::DatasourcesAppend,
                _ => Scope::DatasourcesRead,
            };
            wanted.entry(&token.name).or_default().push(Grant::on(scope, &datasource.name));
        }
    }
    for pipe in project.pipes.values() {
        for token in &pipe.parsed().tokens {
            wanted.entry(&token.name).or_default().push(Grant::on(Scope::PipesRead, &pipe.name));
        }
    }
    let mut after = Vec::new();
    for token in before {
        let grants = wanted.remove(token.name.as_str());
        let mut token = token.clone();
        match grants {
            Some(grants) if token.from_project => token.grants = grants,
            None if token.from_project => continue,
            Some(grants) => {
                let more = grants.into_iter().filter(|grant| !token.grants.contains(grant));
                token.grants.extend(more.collect::<Vec<_>>());
            }
            None => {}
        }
        after.push(token);
    }
    for (name, grants) in wanted {
        let mut token = Token::new(random, owner, name, grants);
        token.from_project = true;
        after.push(token);
    }
    after
}
