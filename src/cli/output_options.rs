//! The flags that decide how results are printed: format, language, colour, and from which severity on a command fails.

use std::io::IsTerminal;

use clap::{
    Args, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};

use super::stderr::Stderr;
use crate::{
    diagnoses::engine::{Level, Severity},
    message::{Lang, locale_is_utf8},
    report::{Format, Style},
};

/// Language and colour, for every command.
#[derive(Debug, Args)]
pub(crate) struct OutputOptions {
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

impl OutputOptions {
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
        let width = width.unwrap_or(80).clamp(60, 120);
        let variable = |name: &str| std::env::var(name).ok();
        Style { colour, width, lang: self.lang(), ascii: !locale_is_utf8(variable) }
    }

    /// Standard error in the same language.
    pub(crate) fn stderr(&self) -> Stderr {
        Stderr::new(self.lang())
    }

    /// The language of a command line that can't be parsed.
    pub(crate) fn lang_of(arguments: impl Iterator<Item = String>) -> Lang {
        let mut arguments = arguments.skip_while(|argument| !argument.starts_with("--lang"));
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

/// From which severity on a command fails.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct FailOptions {
    /// From which severity on the exit code is 1
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// The same as --fail-on warning
    #[arg(long)]
    strict: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    Warning,
    Error,
}

impl FailOptions {
    /// The mildest level that is a failure.
    pub(super) fn level(self) -> Level {
        match self.fail_on {
            // What was not carried out is not known to work.
            FailOn::Error if !self.strict => Level::Incomplete,
            FailOn::Error | FailOn::Warning => Level::Warning,
        }
    }

    /// The mildest severity that is a failure.
    pub(super) fn severity(self) -> Severity {
        if self.level() == Level::Warning { Severity::Warning } else { Severity::Error }
    }
}

/// Takes those formats that a command can print.
pub(super) fn formats(known: &[Format]) -> impl TypedValueParser<Value = Format> {
    let values = known.iter().filter_map(Format::to_possible_value);
    PossibleValuesParser::new(values.map(|value| value.help(None)).collect::<Vec<_>>())
        .try_map(|name| Format::from_str(&name, false))
}
