//! Files that change together: all of them get to their places or none does, as whoever recorded the change before can make sure after a
//! crash, by completing it or by taking it back.

use super::files::{self, Move, WriteError};
use super::swap::Swap;

/// Files on their way that belong together.
#[derive(Debug, Clone, Default)]
pub struct Change {
    /// The files, in the order in which they are moved.
    pub moves: Vec<Move>,
    /// The second names under which the old files stay; none if the places have to be free.
    pub backups: Option<Vec<Move>>,
    /// How many of the moves, from the first on, are of secrets.
    pub secrets: usize,
    /// The link that moves in place of the files.
    pub swap: Option<Swap>,
}

impl Change {
    /// Moves the files to their places, whatever of it was done before. Names are durable only after [`files::sync_folders`].
    pub fn complete(&self) -> Result<(), WriteError> {
        if let Some(swap) = &self.swap {
            return swap.complete();
        }
        let waiting: Vec<&Move> = self.moves.iter().filter(|file| file.from.exists()).collect();
        let backups = self.backups.as_deref().unwrap_or_default();
        if !waiting.is_empty() && !backups.is_empty() {
            // While the first file waits under its first name, the old ones are still in their places.
            let untouched = waiting.len() == self.moves.len();
            let due = backups.iter().filter(|copy| untouched || !copy.to.exists());
            due.filter(|copy| copy.from.exists()).try_for_each(files::keep_copy)?;
            files::sync_folders(backups.iter().map(|copy| copy.to.as_path()))?;
        }
        // Whoever reads the files between two moves sees a torn pair, so nothing else happens there.
        for file in waiting {
            if self.backups.is_some() { files::move_over(file) } else { files::move_new(file) }?;
        }
        let secrets = &self.moves[..self.secrets.min(self.moves.len())];
        let kept = backups.iter().filter(|copy| secrets.iter().any(|file| file.to == copy.from));
        kept.filter(|copy| copy.to.exists()).try_for_each(|copy| files::keep_from_others(&copy.to))
    }

    /// Takes the files back; `is_new` knows whether a place holds what was moved there. Old files return from their second names.
    pub fn undo(&self, is_new: impl Fn(&Move) -> bool) -> Result<(), WriteError> {
        if let Some(swap) = &self.swap {
            return swap.undo();
        }
        let published: Vec<&Move> = self.moves.iter().filter(|file| is_new(file)).collect();
        for copy in self.backups.iter().flatten() {
            if !published.is_empty() && copy.to.exists() {
                files::move_over(&Move { from: copy.to.clone(), to: copy.from.clone() })?;
            } else {
                files::remove(&copy.to)?;
            }
        }
        self.moves.iter().try_for_each(|file| files::remove(&file.from))?;
        if self.backups.is_none() {
            published.into_iter().try_for_each(|file| files::remove(&file.to))?;
        }
        self.sync()
    }

    /// Makes what was moved durable.
    pub fn sync(&self) -> Result<(), WriteError> {
        let names = self.moves.iter().flat_map(|file| [file.to.as_path(), file.from.as_path()]);
        files::sync_folders(names)
    }
}
