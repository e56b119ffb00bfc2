//! The rules. Each asks the database one question, and only if those before it did not decide.

use async_graphql::{Context, Error, Guard, Result};
use prisma_runtime::Id;

use crate::db::{AvailableRoles, Db, Models as _, Post};

/// Who asks, by the name of the user; nobody if that is not known.
pub(crate) struct Caller(pub(crate) Option<String>);

impl Caller {
    /// The name of the user who asks.
    pub(crate) fn of<'c>(context: &Context<'c>) -> Result<&'c str> {
        let Caller(name) = context.data()?;
        name.as_deref()
            .ok_or_else(|| Error::new("Not authenticated"))
    }
}

fn refuse_unless(is_allowed: bool) -> Result<()> {
    if is_allowed {
        Ok(())
    } else {
        Err(Error::new("Not authorized"))
    }
}

/// Users with one of these roles.
pub(crate) struct HasRole(pub(crate) &'static [AvailableRoles]);

impl Guard for HasRole {
    async fn check(&self, context: &Context<'_>) -> Result<()> {
        let caller = Caller::of(context)?;
        let db = context.data::<Db>()?;
        let has_role = db.user_role().exists(|r| {
            let roles = self.0.iter().copied();
            r.user.is(|u| u.username.eq(caller)) & r.role.is(|r| r.name.is_in(roles))
        });
        refuse_unless(has_role.await?)
    }
}

/// The user who wrote this post.
pub(crate) struct Wrote(pub(crate) Id<Post>);

impl Guard for Wrote {
    async fn check(&self, context: &Context<'_>) -> Result<()> {
        let caller = Caller::of(context)?;
        let db = context.data::<Db>()?;
        let is_hers = db
            .post()
            .exists(|p| p.id.eq(&self.0) & p.user.is(|u| u.username.eq(caller)));
        refuse_unless(is_hers.await?)
    }
}
