//! Where in the plan file advice is about: the key paths of tasks and tables.

use crate::source::plan::finding::{KeyPart, Path};
use crate::source::plan::settle::{Group, Origin};

impl Origin {
    /// The path of a key of the task's own table; without keys the table.
    pub(super) fn path(&self, keys: &[&str]) -> Path {
        let mut path = self.activity_path();
        if let Some(task) = self.task {
            path.0.push(KeyPart::Key("task".to_string()));
            path.0.push(KeyPart::Index(task));
        }
        path.0
            .extend(keys.iter().map(|key| KeyPart::Key((*key).to_string())));
        path
    }

    /// The path of the key that says when the task falls due.
    pub(super) fn due_path(&self) -> Path {
        let mut path = match self.group {
            Group::Own => self.path(&[]),
            Group::Activity => self.activity_path(),
            Group::Phase => path("phase", Some(self.phase), &[]),
        };
        path.0.push(KeyPart::Key(self.due_key.to_string()));
        path
    }

    pub(super) fn activity_path(&self) -> Path {
        let mut path = path("phase", Some(self.phase), &["activity"]);
        path.0.push(KeyPart::Index(self.activity));
        path
    }
}

impl Path {
    pub(super) fn index(mut self, index: usize) -> Self {
        self.0.push(KeyPart::Index(index));
        self
    }

    pub(super) fn key(mut self, key: &str) -> Self {
        self.0.push(KeyPart::Key(key.to_string()));
        self
    }
}

/// The path of a key in a table of the file.
pub(super) fn path(table: &str, index: Option<usize>, keys: &[&str]) -> Path {
    let mut parts = vec![KeyPart::Key(table.to_string())];
    parts.extend(index.map(KeyPart::Index));
    parts.extend(keys.iter().map(|key| KeyPart::Key((*key).to_string())));
    Path(parts)
}
