//! The certificate authority: what is signed, with what names and for how long, and how it gets to disk without ever
//! leaving half a pair or a certificate without its record.
//!
//! `profile`, `request`, `sign` and `revoke` are pure. Only `authority`, `renew`, `rollover` and `recovery` touch files, and they write
//! through `durable`; what a ledger has to do for them stands in `ledger`.

mod authority;
mod dated;
mod issue;
mod issue_error;
mod key;
mod key_error;
mod layout;
mod ledger;
mod names;
mod new_authority;
mod passphrase;
mod profile;
mod record;
mod recovery;
mod renew;
mod request;
mod restored;
mod revoke;
mod rollover;
mod self_made;
mod sign;
mod standing;

pub use authority::{Authority, AuthorityError, Paths, pem};
pub use dated::{Dated, MissingPair};
pub use issue::{Made, Maker, Order, OrderKey, Replaced, after, trial};
pub use issue_error::IssueError;
pub use key::{KeyAlgorithm, SigningKey};
pub use key_error::KeyError;
pub use layout::Layout;
pub use ledger::{Entry, Ledger, LedgerError, LedgerFault, Outcome, Pending};
pub use names::{NameError, san, subject};
pub use new_authority::{Created, NewAuthority};
pub use passphrase::Passphrase;
pub use profile::Profile;
pub use record::{Holder, Record, SCHEMA, Status, is_key_part};
pub use recovery::{RecoverError, recover};
pub use renew::{Old, RenewError, Renewal};
pub use request::{Allowed, Granted, RequestError, grant, make_request};
pub use restored::restored;
pub use revoke::{Reason, RevocationList, Revoked, revocation_list};
pub use rollover::{Rollover, Step, is_outdated};
pub use sign::{Kind, SignError, Signer, Template, key_id, new_serial, sign};
pub use standing::{Forgotten, StandingList};
