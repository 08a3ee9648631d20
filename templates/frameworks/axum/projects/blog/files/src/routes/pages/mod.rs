//! The pages: HTML made on the server from the files in `templates/`.

pub mod article;
pub mod error;
pub mod list;

use askama::Template;
use axum::response::Html;

use crate::web::Problem;

fn render(template: &impl Template) -> Result<Html<String>, Problem> {
    match template.render() {
        Ok(html) => Ok(Html(html)),
        Err(error) => {
            tracing::error!(%error, "a template failed");
            Err(Problem::internal())
        }
    }
}
