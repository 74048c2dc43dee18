//! The handshake as a ladder: an arrow a message between two rails, with the files that decide below it.

use maud::{Markup, html};

use crate::{
    facts::{Direction, Rung, RungState},
    message::{Lang, Word},
};

/// The way to one endpoint.
pub(super) fn of(rungs: &[Rung], lang: Lang) -> Markup {
    html! {
        div.ladder {
            p.ends {
                span { (Word::ClientSide.in_lang(lang)) }
                span { (Word::ServerSide.in_lang(lang)) }
            }
            ol { @for message in rungs { (rung(message, lang)) } }
        }
    }
}

fn rung(rung: &Rung, lang: Lang) -> Markup {
    let (class, sign, why) = match &rung.state {
        RungState::Taken => ("taken", "√", None),
        RungState::Broken(why) => ("broken", "×", Some(why)),
        RungState::NotReached => ("ahead", "", None),
    };
    let who = match rung.direction {
        Direction::Here => "",
        Direction::ToServer => "→ ",
        Direction::ToClient => "← ",
        Direction::Both => "↔ ",
    };
    html! {
        li.(class) {
            p.message { span.sign { (sign) } " " span.who { (who) } (rung.title.say(lang)) }
            (arrow(rung.direction, why.is_some()))
            @for note in rung.notes.iter().chain(&rung.files) {
                @if !note.is_empty() { p.note { (note.say(lang)) } }
            }
            @if let Some(why) = why { @if !why.is_empty() { p.why { (why.say(lang)) } } }
        }
    }
}

/// A line as wide as there is room, with a head where the message arrives, or a cross where it ended.
fn arrow(direction: Direction, is_broken: bool) -> Markup {
    let right = matches!(direction, Direction::ToServer | Direction::Both);
    let left = matches!(direction, Direction::ToClient | Direction::Both);
    html! {
        @if left || right {
            svg.arrow width="100%" height="14" aria-hidden="true" {
                line x1="0" y1="7" x2="100%" y2="7" {}
                @if right { (head("100%", is_broken, "M-9 2 L-1 7 L-9 12", "M-12 2 L-2 12 M-12 12 L-2 2")) }
                @if left { (head("0", is_broken, "M9 2 L1 7 L9 12", "M2 2 L12 12 M2 12 L12 2")) }
            }
        }
    }
}

fn head(x: &str, is_broken: bool, point: &str, cross: &str) -> Markup {
    html! {
        svg x=(x) overflow="visible" { path d=(if is_broken { cross } else { point }) {} }
    }
}
