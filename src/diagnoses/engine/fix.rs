//! A command to paste, kept as words until a shell or a program reads it.

use std::fmt::Display;

use serde::Serialize;

use crate::{
    message::{EvidenceMessage, Lang},
    shell,
};

/// A command that fixes a finding, or looks closer at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    parts: Vec<Part>,
    /// What running it takes.
    pub needs: Vec<Need>,
    /// The machine to run it on, where that is known not to be this one.
    pub machine: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Word(String),
    Operator(&'static str),
}

/// What a command takes besides typing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// The rights of root.
    Root,
    /// A restart of the server, before it takes effect or as its effect.
    Restart,
    /// Another machine than the one that runs the check.
    OtherMachine,
}

impl Fix {
    /// A command and its first arguments, parted by blanks; none of them may hold one.
    pub fn run(command: &'static str) -> Self {
        Self { parts: Vec::new(), needs: Vec::new(), machine: None }.plain(command)
    }

    /// Appends an argument.
    #[must_use]
    pub fn value(mut self, value: impl Display) -> Self {
        self.parts.push(Part::Word(value.to_string()));
        self
    }

    /// Appends arguments that hold no blanks, parted by blanks.
    #[must_use]
    pub fn plain(mut self, words: &'static str) -> Self {
        self.parts.extend(words.split(' ').map(|word| Part::Word(word.to_owned())));
        self
    }

    /// Appends a flag and its value.
    #[must_use]
    pub fn arg(self, flag: &'static str, value: impl Display) -> Self {
        self.plain(flag).value(value)
    }

    /// Sends the output to a file.
    #[must_use]
    pub fn into_file(self, path: impl Display) -> Self {
        self.operator(">").value(path)
    }

    /// Appends the output to a file.
    #[must_use]
    pub fn append_to(self, path: impl Display) -> Self {
        self.operator(">>").value(path)
    }

    /// Gives the command nothing to read, so that it ends.
    #[must_use]
    pub fn without_input(self) -> Self {
        self.operator("</dev/null")
    }

    /// Hands the output to another command.
    #[must_use]
    pub fn pipe(self, other: Self) -> Self {
        self.join("|", other)
    }

    /// Runs another command once this one has succeeded.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.join("&&", other)
    }

    /// Runs this command by another one, such as `sudo`.
    #[must_use]
    pub fn run_by(mut self, mut other: Self) -> Self {
        other.parts.append(&mut self.parts);
        other.adopt(self)
    }

    /// Says what running it takes.
    #[must_use]
    pub fn needs(mut self, need: Need) -> Self {
        if !self.needs.contains(&need) {
            self.needs.push(need);
        }
        self
    }

    /// Says that it changes this file: root alone may do so where the system's settings and services keep theirs.
    #[must_use]
    pub fn changes(self, path: &str) -> Self {
        let kept_by_root = ["/etc/", "/usr/", "/var/", "/opt/", "/lib/"];
        let needs_root = kept_by_root.iter().any(|folder| path.starts_with(folder));
        if needs_root { self.needs(Need::Root) } else { self }
    }

    /// Says on which other machine to run it.
    #[must_use]
    pub fn on(mut self, machine: impl Display) -> Self {
        self.machine = Some(machine.to_string());
        self.needs(Need::OtherMachine)
    }

    /// The command as a line for a POSIX shell; the machine to run it on is a comment behind it.
    pub fn line(&self) -> String {
        self.line_in(Lang::En)
    }

    /// The same, with its comment in one language.
    pub fn line_in(&self, lang: Lang) -> String {
        let parts = self.parts.iter().map(|part| match part {
            Part::Word(word) => shell::quoted(word),
            Part::Operator(operator) => (*operator).to_owned(),
        });
        let line = parts.collect::<Vec<_>>().join(" ");
        match &self.machine {
            Some(machine) => {
                let place = EvidenceMessage::OnMachine { machine: machine.into() };
                format!("{line}  # {}", place.say(lang))
            }
            None => line,
        }
    }

    /// The words of each command in the line, without those of redirections.
    pub fn commands(&self) -> Vec<Vec<&str>> {
        let is_joint = |part: &Part| matches!(part, Part::Operator("|" | "&&"));
        let commands = self.parts.split(is_joint).map(|parts| {
            let words = parts.iter().map_while(|part| match part {
                Part::Word(word) => Some(word.as_str()),
                Part::Operator(_) => None,
            });
            words.collect()
        });
        commands.collect()
    }

    fn operator(mut self, operator: &'static str) -> Self {
        self.parts.push(Part::Operator(operator));
        self
    }

    fn join(self, operator: &'static str, mut other: Self) -> Self {
        let mut joined = self.operator(operator);
        joined.parts.append(&mut other.parts);
        joined.adopt(other)
    }

    /// What another command needs is needed for both.
    fn adopt(self, other: Self) -> Self {
        let mut joined = other.needs.into_iter().fold(self, Self::needs);
        joined.machine = joined.machine.or(other.machine);
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::{Fix, Need};

    #[test]
    fn words_are_quoted_and_operators_are_not() {
        let fix = Fix::run("cat").value("/a b").append_to("/c").and(Fix::run("echo").value("it's"));
        assert_eq!(fix.line(), r"cat '/a b' >> /c && echo 'it'\''s'");
        assert_eq!(fix.commands(), [vec!["cat", "/a b"], vec!["echo", "it's"]]);
    }

    #[test]
    fn needs_are_kept_when_commands_are_joined() {
        let restart = Fix::run("systemctl restart etcd").needs(Need::Root).needs(Need::Restart);
        let both = Fix::run("chmod 600").value("/etc/etcd/a.key").changes("/etc/etcd/a.key");
        assert_eq!(both.and(restart).needs, [Need::Root, Need::Restart]);
    }

    #[test]
    fn the_machine_is_a_comment() {
        let fix = Fix::run("date -u").on("10.0.0.2");
        assert_eq!(fix.line(), "date -u  # on 10.0.0.2");
        assert_eq!(fix.needs, [Need::OtherMachine]);
    }
}
