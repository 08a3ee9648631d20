//! A pseudo-terminal: what a person at a real one would see.

use crate::harness::sandbox::Run;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::ffi::{OsStr, OsString};
use std::io::{ErrorKind, Read, Write};
use std::num::NonZero;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};
use vt100::Parser;

pub const ENTER: &str = "\r";
pub const DOWN: &str = "\u{1b}[B";
pub const LEFT: &str = "\u{1b}[D";
pub const SPACE: &str = " ";
pub const ESCAPE: &str = "\u{1b}";
pub const CONTROL_C: &str = "\u{3}";

/// How long anything may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long to wait for output before looking again.
const PAUSE: Duration = Duration::from_millis(20);

pub struct Terminal {
    parser: Parser,
    output: Receiver<Vec<u8>>,
    input: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    /// Everything that was written, as it came.
    raw: Vec<u8>,
    /// Whether nobody holds the other side any more, and all that was written is read.
    is_closed: bool,
}

impl Terminal {
    /// Starts `run` in a terminal of this size.
    pub fn start(run: &Run<'_>, rows: u16, columns: u16) -> Self {
        Self::start_as("xterm-256color", run, rows, columns)
    }

    /// As [`Self::start`], in a terminal of this kind.
    pub fn start_as(kind: &str, run: &Run<'_>, rows: u16, columns: u16) -> Self {
        Self::start_by(&[], kind, run, rows, columns)
    }

    /// As [`Self::start_as`], by another program: `before` are its words.
    pub fn start_by(before: &[&str], kind: &str, run: &Run<'_>, rows: u16, columns: u16) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let plan = run.command();
        let words = before.iter().map(OsStr::new).chain([plan.get_program()]);
        let mut command =
            CommandBuilder::from_argv(words.chain(plan.get_args()).map(OsString::from).collect());
        command.env_clear();
        for (key, value) in plan.get_envs() {
            command.env(key, value.unwrap_or_default());
        }
        command.env_remove("COLUMNS");
        command.env("TERM", kind);
        command.cwd(plan.get_current_dir().expect("a directory"));
        let child = pair.slave.spawn_command(command).expect("roadmap starts");
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let input = pair.master.take_writer().expect("a writer");
        let (sender, output) = mpsc::channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            loop {
                match reader.read(&mut bytes) {
                    Err(error) if error.kind() == ErrorKind::Interrupted => {}
                    Ok(count @ 1..) if sender.send(bytes[..count].to_vec()).is_ok() => {}
                    // The end: Linux says so by an error (EIO).
                    _ => break,
                }
            }
        });
        let size = |count| NonZero::new(count).expect("a size");
        let parser = Parser::new(size(rows), size(columns), 1000);
        Self {
            parser,
            output,
            input,
            child,
            master: pair.master,
            raw: Vec::new(),
            is_closed: false,
        }
    }

    /// What stands on the screen, without the blank end of its lines.
    pub fn text(&self) -> String {
        let text = self.parser.screen().contents();
        text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n").trim_end().to_owned()
    }

    /// Waits until `text` stands on the screen.
    #[track_caller]
    pub fn until(&mut self, text: &str) -> &mut Self {
        let end = Instant::now() + PATIENCE;
        while !self.text().contains(text) {
            let more = self.take(PAUSE) || Instant::now() < end;
            assert!(more, "no `{text}` on the screen:\n{}", self.text());
        }
        self
    }

    /// Types, as soon as the program reads keys: what comes before is echoed by the
    /// terminal, and Ctrl-C is a signal then.
    #[track_caller]
    pub fn press(&mut self, keys: &str) -> &mut Self {
        self.reads_keys();
        self.input.write_all(keys.as_bytes()).expect("the terminal takes keys");
        self
    }

    /// Waits until the program reads keys.
    #[track_caller]
    pub fn reads_keys(&mut self) -> &mut Self {
        let end = Instant::now() + PATIENCE;
        while self.echoes() {
            assert!(Instant::now() < end, "nobody reads keys:\n{}", self.text());
            self.take(PAUSE);
        }
        self
    }

    /// Types a line, which the terminal keeps until the program reads it.
    pub fn type_line(&mut self, line: &str) -> &mut Self {
        self.input.write_all(format!("{line}\r").as_bytes()).expect("the terminal takes keys");
        self
    }

    /// Gives the terminal another size.
    pub fn resize(&mut self, rows: u16, columns: u16) -> &mut Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.resize(size).expect("another size");
        self
    }

    /// Sends a signal to the program alone.
    #[cfg(unix)]
    pub fn send_signal(&mut self, signal: &str) -> &mut Self {
        let id = self.child.process_id().expect("it runs").to_string();
        let sent = std::process::Command::new("kill").args(["-s", signal, &id]).status();
        assert!(sent.expect("kill runs").success(), "SIG{signal} is sent");
        self
    }

    /// Whether anything was written that is no plain text.
    pub fn has_sequences(&self) -> bool {
        self.raw.contains(&0x1b)
    }

    /// Types, and waits until that is to be seen.
    #[track_caller]
    pub fn mark(&mut self, keys: &str) -> &mut Self {
        let before = self.parser.screen().contents_formatted();
        self.press(keys);
        let end = Instant::now() + PATIENCE;
        while self.parser.screen().contents_formatted() == before {
            assert!(Instant::now() < end, "nothing changes:\n{}", self.text());
            self.take(PAUSE);
        }
        self
    }

    /// Waits for the end; gives the exit code.
    #[track_caller]
    pub fn end(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                // Whatever it wrote has come once the terminal is closed.
                while !self.is_closed && Instant::now() < end {
                    self.take(PAUSE);
                }
                return status.exit_code();
            }
            assert!(Instant::now() < end, "it does not end:\n{}", self.text());
            self.take(PAUSE);
        }
    }

    /// Takes in what was written, waiting for it no longer than this.
    fn take(&mut self, wait: Duration) -> bool {
        match self.output.recv_timeout(wait) {
            Ok(bytes) => {
                self.raw.extend(&bytes);
                self.parser.process(&bytes);
                true
            }
            Err(RecvTimeoutError::Timeout) => false,
            Err(RecvTimeoutError::Disconnected) => {
                self.is_closed = true;
                thread::yield_now();
                false
            }
        }
    }

    /// Whether the terminal shows what is typed by itself (`ECHO` of termios, 8 everywhere).
    #[cfg(unix)]
    pub fn echoes(&self) -> bool {
        let modes = self.master.get_termios().expect("a terminal");
        modes.local_flags.bits() & 8 != 0
    }

    /// A console of Windows does not say it, and holds keys until they are read.
    #[cfg(not(unix))]
    pub fn echoes(&self) -> bool {
        false
    }

    pub fn has_colors(&self) -> bool {
        let (rows, columns) = self.parser.screen().size();
        let mut cells =
            (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column)));
        let plain = vt100::Color::Default;
        cells.any(|(row, column)| {
            self.parser.screen().cell(row, column).is_some_and(|cell| cell.fgcolor() != plain)
        })
    }

    pub fn cursor_is_visible(&self) -> bool {
        !self.parser.screen().hide_cursor()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A test that failed leaves nobody waiting for keys.
        let _ = self.child.kill();
    }
}
