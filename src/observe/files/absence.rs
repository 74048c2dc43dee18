//! A path that leads to no file: which component is missing, and what the user may have meant.

use std::ffi::OsStr;
use std::fs::DirEntry;
use std::path::{Path, PathBuf};

use super::walk::Stop;
use super::walk::walk;
use crate::observation::file::FileState;
use crate::observation::refusal::SystemError;

/// No directory of certificates has more; a spool that somebody names by mistake may.
const MOST_ENTRIES: usize = 10_000;
const MOST_NEAR: usize = 5;
const MOST_CANDIDATES: usize = 20;

/// The state of a path that is not there.
pub(crate) fn missing(path: &Path) -> FileState {
    let Err(stop) = walk(path) else {
        // It appeared meanwhile, after the system had said this.
        let error = SystemError::Errno(rustix::io::Errno::NOENT.raw_os_error());
        return FileState::Failed { error };
    };
    FileState::Missing {
        first_missing: stop.reached.join(&stop.name).display().to_string(),
        near: near(&stop),
        dangling_link: stop.link_target.map(|target| target.display().to_string()),
    }
}

/// The files in a directory that are named as certificates and keys are.
pub(crate) fn candidates(directory: &Path) -> Vec<String> {
    let named =
        |entry: &DirEntry| has_extension(&entry.path(), &["crt", "pem", "cer", "cert", "key"]);
    let mut paths: Vec<_> =
        entries(directory).filter(named).map(|e| e.path()).filter(|path| path.is_file()).collect();
    paths.sort();
    paths.truncate(MOST_CANDIDATES);
    texts(paths)
}

/// Names beside the missing one that are close and lead to a file, best first.
fn near(stop: &Stop) -> Vec<String> {
    let wanted = stop.name.to_string_lossy();
    let mut scored: Vec<(f64, PathBuf)> = entries(&stop.reached)
        .filter_map(|entry| {
            let score = closeness(&wanted, &entry.file_name().to_string_lossy())?;
            let path = stop.reached.join(entry.file_name());
            let path = if stop.rest.as_os_str().is_empty() { path } else { path.join(&stop.rest) };
            path.is_file().then_some((score, path))
        })
        .collect();
    scored.sort_by(|(a, left), (b, right)| b.total_cmp(a).then_with(|| left.cmp(right)));
    scored.truncate(MOST_NEAR);
    texts(scored.into_iter().map(|(_, path)| path).collect())
}

/// How close two names are, if they are close at all.
fn closeness(wanted: &str, found: &str) -> Option<f64> {
    const LEAST: f64 = 0.8;
    let (wanted, found) = (wanted.to_lowercase(), found.to_lowercase());
    let (left, right) = (words(&wanted), words(&found));
    // A key is no substitute for a certificate, however alike their names are.
    if left.contains(&"key") != right.contains(&"key") {
        return None;
    }
    let contains = |all: &[&str], some: &[&str]| some.iter().all(|word| all.contains(word));
    let score = match (contains(&left, &right), contains(&right, &left)) {
        (true, true) => 1.0,
        (false, false) => strsim::jaro_winkler(&left.join("-"), &right.join("-")),
        _ => 0.9,
    };
    (score >= LEAST && !left.is_empty() && !right.is_empty()).then_some(score)
}

/// The words of a file name without an extension that only says "certificate".
fn words(name: &str) -> Vec<&str> {
    let stem = [".crt", ".pem", ".cer", ".cert"].iter().find_map(|end| name.strip_suffix(end));
    let words = stem.unwrap_or(name).split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).collect()
}

/// The entries of a directory; none if it cannot be listed.
pub(crate) fn entries(directory: &Path) -> impl Iterator<Item = DirEntry> {
    let here = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
    std::fs::read_dir(here).into_iter().flatten().flatten().take(MOST_ENTRIES)
}

/// Whether a path ends in one of `extensions`, in any case.
pub(crate) fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let extension = path.extension().and_then(OsStr::to_str);
    extension.is_some_and(|end| extensions.iter().any(|known| known.eq_ignore_ascii_case(end)))
}

fn texts(paths: Vec<PathBuf>) -> Vec<String> {
    paths.into_iter().map(|path| path.display().to_string()).collect()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    struct Pki(tempfile::TempDir);

    impl Pki {
        fn with(files: &[&str]) -> Self {
            let pki = Self(tempfile::tempdir().unwrap());
            for file in files {
                let path = pki.path(file);
                std::fs::create_dir_all(Path::new(&path).parent().unwrap()).unwrap();
                std::fs::write(path, "").unwrap();
            }
            pki
        }

        fn path(&self, name: &str) -> String {
            self.0.path().canonicalize().unwrap().join(name).display().to_string()
        }

        fn missing(&self, name: &str) -> (String, Option<String>, Vec<String>) {
            let FileState::Missing { first_missing, dangling_link, near } =
                missing(Path::new(&self.path(name)))
            else {
                panic!()
            };
            (first_missing, dangling_link, near)
        }
    }

    #[test]
    fn close_names_come_best_first() {
        let files = ["ca.crt", "ca.key", "client-key.pem", "client.crt", "server.crt", "CA.pem"];
        let pki = Pki::with(&files);
        let near = |name: &str, expected: &[&str]| {
            let expected: Vec<_> = expected.iter().map(|name| pki.path(name)).collect();
            assert_eq!(pki.missing(name), (pki.path(name), None, expected), "{name}");
        };
        near("etcd-ca.crt", &["CA.pem", "ca.crt"]);
        near("ca.pem", &["CA.pem", "ca.crt"]);
        near("client.key", &["client-key.pem"]);
        near("clinet.crt", &["client.crt"]);
        near("zzz", &[]);
    }

    #[test]
    fn a_wrong_directory_is_named_and_corrected() {
        let pki = Pki::with(&["pki/etcd/ca.crt", "pki/other/x"]);
        let expected = (pki.path("pkii"), None, vec![pki.path("pki/etcd/ca.crt")]);
        assert_eq!(pki.missing("pkii/etcd/ca.crt"), expected);
        let below_file = pki.missing("pki/etcd/ca.crt/x");
        assert_eq!(below_file, (pki.path("pki/etcd/ca.crt/x"), None, Vec::new()));
    }

    #[test]
    fn a_dangling_link_names_its_target() {
        let pki = Pki::with(&["real/ca.crt"]);
        symlink("real", pki.path("linked")).unwrap();
        symlink("linked/ca-2025.crt", pki.path("ca.crt")).unwrap();
        let near = vec![pki.path("real/ca.crt")];
        let target = pki.path("linked/ca-2025.crt");
        let expected = (pki.path("real/ca-2025.crt"), Some(target), near.clone());
        assert_eq!(pki.missing("ca.crt"), expected);
        let through_link = (pki.path("real/ca-2025.crt"), None, near);
        assert_eq!(pki.missing("linked/ca-2025.crt"), through_link);
    }
}
