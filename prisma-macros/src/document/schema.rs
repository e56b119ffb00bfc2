//! The API of a client, from the text that the generator writes beside it.

use std::{ops::Deref, sync::OnceLock};

pub(super) use prisma_sdl::{Input, Kind, TypeRef};

use super::roles::Roles;

/// The API, and what its inputs are about.
pub(super) struct Schema {
    api: prisma_sdl::Schema,
    roles: OnceLock<Roles>,
}

impl Schema {
    pub(super) fn new(text: String) -> Self {
        Self {
            api: prisma_sdl::Schema::new(text),
            roles: OnceLock::new(),
        }
    }

    /// What its inputs are about.
    pub(super) fn roles(&self) -> &Roles {
        self.roles.get_or_init(|| Roles::of(self))
    }
}

impl Deref for Schema {
    type Target = prisma_sdl::Schema;

    fn deref(&self) -> &prisma_sdl::Schema {
        &self.api
    }
}
