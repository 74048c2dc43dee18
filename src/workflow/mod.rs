//! What a command does, in order, without a command line: for `cli`, and for programs that use the library. It gathers, plans and
//! judges by calling the other folders; it parses no flags, prints nothing and chooses no language.

mod audit;
pub mod ca;
mod case;
mod certificate_files;
mod check;
mod client_files;
mod clusters;
mod env;
mod explain;
mod failure;
mod inspect;
mod ledger;
mod look;
mod missing;
mod preflight;
mod probe;
mod roles;
mod rollover;
mod rotate;
mod save;
mod scan;
mod target;
mod verify;
mod verify_cases;

pub use audit::{AuditOptions, Audited, audit};
pub use case::{read_case, write_case};
pub use check::{check, judge_again, judge_case};
pub use env::{Tried, try_files};
pub use explain::{Log, Machine, MachineOptions, open_log, unreadable_log};
pub use failure::{Ending, Failure};
pub use inspect::{inspect, read_passphrase};
pub use ledger::{RecordFilter, RecordState, ShownRecord, Synced, list_records, show_record, sync};
pub use look::Checked;
pub use missing::{MissingOptions, MissingPairs, make_missing, missing};
pub use preflight::{Backup, preflight};
pub use probe::probe;
pub use rollover::{RolledOver, RolloverOptions, roll_over};
pub use rotate::{DueOptions, Failures, RotateOptions, Round, dated, rotate};
pub use scan::Scan;
pub use target::{Login, Request, Resolved, Search, Srv, discover, resolve, resolve_one};
pub use verify::{Verify, verify_files};
pub use verify_cases::verify_cases;

use std::pin::Pin;

use crate::message::{CliMessage, Message};

/// Takes the remarks that a workflow makes on its way: what was assumed, left out or done besides.
pub type Remarks<'r> = &'r mut dyn FnMut(Message);

/// Ends when what is under way has to stop, because the user interrupts it, say.
pub type Stop<'s> = Pin<&'s mut dyn Future<Output = ()>>;

/// Makes a remark that needs no answer.
fn note(remarks: Remarks<'_>, what: impl Into<Message>) {
    remarks(CliMessage::Note { what: what.into().into() }.into());
}
