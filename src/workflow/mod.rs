//! What a command does, in order, without a command line: for `cli`, and for programs that use the library. It gathers, plans and
//! judges by calling the other folders; it parses no flags, prints nothing and chooses no language.

mod failure;

pub use failure::{Ending, Failure};

use crate::message::Message;

/// Takes the remarks that a workflow makes on its way: what was assumed, left out or done besides.
pub type Remarks<'r> = &'r mut dyn FnMut(Message);
