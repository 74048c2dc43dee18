//! Completions and the manual page follow the command line: every command and its flags are in them.

mod support;

use support::tool::etcd_tls;

#[test]
fn each_shell_gets_its_script() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = etcd_tls(["completions", shell]).run();
        assert_eq!(run.code, Some(0), "{shell}: {}", run.stderr);
        for word in ["check", "env", "cacert"] {
            assert!(run.stdout.contains(word), "{shell} lacks {word}");
        }
    }
    assert_eq!(etcd_tls(["completions", "tcsh"]).run().code, Some(2));
}

#[test]
fn the_manual_has_every_command() {
    let run = etcd_tls(["man"]).run();
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let help = etcd_tls(["--help"]).run().stdout;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    // A description that is too long goes on in the next line, further in.
    let first = |line: &str| line.strip_prefix("  ")?.split(' ').next().map(str::to_owned);
    let listed = commands.take_while(|line| !line.is_empty()).filter_map(first);
    let names: Vec<_> = listed.filter(|name| !name.is_empty() && name != "help").collect();
    assert!(names.iter().any(|name| name == "check") && names.len() > 6, "{names:?}");
    for name in names {
        assert!(run.stdout.contains(&format!("etcd\\-tls\\-{name}")), "{name} has no page");
    }
}

#[test]
fn a_command_says_of_itself_what_is_said_of_it() {
    let help = etcd_tls(["--help"]).run().stdout;
    let (_, listed) = help.split_once("Commands:").unwrap();
    let listed = listed.lines().skip(1).take_while(|line| !line.is_empty());
    let mut seen = 0;
    for (name, said) in listed.filter_map(|line| line.trim().split_once("  ")) {
        if name != "help" && name != "man" {
            let own = etcd_tls([name, "-h"]).run().stdout;
            let first = own.lines().next().unwrap_or_default();
            // A long one goes on in the next line of the list.
            assert!(first.starts_with(said.trim()), "{name}: {first}");
            seen += 1;
        }
    }
    assert!(seen > 8, "{help}");
}
