//! A client on its way into files.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

use prisma_datamodel::{Diagnostic, Source};

use crate::{
    client::{Client, File, HEADER},
    config::Config,
    error::Error,
};

/// A client that is not yet written, and where it belongs.
#[derive(Clone, Debug)]
pub struct Output {
    datamodel: Source,
    warnings: Vec<Diagnostic>,
    /// Where generated files that are not among `files` are left over.
    folder: PathBuf,
    /// By their paths.
    files: Vec<(PathBuf, String)>,
}

/// A file that is not what the datamodel gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stale {
    /// The file.
    pub path: PathBuf,
    /// In which way.
    pub state: State,
}

/// How a file differs from what the datamodel gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is not there.
    Missing,
    /// It has another text.
    Different,
    /// It was generated for a type that is gone.
    Leftover,
}

impl fmt::Display for Stale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.state {
            State::Missing => "is missing",
            State::Different => "is not what the datamodel gives",
            State::Leftover => "belongs to a type that is gone",
        };
        write!(f, "{} {what}", self.path.display())
    }
}

impl Output {
    pub(crate) fn new(
        datamodel: Source,
        warnings: Vec<Diagnostic>,
        folder: PathBuf,
        client: &Client,
        schema_path: Option<PathBuf>,
    ) -> Result<Self, Error> {
        let files = client.files()?.into_iter();
        let mut files: Vec<_> = files
            .map(|File { name, text }| (folder.join(name), text))
            .collect();
        files.extend(schema_path.map(|path| (path, client.schema.clone())));
        Ok(Self {
            datamodel,
            warnings,
            folder,
            files,
        })
    }

    /// The text of the datamodel.
    #[must_use]
    pub fn datamodel(&self) -> &Source {
        &self.datamodel
    }

    /// What the datamodel is warned of.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The paths of all files.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.files.iter().map(|(path, _)| path.as_path())
    }

    /// The files on the disk that are not as they should be, by their paths.
    ///
    /// # Errors
    /// [`Read`](Error::Read) if one cannot be read.
    pub fn stale(&self) -> Result<Vec<Stale>, Error> {
        let mut stale = self.leftovers()?;
        for (path, text) in &self.files {
            let state = match fs::read(path) {
                Ok(old) if old == text.as_bytes() => continue,
                Ok(_) => State::Different,
                Err(error) if error.kind() == io::ErrorKind::NotFound => State::Missing,
                Err(error) => return Err(unread(path)(error)),
            };
            let path = path.clone();
            stale.push(Stale { path, state });
        }
        stale.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(stale)
    }

    /// Writes what is stale, removes what is left over, and gives both. Files that stay the same keep their time, so
    /// nothing is compiled again for them.
    ///
    /// # Errors
    /// A file that cannot be read, written or removed.
    pub fn write(&self) -> Result<Vec<Stale>, Error> {
        let stale = self.stale()?;
        for Stale { path, state } in &stale {
            let unwritten = |error| {
                let path = path.clone();
                Error::Write { path, error }
            };
            if *state == State::Leftover {
                fs::remove_file(path).map_err(unwritten)?;
                continue;
            }
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder).map_err(unwritten)?;
            }
            let text = self.files.iter().find(|(other, _)| other == path);
            fs::write(path, text.map_or("", |(_, text)| text)).map_err(unwritten)?;
        }
        Ok(stale)
    }

    /// Files that the generator wrote earlier and does not write now. What others wrote is not touched.
    fn leftovers(&self) -> Result<Vec<Stale>, Error> {
        let unread = unread(&self.folder);
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(unread(error)),
        };
        let mut leftovers = Vec::new();
        for entry in entries {
            let path = entry.map_err(&unread)?.path();
            let is_module = path.extension().is_some_and(|end| end == "rs");
            let is_ours = || fs::read(&path).is_ok_and(|old| old.starts_with(HEADER.as_bytes()));
            if is_module && !self.paths().any(|kept| kept == path) && is_ours() {
                let state = State::Leftover;
                leftovers.push(Stale { path, state });
            }
        }
        Ok(leftovers)
    }
}

fn unread(path: &Path) -> impl Fn(io::Error) -> Error {
    let path = path.to_owned();
    move |error| Error::Read {
        path: path.clone(),
        error,
    }
}

/// Tells whether the client that `config` writes to its [`out_dir`](Config::out_dir) is there and up to date. For a
/// test of a crate with checked-in code:
///
/// ```no_run
/// # fn main() {
/// let config = prisma_codegen::Config::new("datamodel.prisma").out_dir("src/db");
/// if let Err(error) = prisma_codegen::check(config) {
///     panic!("{error}");
/// }
/// # }
/// ```
///
/// # Errors
/// [`Stale`](Error::Stale) with every file that is not as it should be; what [`Config::output`] fails for.
pub fn check(config: Config) -> Result<(), Error> {
    let stale = config.output()?.stale()?;
    match stale.is_empty() {
        true => Ok(()),
        false => Err(Error::Stale(stale)),
    }
}
