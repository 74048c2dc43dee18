//! What to type, built from facts: the same check with one thing corrected, a certificate issued again.

mod reissue;
pub(super) mod renewals;
mod retry;
