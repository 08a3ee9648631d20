//! Reads `roadmap.yaml`, checks it, and packs it for the binary, with the outlines of the contracts; broken content does not
//! compile. Also asks for a rebuild when a template comes or goes, which `include_dir`
//! would not notice.

#![expect(dead_code, reason = "the modules are the crate's own; a build needs only part of each")]

#[path = "src/curriculum"]
mod curriculum {
    pub mod circle;
    pub mod model;
    pub mod outline;
    pub mod validate;
}
#[path = "src/contract/format/model/contract.rs"]
mod contract;
#[path = "src/suggest.rs"]
mod suggest;
#[path = "src/yaml.rs"]
mod yaml;
#[path = "src/yaml_message.rs"]
mod yaml_message;

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs};

const CONTENT: &str = "roadmap.yaml";

fn main() -> ExitCode {
    for watched in [
        CONTENT,
        "templates",
        "src/curriculum",
        "src/suggest.rs",
        "src/yaml.rs",
        "src/yaml_message.rs",
        "src/contract/format/model/contract.rs",
    ] {
        println!("cargo:rerun-if-changed={watched}");
    }
    match pack() {
        Ok(()) => ExitCode::SUCCESS,
        Err(mistakes) => {
            for mistake in mistakes {
                println!("cargo:error={mistake}");
            }
            ExitCode::FAILURE
        }
    }
}

fn pack() -> Result<(), Vec<String>> {
    let text = fs::read_to_string(CONTENT).map_err(|error| vec![format!("{CONTENT}: {error}")])?;
    let roadmap: curriculum::model::Roadmap =
        yaml::parse(CONTENT, &text).map_err(|mistake| vec![mistake.to_string()])?;
    let findings = curriculum::validate::findings(&roadmap);
    if !findings.is_empty() {
        let mistakes = yaml::locate(CONTENT, &text, findings);
        return Err(mistakes.iter().map(ToString::to_string).collect());
    }
    write("roadmap.postcard", &roadmap)?;
    write("outline.postcard", &curriculum::outline::Outline::of(&roadmap))?;
    let mut contracts = Vec::new();
    for project in &roadmap.projects {
        let path = format!("templates/projects/{}/contract.yaml", project.id);
        let Ok(text) = fs::read_to_string(&path) else { continue };
        // Steps are read where they are run; that they are sound is held by the tests of the templates.
        let contract: contract::Contract<serde::de::IgnoredAny> =
            yaml::parse(&path, &text).map_err(|mistake| vec![mistake.to_string()])?;
        contracts.push((project.id.clone(), packed(&contract.outline())?));
    }
    write("contracts.postcard", &contracts)
}

fn write(name: &str, value: &impl serde::Serialize) -> Result<(), Vec<String>> {
    let packed = packed(value)?;
    let folder = env::var_os("OUT_DIR").ok_or_else(|| vec!["OUT_DIR is not set".to_owned()])?;
    fs::write(Path::new(&folder).join(name), packed)
        .map_err(|error| vec![format!("{name}: {error}")])
}

fn packed(value: &impl serde::Serialize) -> Result<Vec<u8>, Vec<String>> {
    postcard::to_stdvec(value).map_err(|error| vec![error.to_string()])
}
