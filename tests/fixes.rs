//! The commands that findings propose: those of our own are read by our own command line, whatever the case.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, path::Path};

use etcd_tls::{
    diagnoses::{
        all,
        engine::{Fix, judge},
    },
    facts::Facts,
    observation::Observation,
};

#[test]
fn our_own_commands_are_ones_that_we_take() {
    let (mut read, mut refused) = (0, Vec::new());
    for fix in proposed() {
        for command in fix.commands() {
            let Some(at) = command.iter().position(|word| *word == "etcd-tls") else { continue };
            read += 1;
            if let Err(error) = etcd_tls::cli::command().try_get_matches_from(&command[at..]) {
                refused.push(format!("{}\n{error}", fix.line()));
            }
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
    assert!(read > 40, "only {read} commands of ours are proposed by all cases");
}

#[test]
fn a_line_is_the_command_as_a_shell_reads_it() {
    for fix in proposed() {
        let line = fix.line();
        let words = shlex::split(&line).unwrap_or_else(|| panic!("unbalanced quotes: {line}"));
        for word in fix.commands().concat() {
            assert!(words.iter().any(|read| read == word), "{word} is lost in {line}");
        }
    }
}

/// What all cases propose.
fn proposed() -> Vec<Fix> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases");
    let rooms = fs::read_dir(cases).unwrap().flat_map(|room| fs::read_dir(room.unwrap().path()));
    let files = rooms.flatten().map(|file| file.unwrap().path());
    let judged = files.flat_map(|file| {
        let observation: Observation = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
        let facts = Facts::derive(&observation);
        judge(&all(), &facts).findings
    });
    judged.flat_map(|judged| judged.finding.fixes).collect()
}
