//! What a command does, in order, without a command line: for `cli`, and for programs that use the library. It gathers, plans and
//! judges by calling the other folders; it parses no flags, prints nothing and chooses no language.

mod audit;
pub mod ca;
mod certificate_files;
mod failure;
mod ledger;
mod missing;
mod rollover;
mod rotate;

pub use audit::{AuditOptions, Audited, audit};
pub use failure::{Ending, Failure};
pub use ledger::{RecordFilter, RecordState, ShownRecord, Synced, list_records, show_record, sync};
pub use missing::{MissingOptions, MissingPairs, make_missing, missing};
pub use rollover::{RolledOver, RolloverOptions, roll_over};
pub use rotate::{DueOptions, Failures, RotateOptions, Round, dated, rotate};

use crate::message::{CliMessage, Message};

/// Takes the remarks that a workflow makes on its way: what was assumed, left out or done besides.
pub type Remarks<'r> = &'r mut dyn FnMut(Message);

/// Makes a remark that needs no answer.
fn note(remarks: Remarks<'_>, what: impl Into<Message>) {
    remarks(CliMessage::Note { what: what.into().into() }.into());
}
