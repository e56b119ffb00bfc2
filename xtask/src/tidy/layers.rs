//! The table of layers: which crate may use which (ARCHITECTURE.md, "Allowed dependencies").

/// What one workspace crate may use, as a normal or as a build dependency. Its tests are free.
pub(crate) struct Layer {
    pub(crate) name: &'static str,
    /// Workspace crates.
    pub(crate) uses: &'static [&'static str],
    /// Workspace crates behind a feature that is off by default.
    pub(crate) behind: Option<(&'static str, &'static [&'static str])>,
    /// Guarded crates. An outside crate that stands in any row is guarded: no other crate may name it, nor reach it
    /// through third parties.
    pub(crate) guarded: &'static [&'static str],
}

/// Crates of one kind in one folder, each of them without a row of its own.
pub(crate) struct Folder {
    pub(crate) path: &'static str,
    pub(crate) uses: Uses,
}

#[derive(Clone, Copy)]
pub(crate) enum Uses {
    Only(&'static [&'static str]),
    AllBut(&'static [&'static str]),
}

const LAYER: Layer = Layer {
    name: "",
    uses: &[],
    behind: None,
    guarded: &[],
};

/// From the ground up.
pub(crate) const LAYERS: &[Layer] = &[
    Layer {
        name: "prisma-datamodel",
        guarded: &["graphql-parser"],
        ..LAYER
    },
    Layer {
        name: "prisma-api",
        uses: &["prisma-datamodel"],
        ..LAYER
    },
    Layer {
        name: "prisma-packed",
        ..LAYER
    },
    Layer {
        name: "prisma-sdl",
        ..LAYER
    },
    Layer {
        name: "prisma-codegen",
        uses: &["prisma-api", "prisma-datamodel"],
        ..LAYER
    },
    Layer {
        name: "prisma-macros",
        uses: &[
            "prisma-api",
            "prisma-codegen",
            "prisma-datamodel",
            "prisma-sdl",
        ],
        ..LAYER
    },
    Layer {
        name: "prisma-runtime",
        uses: &["prisma-macros", "prisma-packed", "prisma-sdl"],
        behind: Some((
            "embedded",
            &[
                "prisma-connector",
                "prisma-datamodel",
                "prisma-deploy",
                "prisma-engine",
                "prisma-sql",
                "prisma-sqlite",
            ],
        )),
        guarded: &["reqwest", "tokio"],
    },
    Layer {
        name: "prisma-connector",
        uses: &["prisma-datamodel"],
        ..LAYER
    },
    Layer {
        name: "prisma-sql",
        uses: &["prisma-connector", "prisma-datamodel", "prisma-packed"],
        guarded: &["sea-query"],
        ..LAYER
    },
    Layer {
        name: "prisma-sqlite",
        uses: &["prisma-connector", "prisma-sql"],
        guarded: &["rusqlite", "tokio"],
        ..LAYER
    },
    Layer {
        name: "prisma-mysql",
        uses: &["prisma-connector", "prisma-sql"],
        guarded: &["mysql_async", "tokio"],
        ..LAYER
    },
    Layer {
        name: "prisma-postgres",
        uses: &["prisma-connector", "prisma-sql"],
        guarded: &["tokio", "tokio-postgres"],
        ..LAYER
    },
    Layer {
        name: "prisma-engine",
        uses: &[
            "prisma-api",
            "prisma-connector",
            "prisma-datamodel",
            "prisma-packed",
        ],
        guarded: &["apollo-compiler", "tokio"],
        ..LAYER
    },
    Layer {
        name: "prisma-deploy",
        uses: &[
            "prisma-api",
            "prisma-connector",
            "prisma-datamodel",
            "prisma-engine",
        ],
        guarded: &["graphql-parser", "tokio"],
        ..LAYER
    },
    Layer {
        name: "prisma-server",
        uses: &[
            "prisma-api",
            "prisma-connector",
            "prisma-datamodel",
            "prisma-deploy",
            "prisma-engine",
            "prisma-mysql",
            "prisma-postgres",
            "prisma-sql",
            "prisma-sqlite",
        ],
        guarded: &["apollo-compiler", "axum", "tokio"],
        ..LAYER
    },
    Layer {
        name: "prisma-cli",
        uses: &[
            "prisma-api",
            "prisma-codegen",
            "prisma-connector",
            "prisma-datamodel",
            "prisma-deploy",
            "prisma-server",
        ],
        guarded: &["tokio"],
        ..LAYER
    },
    // Stands in a folder that is free to use everything, and must use nothing: `xtask` uses it.
    Layer {
        name: "prisma-tests-databases",
        ..LAYER
    },
    Layer {
        name: "prisma-bench-contest",
        ..LAYER
    },
    Layer {
        name: "prisma-bench",
        uses: &[
            "prisma-bench-contest",
            "prisma-connector",
            "prisma-deploy",
            "prisma-engine",
            "prisma-sql",
            "prisma-sqlite",
            "prisma-tests-databases",
        ],
        guarded: &["axum", "mysql_async", "rusqlite", "tokio", "tokio-postgres"],
        ..LAYER
    },
    Layer {
        name: "prisma-guide",
        uses: &["prisma-codegen", "prisma-runtime"],
        guarded: &["tokio"],
        ..LAYER
    },
    Layer {
        name: "prisma-bench-embedded",
        uses: &["prisma-bench-contest", "prisma-codegen", "prisma-runtime"],
        guarded: &["tokio"],
        ..LAYER
    },
    Layer {
        name: "prisma-bench-by-hand",
        uses: &["prisma-bench-contest"],
        guarded: &["rusqlite"],
        ..LAYER
    },
    Layer {
        name: "xtask",
        uses: &[
            "prisma-api",
            "prisma-codegen",
            "prisma-datamodel",
            "prisma-tests-databases",
        ],
        ..LAYER
    },
];

/// Where crates need no row.
pub(crate) const FOLDERS: &[Folder] = &[
    // What a user adds, and nothing else: an example that needs more shows a hole in the binding.
    Folder {
        path: "examples",
        uses: Uses::Only(&["prisma-codegen", "prisma-runtime"]),
    },
    Folder {
        path: "tests",
        uses: Uses::AllBut(&["prisma-cli", "xtask"]),
    },
];

/// Whether an outside crate may be used only by those that list it.
pub(crate) fn is_guarded(name: &str) -> bool {
    LAYERS.iter().any(|layer| layer.guarded.contains(&name))
}

impl Uses {
    pub(crate) fn allow(self, name: &str) -> bool {
        match self {
            Uses::Only(names) => names.contains(&name),
            Uses::AllBut(names) => !names.contains(&name),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The lines of the architecture that no change of the table may break, features left at their defaults.
    const NEVER: &[(&str, &[&str])] = &[
        ("prisma-datamodel", &["tokio"]),
        ("prisma-api", &["tokio"]),
        ("prisma-connector", &["tokio", "prisma-api"]),
        ("prisma-codegen", CLIENT_NEVER),
        ("prisma-codegen", &["tokio"]),
        ("prisma-macros", CLIENT_NEVER),
        ("prisma-runtime", CLIENT_NEVER),
        (
            "prisma-engine",
            &["prisma-sql", "prisma-sqlite", "rusqlite", "axum"],
        ),
        (
            "prisma-sql",
            &["prisma-api", "prisma-engine", "apollo-compiler"],
        ),
    ];

    const CLIENT_NEVER: &[&str] = &[
        "prisma-connector",
        "prisma-engine",
        "prisma-sql",
        "axum",
        "apollo-compiler",
    ];

    #[test]
    fn the_table_keeps_the_laws() {
        for (name, never) in NEVER {
            let mut reached = BTreeSet::new();
            reach(name, &mut reached);
            for other in *never {
                assert!(!reached.contains(other), "{name} reaches {other}");
            }
        }
    }

    #[test]
    fn only_the_command_line_uses_the_server_and_nothing_uses_the_command_line() {
        for layer in LAYERS {
            assert!(!layer.uses.contains(&"prisma-cli"), "{}", layer.name);
            assert_eq!(
                layer.uses.contains(&"prisma-server"),
                layer.name == "prisma-cli",
                "{}",
                layer.name
            );
        }
    }

    #[test]
    fn rows_name_rows_below_them() {
        for (index, layer) in LAYERS.iter().enumerate() {
            let below: Vec<&str> = LAYERS[..index].iter().map(|layer| layer.name).collect();
            for used in layer.uses {
                assert!(below.contains(used), "{} uses {used}", layer.name);
            }
        }
    }

    fn reach(name: &str, reached: &mut BTreeSet<&'static str>) {
        let Some(layer) = LAYERS.iter().find(|layer| layer.name == name) else {
            return;
        };
        for used in layer.uses.iter().chain(layer.guarded) {
            if reached.insert(used) {
                reach(used, reached);
            }
        }
    }
}
