//! Draws pictures with boxes and arrows that stay in line whatever the width of their characters. Box characters count one column, as
//! terminals draw them outside of East Asian legacy modes.

use unicode_width::UnicodeWidthStr;

use super::super::text::wrap::wrap;
use crate::learn::{Arrow, Branch, Direction, Picture, Stage};

/// Columns of a box around its text.
const FRAME: usize = 4;
/// Columns of an arrow around its label, the blanks beside it counted.
const ARROW: usize = 10;
/// The narrowest way between two boxes.
const NARROWEST: usize = 18;

/// The lines of a picture, none wider than `width`.
pub(super) fn lines(picture: &Picture, width: usize) -> Vec<String> {
    match picture {
        Picture::Exchange { left, right, arrows } => exchange(left, right, arrows, width),
        Picture::Flow(stages) => flow(stages, width),
        Picture::Tree(branches) => tree(branches, width),
    }
}

fn exchange(left: &[String], right: &[String], arrows: &[Arrow], width: usize) -> Vec<String> {
    let label = arrows.iter().map(|arrow| arrow.label.width()).max().unwrap_or(0);
    let boxes = widest(left) + widest(right) + 2 * FRAME;
    let gap = (label + ARROW).min(width.saturating_sub(boxes).max(NARROWEST));
    let room = width.saturating_sub(gap + 2 * FRAME) / 2;
    let fits = boxes + gap <= width;
    let within = |phrases: &[String]| if fits { widest(phrases) } else { room };
    let (left_width, right_width) = (within(left), within(right));
    let (left, right) = (wrapped(left, left_width), wrapped(right, right_width));
    let between: Vec<String> = arrows.iter().flat_map(|arrow| across(arrow, gap)).collect();
    let height = left.len().max(right.len()).max(between.len());
    let blank = String::new();
    let mut lines = vec![format!(
        "{}{}{}",
        edge('┌', '┐', left_width),
        " ".repeat(gap),
        edge('┌', '┐', right_width)
    )];
    for row in 0..height {
        let of = |side: &[String], width| cell(side.get(row).unwrap_or(&blank), width);
        let way = padded(between.get(row).unwrap_or(&blank), gap);
        lines.push(format!("{}{way}{}", of(&left, left_width), of(&right, right_width)));
    }
    lines.push(format!(
        "{}{}{}",
        edge('└', '┘', left_width),
        " ".repeat(gap),
        edge('└', '┘', right_width)
    ));
    lines
}

/// One arrow of exactly `gap` columns; a label that does not fit stands above it.
fn across(arrow: &Arrow, gap: usize) -> Vec<String> {
    let label = &arrow.label;
    let length = gap - 2;
    let (head, tail) = match arrow.direction {
        Direction::Forward => ("──", ">"),
        Direction::Back => ("<─", "─"),
        Direction::Both => ("<─", ">"),
    };
    if label.width() + ARROW <= gap {
        let begin = format!("{head} {label} ");
        let dashes = "─".repeat(length.saturating_sub(begin.width() + 1));
        return vec![format!(" {begin}{dashes}{tail} ")];
    }
    let mut lines: Vec<String> =
        wrap(label, length).into_iter().map(|part| format!(" {part}")).collect();
    lines.push(format!(" {head}{}{tail} ", "─".repeat(length.saturating_sub(3))));
    lines
}

fn flow(stages: &[Stage], width: usize) -> Vec<String> {
    let natural = stages.iter().map(|stage| widest(&stage.lines)).max().unwrap_or(0);
    let inner = natural.min(width.saturating_sub(FRAME));
    let mut lines = Vec::new();
    for stage in stages {
        lines.push(edge('┌', '┐', inner));
        let text = wrapped(&stage.lines, inner);
        lines.extend(text.iter().map(|line| cell(line, inner)));
        lines.push(edge('└', '┘', inner));
        for next in &stage.next {
            if next.direction != Direction::Forward {
                lines.push("    ^".to_owned());
            }
            let label = wrap(&next.label, width.saturating_sub(6));
            lines.extend(label.iter().map(|part| format!("    │ {part}")));
            if next.direction != Direction::Back {
                lines.push("    v".to_owned());
            }
        }
    }
    lines
}

fn tree(branches: &[Branch], width: usize) -> Vec<String> {
    let stems: Vec<String> = (0..branches.len()).map(|at| stem(branches, at)).collect();
    let named = branches.iter().zip(&stems);
    let names: Vec<String> = named.map(|(branch, stem)| format!("{stem}{}", branch.name)).collect();
    let column = names.iter().map(|name| name.width()).max().unwrap_or(0) + 2;
    let mut lines = Vec::new();
    for (at, branch) in branches.iter().enumerate() {
        let note = wrap(&branch.note, width.saturating_sub(column).max(10));
        lines.push(format!("{}{}", padded(&names[at], column), note[0]));
        let below = branches.get(at + 1).map(|_| carried(&stems[at + 1])).unwrap_or_default();
        for part in &note[1..] {
            lines.push(format!("{}{part}", padded(&below, column)));
        }
    }
    lines
}

/// What stands in front of a name: a line for each level above that goes on below, and the joint.
fn stem(branches: &[Branch], at: usize) -> String {
    let depth = branches[at].depth;
    let goes_on = |level: usize| {
        let below = branches[at + 1..].iter().take_while(|next| next.depth >= level);
        below.into_iter().any(|next| next.depth == level)
    };
    let mut stem = String::new();
    for level in 1..depth {
        stem.push_str(if goes_on(level) { "│  " } else { "   " });
    }
    if depth > 0 {
        stem.push_str(if goes_on(depth) { "├─ " } else { "└─ " });
    }
    stem
}

/// The lines that lead down to the next name.
fn carried(stem: &str) -> String {
    stem.chars().map(|c| if c == '│' || c == '├' || c == '└' { '│' } else { ' ' }).collect()
}

fn widest(lines: &[String]) -> usize {
    lines.iter().map(|line| line.width()).max().unwrap_or(0)
}

fn wrapped(lines: &[String], width: usize) -> Vec<String> {
    let within = |line: &String| {
        if line.width() <= width { vec![line.clone()] } else { wrap(line, width) }
    };
    lines.iter().flat_map(within).collect()
}

fn edge(left: char, right: char, inner: usize) -> String {
    format!("{left}{}{right}", "─".repeat(inner + 2))
}

fn cell(text: &str, inner: usize) -> String {
    format!("│ {} │", padded(text, inner))
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}
