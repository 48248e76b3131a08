//! HTTP requests in the text of an API call.
//!
//! In: the text of a call. Out: its path, if the text is a request. Refuses to know:
//! who is called.

const METHODS: &[&str] = &["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// The path of `POST /topics/{topic} (all topics)`, with the place where it starts.
pub(crate) fn path(text: &str) -> Option<(usize, &str)> {
    let (method, rest) = text.split_once(' ')?;
    let path = rest.trim_start();
    if !METHODS.contains(&method) || !path.starts_with('/') {
        return None;
    }
    let start = text.len() - path.len();
    Some((start, path.split_whitespace().next().unwrap_or("")))
}
