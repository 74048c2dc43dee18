//! What a word that a reader types leads to: a diagnosis by its id, a topic, an option of etcd, etcdctl or kube-apiserver in any of its
//! spellings, or a file that some layout has.

use super::{
    LayoutFile, TlsOption, Topic, all, files_named,
    options::{self, spelt},
    options_named,
};

/// How many near words an unknown one is answered with.
const NEAR: usize = 3;

/// What a word stands for.
#[derive(Debug)]
pub enum Found {
    /// A topic.
    Topic(&'static Topic),
    /// The options of that name, one for each program that has it.
    Options(Vec<TlsOption>),
    /// The files of that name.
    Files(Vec<LayoutFile>),
}

/// What a word stands for. A word with dashes in front, or in capitals, is an option.
pub fn find(word: &str) -> Option<Found> {
    let plain = word.to_ascii_lowercase();
    let topic = all().iter().find(|topic| topic.id == plain || topic.aliases.contains(&word));
    if let Some(topic) = topic {
        return Some(Found::Topic(topic));
    }
    let options = options_named(word);
    if !options.is_empty() {
        return Some(Found::Options(options));
    }
    let files = files_named(word);
    (!files.is_empty()).then_some(Found::Files(files))
}

/// The words most like an unknown one, best first, among those given and all that `find` knows.
pub fn nearest(word: &str, others: &[&'static str]) -> Vec<&'static str> {
    let (sought, _) = spelt(word);
    let likeness = |known: &str| {
        let part = if sought.len() > 2 && known.contains(&sought) { 1.0 } else { 0.0 };
        part + strsim::jaro_winkler(&sought, known)
    };
    let topics = all().iter().map(|topic| topic.id);
    let options = options::all().map(|option| option.name);
    let mut scored: Vec<(f64, &'static str)> = Vec::new();
    for known in others.iter().copied().chain(topics).chain(options) {
        if !scored.iter().any(|(_, before)| *before == known) {
            scored.push((likeness(known), known));
        }
    }
    scored.sort_by(|(left, _), (right, _)| right.total_cmp(left));
    let close = scored.into_iter().filter(|(score, _)| *score > 0.75);
    close.map(|(_, known)| known).take(NEAR).collect()
}

#[cfg(test)]
mod tests {
    use super::{Found, find, nearest};

    fn is_option(word: &str, name: &str) -> bool {
        matches!(find(word), Some(Found::Options(found)) if found.iter().all(|option| option.name == name))
    }

    #[test]
    fn an_option_is_known_in_every_spelling() {
        for word in ["--trusted-ca-file", "trusted-ca-file", "ETCD_TRUSTED_CA_FILE"] {
            assert!(is_option(word, "trusted-ca-file"), "{word}");
        }
        for word in ["--cacert", "cacert", "ETCDCTL_CACERT", "-cacert"] {
            assert!(is_option(word, "cacert"), "{word}");
        }
        assert!(is_option(
            "--experimental-peer-skip-client-san-verification",
            "peer-skip-client-san-verification"
        ));
    }

    #[test]
    fn a_file_is_known_by_its_name_and_by_its_path() {
        // kubeadm's and minikube's, each at its place.
        for (word, places) in
            [("healthcheck-client.crt", 2), ("/etc/kubernetes/pki/etcd/healthcheck-client.key", 1)]
        {
            let found = find(word);
            assert!(matches!(found, Some(Found::Files(found)) if found.len() == places), "{word}");
        }
    }

    #[test]
    fn a_misspelt_word_finds_its_own() {
        assert_eq!(nearest("tcp-refusd", &["tcp-refused"]), ["tcp-refused"]);
        assert!(nearest("--trusted-ca-fle", &[]).contains(&"trusted-ca-file"));
        assert_eq!(nearest("rotaton", &[]).first(), Some(&"rotation"));
        assert!(nearest("zzz", &["tcp-refused"]).is_empty());
    }
}
