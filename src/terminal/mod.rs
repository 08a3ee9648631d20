//! The only home of stdout, stderr, colour, prompts and progress bars.

mod ascii;
mod ask;
pub mod bug;
mod color;
mod interrupt;
pub mod json;
mod layout;
mod printable;
mod progress;
mod rendered;
mod screen;
mod style;
pub mod usage;
pub mod views;

pub use ask::{Answer, Prompt, PromptQuestion};
pub use color::{ColorChoice, plain};
pub use interrupt::watch_interrupts;
pub use layout::Layout;
pub use progress::Steps;
pub use rendered::rendered;
pub use screen::Screen;
