//! What all projects serve beside their own: health, the description, static files, and the
//! shared page where a project has one.

use super::faults::{fault, param};
use super::protocol::http::{Body, JSON, Request, Response};
use super::protocol::problem::{method_not_allowed, problem};
use roadmap::starter::Library;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

pub struct Site {
    description: Value,
    files: BTreeMap<String, Vec<u8>>,
    /// Whether `/` is the project's shared page.
    shared: bool,
}

/// The folder of a project's files.
pub fn folder(project: &str) -> PathBuf {
    layer("projects").join(project).join("files")
}

fn layer(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("templates").join(name)
}

impl Site {
    /// # Errors
    /// A file of the project cannot be read.
    pub fn load(project: &str) -> std::io::Result<Self> {
        let given = Library::Embedded.project_files(project).map_err(std::io::Error::other)?;
        let files = given
            .into_iter()
            .filter(|(path, _)| path.starts_with("static/"))
            .map(|(path, bytes)| (format!("/{path}"), bytes))
            .collect();
        let description = fs::read(folder(project).join("openapi.json"))?;
        let description = serde_json::from_slice(&description)?;
        Ok(Self { description, shared: project != "blog", files })
    }

    /// The answer, if the address is one of these.
    pub fn answer(&self, request: &Request) -> Option<Response> {
        let answer = match request.path.as_str() {
            "/healthz" => health(),
            "/openapi.json" => self.described(),
            "/" if self.shared => self.page(),
            path if path.starts_with("/static") => self.file(path),
            _ => return None,
        };
        let reads = matches!(request.method.as_str(), "GET" | "HEAD");
        Some(if reads { answer } else { method_not_allowed("GET, HEAD") })
    }

    fn described(&self) -> Response {
        let mut description = self.description.clone();
        if fault("no-description") {
            return problem(404, "There is nothing at this address.");
        }
        if fault("description-old") {
            description["openapi"] = json!("2.0");
        }
        if let (true, Some(paths)) =
            (fault("description-lacks-path"), description["paths"].as_object_mut())
        {
            let last = paths.keys().next_back().cloned().unwrap_or_default();
            paths.remove(&last);
        }
        for (is_set, keywords) in [
            (fault("description-lacks-required"), &["required"][..]),
            (fault("description-lacks-limit"), &["maxLength", "maxItems", "maximum", "pattern"]),
            (fault("description-lacks-choice"), &["enum"]),
            (fault("description-lacks-item-limit"), &["maxItems"]),
        ] {
            if is_set {
                remove_keywords(&mut description["components"]["schemas"], keywords);
            }
        }
        if fault("description-as-text") {
            let text = description.to_string().into_bytes();
            return Response::new(200, "text/html; charset=utf-8", Body::Bytes(text));
        }
        Response::json(200, description)
    }

    fn page(&self) -> Response {
        let Some(page) = self.files.get("/static/index.html") else {
            return problem(404, "There is no page.");
        };
        let mut page = String::from_utf8_lossy(page).into_owned();
        if fault("page-missing") {
            return problem(404, "There is no page.");
        }
        if fault("page-inline-script") {
            page = page.replace("</body>", "<script>1</script></body>");
        }
        if fault("page-inline-handler") {
            page = page.replace("<body", "<body onload=\"1\"");
        }
        if fault("page-names-missing-file") {
            page = page.replace("</head>", "<script src=\"/static/none.js\"></script></head>");
        }
        if fault("page-as-text") {
            return Response::new(200, "text/plain; charset=utf-8", Body::Bytes(page.into_bytes()));
        }
        Response::html(200, page)
    }

    fn file(&self, path: &str) -> Response {
        if fault("files-outside")
            && let Some(bytes) = joined(path)
        {
            return Response::new(200, "application/octet-stream", Body::Bytes(bytes));
        }
        let folder = path.trim_end_matches('/');
        let listed = match folder {
            "/static" => fault("folder-listed"),
            _ => fault("inner-folder-listed"),
        };
        let start = format!("{folder}/");
        let mut names = self.files.keys().filter_map(|file| file.strip_prefix(&start)).peekable();
        if listed && names.peek().is_some() {
            let links: String =
                names.map(|name| format!("<li><a href=\"{name}\">{name}</a></li>")).collect();
            return Response::html(200, format!("<!doctype html><title>static</title>{links}"));
        }
        let Some(bytes) = self.files.get(path) else {
            if fault("missing-file-200") {
                return Response::html(200, "<!doctype html><title>App</title>".to_owned());
            }
            return problem(404, "There is no such file.");
        };
        let end = path.rsplit('.').next().unwrap_or_default();
        if param("file-missing") == Some(end) {
            return problem(404, "There is no such file.");
        }
        let media_type = match end {
            _ if fault("file-as-text") => "text/plain; charset=utf-8",
            "css" => "text/css; charset=utf-8",
            "js" | "mjs" => "text/javascript; charset=utf-8",
            "svg" => "image/svg+xml",
            "html" => "text/html; charset=utf-8",
            "json" => JSON,
            "png" => "image/png",
            _ => "application/octet-stream",
        };
        Response::new(200, media_type, Body::Bytes(bytes.clone()))
    }
}

/// The file that a careless join of folder and address leads to.
fn joined(path: &str) -> Option<Vec<u8>> {
    let name = path.strip_prefix("/static/")?.to_lowercase();
    let name = name.replace("%2e", ".").replace("%2f", "/").replace("%5c", "/").replace('\\', "/");
    fs::read(layer("base").join("files").join("static").join(name)).ok()
}

fn health() -> Response {
    match () {
        () if fault("health-missing") => problem(404, "There is nothing at this address."),
        () if fault("unhealthy") => Response::json(503, json!({"status": "down"})),
        () if fault("health-word") => Response::json(200, json!({"status": "up"})),
        () if fault("health-as-text") => {
            Response::new(200, "text/plain", Body::Bytes(b"{\"status\":\"ok\"}".to_vec()))
        }
        () => Response::json(200, json!({"status": "ok"})),
    }
}

/// Removes keywords from all schemas within `value`.
fn remove_keywords(value: &mut Value, keywords: &[&str]) {
    match value {
        Value::Object(entries) => {
            entries.retain(|name, _| !keywords.contains(&name.as_str()));
            entries.values_mut().for_each(|entry| remove_keywords(entry, keywords));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| remove_keywords(item, keywords)),
        _ => {}
    }
}
