//! The certificate authority: what is signed, with what names and for how long, and how it gets to disk without ever
//! leaving half a pair or a certificate without its record.
//!
//! `profile`, `request`, `sign`, `revoke` and `rotation` are pure. Only `authority`, `renew` and `write` touch files; what a ledger
//! has to do for them stands in `book`.

mod authority;
mod book;
mod issue;
mod journal;
mod key;
mod layout;
mod names;
mod passphrase;
mod profile;
mod record;
mod renew;
mod request;
mod revoke;
mod rotation;
mod sign;
mod swap;
mod write;

pub use authority::{Authority, AuthorityError, NewAuthority, Paths};
pub use book::{Book, BookError, End, Entry, Pending};
pub use issue::{IssueError, Made, Maker, Order, OrderKey, Replaced, after};
pub use journal::{RecoverError, recover};
pub use key::{KeyAlgorithm, KeyError, SigningKey};
pub use layout::Layout;
pub use names::{NameError, san, subject};
pub use passphrase::Passphrase;
pub use profile::Profile;
pub use record::{Holder, Record, SCHEMA, Status, is_key_part};
pub use renew::{Old, RenewError, Renewal};
pub use request::{Allowed, Granted, RequestError, grant, make_request};
pub use revoke::{Reason, Revoked, revocation_list};
pub use rotation::{Due, is_due};
pub use sign::{Kind, SignError, Signer, Template, key_id, new_serial, sign};
pub use swap::Swap;
pub use write::{WriteError, make_private_folder, write_file, write_request};
