//! Arguments of JSON and Dynamic.

use std::sync::Arc;

use super::{Parsed, Parser};
use crate::{ChType, JsonType};

impl Parser<'_> {
    /// `(max_types=N)` or nothing.
    pub(super) fn dynamic(&mut self) -> Parsed<ChType> {
        if !self.eat('(') {
            return Ok(ChType::dynamic());
        }
        if self.word() != Some("max_types") || !self.eat('=') {
            return Err(self.error("Dynamic takes max_types=N"));
        }
        let limit = self.number()?;
        self.expect(')')?;
        match u8::try_from(limit) {
            Ok(limit @ 0..=254) => Ok(ChType::Dynamic(limit)),
            _ => Err(self.error(
                "'max_types' argument for Dynamic type should be a positive integer between 0 and 254",
            )),
        }
    }

    /// `(max_dynamic_paths=N, a.b Type, SKIP path, SKIP REGEXP 'pattern')` or nothing.
    pub(super) fn json(&mut self, depth: usize) -> Parsed<JsonType> {
        let mut of = JsonType::default();
        if !self.eat('(') {
            return Ok(of);
        }
        let start = self.at;
        while !self.eat(')') {
            let before = self.at;
            let word = self.word();
            match word {
                Some(name @ ("max_dynamic_paths" | "max_dynamic_types")) if self.eat('=') => {
                    let limit = self.number()?;
                    match (name, u8::try_from(limit), u32::try_from(limit)) {
                        ("max_dynamic_types", Ok(limit @ 0..=254), _) => of.max_types = limit,
                        ("max_dynamic_paths", _, Ok(limit @ 0..=10_000)) => of.max_paths = limit,
                        _ => {
                            return Err(
                                self.refused(start, format!("{name}={limit} of JSON is out of range"))
                            );
                        }
                    }
                }
                Some(name) if self.rest().trim_start().starts_with('=') => {
                    return Err(self.refused(start, format!("Unexpected parameter name '{name}' of JSON")));
                }
                Some(skip) if skip.eq_ignore_ascii_case("SKIP") => self.skipped(&mut of)?,
                _ => {
                    self.at = before;
                    let path: Arc<str> = self.json_path()?.into();
                    let ty = self.ty(depth + 1)?;
                    match of.typed.binary_search_by(|(known, _)| known.cmp(&path)) {
                        Ok(_) => return Err(self.refused(start, format!("Duplicate path {path} in JSON"))),
                        Err(at) => of.typed.insert(at, (path, ty)),
                    }
                }
            }
            if !self.eat(',') {
                self.expect(')')?;
                break;
            }
        }
        // As with the typed paths, each is put in its place: a sort would be the larger code.
        for path in std::mem::take(&mut of.skip) {
            if let Err(at) = of.skip.binary_search(&path) {
                of.skip.insert(at, path);
            }
        }
        let covered = |path: &str| {
            of.skip.iter().find(|skip| {
                path.strip_prefix(&***skip).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
        };
        let clash = of.typed.iter().find_map(|(path, ty)| Some((path, ty, covered(path)?)));
        if let Some((path, ty, skip)) = clash {
            let message = format!(
                "Path '{path}' is specified with the data type ('{ty}') and matches the SKIP path prefix '{skip}'"
            );
            return Err(self.refused(start, message));
        }
        Ok(of)
    }

    /// What follows SKIP.
    fn skipped(&mut self, of: &mut JsonType) -> Parsed<()> {
        let before = self.at;
        let is_pattern = self.word().is_some_and(|word| word.eq_ignore_ascii_case("REGEXP"));
        self.space();
        if is_pattern && self.rest().starts_with('\'') {
            let pattern = self.quoted('\'')?;
            of.skip_patterns.push(pattern.into());
            return Ok(());
        }
        self.at = before;
        let path = self.json_path()?;
        of.skip.push(path.into());
        Ok(())
    }

    /// Names with dots between them, each maybe quoted.
    fn json_path(&mut self) -> Parsed<String> {
        let mut path = String::new();
        loop {
            let Some(name) = self.name() else { return Err(self.error("Expected a path in JSON")) };
            path.push_str(&name?);
            if !self.rest().starts_with('.') {
                return Ok(path);
            }
            self.at += 1;
            path.push('.');
        }
    }

    /// Skips balanced parentheses, if there are any.
    pub(super) fn ignored_arguments(&mut self) -> Parsed<()> {
        if !self.eat('(') {
            return Ok(());
        }
        let mut depth = 0_usize;
        loop {
            match self.rest().chars().next() {
                Some('\'') => {
                    self.quoted('\'')?;
                }
                Some(')') if depth == 0 => return self.expect(')'),
                Some(c) => {
                    match c {
                        '(' => depth += 1,
                        ')' => depth -= 1,
                        _ => {}
                    }
                    self.at += c.len_utf8();
                }
                None => return Err(self.error("Unclosed ( in a type")),
            }
        }
    }
}
