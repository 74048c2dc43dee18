//! A CA made by the tool itself, in a folder of its own.

use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use super::tool::{Run, etcd_tls};

/// A CA's folder and what was issued into it.
pub(crate) struct Ca {
    folder: TempDir,
}

impl Ca {
    /// A root CA called etcd-ca.
    pub(crate) fn new() -> Self {
        Self::with(&[])
    }

    /// The same, with more flags for `ca init`.
    pub(crate) fn with(flags: &[&str]) -> Self {
        let ca = Self { folder: TempDir::new().unwrap() };
        let run = ca.run(&[&["init", "--cn", "etcd-ca"], flags].concat());
        assert_eq!(run.code, Some(0), "{run:#?}");
        ca
    }

    /// A folder without a CA in it.
    pub(crate) fn nowhere() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// `etcd-tls ca …` with this CA; the folder that commands run in holds it as `ca`.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        self.tool(&["ca"], args).run()
    }

    /// `etcd-tls ledger …` with this CA.
    pub(crate) fn ledger(&self, args: &[&str]) -> Run {
        self.tool(&["ledger"], args).run()
    }

    /// Any of its commands, not yet run.
    pub(crate) fn tool(&self, command: &[&str], args: &[&str]) -> super::tool::Tool {
        let (subcommand, rest) = args.split_first().unwrap();
        etcd_tls(command).args([subcommand, "--ca-dir", "ca"]).args(rest).folder(self.folder())
    }

    /// Runs a command that has to succeed; its objects.
    #[track_caller]
    pub(crate) fn json(&self, args: &[&str]) -> Vec<Value> {
        let run = self.run(&[args, &["-o", "json"]].concat());
        assert_eq!(run.code, Some(0), "{run:#?}");
        run.lines()
    }

    /// Issues one certificate into `out`.
    #[track_caller]
    pub(crate) fn issue(&self, args: &[&str]) -> Value {
        self.json(&[&["issue"], args, &["--out", "out"]].concat()).remove(0)
    }

    /// All records.
    #[track_caller]
    pub(crate) fn records(&self) -> Vec<Value> {
        self.json(&["list"])
    }

    /// The folder that commands run in.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A file in that folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    /// The same as text.
    pub(crate) fn text(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    /// `etcd-tls verify` of a file that was issued.
    #[track_caller]
    pub(crate) fn accepts(&self, name: &str, usage: &str, host: Option<&str>) {
        let (cacert, cert, key) = (
            self.text("ca/ca.crt"),
            self.text(&format!("{name}.crt")),
            self.text(&format!("{name}.key")),
        );
        let mut args = vec!["verify", "--cacert", &cacert, "--cert", &cert, "--key", &key];
        args.extend(["--usage", usage, "-o", "json"]);
        args.extend(host.iter().flat_map(|host| ["--host", host]));
        let run = etcd_tls(args).run();
        assert_eq!(run.code, Some(0), "{run:#?}");
    }
}

impl Run {
    /// Standard output as one JSON document a line.
    pub(crate) fn lines(&self) -> Vec<Value> {
        self.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}
