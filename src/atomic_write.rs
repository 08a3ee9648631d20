//! Writes a file whole or not at all, and leaves what is there as it is: a link still leads
//! where it led, a device or pipe gets the bytes, a file keeps its rights and its owner.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// How many links a path may go through, as in Linux.
const MAX_LINKS: usize = 40;

/// How a file is written.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The rights of a new file, less those that the umask takes away (Unix).
    pub mode: u32,
    /// Whether the bytes outlive a loss of power once this returns.
    pub durable: bool,
    /// How the name of the file begins while it is not whole.
    pub prefix: &'static str,
}

/// A file that anybody may read whom the user's umask lets.
pub const DOCUMENT: Options = Options { mode: 0o666, durable: false, prefix: ".roadmap-" };

/// What a path leads to.
enum WriteTarget {
    /// A plain file, or the place for one, at the end of all links.
    File(PathBuf, Option<Metadata>),
    /// A device, a pipe, or an open file of this process (`/dev/stdout`).
    Stream,
}

/// Writes `bytes` to `path`.
///
/// # Errors
/// What the system says. A plain file is as it was then, unless it can only be written in place:
/// a hard link, somebody else's, or one in a folder that takes no new file.
pub fn write(path: &Path, bytes: &[u8], options: Options) -> io::Result<()> {
    match destination(path)? {
        WriteTarget::File(path, old) => replace(&path, old.as_ref(), bytes, options),
        // Appending: an open file may hold what came before.
        WriteTarget::Stream => File::options().append(true).open(path)?.write_all(bytes),
    }
}

/// Writes `bytes` to a new file, whole or not at all.
///
/// # Errors
/// Something is there already, a link that leads nowhere too; else what the system says.
pub fn create(path: &Path, bytes: &[u8], options: Options) -> io::Result<()> {
    let mut file = temporary(path, Some(options.mode), options)?;
    file.write_all(bytes)?;
    if options.durable {
        sync(file.as_file())?;
    }
    file.persist_noclobber(path).map(drop).map_err(|error| error.error)
}

fn destination(path: &Path) -> io::Result<WriteTarget> {
    let mut here = path.to_path_buf();
    for _ in 0..MAX_LINKS {
        let kind = match fs::symlink_metadata(&here) {
            Ok(kind) => kind,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(WriteTarget::File(here, None));
            }
            Err(error) => return Err(error),
        };
        if kind.is_file() {
            return Ok(WriteTarget::File(here, Some(kind)));
        }
        if kind.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let folder = folder_of(&here);
        if !kind.is_symlink() || holds_open_files(folder) {
            return Ok(WriteTarget::Stream);
        }
        here = folder.join(fs::read_link(&here)?);
    }
    Err(io::Error::other("too many links lead on"))
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Whether the links in `folder` stand for open files: what they say is no path then.
fn holds_open_files(folder: &Path) -> bool {
    fs::canonicalize(folder).is_ok_and(|real| real.starts_with("/proc"))
}

fn replace(path: &Path, old: Option<&Metadata>, bytes: &[u8], options: Options) -> io::Result<()> {
    use io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem, ResourceBusy};
    if old.is_some() {
        // One that must not be written to is not replaced either.
        File::options().write(true).open(path)?;
    }
    if old.is_some_and(has_other_names) {
        return overwrite(path, bytes, options);
    }
    let mut file = match temporary(path, old.is_none().then_some(options.mode), options) {
        Ok(file) => file,
        Err(error)
            if old.is_some() && matches!(error.kind(), PermissionDenied | ReadOnlyFilesystem) =>
        {
            return overwrite(path, bytes, options);
        }
        Err(error) => return Err(error),
    };
    file.write_all(bytes)?;
    if let Some(old) = old {
        if !copy_owner(file.as_file(), old) {
            return overwrite(path, bytes, options);
        }
        file.as_file().set_permissions(old.permissions())?;
    }
    if options.durable {
        sync(file.as_file())?;
    }
    match file.persist(path) {
        Ok(_) => Ok(()),
        // Something is mounted on the file itself.
        Err(error) if old.is_some() && error.error.kind() == ResourceBusy => {
            overwrite(path, bytes, options)
        }
        Err(error) => Err(error.error),
    }
}

/// A file beside `path` for its bytes until they are whole; with these rights, or else for its
/// owner alone.
fn temporary(path: &Path, mode: Option<u32>, options: Options) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(options.prefix);
    #[cfg(unix)]
    if let Some(mode) = mode {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = mode;
    builder.tempfile_in(folder_of(path))
}

/// Writes in place, where another file would not be the same one.
fn overwrite(path: &Path, bytes: &[u8], options: Options) -> io::Result<()> {
    let mut file = File::options().write(true).truncate(true).open(path)?;
    file.write_all(bytes)?;
    if options.durable { sync(&file) } else { Ok(()) }
}

/// Waits until a file's bytes are on the disk. Where a file system knows no such thing (SMB, some
/// in user space), its own way of keeping them has to do.
///
/// # Errors
/// What the system says of the disk.
pub fn sync(file: &File) -> io::Result<()> {
    match file.sync_all() {
        Err(error) if is_unsupported(&error) => Ok(()),
        result => result,
    }
}

/// What a file system answers to a call that it does not have, where the standard library has no kind for it. Unix: ENOLCK,
/// from NFS without its lock service. Windows: ERROR_INVALID_FUNCTION and ERROR_NOT_SUPPORTED.
const UNSUPPORTED: &[i32] = if cfg!(windows) {
    &[1, 50]
} else if cfg!(target_os = "linux") {
    &[37]
} else {
    &[77]
};

/// Whether a file system says of a call that it does not know it: EINVAL, ENOSYS, ENOTSUP, and those of [`UNSUPPORTED`].
#[must_use]
pub fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
        || error.raw_os_error().is_some_and(|code| UNSUPPORTED.contains(&code))
}

/// Whether the file has a second name (a hard link), which would go on with the old bytes.
#[cfg(unix)]
fn has_other_names(old: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    old.nlink() > 1
}

/// Windows does not say.
#[cfg(not(unix))]
fn has_other_names(_old: &Metadata) -> bool {
    false
}

/// Gives the new file the owner and group of the old one; whether it has them now.
#[cfg(unix)]
fn copy_owner(new: &File, old: &Metadata) -> bool {
    use std::os::unix::fs::{MetadataExt, fchown};
    let same = new.metadata().is_ok_and(|new| (new.uid(), new.gid()) == (old.uid(), old.gid()));
    same || fchown(new, Some(old.uid()), Some(old.gid())).is_ok()
}

/// Windows has rights of another kind, which a folder hands down.
#[cfg(not(unix))]
fn copy_owner(_new: &File, _old: &Metadata) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a temporary directory")
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let name = |entry: io::Result<fs::DirEntry>| entry.expect("an entry").file_name();
        let mut names: Vec<_> =
            entries.map(|entry| name(entry).to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_missing_call_is_no_failure_of_the_disk() {
        for code in UNSUPPORTED {
            assert!(is_unsupported(&io::Error::from_raw_os_error(*code)), "{code}");
        }
        assert!(!is_unsupported(&io::ErrorKind::StorageFull.into()));
    }

    #[test]
    fn a_file_is_created_and_replaced_and_nothing_else_is_left() {
        let folder = folder();
        let path = folder.path().join("a.md");
        for text in ["first", "second"] {
            write(&path, text.as_bytes(), DOCUMENT).expect("written");
            assert_eq!(fs::read_to_string(&path).expect("there"), text);
        }
        assert_eq!(names(folder.path()), ["a.md"]);
        assert!(write(folder.path(), b"x", DOCUMENT).is_err());
        assert!(write(&folder.path().join("absent/x"), b"x", DOCUMENT).is_err());
    }

    #[test]
    fn a_new_file_takes_no_place_of_another() {
        let folder = folder();
        let path = folder.path().join("a.md");
        create(&path, b"first", DOCUMENT).expect("written");
        let error = create(&path, b"second", DOCUMENT).expect_err("refused");
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&path).expect("there"), "first");
        assert_eq!(names(folder.path()), ["a.md"]);
    }

    #[cfg(unix)]
    mod unix {
        use super::*;
        use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
        use std::process::Command;
        use std::thread;

        fn mode(path: &Path) -> u32 {
            fs::metadata(path).expect("there").permissions().mode() & 0o777
        }

        #[test]
        fn a_link_is_followed_wherever_it_leads() {
            let folder = folder();
            let at = |name: &str| folder.path().join(name);
            fs::create_dir(at("deep")).expect("made");
            fs::write(at("deep/real.md"), "old").expect("written");
            symlink("deep/real.md", at("one.md")).expect("linked");
            symlink("one.md", at("two.md")).expect("linked");
            write(&at("two.md"), b"new", DOCUMENT).expect("written");
            assert_eq!(fs::read(at("deep/real.md")).expect("there"), b"new");
            symlink("deep/absent.md", at("dangling.md")).expect("linked");
            write(&at("dangling.md"), b"made", DOCUMENT).expect("written");
            assert_eq!(fs::read(at("deep/absent.md")).expect("there"), b"made");
            for link in ["one.md", "two.md", "dangling.md"] {
                assert!(fs::symlink_metadata(at(link)).expect("there").is_symlink(), "{link}");
            }
            symlink("circle", at("circle")).expect("linked");
            assert!(write(&at("circle"), b"x", DOCUMENT).is_err());
        }

        #[test]
        fn a_pipe_gets_the_bytes_and_stays() {
            let folder = folder();
            let path = folder.path().join("pipe");
            assert!(Command::new("mkfifo").arg(&path).status().expect("mkfifo").success());
            let reader = path.clone();
            let reader = thread::spawn(move || fs::read(reader).expect("readable"));
            write(&path, b"text", DOCUMENT).expect("written");
            assert_eq!(reader.join().expect("read"), b"text");
            assert!(!fs::symlink_metadata(&path).expect("there").is_file());
            write(Path::new("/dev/null"), b"text", DOCUMENT).expect("written");
            assert!(!fs::metadata("/dev/null").expect("there").is_file());
        }

        #[test]
        fn an_old_file_keeps_its_rights_and_a_new_file_gets_the_usual_rights() {
            let folder = folder();
            let path = folder.path().join("a.md");
            let usual = folder.path().join("usual");
            File::create(&usual).expect("made");
            write(&path, b"1", DOCUMENT).expect("written");
            assert_eq!(mode(&path), mode(&usual));
            create(&folder.path().join("b.md"), b"1", DOCUMENT).expect("written");
            assert_eq!(mode(&folder.path().join("b.md")), mode(&usual));
            for rights in [0o640, 0o755] {
                fs::set_permissions(&path, fs::Permissions::from_mode(rights)).expect("set");
                write(&path, b"2", DOCUMENT).expect("written");
                assert_eq!(mode(&path), rights);
            }
        }

        #[test]
        fn a_second_name_of_a_file_goes_on_with_the_same_bytes() {
            let folder = folder();
            let (path, other) = (folder.path().join("a.md"), folder.path().join("b.md"));
            fs::write(&path, "old and longer").expect("written");
            fs::hard_link(&path, &other).expect("linked");
            write(&path, b"new", DOCUMENT).expect("written");
            assert_eq!(fs::read(&other).expect("there"), b"new");
            assert_eq!(fs::metadata(&path).expect("there").nlink(), 2);
        }
    }
}
