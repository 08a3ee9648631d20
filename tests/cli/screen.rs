//! A pseudo-terminal: what a person at a real one would see.

use crate::sandbox::Run;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
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
const MOMENT: Duration = Duration::from_millis(20);

pub struct Terminal {
    parser: Parser,
    output: Receiver<Vec<u8>>,
    input: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    /// Starts `run` in a terminal of this size.
    pub fn start(run: &Run<'_>, rows: u16, columns: u16) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let plan = run.command();
        let mut command = CommandBuilder::new(plan.get_program());
        command.args(plan.get_args());
        command.env_clear();
        for (key, value) in plan.get_envs() {
            command.env(key, value.unwrap_or_default());
        }
        command.env_remove("COLUMNS");
        command.env("TERM", "xterm-256color");
        command.cwd(plan.get_current_dir().expect("a directory"));
        let child = pair.slave.spawn_command(command).expect("roadmap starts");
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let input = pair.master.take_writer().expect("a writer");
        let (sender, output) = mpsc::channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut bytes) {
                if sender.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let size = |count| NonZero::new(count).expect("a size");
        let parser = Parser::new(size(rows), size(columns), 1000);
        Self { parser, output, input, child, master: pair.master }
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
            let more = self.take(MOMENT) || Instant::now() < end;
            assert!(more, "no `{text}` on the screen:\n{}", self.text());
        }
        self
    }

    /// Types, as soon as the program reads keys: what comes before is echoed by the
    /// terminal, and Ctrl-C is a signal then.
    #[track_caller]
    pub fn press(&mut self, keys: &str) -> &mut Self {
        let end = Instant::now() + PATIENCE;
        while self.echoes() {
            assert!(Instant::now() < end, "nobody reads keys:\n{}", self.text());
            self.take(MOMENT);
        }
        self.input.write_all(keys.as_bytes()).expect("the terminal takes keys");
        self
    }

    /// Types, and waits until that is to be seen.
    #[track_caller]
    pub fn mark(&mut self, keys: &str) -> &mut Self {
        let before = self.parser.screen().contents_formatted();
        self.press(keys);
        let end = Instant::now() + PATIENCE;
        while self.parser.screen().contents_formatted() == before {
            assert!(Instant::now() < end, "nothing changes:\n{}", self.text());
            self.take(MOMENT);
        }
        self
    }

    /// Waits for the end; gives the exit code.
    #[track_caller]
    pub fn end(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                while self.take(MOMENT) {}
                return status.exit_code();
            }
            assert!(Instant::now() < end, "it does not end:\n{}", self.text());
            self.take(MOMENT);
        }
    }

    /// Takes in what was written, waiting for it no longer than this.
    fn take(&mut self, wait: Duration) -> bool {
        match self.output.recv_timeout(wait) {
            Ok(bytes) => {
                self.parser.process(&bytes);
                true
            }
            Err(RecvTimeoutError::Timeout) => false,
            Err(RecvTimeoutError::Disconnected) => {
                thread::yield_now();
                false
            }
        }
    }

    /// Whether the terminal shows what is typed by itself (`ECHO` of termios, 8 everywhere).
    fn echoes(&self) -> bool {
        let modes = self.master.get_termios().expect("a terminal");
        modes.local_flags.bits() & 8 != 0
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
