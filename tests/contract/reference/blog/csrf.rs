//! blog, milestone `csrf`: forms are taken from the site's own pages alone.

use super::pages::error;
use crate::reference::faults::fault;
use crate::reference::learner;
use crate::reference::protocol::http::{Request, Response};

/// The refusal, if another site sent the request.
pub fn refusal(request: &Request) -> Option<Response> {
    let reads = matches!(request.method.as_str(), "GET" | "HEAD" | "OPTIONS");
    let looked_at = !reads || fault("reads-refused");
    let form = "application/x-www-form-urlencoded";
    let passes = fault("forged-forms-taken")
        || fault("forms-of-one-type-guarded") && request.media_type().as_deref() != Some(form)
        || fault("forms-refused-late") && request.body.ends_with(b"body=");
    let foreign = is_marked(request) || is_of_other_origin(request) || fault("all-forms-refused");
    if !learner::has("csrf") || request.is_api() || !looked_at || passes || !foreign {
        return None;
    }
    Some(match () {
        () if fault("forged-form-400") => error(400),
        () if fault("forged-form-bare") => Response::html(403, "<h1>Forbidden</h1>".to_owned()),
        () => error(403),
    })
}

/// Whether the browser says that the request is of another site.
fn is_marked(request: &Request) -> bool {
    let Some(site) = request.header("sec-fetch-site") else { return false };
    let same_site = fault("same-site-taken") && site == "same-site";
    !matches!(site, "same-origin" | "none") && !same_site
}

fn is_of_other_origin(request: &Request) -> bool {
    let Some(origin) = request.header("origin") else { return false };
    let marked = request.header("sec-fetch-site").is_some();
    let host = request.header("host").unwrap_or_default();
    let own = format!("http://{host}");
    let bare = own.rsplit_once(':').map_or(own.as_str(), |(bare, _)| bare);
    let taken = fault("origin-ignored")
        || fault("origin-null-taken") && origin == "null"
        || fault("origin-by-its-beginning") && origin.starts_with(&own)
        || fault("origin-without-port") && origin.starts_with(&format!("{bare}:"))
        || fault("same-site-taken") && marked;
    origin != own && !taken
}

/// What other origins may read, under a fault.
pub fn opened(answer: Response) -> Response {
    if fault("open-by-cors") { answer.with("Access-Control-Allow-Origin", "*") } else { answer }
}
