//! What the API calls the parts of one model.

/// The names of root fields and input types of one model, as the API derived from the datamodel has them.
///
/// They are one text and are found in it when they are needed, which costs less than a hundred structs of sixteen
/// texts cost the compiler.
#[derive(Clone, Copy, Debug)]
pub struct Names(&'static str);

impl Names {
    /// All names, in the order of the methods below, with one blank between them. A name is empty where the API
    /// lacks the thing, and then nothing that compiles asks for it. For generated code.
    #[must_use]
    pub const fn of(names: &'static str) -> Self {
        Self(names)
    }
}

macro_rules! names {
    ($($position:literal $name:ident $(#[$doc:meta])*;)*) => {
        impl Names {$(
            $(#[$doc])*
            #[must_use]
            pub fn $name(self) -> &'static str {
                self.0.split(' ').nth($position).unwrap_or("")
            }
        )*}
    };
}

impl Names {
    /// The root fields that begin with records of the model.
    #[cfg(feature = "mock")]
    pub(crate) fn root_fields(self) -> [&'static str; 9] {
        [
            self.one(),
            self.many(),
            self.connection(),
            self.create(),
            self.update(),
            self.upsert(),
            self.delete(),
            self.update_many(),
            self.delete_many(),
        ]
    }
}

names! {
    0 model /** The model, `User`. */;
    1 one /** `user` */;
    2 many /** `users` */;
    3 connection /** `usersConnection` */;
    4 create /** `createUser` */;
    5 update /** `updateUser` */;
    6 upsert /** `upsertUser` */;
    7 delete /** `deleteUser` */;
    8 update_many /** `updateManyUsers` */;
    9 delete_many /** `deleteManyUsers` */;
    10 filter /** `UserWhereInput` */;
    11 order /** `UserOrderByInput` */;
    12 unique /** `UserWhereUniqueInput` */;
    13 create_input /** `UserCreateInput`; empty where `createUser` takes no arguments. */;
    14 update_input /** `UserUpdateInput` */;
    15 update_many_input /** `UserUpdateManyMutationInput` */;
    16 subscribe /** `user`, of the subscriptions */;
    17 event_filter /** `UserSubscriptionWhereInput` */;
}
