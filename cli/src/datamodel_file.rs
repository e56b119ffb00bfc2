//! Which file is meant when none is named.

use std::path::PathBuf;

use anyhow::bail;

/// In this order.
const NAMES: [&str; 2] = ["datamodel.prisma", "datamodel.graphql"];

/// The datamodel in the working directory.
pub(crate) fn find() -> anyhow::Result<PathBuf> {
    let candidates = NAMES.map(PathBuf::from);
    match candidates.into_iter().find(|file| file.is_file()) {
        Some(file) => Ok(file),
        None => bail!("there is no `{}` here; name the file", NAMES.join("` or `")),
    }
}
