//! Answers that are kept for a while, where an endpoint's template says so: `cache_ttl('5s')`.
//! A call with the same parameters gets the same bytes until the time is over or another
//! project goes live, whatever rows come in between.

use super::answer::Answer;
use crate::clickhouse::Summary;
use crate::service::{CallInfo, CallOutcome};
use crate::workspace::Workspace;
use bytes::Bytes;
use futures::stream::{self, StreamExt};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Largest answer that is kept, and most answers.
const MAX_BYTES: usize = 1 << 20;
const MAX_ANSWERS: usize = 64;

/// Answers by what was asked.
pub(crate) type KeptAnswers = BTreeMap<String, KeptAnswer>;

/// An answer, and until when it may be given again, in microseconds since the epoch.
#[derive(Clone, Debug)]
pub(crate) struct KeptAnswer {
    until: i64,
    content_type: &'static str,
    format: String,
    bytes: Bytes,
    summary: Summary,
}

/// How long an answer may be kept, in microseconds, when the node's template and what it
/// rendered to say so.
pub(super) fn time_to_live(template: &str, rendered: &str) -> Option<i64> {
    const SECOND: i64 = 1_000_000;
    if !template.contains("cache_ttl") {
        return None;
    }
    let (_, rest) = rendered.split_once("-- cache_ttl ")?;
    Some(match rest.split_whitespace().next()? {
        "5s" => 5 * SECOND,
        "1m" => 60 * SECOND,
        "5m" => 300 * SECOND,
        "30m" => 1800 * SECOND,
        "1h" => 3600 * SECOND,
        _ => return None,
    })
}

impl Workspace {
    /// The answer that is kept for this question; the call is noted as one that read nothing.
    pub(super) fn kept_answer(&self, question: &str, info: Option<&CallInfo>) -> Option<Answer> {
        let now = self.shared.now();
        let kept = self.kept.borrow().get(question).filter(|kept| kept.until > now).cloned()?;
        if let Some(info) = info {
            let result_rows = kept.summary.result_rows;
            self.note_call(info, &CallOutcome { status: 200, result_rows, ..CallOutcome::default() });
        }
        Some(Answer {
            content_type: kept.content_type,
            format: kept.format,
            summary: Rc::new(kept.summary.into()),
            chunks: stream::iter([Ok(kept.bytes)]).boxed_local(),
        })
    }

    /// Lets an answer pass and keeps it once it is out, unless it is long.
    pub(super) fn keep_answer(self: &Rc<Self>, question: String, micros: i64, answer: Answer) -> Answer {
        let Answer { content_type, format, summary, chunks } = answer;
        let (workspace, told, written) = (self.clone(), summary.clone(), format.clone());
        let state = (chunks, Some(Vec::new()), question);
        let chunks = stream::try_unfold(state, move |(mut chunks, mut held, question)| {
            let (workspace, told, written) = (workspace.clone(), told.clone(), written.clone());
            async move {
                if let Some(chunk) = chunks.next().await {
                    let chunk = chunk?;
                    held = held.filter(|held: &Vec<u8>| held.len() + chunk.len() <= MAX_BYTES);
                    if let Some(held) = &mut held {
                        held.extend_from_slice(&chunk);
                    }
                    return Ok(Some((chunk, (chunks, held, question))));
                }
                if let Some(held) = held {
                    let until = workspace.shared.now().saturating_add(micros);
                    let bytes = Bytes::from(held);
                    let kept =
                        KeptAnswer { until, content_type, format: written, bytes, summary: told.get() };
                    workspace.remember_answer(question, kept);
                }
                Ok(None)
            }
        });
        Answer { content_type, format, summary, chunks: chunks.boxed_local() }
    }

    fn remember_answer(&self, question: String, kept: KeptAnswer) {
        let now = self.shared.now();
        let mut answers = self.kept.borrow_mut();
        if answers.len() >= MAX_ANSWERS {
            answers.retain(|_, known| known.until > now);
        }
        if answers.len() < MAX_ANSWERS {
            answers.insert(question, kept);
        }
    }

    /// Forgets every answer: another project is live.
    pub(crate) fn forget_answers(&self) {
        self.kept.borrow_mut().clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_from_what_was_rendered() {
        let template = "% {{cache_ttl('5m')}} SELECT 1";
        assert_eq!(time_to_live(template, "-- cache_ttl 5m\n SELECT 1"), Some(300_000_000));
        assert_eq!(time_to_live(template, "SELECT 1"), None);
        assert_eq!(time_to_live("SELECT 1", "SELECT '-- cache_ttl 1h'"), None);
    }
}
