//! Questions to a person, with keys in a terminal and in plain lines elsewhere.

mod choices;
mod plain_question;
mod prompt;

pub use choices::{Answer, PromptQuestion};
pub use prompt::Prompt;
