//! Reads `roadmap.yaml`, checks it, and packs it for the binary, with the outlines of the contracts; broken content does not
//! compile. Packs the templates too, each layer compressed by itself.

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
#[path = "src/contract/format/fingerprint.rs"]
mod fingerprint;
#[path = "src/suggest.rs"]
mod suggest;
#[path = "src/yaml.rs"]
mod yaml;
#[path = "src/yaml_message.rs"]
mod yaml_message;

use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

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
        "src/contract/format/fingerprint.rs",
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
    write("outline.postcard", &curriculum::outline::RoadmapOutline::from_roadmap(&roadmap))?;
    let mut contracts = Vec::new();
    for project in &roadmap.projects {
        let path = format!("templates/projects/{}/contract.yaml", project.id);
        let Ok(text) = fs::read_to_string(&path) else { continue };
        // Steps are read where they are run; that they are sound is held by the tests of the templates.
        let contract: contract::Contract<serde::de::IgnoredAny> =
            yaml::parse(&path, &text).map_err(|mistake| vec![mistake.to_string()])?;
        let fingerprint = fingerprint::fingerprint(&text);
        contracts.push((project.id.clone(), fingerprint, packed(&contract.outline())?));
    }
    write("contracts.postcard", &contracts)?;
    write_layers().map_err(|error| vec![format!("templates: {error}")])
}

/// The file of a layer that many commands read, and no other file of it: it stays as it is.
const FACTS: &str = "layer.yaml";

/// Writes the library for `include_dir`: each layer in a folder of its name, its facts, and its other files compressed to one,
/// `layer`.
fn write_layers() -> io::Result<()> {
    let target = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("templates");
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    for path in layer_paths()? {
        let folder = Path::new("templates").join(&path);
        let target = target.join(&path);
        fs::create_dir_all(&target)?;
        let mut files = Vec::new();
        collect(&folder, &folder, &mut files)?;
        if let Some(place) = files.iter().position(|(name, _)| name == FACTS) {
            fs::write(target.join(FACTS), files.remove(place).1)?;
        }
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&postcard::to_stdvec(&files).map_err(io::Error::other)?)?;
        fs::write(target.join("layer"), encoder.finish()?)?;
    }
    Ok(())
}

/// `base`, then each layer of a collection such as `frameworks`, before the layers in its `projects`.
fn layer_paths() -> io::Result<Vec<String>> {
    let mut paths = vec!["base".to_owned()];
    for collection in ["frameworks", "languages", "projects"] {
        for layer in folders(collection)? {
            let inner = folders(&format!("{layer}/projects"))?;
            paths.push(layer);
            paths.extend(inner);
        }
    }
    Ok(paths)
}

/// The folders in a folder of the library, sorted; none where there is no such folder.
fn folders(path: &str) -> io::Result<Vec<String>> {
    let folder = Path::new("templates").join(path);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let inner = sorted(&folder)?.into_iter().filter(|inner| inner.is_dir());
    Ok(inner.filter_map(|inner| Some(format!("{path}/{}", inner.file_name()?.to_str()?))).collect())
}

/// The files of a layer, without those of the layers in its `projects`: their paths from `root`, and their bytes.
fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>)>) -> io::Result<()> {
    for path in sorted(folder)? {
        if path.is_dir() {
            if path != root.join("projects") {
                collect(root, &path, files)?;
            }
            continue;
        }
        let name = path.strip_prefix(root).map_err(io::Error::other)?;
        let name = name
            .to_str()
            .ok_or_else(|| io::Error::other(format!("{}: not UTF-8", path.display())))?;
        files.push((name.replace('\\', "/"), fs::read(&path)?));
    }
    Ok(())
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
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
