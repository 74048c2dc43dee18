//! What the argument parser refuses, in our own words: a sentence for each kind of error, filled from its context.
//!
//! English keeps clap's own rendering, which has colour and follows its conventions.

use std::error::Error as _;

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use crate::{
    message::{CliMessage, Message, SystemMessage, Value},
    workflow::Failure,
};

/// The lines that say what is wrong: the error, tips, the usage, and where to read more.
pub(super) fn refusal(error: &Error) -> Vec<Message> {
    let mut lines = vec![CliMessage::Error { what: sentence(error).into() }.into()];
    lines.extend(details(error));
    let mut tips = tips(error);
    if !tips.is_empty() {
        lines.push(blank());
        lines.append(&mut tips);
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let usage = usage.to_string();
        let usage = usage.trim_start_matches("Usage: ").trim().into();
        lines.extend([blank(), CliMessage::Usage { usage }.into()]);
    }
    let flag = "--help".into();
    lines.extend([blank(), CliMessage::MoreInformation { flag }.into()]);
    lines
}

fn sentence(error: &Error) -> Message {
    let argument = || text(error, ContextKind::InvalidArg);
    let value = || text(error, ContextKind::InvalidValue);
    let message = match error.kind() {
        ErrorKind::InvalidValue if value().is_empty() => {
            CliMessage::ValueNeeded { argument: argument() }
        }
        ErrorKind::InvalidValue => {
            CliMessage::InvalidValue { value: value(), argument: argument() }
        }
        ErrorKind::ValueValidation => return invalid(error, value(), argument()),
        ErrorKind::UnknownArgument => CliMessage::UnknownArgument { argument: argument() },
        ErrorKind::InvalidSubcommand => {
            CliMessage::UnknownSubcommand { name: text(error, ContextKind::InvalidSubcommand) }
        }
        ErrorKind::NoEquals => CliMessage::EqualSignNeeded { argument: argument() },
        ErrorKind::TooManyValues => {
            CliMessage::SurplusValue { value: value(), argument: argument() }
        }
        ErrorKind::TooFewValues => number_of_values(error, ContextKind::MinValues),
        ErrorKind::WrongNumberOfValues => number_of_values(error, ContextKind::ExpectedNumValues),
        ErrorKind::ArgumentConflict => conflict(error, argument()),
        ErrorKind::MissingRequiredArgument => CliMessage::ArgumentsNeeded,
        ErrorKind::MissingSubcommand => {
            CliMessage::SubcommandNeeded { command: text(error, ContextKind::InvalidSubcommand) }
        }
        _ => return Message::Plain(original(error)),
    };
    message.into()
}

/// A value that its parser refuses: in our words if it is one of ours, else with the parser's in brackets.
fn invalid(error: &Error, value: Value, argument: Value) -> Message {
    let invalid = CliMessage::InvalidValue { value, argument };
    match error.source() {
        None => Message::Cli(invalid),
        Some(why) => match why.downcast_ref::<Failure>() {
            Some(failure) => failure.message.clone().about(invalid),
            None => {
                SystemMessage::InBrackets { what: invalid.into(), original: Value::quoted(why) }
                    .into()
            }
        },
    }
}

fn number_of_values(error: &Error, wanted: ContextKind) -> CliMessage {
    let argument = text(error, ContextKind::InvalidArg);
    let (wanted, given) = (text(error, wanted), text(error, ContextKind::ActualNumValues));
    CliMessage::NumberOfValues { argument, wanted, given }
}

fn conflict(error: &Error, argument: Value) -> CliMessage {
    match error.get(ContextKind::PriorArg) {
        Some(ContextValue::String(other)) if Value::from(other) == argument => {
            CliMessage::Repeated { argument }
        }
        Some(ContextValue::String(other)) => CliMessage::Excludes { argument, other: other.into() },
        _ => CliMessage::ExcludesThese { argument },
    }
}

/// Lists that belong to the sentence.
fn details(error: &Error) -> Vec<Message> {
    let indented =
        |kind| names(error, kind).iter().map(|name| plain(format!("  {name}"))).collect();
    match error.kind() {
        ErrorKind::ArgumentConflict
            if !matches!(error.get(ContextKind::PriorArg), Some(ContextValue::String(_))) =>
        {
            indented(ContextKind::PriorArg)
        }
        ErrorKind::MissingRequiredArgument => indented(ContextKind::InvalidArg),
        ErrorKind::InvalidValue => match names(error, ContextKind::ValidValue) {
            [] => Vec::new(),
            values => vec![CliMessage::PossibleValues { values: Value::list(values) }.into()],
        },
        ErrorKind::MissingSubcommand => {
            let names = Value::list(names(error, ContextKind::ValidSubcommand));
            vec![CliMessage::Subcommands { names }.into()]
        }
        _ => Vec::new(),
    }
}

fn tips(error: &Error) -> Vec<Message> {
    let mut tips: Vec<Message> = Vec::new();
    let similar = |kind| names(error, kind).iter().map(Value::from);
    let subcommands = similar(ContextKind::SuggestedSubcommand);
    tips.extend(subcommands.map(|name| CliMessage::SimilarSubcommand { name }.into()));
    let arguments = similar(ContextKind::SuggestedArg);
    tips.extend(arguments.map(|name| CliMessage::SimilarArgument { name }.into()));
    let values = similar(ContextKind::SuggestedValue);
    tips.extend(values.map(|name| CliMessage::SimilarValue { name }.into()));
    if let Some(ContextValue::StyledStrs(_)) = error.get(ContextKind::Suggested)
        && error.kind() == ErrorKind::UnknownArgument
    {
        let argument = text(error, ContextKind::InvalidArg);
        tips.push(CliMessage::PassAsValue { argument }.into());
    }
    tips
}

fn text(error: &Error, kind: ContextKind) -> Value {
    match error.get(kind) {
        Some(ContextValue::Number(number)) => number.to_string().into(),
        _ => names(error, kind).first().cloned().unwrap_or_default().into(),
    }
}

fn names(error: &Error, kind: ContextKind) -> &[String] {
    match error.get(kind) {
        Some(ContextValue::String(name)) => std::slice::from_ref(name),
        Some(ContextValue::Strings(names)) => names,
        _ => &[],
    }
}

/// What has no sentence of ours, as clap says it.
fn original(error: &Error) -> Value {
    let rendered = error.render().to_string();
    let first = rendered.lines().next().unwrap_or_default();
    Value::quoted(first.trim_start_matches("error: "))
}

fn plain(line: String) -> Message {
    Message::Plain(line.into())
}

fn blank() -> Message {
    plain(String::new())
}
