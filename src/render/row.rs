//! Rows of a template's context: plain structs that templates can read.

/// Declares a struct of template values; every field can be read in templates by its name.
macro_rules! row {
    ($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $field_doc:literal])+ $field:ident),+ $(,)? }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, Default)]
        pub(super) struct $name { $($(#[doc = $field_doc])+ pub(super) $field: minijinja::Value),+ }

        impl minijinja::value::Object for $name {
            fn get_value(self: &std::sync::Arc<Self>, key: &minijinja::Value) -> Option<minijinja::Value> {
                self.get_value_by_str(key.as_str()?)
            }
            fn get_value_by_str(self: &std::sync::Arc<Self>, key: &str) -> Option<minijinja::Value> {
                match key {
                    $(stringify!($field) => Some(self.$field.clone()),)+
                    _ => None,
                }
            }
            fn enumerate(self: &std::sync::Arc<Self>) -> minijinja::value::Enumerator {
                minijinja::value::Enumerator::Str(&[$(stringify!($field)),+])
            }
        }

        impl From<$name> for minijinja::Value {
            fn from(row: $name) -> Self {
                minijinja::Value::from_object(row)
            }
        }
    };
}
pub(super) use row;

use minijinja::{Value, context};

/// A text that is part of the syntax: an id, a color, a number. Never a text of the model.
pub(super) fn syntax(text: impl Into<String>) -> Value {
    Value::from_safe_string(text.into())
}

/// A list of rows.
pub(super) fn list<T: Into<Value>>(rows: impl IntoIterator<Item = T>) -> Value {
    Value::from(rows.into_iter().map(Into::into).collect::<Vec<Value>>())
}

/// Rows with their number in a list, and blanks as wide as the number with its dot and blank,
/// below which Markdown nests.
pub(super) fn numbered(rows: impl IntoIterator<Item = Value>) -> impl Iterator<Item = Value> {
    rows.into_iter().enumerate().map(|(index, row)| {
        let number = (index + 1).to_string();
        let indent = " ".repeat(number.len() + 2);
        context! { number => syntax(number), indent => syntax(indent), ..row }
    })
}
