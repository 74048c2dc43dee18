//! A small YAML tree that remembers lines, for Kubernetes' objects: findings name the line that is wrong.

use std::{collections::HashMap, rc::Rc};

use saphyr_parser::{Event, Parser, ScanError, StrInput};

use crate::observation::config::{ConfigDefect, ConfigProblem};

/// Deeper than any Kubernetes object; what is below is left out.
const DEEPEST: usize = 64;

/// A value and the line where it begins (1-based). An alias shares the value of its anchor, so that no text can make a tree
/// much larger than itself.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) line: usize,
    value: Rc<Value>,
}

#[derive(Debug)]
enum Value {
    Scalar(String),
    Map(Vec<(String, Node)>),
    List(Vec<Node>),
    Nothing,
}

/// All documents of a text, as far as they can be read, and what ends the reading.
pub(super) fn parse(text: &str) -> (Vec<Node>, Option<ConfigProblem>) {
    let events = Parser::new_from_str(text);
    let mut reader = Reader { events, anchors: HashMap::new(), problem: None };
    let mut documents = Vec::new();
    while let Some((event, line)) = reader.next() {
        match event {
            Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing => {}
            Event::StreamEnd => break,
            event => documents.push(reader.node(event, line, 0)),
        }
    }
    (documents, reader.problem)
}

/// What the reader says of a line, in its words.
pub(super) fn problem(error: &ScanError) -> ConfigProblem {
    let what = ConfigDefect::Other(error.info().to_owned());
    ConfigProblem::in_line(error.marker().line(), what)
}

impl Node {
    /// The value of a name, if this is a mapping that has it.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        self.entries().find(|(key, _)| key == name).map(|(_, node)| node)
    }

    /// The value at the end of several names.
    pub(super) fn at(&self, names: &[&str]) -> Option<&Self> {
        names.iter().try_fold(self, |node, name| node.get(name))
    }

    /// The names and values, if this is a mapping.
    pub(super) fn entries(&self) -> impl Iterator<Item = &(String, Self)> {
        match &*self.value {
            Value::Map(entries) => entries.iter(),
            _ => [].iter(),
        }
    }

    /// The items, if this is a list.
    pub(super) fn items(&self) -> impl Iterator<Item = &Self> {
        match &*self.value {
            Value::List(items) => items.iter(),
            _ => [].iter(),
        }
    }

    /// The text, if this is a single value.
    pub(super) fn text(&self) -> Option<&str> {
        match &*self.value {
            Value::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a name's value.
    pub(super) fn text_of(&self, name: &str) -> Option<&str> {
        self.get(name)?.text()
    }
}

struct Reader<'a> {
    events: Parser<'a, StrInput<'a>>,
    anchors: HashMap<usize, Rc<Value>>,
    problem: Option<ConfigProblem>,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<(Event<'a>, usize)> {
        match self.events.next_event()? {
            Ok((event, span)) => Some((event, span.start.line())),
            Err(error) => {
                self.problem.get_or_insert_with(|| problem(&error));
                None
            }
        }
    }

    fn node(&mut self, event: Event<'a>, line: usize, depth: usize) -> Node {
        let anchor = match &event {
            Event::Scalar(_, _, anchor, _)
            | Event::MappingStart(anchor, _)
            | Event::SequenceStart(anchor, _) => *anchor,
            _ => 0,
        };
        let value = match event {
            Event::Alias(anchor) => {
                let value = self.anchors.get(&anchor).cloned();
                return Node { line, value: value.unwrap_or(Rc::new(Value::Nothing)) };
            }
            Event::Scalar(text, ..) => Value::Scalar(text.into_owned()),
            Event::MappingStart(..) if depth < DEEPEST => self.mapping(depth + 1),
            Event::SequenceStart(..) if depth < DEEPEST => self.list(depth + 1),
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                self.skip();
                Value::Nothing
            }
            _ => Value::Nothing,
        };
        let value = Rc::new(value);
        if anchor > 0 {
            self.anchors.insert(anchor, Rc::clone(&value));
        }
        Node { line, value }
    }

    fn mapping(&mut self, depth: usize) -> Value {
        let mut entries = Vec::new();
        while let Some((event, line)) = self.next() {
            if matches!(event, Event::MappingEnd | Event::StreamEnd) {
                break;
            }
            let key = self.node(event, line, depth);
            let Some((event, line)) = self.next() else { break };
            let value = self.node(event, line, depth);
            if let Value::Scalar(name) = &*key.value {
                entries.push((name.clone(), value));
            }
        }
        Value::Map(entries)
    }

    fn list(&mut self, depth: usize) -> Value {
        let mut items = Vec::new();
        while let Some((event, line)) = self.next() {
            if matches!(event, Event::SequenceEnd | Event::StreamEnd) {
                break;
            }
            items.push(self.node(event, line, depth));
        }
        Value::List(items)
    }

    /// Passes over the rest of a mapping or list that has just begun.
    fn skip(&mut self) {
        let mut open = 1_usize;
        while open > 0 {
            match self.next() {
                Some((Event::MappingStart(..) | Event::SequenceStart(..), _)) => open += 1,
                Some((Event::MappingEnd | Event::SequenceEnd, _)) => open -= 1,
                Some((Event::StreamEnd, _)) | None => return,
                Some(_) => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_and_values_are_kept() {
        let (documents, problem) =
            parse("a: 1\nb:\n- x\n- c: \"y z\"\n---\n{\"k\": [1, 2]}\n---\nlast: [\n");
        assert!(problem.is_some_and(|problem| problem.line.is_some()));
        let items: Vec<_> = documents[0].get("b").unwrap().items().collect();
        assert_eq!((items[0].text(), items[0].line), (Some("x"), 3));
        assert_eq!(items[1].text_of("c"), Some("y z"));
        assert_eq!(documents[1].get("k").unwrap().items().count(), 2);
    }

    #[test]
    fn an_alias_is_what_its_anchor_holds() {
        let (documents, _) = parse("a: &x [{k: v}]\nb: *x\nc: *unknown\n");
        let item = documents[0].get("b").unwrap().items().next().unwrap();
        assert_eq!(item.text_of("k"), Some("v"));
        let laughs: String =
            (1..40).map(|n| format!("a{n}: &a{n} [*a{0}, *a{0}]\n", n - 1)).collect();
        parse(&format!("a0: &a0 x\n{laughs}"));
    }

    #[test]
    fn nesting_costs_no_stack() {
        parse(&"{a: ".repeat(200_000));
        parse(&"[".repeat(200_000));
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(tokens in "(a: |- |\\{|\\}|\\[|\\]|\n|  |&a |\\*a|\"|'|,|#|\\?|\\||---\n){0,30}") {
            parse(&tokens);
        }
    }
}
