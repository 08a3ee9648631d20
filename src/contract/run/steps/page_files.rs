//! The files that a page names: each is fetched, and must be what the page takes it for.

use crate::contract::client::{ExchangeError, Request, Response, exchange};
use crate::contract::html::Page;
use crate::contract::judge::{file_differences, named_files, resolve_on_page};
use crate::contract::run::context::CheckContext;
use crate::contract::run::step_error::StepError;
use crate::contract::value::{Difference, quoted};

/// The maximum of files that are fetched for a page.
const MAX_FILES: usize = 200;

impl CheckContext<'_> {
    /// What about the files that a page names is not as it must be.
    pub(super) fn files(
        &mut self,
        client: &str,
        path: &str,
        response: &Response,
    ) -> Result<Vec<Difference>, StepError> {
        let mut differences = Vec::new();
        let page = Page::read(&String::from_utf8_lossy(&response.body));
        let files = named_files(&page);
        if files.len() > MAX_FILES {
            let expected = format!("at most {MAX_FILES} scripts, styles and images");
            return Ok(vec![Difference::new("html", expected, files.len().to_string())]);
        }
        for named in files {
            if (self.stopped)() {
                return Err(StepError::stopped());
            }
            let Some(file) = resolve_on_page(&named.address, &page, path, &self.address.url())
            else {
                let expected = "an address of this server";
                differences.push(Difference::new("html", expected, quoted(&named.address)));
                continue;
            };
            let mut request = Request::get(&file);
            if let Some(cookies) = self.jar(client).header(&file) {
                request.add("cookie", &cookies);
            }
            match exchange(&self.address, &request) {
                Ok(response) => differences.extend(file_differences(&named, &file, &response)),
                Err(broken @ ExchangeError::OwnLimit(_)) => {
                    return Err(StepError::no_response(format!("GET {file}"), &broken));
                }
                Err(broken) => {
                    let timed_out = matches!(broken, ExchangeError::TimedOut(_));
                    differences.push(Difference::new(
                        format!("response of {file}"),
                        "200",
                        broken.to_string(),
                    ));
                    // The others would take as long.
                    if timed_out {
                        break;
                    }
                }
            }
        }
        Ok(differences)
    }
}
