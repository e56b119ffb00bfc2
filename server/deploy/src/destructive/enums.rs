//! Values that an enum loses while something has them.

use prisma_connector::Probe;
use prisma_datamodel::{EnumId, FieldType};

use super::{Change, Check, Condition, Level};
use crate::request::Issue;

impl Change<'_> {
    /// One check per value that stored fields may have and their enum will not have: because the enum lost it, or
    /// because the field gets another enum.
    pub(super) fn lost_values(&self, checks: &mut Vec<Check>) {
        for (id, item) in self.previous.enums() {
            for (index, value) in (0..).zip(&item.values) {
                let probes = self.fields_that_lose(id, index, value);
                if !probes.is_empty() {
                    checks.push(Check {
                        condition: Condition::Any(probes),
                        level: Level::Error,
                        issue: Issue::global(format!(
                            "You are deleting the value '{value}' of the enum '{}', but that value is in use.",
                            item.name
                        )),
                    });
                }
            }
        }
    }

    fn fields_that_lose(&self, enumeration: EnumId, index: u32, value: &str) -> Vec<Probe> {
        let fields = self.diff.matching.fields.iter();
        fields
            .filter(|&(from, to)| {
                let FieldType::Enum(after) = self.next[to].ty else {
                    return false;
                };
                self.previous[from].ty == FieldType::Enum(enumeration)
                    && !self.next[after].values.iter().any(|kept| kept == value)
            })
            .map(|(from, _)| Probe::HasEnumValue(from, index))
            .collect()
    }
}
