//! The JSON Schema of the language, from the same declarations as the decoder.
//!
//! In: nothing. Out: a draft 2020-12 schema. Refuses to know: any document.

use serde_json::{Value, json};

use super::Spec;
use super::decode::{Decode, Schemas};

/// The schema that validates every specification file, included ones too.
pub fn json_schema() -> Value {
    let mut schemas = Schemas::default();
    let root = Spec::schema(&mut schemas);
    if let Some(spec) = schemas
        .definitions
        .get_mut("Spec")
        .and_then(Value::as_object_mut)
    {
        // Included files need neither version nor name.
        spec.insert("required".into(), json!([]));
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "archviz specification",
        "$ref": root["$ref"],
        "$defs": schemas.definitions,
    })
}
