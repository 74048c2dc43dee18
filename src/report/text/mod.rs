//! Text for a terminal: pages of wrapped, escaped lines, and what stands on them.

mod check;
mod endpoints;
mod ladder;
mod ladders;
pub(super) mod page;
mod signs;
mod simple;
pub(super) mod wrap;

pub(super) use check::write as write_check;
pub(super) use endpoints::rows as endpoint_rows;
pub(super) use ladder::{Extent, draw as draw_ladder};
pub(super) use ladders::write as write_ladders;
pub(super) use simple::write as write_simple;
