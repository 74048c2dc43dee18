//! A bbolt database file, read page by page: whether it is whole, and what its buckets hold.
//!
//! bbolt `internal/common/{page,meta,bucket}.go` and the rules of `tx_check.go`; the freelist, which etcd doesn't sync, is left out.

use std::{fs::File, io, os::unix::fs::FileExt};

/// `magic` and `version` of a meta page.
const MAGIC: u32 = 0xED0C_DAED;
const VERSION: u32 = 2;
/// The header of a page, an element of one, and a meta page behind its header.
const HEADER: usize = 16;
const ELEMENT: usize = 16;
const META: usize = 64;
/// `branchPageFlag`, `leafPageFlag`, `bucketLeafFlag`.
const BRANCH: u16 = 1;
const LEAF: u16 = 2;
const BUCKET: u32 = 1;
/// No tree of etcd's is nearly so deep.
const DEEPEST: usize = 64;

/// Why a file is no whole database.
#[derive(Debug)]
pub(crate) enum Broken {
    /// Neither meta page is one.
    NoDatabase,
    /// It has fewer bytes than its pages take.
    CutShort {
        /// What they take.
        needed: u64,
    },
    /// Its pages contradict each other.
    Inconsistent,
    /// It can't be read.
    Io(io::Error),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// An open database.
pub(crate) struct Database<'f> {
    file: &'f File,
    page_size: u64,
    root: u64,
    /// Which pages were met, one for each below the high-water mark.
    met: Vec<bool>,
}

impl<'f> Database<'f> {
    /// Reads the meta pages of a file of which so many bytes belong to the database.
    pub(crate) fn open(file: &'f File, bytes: u64) -> Result<Self, Broken> {
        let first = meta(file, 0);
        // The second one lies behind a page whose size only the first knows; Linux has 4096 bytes nearly everywhere.
        let sizes = [first.as_ref().map_or(4096, |meta| meta.page_size), 4096, 16384, 65536];
        let second = sizes.into_iter().find_map(|size| meta(file, size));
        let newest = first.into_iter().chain(second).max_by_key(|meta| meta.transaction);
        let Meta { page_size, root, pages, .. } = newest.ok_or(Broken::NoDatabase)?;
        let needed = pages.checked_mul(page_size).ok_or(Broken::Inconsistent)?;
        if needed > bytes {
            return Err(Broken::CutShort { needed });
        }
        let count = usize::try_from(pages).map_err(|_| Broken::Inconsistent)?;
        Ok(Self { file, page_size, root, met: vec![false; count] })
    }

    /// Bytes of all pages.
    pub(crate) fn size(&self) -> u64 {
        self.page_size * self.met.len() as u64
    }

    /// Hands every key and value of the buckets that are wanted to `each`, in order, with the bucket's name; a bucket begins
    /// with its name alone.
    pub(crate) fn walk(
        mut self,
        wanted: impl Fn(&[u8]) -> bool,
        mut each: impl FnMut(&[u8], Option<(&[u8], &[u8])>),
    ) -> Result<(), Broken> {
        let mut buckets = Vec::new();
        self.tree(self.root, 0, &mut |flags, name, value| {
            if flags & BUCKET != 0 {
                buckets.push((name.to_vec(), value.to_vec()));
            }
        })?;
        for (name, value) in buckets.iter().filter(|(name, _)| wanted(name)) {
            each(name, None);
            let mut entry = |_, key: &[u8], value: &[u8]| each(name, Some((key, value)));
            match number(value, 0)? {
                // A small bucket stands in its parent's page.
                0 => {
                    let page = value.get(HEADER..).ok_or(Broken::Inconsistent)?;
                    leaf(page, &mut entry)?;
                }
                root => self.tree(root, 0, &mut entry)?,
            }
        }
        Ok(())
    }

    fn tree(&mut self, id: u64, depth: usize, each: Each<'_>) -> Result<(), Broken> {
        let page = self.page(id)?;
        match kind(&page)? {
            LEAF => leaf(&page, each),
            BRANCH if depth < DEEPEST => {
                for at in elements(&page)? {
                    self.tree(number(&page, at + 8)?, depth + 1, each)?;
                }
                Ok(())
            }
            _ => Err(Broken::Inconsistent),
        }
    }

    /// A page with what overflows it. One that is met twice, or lies outside, makes the database inconsistent.
    fn page(&mut self, id: u64) -> Result<Vec<u8>, Broken> {
        let mut header = [0; HEADER];
        let at = id.checked_mul(self.page_size).ok_or(Broken::Inconsistent)?;
        let first = usize::try_from(id).map_err(|_| Broken::Inconsistent)?;
        if first >= self.met.len() {
            return Err(Broken::Inconsistent);
        }
        self.file.read_exact_at(&mut header, at)?;
        let count = small(&header, 12)? as usize + 1;
        let pages = self.met.get_mut(first..first + count).ok_or(Broken::Inconsistent)?;
        if number(&header, 0)? != id || pages.iter().any(|met| *met) {
            return Err(Broken::Inconsistent);
        }
        pages.fill(true);
        let length = self.page_size * count as u64;
        let length = usize::try_from(length).map_err(|_| Broken::Inconsistent)?;
        let mut page = vec![0; length];
        self.file.read_exact_at(&mut page, at)?;
        Ok(page)
    }
}

struct Meta {
    page_size: u64,
    root: u64,
    pages: u64,
    transaction: u64,
}

/// A meta page with its own checksum, if one lies there.
fn meta(file: &File, at: u64) -> Option<Meta> {
    let mut bytes = [0; META];
    file.read_exact_at(&mut bytes, at + HEADER as u64).ok()?;
    let small = |at| small(&bytes, at).ok();
    let number = |at| number(&bytes, at).ok();
    let is_meta = small(0)? == MAGIC && small(4)? == VERSION && number(56)? == fnv(&bytes[..56]);
    let page_size = u64::from(small(8)?);
    (is_meta && page_size.is_power_of_two() && page_size >= 512).then_some(Meta {
        page_size,
        root: number(16)?,
        pages: number(40)?,
        transaction: number(48)?,
    })
}

/// Where the elements of a page begin.
fn elements(page: &[u8]) -> Result<impl Iterator<Item = usize> + use<>, Broken> {
    let count = usize::from(u16::from_le_bytes(array(page, 10)?));
    Ok((0..count).map(|index| HEADER + index * ELEMENT))
}

/// Takes the flags, the key and the value of each element.
type Each<'e> = &'e mut dyn FnMut(u32, &[u8], &[u8]);

fn leaf(page: &[u8], each: Each<'_>) -> Result<(), Broken> {
    let mut last: Option<&[u8]> = None;
    for at in elements(page)? {
        let [flags, begin, key, value] = [0, 4, 8, 12].map(|offset| small(page, at + offset));
        let begin = at + begin? as usize;
        let middle = begin + key? as usize;
        let key = page.get(begin..middle).ok_or(Broken::Inconsistent)?;
        let value = page.get(middle..middle + value? as usize).ok_or(Broken::Inconsistent)?;
        if last.is_some_and(|last| last >= key) {
            return Err(Broken::Inconsistent);
        }
        last = Some(key);
        each(flags?, key, value);
    }
    Ok(())
}

fn kind(page: &[u8]) -> Result<u16, Broken> {
    Ok(u16::from_le_bytes(array(page, 8)?))
}

fn small(bytes: &[u8], at: usize) -> Result<u32, Broken> {
    Ok(u32::from_le_bytes(array(bytes, at)?))
}

fn number(bytes: &[u8], at: usize) -> Result<u64, Broken> {
    Ok(u64::from_le_bytes(array(bytes, at)?))
}

fn array<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], Broken> {
    let part = bytes.get(at..at + N).ok_or(Broken::Inconsistent)?;
    part.try_into().map_err(|_| Broken::Inconsistent)
}

/// FNV-1a of 64 bits (Go's `hash/fnv`).
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
