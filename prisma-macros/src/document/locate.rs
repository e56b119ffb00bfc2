//! Where the API of a client is written down, and what was read of it.

use std::{
    collections::HashMap,
    env, fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::SystemTime,
};

use prisma_datamodel::Source;
use syn::{Error, LitStr, Result, ext::IdentExt, spanned::Spanned};

use super::schema::Schema;

/// A schema, and the file to look at again when it has changed.
pub(super) struct Located {
    pub(super) schema: Arc<Schema>,
    pub(super) path: PathBuf,
}

/// The file that the generator writes beside `mod.rs`.
const FILE: &str = "schema.graphql";

/// The schema of a client: of the file that is named, or else the one beside the client of this path.
pub(super) fn locate(client: &syn::Path, named: Option<&LitStr>) -> Result<Located> {
    let (places, span) = match named {
        Some(name) => (by_name(&name.value()), name.span()),
        None => (by_path(client), client.span()),
    };
    let found = places.iter().find(|place| place.is_file());
    let path = found.ok_or_else(|| Error::new(span, missing(client, named, &places)))?;
    let schema = read(path).map_err(|text| Error::new(span, text))?;
    Ok(Located {
        schema,
        path: path.clone(),
    })
}

/// What `include_client!` is given, or a file of the crate.
fn by_name(name: &str) -> Vec<PathBuf> {
    let generated = out_dir().map(|folder| folder.join(name).join(FILE));
    generated
        .into_iter()
        .chain([crate_folder().join(name)])
        .collect()
}

/// Below `OUT_DIR`, by the last name of the path, as `include_client!` has it; or checked in, by the whole path.
fn by_path(client: &syn::Path) -> Vec<PathBuf> {
    let names: Vec<String> = client
        .segments
        .iter()
        .map(|segment| segment.ident.unraw().to_string())
        .filter(|name| !matches!(name.as_str(), "crate" | "self" | "super"))
        .collect();
    let last = names.last().map_or("db", String::as_str);
    let checked_in = names
        .iter()
        .fold(crate_folder().join("src"), |folder, name| folder.join(name));
    let generated = out_dir().map(|folder| folder.join(last).join(FILE));
    generated
        .into_iter()
        .chain([checked_in.join(FILE)])
        .collect()
}

fn out_dir() -> Option<PathBuf> {
    env::var_os("OUT_DIR").map(PathBuf::from)
}

fn crate_folder() -> PathBuf {
    env::var_os("CARGO_MANIFEST_DIR")
        .map(PathBuf::from)
        .unwrap_or_default()
}

fn missing(client: &syn::Path, named: Option<&LitStr>, places: &[PathBuf]) -> String {
    let what = match named {
        Some(name) => format!("no client and no file is called `{}`", name.value()),
        None => {
            let names = client.segments.iter().map(|name| name.ident.to_string());
            let path = names.collect::<Vec<_>>().join("::");
            format!("the API of the client `{path}` is not found")
        }
    };
    let folder = crate_folder();
    let places = places.iter().map(|place| {
        let place = place.strip_prefix(&folder).unwrap_or(place);
        match out_dir().and_then(|out| place.strip_prefix(out).ok().map(Path::to_owned)) {
            Some(place) => format!("`OUT_DIR/{}`", place.display()),
            None => format!("`{}`", place.display()),
        }
    });
    let places = places.collect::<Vec<_>>().join(" and ");
    format!(
        "{what}: looked for {places}\nhelp: name the module that `Config::module` names, the API that \
         `Config::server_schema` writes, or a datamodel: `graphql! {{ db in \"datamodel.prisma\": … }}`"
    )
}

type Cache = HashMap<PathBuf, (Option<SystemTime>, Arc<Schema>)>;

/// Schemas that were read. A compiler reads each once; an editor keeps macros for days, hence the time.
static READ: Mutex<Option<Cache>> = Mutex::new(None);

fn read(path: &Path) -> std::result::Result<Arc<Schema>, String> {
    let time = fs::metadata(path).and_then(|file| file.modified()).ok();
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    let read = read.get_or_insert_default();
    if let Some((other, schema)) = read.get(path)
        && *other == time
    {
        return Ok(Arc::clone(schema));
    }
    let name = path.display();
    let text =
        fs::read_to_string(path).map_err(|error| format!("cannot read `{name}`: {error}"))?;
    let mut schema = Schema::new(text);
    if !schema.is_api() {
        schema = derived(path)?;
    }
    let schema = Arc::new(schema);
    read.insert(path.to_owned(), (time, Arc::clone(&schema)));
    Ok(schema)
}

/// The API of a datamodel.
fn derived(path: &Path) -> std::result::Result<Schema, String> {
    let name = path.display().to_string();
    let text =
        fs::read_to_string(path).map_err(|error| format!("cannot read `{name}`: {error}"))?;
    let source = Source::new(name, text);
    let text = prisma_codegen::schema(&source).map_err(|problems| {
        let error = prisma_codegen::Error::Datamodel {
            datamodel: source.clone(),
            problems,
        };
        error.to_string()
    })?;
    Ok(Schema::new(text))
}
