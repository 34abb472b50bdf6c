//! Reading cases and asking their questions.

#![allow(dead_code)]

mod answer;

use std::path::{Path, PathBuf};

use kinglet_language::{Column, Document, Functions, Workspace};

/// Where the cursor is.
const MARK: char = '‸';

/// A question and its answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Case {
    pub(crate) name: String,
    /// Path, node and text; those without `is_file` are no part of the project.
    texts: Vec<Text>,
    tables: Vec<String>,
    ask: String,
    pub(crate) expected: String,
}

#[derive(Clone, Debug, Default)]
struct Text {
    path: String,
    node: Option<String>,
    is_file: bool,
    text: String,
}

/// The case files of a folder, in order.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder of cases");
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths
}

/// Reads the cases of a file.
pub(crate) fn read_cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some(name) = line.strip_prefix("=== ") {
            cases.push(Case { name: name.trim().to_owned(), ..Case::default() });
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        match line.strip_prefix("--- ").map(|head| head.trim().split_once(' ').unwrap_or((head.trim(), ""))) {
            Some((kind @ ("file" | "open"), rest)) => {
                let (path, node) =
                    rest.split_once(' ').map_or((rest, None), |(path, node)| (path, Some(node)));
                case.texts.push(Text {
                    path: path.to_owned(),
                    node: node.map(str::to_owned),
                    is_file: kind == "file",
                    text: String::new(),
                });
            }
            Some(("table", rest)) => case.tables.push(rest.to_owned()),
            Some(("ask", rest)) => case.ask = rest.to_owned(),
            Some((other, _)) => panic!("{}: a part is called {other}", case.name),
            None if case.ask.is_empty() => {
                if let Some(last) = case.texts.last_mut() {
                    last.text.push_str(line);
                }
            }
            None => case.expected.push_str(line),
        }
    }
    for case in &mut cases {
        case.expected.truncate(case.expected.trim_end().len());
    }
    cases
}

impl Case {
    /// The text that is asked about.
    fn asked(&self) -> &Text {
        let marked = self.texts.iter().find(|text| text.text.contains(MARK));
        marked.or(self.texts.last()).expect("a case has a text")
    }

    fn workspace(&self) -> Workspace {
        let mut workspace = Workspace::new();
        for text in self.texts.iter().filter(|text| text.is_file) {
            workspace.set_file(&text.path, &text.text.replace(MARK, ""));
        }
        for table in &self.tables {
            let mut words = table.split(' ');
            let name = words.next().unwrap_or("");
            let words: Vec<&str> = words.collect();
            let column = |pair: &[&str]| Column {
                name: pair.first().copied().unwrap_or("").to_owned(),
                type_name: pair.get(1).copied().unwrap_or("").to_owned(),
                place: None,
            };
            workspace.set_table(name, words.chunks(2).map(column).collect());
        }
        let rows = [
            "abs\u{1f}i\u{1f}math\u{1f}abs(x)\u{1f}The value without its sign.\u{1f}abs(-1)",
            "count\u{1f}ai\u{1f}aggregate\u{1f}count([x])\u{1f}How many rows there are.\u{1f}SELECT count()",
            "length\u{1f}i\u{1f}string\u{1f}length(text)\u{1f}The number of bytes.\u{1f}length('abc')",
            "lower\u{1f}i\u{1f}string\u{1f}lower(text)\u{1f}The text in lower case.\u{1f}lower('A')",
            "plus\u{1f}\u{1f}arithmetic\u{1f}plus(a, b)\u{1f}The sum.\u{1f}1 + 2",
            "sum\u{1f}ai\u{1f}aggregate\u{1f}sum(x)\u{1f}The sum of the values.\u{1f}SELECT sum(number) FROM numbers(3)",
            "toDate\u{1f}\u{1f}date\u{1f}toDate(value)\u{1f}The day.\u{1f}toDate('2024-01-01')",
        ];
        workspace.set_functions(Functions::read(&rows.join("\u{1e}")));
        workspace.refresh();
        workspace
    }

    /// The answer to the question, as text.
    pub(crate) fn answer(&self) -> String {
        let workspace = self.workspace();
        let asked = self.asked();
        let offset = asked.text.find(MARK).unwrap_or(0);
        let text = asked.text.replace(MARK, "");
        let document = Document { path: &asked.path, text: &text, node: asked.node.as_deref() };
        answer::answer(&self.ask, &workspace, &document, offset)
    }

    /// Asks all questions, at the end of the text and before.
    pub(crate) fn ask_everything(&self) {
        let workspace = self.workspace();
        let asked = self.asked();
        let text = asked.text.replace(MARK, "");
        let document = Document { path: &asked.path, text: &text, node: asked.node.as_deref() };
        answer::edits_agree(&document);
        for question in answer::QUESTIONS {
            let _ = answer::answer(question, &workspace, &document, text.len());
        }
    }

    /// Ends of lines and a few other places of the text that is asked about.
    pub(crate) fn boundaries(&self) -> Vec<usize> {
        let text = &self.asked().text;
        let every = text.char_indices().filter(|(at, c)| *c == '\n' || at % 17 == 0);
        every.map(|(at, _)| at).collect()
    }

    /// The text that is asked about, mark included.
    pub(crate) fn text(&self) -> &str {
        &self.asked().text
    }

    /// The path of the text that is asked about.
    pub(crate) fn path(&self) -> &str {
        &self.asked().path
    }

    /// The case with another text in the place of the one that is asked about.
    pub(crate) fn with_text(&self, text: String) -> Self {
        let mut changed = self.clone();
        let (path, node) = (self.asked().path.clone(), self.asked().node.clone());
        for each in changed.texts.iter_mut().filter(|each| each.path == path && each.node == node) {
            each.text.clone_from(&text);
        }
        changed
    }

    /// The case with its text cut.
    pub(crate) fn cut(&self, end: usize) -> Self {
        let mut cut = self.clone();
        let path = self.asked().path.clone();
        for text in cut.texts.iter_mut().filter(|text| text.path == path) {
            text.text.truncate(end);
        }
        cut
    }

    /// The case as it stands in its file, with another answer.
    pub(crate) fn with_answer(&self, answer: &str) -> String {
        let mut out = format!("=== {}\n", self.name);
        for text in &self.texts {
            let kind = if text.is_file { "file" } else { "open" };
            let node = text.node.as_ref().map(|node| format!(" {node}")).unwrap_or_default();
            out.push_str(&format!("--- {kind} {}{node}\n{}", text.path, text.text));
        }
        for table in &self.tables {
            out.push_str(&format!("--- table {table}\n"));
        }
        let answer = if answer.is_empty() { String::new() } else { format!("{answer}\n") };
        out.push_str(&format!("--- ask {}\n{answer}\n", self.ask));
        out
    }
}
