//! What the API calls the parts of one model.

/// The names of root fields and input types of one model, as the API derived from the datamodel has them.
/// A name is empty where the API lacks the thing, and then nothing that compiles needs it.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    /// The model, `User`.
    pub model: &'static str,
    /// `user`
    pub one: &'static str,
    /// `users`
    pub many: &'static str,
    /// `usersConnection`
    pub connection: &'static str,
    /// `createUser`
    pub create: &'static str,
    /// `updateUser`
    pub update: &'static str,
    /// `upsertUser`
    pub upsert: &'static str,
    /// `deleteUser`
    pub delete: &'static str,
    /// `updateManyUsers`
    pub update_many: &'static str,
    /// `deleteManyUsers`
    pub delete_many: &'static str,
    /// `UserWhereInput`
    pub filter: &'static str,
    /// `UserOrderByInput`
    pub order: &'static str,
    /// `UserWhereUniqueInput`
    pub unique: &'static str,
    /// `UserCreateInput`; empty where `createUser` takes no arguments.
    pub create_input: &'static str,
    /// `UserUpdateInput`
    pub update_input: &'static str,
    /// `UserUpdateManyMutationInput`
    pub update_many_input: &'static str,
}
