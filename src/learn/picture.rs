//! Pictures as data: who stands where, and what goes between. A terminal draws them with boxes and arrows.
//!
//! In Markdown a picture is a fenced block, `exchange`, `flow` or `tree`. In the first two a line behind `| ` stands in a box, and a line
//! behind `-> `, `<- ` or `<-> ` goes from the box above to the one below; an exchange has two boxes. In a tree two blanks lead one
//! level down, and two or more part a name from what is said of it.

/// What is drawn.
#[derive(Debug, PartialEq, Eq)]
pub enum Picture {
    /// Two parties side by side, and what goes between them in order.
    Exchange {
        /// The lines of the left box, its name first.
        left: Vec<String>,
        /// The lines of the right box.
        right: Vec<String>,
        /// From the first to the last.
        arrows: Vec<Arrow>,
    },
    /// One box below another, with what leads from each to the next.
    Flow(Vec<Stage>),
    /// What lies below what.
    Tree(Vec<Branch>),
}

/// What goes between two parties.
#[derive(Debug, PartialEq, Eq)]
pub struct Arrow {
    /// Who sends.
    pub direction: Direction,
    /// What is sent.
    pub label: String,
}

/// Where an arrow points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From left to right, or down.
    Forward,
    /// From right to left.
    Back,
    /// Both ways.
    Both,
}

/// A box, and the arrows to the one below.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Stage {
    /// The lines of the box.
    pub lines: Vec<String>,
    /// What leads to the next; none at the last.
    pub next: Vec<Arrow>,
}

/// One entry of a tree.
#[derive(Debug, PartialEq, Eq)]
pub struct Branch {
    /// How deep it lies; 0 is the root.
    pub depth: usize,
    /// Its name.
    pub name: String,
    /// What it is.
    pub note: String,
}

impl Picture {
    /// Reads a fenced block; none where it is no picture, or has a line that is no part of one.
    pub(super) fn parse(kind: &str, body: &str) -> Option<Self> {
        match kind {
            "flow" => stages(body).map(Self::Flow),
            "exchange" => {
                let [left, right] = <[Stage; 2]>::try_from(stages(body)?).ok()?;
                Some(Self::Exchange { left: left.lines, arrows: left.next, right: right.lines })
            }
            "tree" => body.lines().map(branch).collect::<Option<_>>().map(Self::Tree),
            _ => None,
        }
    }
}

fn stages(body: &str) -> Option<Vec<Stage>> {
    let mut stages = vec![Stage::default()];
    for line in body.lines() {
        let (mark, text) = line.split_once(' ')?;
        let direction = match mark {
            "|" => None,
            "->" => Some(Direction::Forward),
            "<-" => Some(Direction::Back),
            "<->" => Some(Direction::Both),
            _ => return None,
        };
        if direction.is_none() && stages.last().is_some_and(|stage| !stage.next.is_empty()) {
            stages.push(Stage::default());
        }
        let stage = stages.last_mut()?;
        match direction {
            None => stage.lines.push(text.to_owned()),
            Some(direction) => stage.next.push(Arrow { direction, label: text.to_owned() }),
        }
    }
    Some(stages)
}

fn branch(line: &str) -> Option<Branch> {
    let entry = line.trim_start();
    let (name, note) = entry.split_once("  ")?;
    let depth = (line.len() - entry.len()) / 2;
    Some(Branch { depth, name: name.to_owned(), note: note.trim_start().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::{Direction, Picture};

    #[test]
    fn boxes_and_arrows_are_read_in_their_order() {
        let body = "| a\n| b\n-> c\n<-> d\n| e\n";
        let Some(Picture::Exchange { left, right, arrows }) = Picture::parse("exchange", body)
        else {
            panic!("no exchange")
        };
        assert_eq!((left, right), (vec!["a".to_owned(), "b".to_owned()], vec!["e".to_owned()]));
        let directions: Vec<_> = arrows.iter().map(|arrow| arrow.direction).collect();
        assert_eq!(directions, [Direction::Forward, Direction::Both]);
        assert!(
            matches!(Picture::parse("flow", body), Some(Picture::Flow(stages)) if stages.len() == 2)
        );
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for (kind, body) in
            [("exchange", "| a\n"), ("flow", "a b\n"), ("tree", "a b\n"), ("sh", "")]
        {
            assert_eq!(Picture::parse(kind, body), None, "{kind} {body}");
        }
    }
}
