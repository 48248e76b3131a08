//! Filling documents: what changes, what stays, what is found.
