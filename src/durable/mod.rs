//! The one way to write what must not be torn: files that are whole or absent, and links that are moved in one step. Which changes
//! belong together, and how a reader knows them again after a crash, is for the callers to record before they begin.

mod change;
mod files;
mod swap;

pub use change::Change;
pub use files::{
    Move, NewFile, PUBLIC, SECRET, WriteError, check_room, failed, keep_copy, keep_from_others,
    make_folder, make_private_folder, move_new, move_over, remove, sync_folders, write_all,
    write_file, write_request,
};
pub use swap::{Swap, place};
