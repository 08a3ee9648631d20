//! What reaches the terminal: colours, widths, control characters, help, and refused command lines.

mod color;
mod controls;
mod encodings;
mod help;
mod pictures;
mod pipes;
mod terminals;
mod usage;
mod width;
