//! A request in, a starter in memory out. Pure but for the secrets, which are random.

use super::error::Error;
use super::facts::{Commands, Tool, Variable, Workspace};
use super::name::ProjectName;
use super::template::{Assembly, Library, Renderer, assemble, fill_slots};
use super::tree::{File, Tree};
use crate::shell;
use serde_json::{Value, json};
use std::borrow::Cow;

/// The requested starter: ids, with the titles that its texts use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StarterRequest {
    pub project: String,
    pub project_title: String,
    pub language: String,
    pub language_title: String,
    pub framework: String,
    pub framework_title: String,
    pub name: ProjectName,
}

/// A starter, ready to be written.
#[derive(Debug, Clone)]
pub struct Generated {
    pub request: StarterRequest,
    pub tree: Tree,
    pub commands: Commands,
    pub tools: Vec<Tool>,
    /// Manifests in a folder above that would take the starter for their own.
    pub workspaces: Vec<Workspace>,
    /// Where a browser finds it, by the default port; nothing if the layers name none.
    pub address: Option<String>,
    /// The variables that `.env` gives a value of its own.
    secrets: Vec<Variable>,
}

/// Makes the starter that `request` asks for.
///
/// # Errors
/// Everything that can be wrong with the layers, and a name that the language's package
/// manager refuses.
pub fn generate(library: &Library, request: &StarterRequest) -> Result<Generated, Error> {
    let layers = library.layers(&request.project, &request.language, &request.framework)?;
    let assembly = assemble(layers)?;
    if let Some(rule) = &assembly.names {
        request.name.fits(rule)?;
    }
    let contract = library.contract(&request.project)?.map(|(_, text)| text);
    let version = contract_version(&contract.unwrap_or_default());
    let mut renderer = Renderer::new(context(request, &assembly, version)?)?;
    let mut used = Vec::new();
    for source in assembly.files.values().filter(|source| source.rendered) {
        used.push((source.origin.clone(), renderer.read(source)?));
    }
    fill_slots(&assembly, &mut renderer, &used)?;
    let mut tree = Tree::default();
    let Assembly { files, executable, commands, windows, tools, workspaces, environment, .. } =
        assembly;
    let commands = commands.for_this_system(&windows);
    for (path, source) in files {
        let bytes = if source.rendered {
            Cow::Owned(renderer.render(&source.origin)?.into_bytes())
        } else {
            source.bytes
        };
        let executable = executable.contains(&path);
        let origin = source.origin;
        tree.files.insert(path, File { bytes, executable, origin });
    }
    let port = environment.iter().find(|variable| variable.name == "PORT");
    let address = port.map(|port| format!("http://127.0.0.1:{}", port.default));
    let secrets = environment.into_iter().filter(|variable| variable.secret).collect();
    Ok(Generated { request: request.clone(), tree, commands, tools, workspaces, address, secrets })
}

/// The version that a contract names; the first where it names none. The YAML of a contract is read by `check`, not here.
fn contract_version(text: &str) -> u32 {
    let named = text.lines().find_map(|line| line.strip_prefix("version:"));
    named.and_then(|version| version.trim().parse().ok()).unwrap_or(1)
}

/// What the templates may use.
fn context(
    request: &StarterRequest,
    assembly: &Assembly,
    contract_version: u32,
) -> Result<Value, Error> {
    let database = assembly.database.as_ref();
    let database = database.ok_or(Error::NoFact("the `database`"))?;
    Ok(json!({
        "name": request.name.as_str(),
        "project": { "id": request.project, "title": request.project_title },
        "language": { "id": request.language, "title": request.language_title },
        "framework": { "id": request.framework, "title": request.framework_title },
        "roadmap": env!("CARGO_PKG_VERSION"),
        "contract": contract_version,
        "commands": assembly.commands,
        // None or one: a template has no other way to leave it out.
        "windows": differing(&assembly.windows)?,
        "database": database,
        // None or one, likewise.
        "installed": assembly.installed.iter().collect::<Vec<_>>(),
        "environment": assembly.environment,
        "tools": assembly.tools,
        "already": assembly.already,
        "facts": assembly.facts,
    }))
}

/// The commands that are given, by key; nothing if none is.
fn differing(windows: &Commands) -> Result<Vec<Value>, Error> {
    let Ok(Value::Object(mut given)) = serde_json::to_value(windows) else {
        return Err(Error::NoFact("the commands"));
    };
    given.retain(|_, lines| lines.as_array().is_some_and(|lines| !lines.is_empty()));
    Ok(if given.is_empty() { Vec::new() } else { vec![Value::Object(given)] })
}

impl Generated {
    /// The text of `.env`, with new secrets at each call; nothing where none is needed.
    ///
    /// # Errors
    /// The system gives no random bytes.
    pub fn secrets(&self) -> Result<Option<String>, Error> {
        if self.secrets.is_empty() {
            return Ok(None);
        }
        let mut text =
            String::from("# Made for this copy alone. Git ignores this file: keep it so.\n");
        for variable in &self.secrets {
            let mut bytes = [0_u8; 32];
            getrandom::fill(&mut bytes).map_err(|error| Error::Random(error.to_string()))?;
            let value: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            text.push_str(&format!("\n# {}\n{}={value}\n", variable.about, variable.name));
        }
        Ok(Some(text))
    }

    /// What to type in the starter to install, build and run it, as lines to paste.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let before = self.commands.install.iter().chain(&self.commands.build);
        before.chain([&self.commands.run]).map(line).collect()
    }

    /// The lines that build what the line after them builds by itself: `cargo run` needs no
    /// `cargo build` before it.
    #[must_use]
    pub fn needless_lines(&self) -> Vec<String> {
        let Commands { build, run, .. } = &self.commands;
        build.iter().filter(|words| words.first() == run.first()).map(line).collect()
    }

    /// What to type in the starter to install what it depends on.
    #[must_use]
    pub fn install_lines(&self) -> Vec<String> {
        self.commands.install.iter().map(line).collect()
    }

    /// What to type in the starter to test it.
    #[must_use]
    pub fn test_lines(&self) -> Vec<String> {
        self.commands.test.iter().map(line).collect()
    }
}

#[expect(clippy::ptr_arg, reason = "maps over vectors of vectors")]
fn line(words: &Vec<String>) -> String {
    shell::line(words.iter().map(String::as_str))
}
