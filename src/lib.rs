//! Architecture as code: a YAML specification in; findings, diagrams and change reports out.

mod render;
