//! The pages of the commands, from the command line's own definition.

use std::{fmt::Write as _, path::PathBuf};

use clap::{Arg, Command};

/// One page.
pub(crate) struct Page {
    /// Below `docs`.
    pub(crate) path: PathBuf,
    /// What the table of contents calls it.
    pub(crate) title: String,
    /// Whether the others stand below it.
    pub(crate) is_index: bool,
    /// The page itself.
    pub(crate) text: String,
}

const MADE: &str = "<!-- Generated from src/cli by `cargo run --example docs`. -->\n\n";

/// The index first, then a page for each command.
pub(crate) fn pages() -> Vec<Page> {
    let mut command = etcd_tls::cli::command().disable_help_subcommand(true);
    command.build();
    let mut index = format!("{MADE}# Commands\n\n{}\n\n", about(&command));
    index.push_str("| command | |\n| --- | --- |\n");
    let mut pages = Vec::new();
    for inner in command.get_subcommands() {
        let name = inner.get_name();
        let _ = writeln!(index, "| [{name}]({name}.md) | {} |", words(&about(inner)));
        let mut text = MADE.to_owned();
        render(&mut text, inner, 1);
        pages.push(Page {
            path: PathBuf::from(format!("commands/{name}.md")),
            title: name.to_owned(),
            is_index: false,
            text,
        });
    }
    index.push_str("\n## Options of every command\n\n");
    let everywhere =
        |arg: &&Arg| arg.is_global_set() || ["help", "version"].contains(&arg.get_id().as_str());
    table(&mut index, command.get_arguments().filter(everywhere));
    index.push_str(
        "\nExit codes: 0 healthy (warnings allowed), 1 a problem was found, 2 the command line is wrong, 3 the tool itself failed.\n",
    );
    let index = Page {
        path: PathBuf::from("commands/README.md"),
        title: "Commands".to_owned(),
        is_index: true,
        text: index,
    };
    std::iter::once(index).chain(pages).collect()
}

/// A command and, below it, its own commands.
fn render(text: &mut String, command: &Command, level: usize) {
    let name = command.get_bin_name().unwrap_or_else(|| command.get_name());
    let usage = command.clone().render_usage().to_string();
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage);
    let _ = writeln!(text, "{} {name}\n\n{}.\n", "#".repeat(level), words(&about(command)));
    let _ = writeln!(text, "```text\n{}\n```\n", usage.trim_end());
    let own = |arg: &&Arg| {
        !arg.is_global_set()
            && !arg.is_hide_set()
            && !["help", "version"].contains(&arg.get_id().as_str())
    };
    if command.get_arguments().any(|arg| own(&arg)) {
        table(text, command.get_arguments().filter(own));
    }
    if let Some(after) = command.get_after_help() {
        let _ = writeln!(text, "\n{}", words(&after.to_string()));
    }
    for inner in command.get_subcommands() {
        text.push('\n');
        render(text, inner, level + 1);
    }
}

fn about(command: &Command) -> String {
    command.get_about().map(|about| about.to_string()).unwrap_or_default()
}

fn table<'a>(text: &mut String, args: impl Iterator<Item = &'a Arg>) {
    text.push_str("| option | meaning |\n| --- | --- |\n");
    for arg in args {
        let _ = writeln!(text, "| {} | {} |", cell(&spelling(arg)), meaning(arg));
    }
}

/// `-o`, `--output <OUTPUT>`, and what else it answers to.
fn spelling(arg: &Arg) -> Vec<String> {
    let mut spellings = Vec::new();
    let shorts =
        arg.get_short().into_iter().chain(arg.get_visible_short_aliases().unwrap_or_default());
    spellings.extend(shorts.map(|short| format!("-{short}")));
    let value = if arg.get_action().takes_values() {
        let names = arg.get_value_names().unwrap_or_default();
        names.iter().map(|name| format!(" <{name}>")).collect()
    } else {
        String::new()
    };
    if arg.is_positional() {
        spellings.push(value.trim_start().to_owned());
    }
    let longs = arg.get_long().into_iter().chain(arg.get_visible_aliases().unwrap_or_default());
    spellings.extend(longs.map(|long| format!("--{long}{value}")));
    spellings
}

/// Its help, then the values that it takes, its default and its variable.
fn meaning(arg: &Arg) -> String {
    let mut parts = vec![words(&arg.get_help().map(ToString::to_string).unwrap_or_default())];
    let values: Vec<_> = arg
        .get_possible_values()
        .iter()
        .filter(|value| !value.is_hide_set())
        .map(|value| value.get_name().to_owned())
        .collect();
    if arg.get_action().takes_values() && !values.is_empty() {
        parts.push(format!("One of {}.", cell(&values)));
    }
    let defaults: Vec<_> =
        arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    if arg.get_action().takes_values() && !defaults.is_empty() {
        parts.push(format!("Default: {}.", cell(&defaults)));
    }
    if let Some(variable) = arg.get_env() {
        parts.push(format!("Else from {}.", cell(&[variable.to_string_lossy().into_owned()])));
    }
    parts.join("<br>")
}

/// Code spans beside each other.
fn cell(items: &[String]) -> String {
    items
        .iter()
        .map(|item| format!("`{}`", item.replace('|', "\\|")))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Help as Markdown: no mark in it, no line end.
fn words(help: &str) -> String {
    let mut text = String::with_capacity(help.len());
    for c in help.chars() {
        match c {
            '\n' => text.push(' '),
            '<' | '>' | '*' | '|' | '[' | ']' => text.extend(['\\', c]),
            _ => text.push(c),
        }
    }
    text
}
