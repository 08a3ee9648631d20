//! Whatever `ProjectName` accepts can be a directory, here and on Windows.

use proptest::prelude::{Strategy, any, prop, prop_oneof, proptest};
use proptest::test_runner::Config;
use roadmap::starter::ProjectName;
use std::fs;
use std::path::{Component, Path};

/// Every device of Windows, as its documentation lists them; a list apart from that of the code.
const DEVICES: [&str; 30] = [
    "con", "prn", "aux", "nul", "conin$", "conout$", "com0", "com1", "com2", "com3", "com4",
    "com5", "com6", "com7", "com8", "com9", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6",
    "lpt7", "lpt8", "lpt9", "com¹", "com²", "lpt³", "lpt¹",
];

const REFUSED: &[&str] = &[
    "",
    ".",
    "..",
    "...",
    "../x",
    "x/..",
    "a/b",
    "/",
    "/etc",
    "a\\b",
    "\\",
    "C:\\x",
    "c:x",
    "-",
    "-x",
    "--help",
    "-rf",
    ".git",
    ".x",
    " a",
    "a ",
    "a.",
    "a. ",
    "a .",
    "nul",
    "NUL",
    "Con",
    "aux.txt",
    "aux .txt",
    "con.",
    "Com1",
    "lpt9.tar.gz",
    "com¹",
    "COM².log",
    "conin$",
    "CONOUT$",
    "a:b",
    "a\0b",
    "a\nb",
    "a\rb",
    "a\tb",
    "a\u{7f}",
    "a\u{85}b",
    "\u{1b}[31m",
    "what?",
    "a*",
    "<a>",
    "a|b",
    "\"",
];

const ACCEPTED: &[&str] = &[
    "a",
    "blog",
    "my-blog",
    "My_Blog2",
    "v1.2",
    "a b",
    "über",
    "日本",
    "comet",
    "com10",
    "com",
    "console",
    "nullable",
    "auxiliary",
    "x.con",
    "lpt",
    "lpt10",
    "a-",
    "_",
    "0",
    "git",
    "a..b",
];

#[test]
fn every_name_that_design_refuses_is_refused() {
    for name in REFUSED {
        assert!(ProjectName::new(name).is_err(), "{name:?}");
    }
    for device in DEVICES {
        for name in [device.to_owned(), device.to_uppercase(), format!("{device}.txt")] {
            assert!(ProjectName::new(&name).is_err(), "{name:?}");
        }
    }
    assert!(ProjectName::new(&"x".repeat(65)).is_err());
}

#[test]
fn usual_and_unusual_but_harmless_names_are_accepted() {
    for name in ACCEPTED {
        assert!(ProjectName::new(name).is_ok(), "{name:?}");
    }
    assert!(ProjectName::new(&"x".repeat(64)).is_ok());
    // Bytes, not characters, are what a file system counts: 255 of them.
    for name in ["é".repeat(64), "日".repeat(64)] {
        assert!(ProjectName::new(&name).is_ok(), "{name}");
    }
}

/// Texts near the edge: devices, endings and separators come up often.
fn candidates() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => any::<char>().prop_map(String::from),
        3 => "[a-zA-Z0-9_-]{1,12}",
        2 => prop::sample::select(&DEVICES[..]).prop_map(str::to_owned),
        2 => prop::sample::select(&[".", "..", "/", "\\", " ", "-", ":", "$", "\0", "\u{200b}"][..])
            .prop_map(str::to_owned),
        1 => prop::collection::vec(any::<char>(), 60..70).prop_map(|all| all.into_iter().collect()),
    ];
    prop::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(Config { cases: 2000, failure_persistence: None, ..Config::default() })]

    #[test]
    fn an_accepted_name_is_a_single_part_of_a_path_can_be_created_and_is_no_device(name in candidates()) {
        let Ok(accepted) = ProjectName::new(&name) else {
            return Ok(());
        };
        let name = accepted.as_str();
        let parts: Vec<_> = Path::new(name).components().collect();
        assert!(matches!(parts.as_slice(), [Component::Normal(part)] if *part == name), "{name:?}");
        assert!(!name.contains(['\\', ':', '/']), "{name:?}");
        assert!(!name.starts_with('-') && !name.ends_with(['.', ' ']), "{name:?}");
        assert!(!name.chars().any(char::is_control), "{name:?}");
        assert!(name.chars().count() <= 64, "{name:?}");
        let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
        assert!(!DEVICES.contains(&stem.as_str()), "{name:?}");
        let folder = tempfile::tempdir().expect("a folder");
        let created = folder.path().join(name);
        fs::create_dir(&created).unwrap_or_else(|error| panic!("{name:?}: {error}"));
        let real = fs::canonicalize(&created).expect("there");
        let parent = fs::canonicalize(folder.path()).expect("there");
        assert_eq!(real.parent(), Some(parent.as_path()), "{name:?}");
    }
}
