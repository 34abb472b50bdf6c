//! Columns of a JSON or NDJSON sample: one for each leaf, with the path that leads to it.

use serde_json::{Map, Value};

use super::elements::{elements, is_array};
use super::profile::{Class, Profile, class_of_number, class_of_string};
use super::{InferredColumn, InferredSchema, SampleFormat, names};
use crate::jsonpath::{JsonPath, PathStep};

/// Rows of a sample that are looked at.
const MAX_ROWS: usize = 20_000;

/// Keys an object may have over all rows before it is kept as one text.
const MAX_KEYS: usize = 200;

/// Columns of a sample.
pub fn infer_json(sample: &str) -> InferredSchema {
    let text = sample.strip_prefix('\u{feff}').unwrap_or(sample);
    let mut root = Tree::default();
    let mut rows = 0;
    for element in elements(text, MAX_ROWS) {
        if let Ok(Value::Object(row)) = serde_json::from_str(element) {
            rows += 1;
            root.add_object(&row);
        }
    }
    let mut columns = Vec::new();
    root.objects = rows;
    root.collect_fields(&Place::default(), rows, &mut columns);
    let mut names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
    names::distinct(&mut names);
    for (column, name) in columns.iter_mut().zip(names) {
        column.name = name;
    }
    let format = if is_array(text) { SampleFormat::Json } else { SampleFormat::Ndjson };
    InferredSchema { format, columns, rows }
}

/// Everything that was seen at one place of the rows.
#[derive(Default)]
struct Tree {
    scalars: Profile,
    nulls: usize,
    objects: usize,
    fields: Vec<(String, Tree)>,
    arrays: usize,
    element: Option<Box<Tree>>,
}

/// Where in the rows a tree stands.
#[derive(Clone, Default)]
struct Place {
    names: Vec<String>,
    path: JsonPath,
    /// How many arrays are open.
    arrays: usize,
}

impl Tree {
    fn add(&mut self, value: &Value) {
        match value {
            Value::Null => self.nulls += 1,
            Value::Bool(_) => self.scalars.add(&Class::Bool),
            Value::Number(number) => {
                let text = number.to_string();
                self.scalars.add(&class_of_number(&text).unwrap_or(Class::Float(false)));
            }
            Value::String(text) => self.scalars.add(&class_of_string(text)),
            Value::Array(elements) => {
                self.arrays += 1;
                let element = self.element.get_or_insert_default();
                elements.iter().for_each(|value| element.add(value));
            }
            Value::Object(object) => self.add_object(object),
        }
    }

    fn add_object(&mut self, object: &Map<String, Value>) {
        self.objects += 1;
        for (key, value) in object {
            let at = self.fields.iter().position(|(known, _)| known == key);
            let at = at.unwrap_or_else(|| {
                self.fields.push((key.clone(), Self::default()));
                self.fields.len() - 1
            });
            if let Some((_, field)) = self.fields.get_mut(at) {
                field.add(value);
            }
        }
    }

    /// How often a value that is not null was seen here.
    fn present(&self) -> usize {
        self.scalars.present + self.objects + self.arrays
    }

    fn collect_fields(&self, place: &Place, parents: usize, columns: &mut Vec<InferredColumn>) {
        for (key, field) in &self.fields {
            field.collect(&place.field(key), parents, columns);
        }
    }

    /// Adds the columns of this place; `parents` objects or arrays could have had a value here.
    fn collect(&self, place: &Place, parents: usize, columns: &mut Vec<InferredColumn>) {
        let kinds =
            [self.scalars.present, self.objects, self.arrays].iter().filter(|count| **count > 0).count();
        let crowded = self.fields.len() > MAX_KEYS || (self.objects > 0 && self.fields.is_empty());
        if kinds > 1 || crowded {
            // Mixed or unbounded: the JSON text as a whole.
            columns.push(self.column(place, "String".to_owned(), parents));
            return;
        }
        if self.objects > 0 {
            let parents = if place.arrays > 0 { self.objects } else { parents };
            return self.collect_fields(place, parents, columns);
        }
        if let Some(element) = self.element.as_deref().filter(|_| self.arrays > 0) {
            let inside = place.element();
            if element.present() == 0 {
                columns.push(element.column(&inside, "String".to_owned(), 0));
            } else {
                element.collect(&inside, element.present(), columns);
            }
            if place.arrays == 0
                && self.present() < parents
                && let Some(column) = columns.last_mut()
            {
                column.missing = parents - self.present();
            }
            return;
        }
        columns.push(self.column(place, self.scalars.r#type(), parents));
    }

    fn column(&self, place: &Place, r#type: String, parents: usize) -> InferredColumn {
        let present = self.present();
        let missing = parents.max(present + self.nulls).saturating_sub(present);
        let in_array = place.arrays > 0;
        let element = if in_array && self.nulls > 0 { format!("Nullable({type})") } else { r#type };
        let wrapped = (0..place.arrays).fold(element, |inner, _| format!("Array({inner})"));
        InferredColumn {
            name: place.names.join("_"),
            path: Some(place.path.to_string()),
            r#type: wrapped,
            nullable: !in_array && missing > 0,
            present,
            missing: if in_array { 0 } else { missing },
        }
    }
}

impl Place {
    fn field(&self, key: &str) -> Self {
        let mut place = self.clone();
        place.names.push(names::from_key(key));
        place.path.steps.push(PathStep::Key(key.to_owned()));
        place
    }

    fn element(&self) -> Self {
        let mut place = self.clone();
        place.path.steps.push(PathStep::All);
        place.arrays += 1;
        place
    }
}
