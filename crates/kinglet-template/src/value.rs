//! JSON-like values that go into a template (request parameters) and come out of it (metadata, error bodies).

/// A JSON-like value. Strings as they come from a query string are [`Value::String`]; a JSON body keeps its types.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// JSON `null`; as a parameter it means "not given".
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer of at most 127 bits and a sign.
    Int(i128),
    /// An integer that does not fit [`Value::Int`], in decimal digits with an optional `-`.
    BigInt(String),
    /// A number with a fraction or an exponent; may be infinite or not a number.
    Float(f64),
    /// Text.
    String(String),
    /// An array.
    List(Vec<Value>),
    /// An object, in the order of its members; a later member of the same name replaces an earlier one.
    Object(Vec<(String, Value)>),
}

impl Value {
    /// The text of a [`Value::String`].
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The member `name` of a [`Value::Object`].
    pub fn get(&self, name: &str) -> Option<&Value> {
        match self {
            Self::Object(members) => {
                members.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
            }
            _ => None,
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(i128::from(value))
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Self {
        Self::List(items)
    }
}
