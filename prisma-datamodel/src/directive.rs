//! The directives of the language with their arguments: the one table behind validation, documentation and
//! completion. Unknown directives and arguments are ignored by the language (deploy.md §1.1).

/// Where a directive may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Location {
    /// After the name of a `type`.
    Type,
    /// After the type of a field.
    Field,
    /// After the name of an `enum`.
    Enum,
}

/// What an argument takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ArgumentKind {
    /// A string; where `strict` is false, numbers, booleans and words are read as text too.
    String {
        /// True if anything but a string is an error.
        strict: bool,
    },
    /// An integer.
    Int,
    /// One of some words.
    Word(&'static [&'static str]),
    /// A literal of the field's type.
    Literal,
}

/// One argument of a directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ArgumentSpec {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub kind: ArgumentKind,
    /// True if leaving it out is an error.
    pub required: bool,
    /// What leaving it out means, as it would be written.
    pub default: Option<&'static str>,
    /// What it does, in one line.
    pub docs: &'static str,
}

/// One directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DirectiveSpec {
    /// Its name, without the `@`.
    pub name: &'static str,
    /// Where it may stand.
    pub locations: &'static [Location],
    /// Its arguments, in the order they are printed.
    pub arguments: &'static [ArgumentSpec],
    /// What it does, in one line.
    pub docs: &'static str,
}

impl DirectiveSpec {
    /// Finds an argument by its name.
    #[must_use]
    pub fn argument(&self, name: &str) -> Option<&'static ArgumentSpec> {
        self.arguments.iter().find(|argument| argument.name == name)
    }
}

/// Finds a directive by its name and place.
#[must_use]
pub fn directive(name: &str, location: Location) -> Option<&'static DirectiveSpec> {
    DIRECTIVES
        .iter()
        .find(|spec| spec.name == name && spec.locations.contains(&location))
}

const fn optional(
    name: &'static str,
    kind: ArgumentKind,
    default: Option<&'static str>,
    docs: &'static str,
) -> ArgumentSpec {
    ArgumentSpec {
        name,
        kind,
        required: false,
        default,
        docs,
    }
}

const fn required(name: &'static str, kind: ArgumentKind, docs: &'static str) -> ArgumentSpec {
    ArgumentSpec {
        name,
        kind,
        required: true,
        default: None,
        docs,
    }
}

const TEXT: ArgumentKind = ArgumentKind::String { strict: false };
const STRING: ArgumentKind = ArgumentKind::String { strict: true };

/// All directives of v1.1, in the order they are printed after a field.
pub const DIRECTIVES: &[DirectiveSpec] = &[
    DirectiveSpec {
        name: "id",
        locations: &[Location::Field],
        arguments: &[optional(
            "strategy",
            ArgumentKind::Word(&["AUTO", "NONE", "SEQUENCE"]),
            Some("AUTO"),
            "Who makes the value: the server or database, the caller, or a named sequence",
        )],
        docs: "Marks the one field that identifies a node; it must be required, of type `ID`, `UUID` or `Int`",
    },
    DirectiveSpec {
        name: "sequence",
        locations: &[Location::Field],
        arguments: &[
            required("name", STRING, "The name of the sequence in the database"),
            required(
                "initialValue",
                ArgumentKind::Int,
                "The first value it gives",
            ),
            required(
                "allocationSize",
                ArgumentKind::Int,
                "How many values are taken at a time",
            ),
        ],
        docs: "Names the sequence of an `Int` id with the strategy `SEQUENCE`",
    },
    DirectiveSpec {
        name: "unique",
        locations: &[Location::Field],
        arguments: &[],
        docs: "No two nodes have the same value, and a node can be found by it",
    },
    DirectiveSpec {
        name: "createdAt",
        locations: &[Location::Field],
        arguments: &[],
        docs: "The server fills the `DateTime` field when a node is created",
    },
    DirectiveSpec {
        name: "updatedAt",
        locations: &[Location::Field],
        arguments: &[],
        docs: "The server fills the `DateTime` field whenever a node is created or changed",
    },
    DirectiveSpec {
        name: "default",
        locations: &[Location::Field],
        arguments: &[required(
            "value",
            ArgumentKind::Literal,
            "A literal of the field's type",
        )],
        docs: "The value of a new node where the caller gives none",
    },
    DirectiveSpec {
        name: "scalarList",
        locations: &[Location::Field],
        arguments: &[required(
            "strategy",
            ArgumentKind::Word(&["RELATION", "EMBEDDED"]),
            "Where the values are kept; SQL databases know `RELATION`",
        )],
        docs: "How a list of scalars or enums is stored; every such list needs it on SQL databases",
    },
    DirectiveSpec {
        name: "relation",
        locations: &[Location::Field],
        arguments: &[
            optional(
                "name",
                STRING,
                None,
                "The name of the relation, the same on both fields",
            ),
            optional(
                "link",
                ArgumentKind::Word(&["INLINE", "TABLE"]),
                None,
                "Where links are stored: in a column of this model, or in a table of their own",
            ),
            optional(
                "onDelete",
                ArgumentKind::Word(&["CASCADE", "SET_NULL"]),
                Some("SET_NULL"),
                "What happens to the related nodes when this node is deleted",
            ),
            optional(
                "oldName",
                TEXT,
                None,
                "The name before a rename, for the next deploy only",
            ),
        ],
        docs: "Describes the relation that the field is an end of",
    },
    DirectiveSpec {
        name: "db",
        locations: &[Location::Type, Location::Field],
        arguments: &[optional("name", TEXT, None, "The name in the database")],
        docs: "The table or column, where it is not called like the type or field",
    },
    DirectiveSpec {
        name: "relationTable",
        locations: &[Location::Type],
        arguments: &[],
        docs: "The type describes the table of the relation it is named after; it has no API",
    },
    DirectiveSpec {
        name: "embedded",
        locations: &[Location::Type],
        arguments: &[],
        docs: "The type lives inside other nodes; document databases only",
    },
    DirectiveSpec {
        name: "rename",
        locations: &[Location::Type, Location::Field, Location::Enum],
        arguments: &[optional("oldName", TEXT, None, "The name so far")],
        docs: "Keeps the data of something renamed, for the next deploy only",
    },
];
