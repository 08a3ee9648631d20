//! The only home of stdout, stderr, colour, prompts and progress bars.

pub mod bug;
mod choices;
mod color;
mod interrupt;
pub mod json;
mod layout;
mod plain_question;
mod printable;
mod progress;
mod prompt;
mod rendered;
mod screen;
mod style;
pub mod usage;
pub mod views;

pub use choices::{Answer, Question};
pub use color::{ColorChoice, plain};
pub use interrupt::watch_interrupts;
pub use layout::Layout;
pub use progress::Steps;
pub use prompt::Prompt;
pub use rendered::rendered;
pub use screen::Screen;
