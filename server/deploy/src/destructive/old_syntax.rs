//! From a stored datamodel of 2018 to one in the current syntax (deploy.md §3.6.4).

use prisma_datamodel::Version;

use super::{Change, Check, Level};
use crate::request::Issue;

const WARNING: &str = "You are migrating from the old datamodel syntax to the new one. Make sure that you understand the listed changes because the semantics are different now. Then perform the deployment with the `--force` flag.";

impl Change<'_> {
    pub(super) fn away_from_old_syntax(&self, checks: &mut Vec<Check>) {
        if self.previous.version != Version::V1 || self.next.version != Version::V1_1 {
            return;
        }
        for (before, after) in self.diff.matching.models.iter() {
            for name in ["createdAt", "updatedAt"] {
                let text = match (
                    self.previous.field(before, name),
                    self.next.field(after, name),
                ) {
                    (Some(_), None) => format!(
                        "You are removing the field `{name}` while migrating to the new datamodel. \
                         Add the field `{name}: DateTime! @{name}` explicitly to your model to keep this functionality."
                    ),
                    (Some(_), Some(field)) if self.next[field].managed.is_none() => format!(
                        "You are migrating to the new datamodel with the field `{name}` but is missing the directive `@{name}`. \
                         Please specify the field as `{name}: DateTime! @{name}` to keep its original behaviour."
                    ),
                    _ => continue,
                };
                let issue = Issue::on_field(&self.next[after].name, name, text);
                checks.push(Check::always(Level::Error, issue));
            }
        }
        checks.push(Check::always(Level::Warning, Issue::global(WARNING)));
    }
}
