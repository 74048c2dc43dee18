//! What to type, built from facts: the same check with one thing corrected, a certificate issued again.

mod configure;
mod edit;
mod named;
mod reissue;
pub(super) mod renewals;
mod retry;

pub(in crate::diagnoses) use edit::Edit;
