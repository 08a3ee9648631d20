//! Joins the layers of a starter. Each path and each fact belongs to one layer; a second one
//! is refused by name.

use super::layer::{Layer, Source};
use super::target;
use crate::starter::error::Error;
use crate::starter::facts::{
    Arity, Commands, Database, Installed, NameRule, Tool, Variable, Workspace,
};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The layers, joined.
#[derive(Debug, Default)]
pub(in crate::starter) struct Assembly {
    /// By path in the starter.
    pub files: BTreeMap<String, Source>,
    /// By name: how many may fill it, and the layer that declares it.
    pub slots: BTreeMap<String, (Arity, String)>,
    /// What fills slots, in the order of the layers.
    pub fillings: Vec<Source>,
    pub executable: Vec<String>,
    pub facts: Map<String, Value>,
    pub environment: Vec<Variable>,
    pub commands: Commands,
    pub windows: Commands,
    pub database: Option<Database>,
    pub installed: Option<Installed>,
    pub tools: Vec<Tool>,
    pub names: Option<NameRule>,
    pub workspaces: Vec<Workspace>,
    pub already: Vec<String>,
    owners: BTreeMap<(&'static str, String), String>,
}

/// Joins `layers`, given in their order.
///
/// # Errors
/// The first clash, with both sides named.
pub(in crate::starter) fn assemble(layers: Vec<Layer>) -> Result<Assembly, Error> {
    let mut whole = Assembly::default();
    for layer in layers {
        whole.add(layer)?;
    }
    whole.check_paths()?;
    if whole.commands.run.is_empty() {
        return Err(Error::NoFact("the command `run`"));
    }
    Ok(whole)
}

impl Assembly {
    fn add(&mut self, layer: Layer) -> Result<(), Error> {
        let Layer { path, facts, files, slots } = layer;
        for left in facts.without {
            if self.files.remove(&left).is_none() {
                return Err(Error::NotThere { layer: path, path: left });
            }
        }
        for file in files {
            if let Some(first) = self.files.get(&file.name) {
                return Err(Error::SecondWriter {
                    path: file.name,
                    first: first.origin.clone(),
                    second: file.origin,
                });
            }
            self.files.insert(file.name.clone(), file);
        }
        self.fillings.extend(slots);
        for (slot, arity) in facts.slots {
            self.claim("slot", &slot, &path)?;
            self.slots.insert(slot, (arity, path.clone()));
        }
        for (key, value) in facts.facts {
            self.claim("fact", &key, &path)?;
            self.facts.insert(key, value);
        }
        for variable in facts.environment {
            self.claim("variable", &variable.name, &path)?;
            self.environment.push(variable);
        }
        for tool in facts.tools {
            self.claim("tool", &tool.name, &path)?;
            self.tools.push(tool);
        }
        let commands = [("command", facts.commands), ("command on Windows", facts.windows)];
        for (what, commands) in commands {
            self.claim_commands(what, &commands, &path)?;
            let joined = if what == "command" { &mut self.commands } else { &mut self.windows };
            merge_commands(joined, commands);
        }
        if let Some(database) = facts.database {
            self.claim("fact", "database", &path)?;
            self.database = Some(database);
        }
        if let Some(installed) = facts.installed {
            self.claim("fact", "installed", &path)?;
            self.installed = Some(installed);
        }
        if let Some(names) = facts.names {
            self.claim("fact", "names", &path)?;
            self.names = Some(names);
        }
        for executable in facts.executable {
            self.claim("executable", &executable, &path)?;
            self.executable.push(executable);
        }
        self.already.extend(facts.already);
        self.workspaces.extend(facts.workspaces);
        Ok(())
    }

    fn claim_commands(
        &mut self,
        what: &'static str,
        commands: &Commands,
        layer: &str,
    ) -> Result<(), Error> {
        let given = [
            ("install", commands.install.is_empty()),
            ("build", commands.build.is_empty()),
            ("run", commands.run.is_empty()),
            ("test", commands.test.is_empty()),
            ("lint", commands.lint.is_empty()),
        ];
        let given = given.iter().filter(|(_, is_empty)| !is_empty);
        given.map(|(key, _)| *key).try_for_each(|key| self.claim(what, key, layer))
    }

    /// Notes that `layer` gives `key`, unless another one did.
    fn claim(&mut self, what: &'static str, key: &str, layer: &str) -> Result<(), Error> {
        match self.owners.insert((what, key.to_owned()), layer.to_owned()) {
            None => Ok(()),
            Some(first) => Err(Error::SecondFact {
                what,
                key: key.to_owned(),
                first,
                second: layer.to_owned(),
            }),
        }
    }

    /// No path is another's folder, no two are one on some disk, and executables exist.
    fn check_paths(&self) -> Result<(), Error> {
        let mut known: BTreeMap<String, &Source> = BTreeMap::new();
        for (path, source) in &self.files {
            if let Some(first) = known.insert(target::collision_key(path), source) {
                return Err(Error::Clash {
                    first: first.origin.clone(),
                    second: source.origin.clone(),
                    why: "some systems take their paths for one: they differ by case or by the form of an accent alone",
                });
            }
        }
        for (path, source) in &known {
            let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
            if let Some(file) = folders.filter_map(|folder| known.get(folder)).next() {
                return Err(Error::Clash {
                    first: file.origin.clone(),
                    second: source.origin.clone(),
                    why: "one is a file where the other has a folder",
                });
            }
        }
        let missing = self.executable.iter().find(|path| !self.files.contains_key(*path));
        missing.map_or(Ok(()), |path| {
            let owner = self.owners.get(&("executable", path.clone()));
            Err(Error::NotThere { layer: owner.cloned().unwrap_or_default(), path: path.clone() })
        })
    }
}

/// Adds the commands of another layer; no command is in both.
fn merge_commands(commands: &mut Commands, new: Commands) {
    let Commands { install, build, run, test, lint } = new;
    if !run.is_empty() {
        commands.run = run;
    }
    let lists = [
        (&mut commands.install, install),
        (&mut commands.build, build),
        (&mut commands.test, test),
        (&mut commands.lint, lint),
    ];
    for (commands, new) in lists {
        if !new.is_empty() {
            *commands = new;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    /// A layer of these files, by their paths from the layer.
    fn layer(path: &str, files: &[(&str, &str)]) -> Layer {
        let entry = |(name, text): &(&str, &str)| {
            ((*name).to_owned(), Cow::Owned(text.as_bytes().to_vec()))
        };
        Layer::read(path, files.iter().map(entry).collect()).expect("a sound layer")
    }

    fn joined(layers: &[&[(&str, &str)]]) -> Result<Assembly, String> {
        let base = layer("base", &[("layer.yaml", "commands: {run: [serve]}")]);
        let paths = ["one", "two", "three"].iter().zip(layers);
        let all = paths.map(|(path, files)| layer(path, files));
        assemble(std::iter::once(base).chain(all).collect()).map_err(|error| error.to_string())
    }

    #[test]
    fn files_fillings_and_facts_come_together_in_the_order_of_the_layers() {
        let whole = joined(&[
            &[("files/_gitignore.hbs", "a"), ("slots/x.md", "1"), ("layer.yaml", "facts: {a: 1}")],
            &[("files/src/b", "b"), ("slots/x.txt", "2"), ("layer.yaml", "facts: {b: 2}")],
        ])
        .expect("sound");
        assert_eq!(whole.files.keys().collect::<Vec<_>>(), [".gitignore", "src/b"]);
        let fillings: Vec<_> =
            whole.fillings.iter().map(|filling| filling.origin.as_str()).collect();
        assert_eq!(fillings, ["one/slots/x.md", "two/slots/x.txt"]);
        assert_eq!(whole.facts.keys().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(whole.commands.run, ["serve"]);
    }

    #[test]
    fn a_second_writer_is_refused_whatever_its_stored_name() {
        let refused = joined(&[&[("files/_gitignore.hbs", "a")], &[("files/.gitignore", "b")]]);
        let expected = "`.gitignore` is written by two layers: \
                        one/files/_gitignore.hbs and two/files/.gitignore";
        assert_eq!(refused.err().as_deref(), Some(expected));
    }

    #[test]
    fn paths_that_cannot_both_be_on_every_disk_are_refused() {
        for (first, second) in [
            ("a/B", "a/b"),
            ("A/x", "a/X"),
            ("a", "a/b"),
            ("x/y", "X/Y/z"),
            ("caf\u{e9}/a", "cafe\u{301}/a"),
            ("\u{c9}t", "e\u{301}t"),
            ("\u{212b}", "\u{e5}"),
            ("\u{f1}", "N\u{303}/x"),
        ] {
            let (first, second) = (format!("files/{first}"), format!("files/{second}"));
            let refused = joined(&[&[(&first, "")], &[(&second, "")]]);
            let message = refused.err().unwrap_or_default();
            for side in [format!("one/{first}"), format!("two/{second}")] {
                assert!(message.contains(&side), "no {side} in {message}");
            }
        }
        assert!(joined(&[&[("files/ab", "")], &[("files/a/b", "")]]).is_ok());
    }

    #[test]
    fn two_layers_cannot_give_the_same_fact_command_or_executable() {
        for facts in [
            "facts: {a: 1}",
            "slots: {a: one}",
            "commands: {test: [[t]]}",
            "windows: {run: [t]}",
            "executable: [x]",
            "database: {variable: V, url: u}",
            "environment: [{name: A, about: b}]",
            "tools: [{name: t, minimum: '1', version: [t], url: u}]",
            "names: {by: B, upper_case: true, digit_first: true, punctuation: ''}",
        ] {
            let file = [("layer.yaml", facts)];
            let message = joined(&[&file, &file]).err().unwrap_or_default();
            assert!(message.ends_with("given by two layers: one and two"), "{facts}: {message}");
        }
    }

    #[test]
    fn a_layer_can_drop_a_file_of_an_earlier_layer() {
        let first = [("files/a", "a"), ("files/b", "b")];
        let whole = joined(&[&first, &[("layer.yaml", "without: [a]")]]).expect("sound");
        assert_eq!(whole.files.keys().collect::<Vec<_>>(), ["b"]);
        let missing = joined(&[&first, &[("layer.yaml", "without: [c]")]]);
        assert!(missing.err().is_some_and(|message| message.contains("`c`")));
    }

    #[test]
    fn without_a_way_to_run_it_there_is_no_starter() {
        let error = assemble(vec![layer("base", &[])]).expect_err("refused");
        assert_eq!(error.to_string(), "no layer gives the command `run`");
    }
}
