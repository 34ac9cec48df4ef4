//! What the tests start from: the project's folder, a run of the program, a folder of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A path within the project.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

/// What a run of the program gave.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// The program, with a data folder and databases of its own.
pub struct Program {
    pub folder: tempfile::TempDir,
}

impl Program {
    /// An empty data folder.
    pub fn new() -> Program {
        Program { folder: tempfile::tempdir().unwrap() }
    }

    /// The demo's package imported.
    pub fn with_demo() -> Program {
        let program = Program::new();
        let demo = project("demo");
        program.done(&["importera", "underlag", demo.to_str().unwrap(), "--godkann-varningar"]);
        program
    }

    /// Runs the program with its data in this folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let output = self.command(arguments).output().unwrap();
        Run {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs the program and sees that it is content; what it printed.
    pub fn done(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.code, 0, "{arguments:?}: {run:?}");
        run.out
    }

    /// The program, not yet started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_samsyn"));
        command.args(arguments).current_dir(self.folder.path());
        for name in ["SAMSYN_DATA", "SAMSYN_DATABAS", "SAMSYN_FORBUND", "SAMSYN_STORSTA_FIL"] {
            command.env_remove(name);
        }
        command
    }

    /// A path in the program's folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// Rows of a semicolon-separated file, without the heading.
pub fn rows(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').flexible(true).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect()
}
