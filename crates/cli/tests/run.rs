//! Runs `lenity` and makes files for it.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a run left behind.
#[derive(Debug)]
pub(crate) struct Finished {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Finished {
    /// Stdout as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Fails unless the exit code is `code`.
    #[track_caller]
    pub(crate) fn exits_with(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}\n{}", self.stdout, self.stderr);
        self
    }
}

/// The root of the repository, where every run starts.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A command that knows nothing of the environment the tests run in.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lenity"));
    command.args(arguments).current_dir(root()).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    for variable in ["LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "CLICOLOR_FORCE", "CLICOLOR"] {
        command.env_remove(variable);
    }
    command
}

/// Runs a command to its end, with `input` on standard input.
pub(crate) fn finish(mut command: Command, input: &str) -> Finished {
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    // The program may end before it reads.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Finished {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Runs `lenity` with these arguments, separated by spaces.
pub(crate) fn lenity(arguments: &str) -> Finished {
    let arguments: Vec<&str> = arguments.split_whitespace().collect();
    finish(command(&arguments), "")
}

/// A fresh folder for one test.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Writes a file and the folders it lies in.
pub(crate) fn write(folder: &Path, name: &str, text: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Writes a pack with one rule file, in a folder of its name.
pub(crate) fn write_pack(folder: &Path, name: &str, imports: &str, rules: &str) -> PathBuf {
    let manifest = format!("name = \"{name}\"\nversion = \"1\"\narea = \"cn\"\n{imports}");
    write(folder, &format!("{name}/pack.toml"), manifest);
    write(folder, &format!("{name}/rules.lenity"), rules);
    folder.join(name)
}

/// A pack on reports that come late: the rows of its one factor, and what else stands in its weights.
pub(crate) fn late_reports(rows: &str, more: &str) -> String {
    format!(
        "\
instrument 《Water Law》 {{ effective 2018-01-01 onward }}
fact days \"days late\" {{ type integer bounds >= 1 }}
violation water.late \"reporting late\" {{
    basis 《Water Law》 art 82
    elements true
    fine CNY 20_000 .. CNY 200_000
}}
benchmark water.late {{
    basis 《Water Law》 art 82
    weights share {{
        factor days {{ {rows} }}
{more}    }}
    fine = share × statutory_max
}}
"
    )
}
