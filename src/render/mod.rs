//! Rendering: a finished diagram or catalog goes in; the text of one output format comes out.
//! Nothing here knows YAML, the rules or the file system.

#[cfg_attr(not(test), expect(dead_code, reason = "used by the renderer"))]
pub(crate) mod escape;
