//! Waiting for a file to change.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Context;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc::{self, UnboundedReceiver};

/// Editors save in several steps; after this long without one the file is ready.
const QUIET: Duration = Duration::from_millis(100);

/// Watches one file.
pub(super) struct Watch {
    changes: UnboundedReceiver<()>,
    /// Stops when dropped.
    _watcher: RecommendedWatcher,
}

impl Watch {
    /// Starts to watch. The folder is watched, not the file: editors replace files instead of writing them.
    pub(super) fn start(file: &Path) -> anyhow::Result<Self> {
        let context = || format!("cannot watch `{}`", file.display());
        let file: PathBuf = file.canonicalize().with_context(context)?;
        let folder = file.parent().map(ToOwned::to_owned).unwrap_or_default();
        let (send, changes) = mpsc::unbounded_channel();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            let concerns_us = |event: Event| !event.kind.is_access() && event.paths.contains(&file);
            if event.is_ok_and(concerns_us) {
                // Nobody listens any more once the command ends.
                let _ = send.send(());
            }
        })
        .with_context(context)?;
        watcher
            .watch(&folder, RecursiveMode::NonRecursive)
            .with_context(context)?;
        Ok(Self {
            changes,
            _watcher: watcher,
        })
    }

    /// Waits until the file changed and has been left alone for a moment.
    pub(super) async fn changed(&mut self) {
        if self.changes.recv().await.is_none() {
            std::future::pending::<()>().await;
        }
        while let Ok(Some(())) = tokio::time::timeout(QUIET, self.changes.recv()).await {}
    }
}
