//! `roadmap man`: the manual page, generated from the types of the command line.

use crate::cli::Cli;
use crate::commands::shared::session::Session;
use crate::error::Error;
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};
use std::io;

/// One page: the command as a whole, then each command with its options.
pub(in crate::commands) fn man(session: &Session<'_>) -> Result<(), Error> {
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    let rendered = render(&command, &mut page);
    rendered.map_err(|error| Error::io("write the manual page", &error))?;
    session.screen.print(&String::from_utf8_lossy(&page))
}

fn render(command: &Command, page: &mut Vec<u8>) -> io::Result<()> {
    let whole = Man::new(command.clone());
    whole.render_title(page)?;
    whole.render_name_section(page)?;
    whole.render_synopsis_section(page)?;
    whole.render_description_section(page)?;
    whole.render_options_section(page)?;
    for sub in command.get_subcommands() {
        let name = format!("roadmap {}", sub.get_name()).to_uppercase();
        let about = sub.get_long_about().or(sub.get_about()).map(ToString::to_string);
        let mut head = Roff::new();
        head.control("SH", [name.as_str()]).text([roman(about.unwrap_or_default())]);
        head.to_writer(page)?;
        // The sections of the command itself, one level down. What every command takes stands
        // above already.
        let own = sub.clone().mut_args(|arg| match arg.is_global_set() {
            true => arg.hide(true),
            false => arg,
        });
        let mut part = Vec::new();
        let man = Man::new(own);
        man.render_synopsis_section(&mut part)?;
        man.render_options_section(&mut part)?;
        page.extend_from_slice(String::from_utf8_lossy(&part).replace(".SH ", ".SS ").as_bytes());
        notes(sub, "SS", page)?;
    }
    notes(command, "SH", page)?;
    whole.render_version_section(page)
}

/// What stands below the options in `--help`, line by line as it is.
fn notes(command: &Command, heading: &str, page: &mut Vec<u8>) -> io::Result<()> {
    let Some(text) = command.get_after_help() else {
        return Ok(());
    };
    let mut notes = Roff::new();
    notes.control(heading, ["NOTES"]).control("nf", []);
    for line in text.to_string().lines() {
        notes.text([roman(line)]);
    }
    notes.control("fi", []);
    notes.to_writer(page)
}
