//! `roadmap completions` and `roadmap man`: texts made from the command line's own types.

use super::session::Session;
use crate::cli::{Cli, Completions};
use crate::error::Error;
use clap::{Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, roman};
use std::io;

pub(super) fn completions(args: &Completions, session: &Session<'_>) -> Result<(), Error> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "roadmap", &mut text);
    session.screen.answer(&String::from_utf8_lossy(&text))
}

/// One page: the command as a whole, then each command with its options.
pub(super) fn man(session: &Session<'_>) -> Result<(), Error> {
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    let rendered = render(&command, &mut page);
    rendered.map_err(|error| Error::io("write the manual page", &error))?;
    session.screen.answer(&String::from_utf8_lossy(&page))
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
        // The sections of the command itself, one level down.
        let mut part = Vec::new();
        let man = Man::new(sub.clone());
        man.render_synopsis_section(&mut part)?;
        man.render_options_section(&mut part)?;
        man.render_extra_section(&mut part)?;
        let part = String::from_utf8_lossy(&part).replace("\n.SH ", "\n.SS ");
        page.extend_from_slice(
            part.strip_prefix(".SH ").map_or(part.clone(), |rest| format!(".SS {rest}")).as_bytes(),
        );
    }
    whole.render_extra_section(page)?;
    whole.render_version_section(page)
}
