//! `completions` and `man`: made from the command line's own definition, so that they can't differ from it.

use std::io::{self, Write};

use clap::{Args, Command};
use clap_complete::Shell;

use super::{Done, exit::Exit};

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell to complete for
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the completion script of a shell.
pub(super) fn completions(args: &CompletionsArgs, mut command: Command) -> Done<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "etcd-tls", &mut script);
    print(&script)
}

/// Prints the manual page: the program, then each command in its own sections.
pub(super) fn man(command: Command) -> Done<Exit> {
    let mut command = command.disable_help_subcommand(true);
    command.build();
    let mut page = Vec::new();
    render(&command, &mut page)?;
    print(&page)
}

/// A page for a command and, behind it, those of its commands.
fn render(command: &Command, page: &mut Vec<u8>) -> io::Result<()> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    clap_mangen::Man::new(command.clone()).title(name).render(page)?;
    command.get_subcommands().try_for_each(|inner| render(inner, page))
}

fn print(bytes: &[u8]) -> Done<Exit> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(Exit::Fine)
}
