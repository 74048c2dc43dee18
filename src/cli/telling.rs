//! The flags that decide how results are told: language and colour.

use std::io::IsTerminal;

use clap::{Args, ValueEnum};

use crate::{message::Lang, report::Style};

/// Language and colour, for every command.
#[derive(Debug, Args)]
pub(crate) struct Telling {
    /// Language of the output [default: the locale]
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    lang: Option<Lang>,
    /// When to colour the output
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    color: Colour,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

impl Telling {
    /// How to write to standard output: coloured on a terminal unless `NO_COLOR` is set and not empty.
    pub(crate) fn style(&self) -> Style {
        let terminal = std::io::stdout().is_terminal();
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let colour = match self.color {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => {
                terminal && wanted && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        };
        let width = if terminal { terminal_width() } else { None };
        Style { colour, width: width.unwrap_or(80).clamp(60, 120), lang: self.lang() }
    }

    /// The language of a command line that can't be parsed.
    pub(crate) fn lang_of(arguments: impl Iterator<Item = String>) -> Lang {
        let mut arguments = arguments.skip_while(|one| !one.starts_with("--lang"));
        let asked = arguments.next().and_then(|flag| match flag.split_once('=') {
            Some((_, value)) => Some(value.to_owned()),
            None => arguments.next(),
        });
        let lang = asked.and_then(|value| Lang::from_str(&value, false).ok());
        Self { lang, color: Colour::Auto }.lang()
    }

    /// The language asked for, else the locale's.
    pub(crate) fn lang(&self) -> Lang {
        Lang::choose(self.lang, |name| std::env::var(name).ok())
    }
}

fn terminal_width() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(std::io::stdout()).ok()?;
    Some(usize::from(size.ws_col)).filter(|columns| *columns > 0)
}
