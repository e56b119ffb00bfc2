//! Each rule of `cargo xtask tidy`, broken once.

use crate::workspace::{Report, Workspace};

#[test]
fn a_workspace_without_findings_passes() {
    assert_eq!(Workspace::new().tidy(), passed(""));
}

#[test]
fn a_crate_uses_only_what_its_row_lists() {
    let workspace = Workspace::new();
    workspace.krate("prisma-connector", "");
    workspace.krate(
        "prisma-api",
        "[dependencies]
prisma-datamodel = { path = \"../prisma-datamodel\" }
prisma-connector = { path = \"../prisma-connector\" }

[dev-dependencies]
prisma-connector = { path = \"../prisma-connector\" }
",
    );
    assert_eq!(
        workspace.tidy(),
        failed(
            1,
            "crates/prisma-api/Cargo.toml:11: error[layer]: \
             `prisma-api` must not use `prisma-connector`\n"
        )
    );
}

#[test]
fn build_scripts_are_held_to_the_row_too_and_tests_are_not() {
    let workspace = Workspace::new();
    workspace.krate("prisma-api", "");
    workspace.krate(
        "prisma-connector",
        "[build-dependencies.prisma-api]\npath = \"../prisma-api\"\n",
    );
    workspace.krate(
        "prisma-sql",
        "[dev-dependencies]\nprisma-api = { path = \"../prisma-api\" }\n",
    );
    assert_eq!(
        workspace.tidy(),
        failed(
            1,
            "crates/prisma-connector/Cargo.toml: error[layer]: \
             `prisma-connector` must not use `prisma-api`\n"
        )
    );
}

#[test]
fn outside_crates_of_one_layer_are_named_and_reached_by_no_other() {
    let workspace = Workspace::new();
    workspace.outside("axum", "");
    workspace.outside("helper", "[dependencies]\naxum = { path = \"../axum\" }\n");
    workspace.krate(
        "prisma-engine",
        "[dependencies]
web = { path = \"../../outside/axum\", package = \"axum\" }
",
    );
    workspace.krate(
        "prisma-sql",
        "[dependencies]\nhelper = { path = \"../../outside/helper\" }\n",
    );
    workspace.krate(
        "prisma-server",
        "[dependencies]
axum = { path = \"../../outside/axum\" }
helper = { path = \"../../outside/helper\" }
",
    );
    assert_eq!(
        workspace.tidy(),
        failed(
            2,
            "crates/prisma-engine/Cargo.toml:10: error[layer]: \
             `prisma-engine` must not use `axum`\n\
             crates/prisma-sql/Cargo.toml:10: error[layer]: \
             `prisma-sql` must not reach `axum`: prisma-sql -> helper -> axum\n"
        )
    );
}

#[test]
fn the_runtime_embeds_a_server_only_when_asked_to() {
    let features = |default: &str| {
        format!(
            "[dependencies]
prisma-engine = {{ path = \"../prisma-engine\", optional = true }}

[features]
default = [{default}]
local = [\"embedded\"]
embedded = [\"dep:prisma-engine\"]
"
        )
    };
    let workspace = Workspace::new();
    workspace.krate("prisma-engine", "");
    workspace.krate("prisma-runtime", &features(""));
    assert_eq!(workspace.tidy(), passed(""));

    workspace.krate("prisma-runtime", &features("\"local\""));
    assert_eq!(
        workspace.tidy(),
        failed(
            1,
            "crates/prisma-runtime/Cargo.toml:10: error[layer]: `prisma-runtime` must not use \
             `prisma-engine`, except behind its feature `embedded`, off by default\n"
        )
    );
}

#[test]
fn a_crate_outside_the_table_is_refused() {
    let workspace = Workspace::new();
    workspace.krate("prisma-surprise", "");
    assert_eq!(
        workspace.tidy(),
        failed(
            1,
            "crates/prisma-surprise/Cargo.toml: error[layer]: \
             `prisma-surprise` has no row in the table of layers\n"
        )
    );
}

#[test]
fn an_example_uses_what_a_user_adds() {
    let workspace = Workspace::with_members(&["crates/*", "examples/*"]);
    workspace.krate("prisma-runtime", "");
    workspace.krate("prisma-engine", "");
    workspace.write(
        "examples/shop/Cargo.toml",
        "[package]
name = \"shop\"
edition = \"2024\"

[lints]
workspace = true

[dependencies]
prisma-runtime = { path = \"../../crates/prisma-runtime\" }
prisma-engine = { path = \"../../crates/prisma-engine\" }
",
    );
    workspace.write(
        "examples/shop/src/main.rs",
        "//! Sells things to everybody who comes.\n\nfn main() {}\n",
    );
    assert_eq!(
        workspace.tidy(),
        failed(
            1,
            "examples/shop/Cargo.toml:10: error[layer]: `shop` must not use `prisma-engine`\n"
        )
    );
}

#[test]
fn a_crate_says_what_it_is_for_and_must_never_know() {
    let workspace = Workspace::new();
    workspace.krate("prisma-api", "");
    workspace.write("crates/prisma-api/src/lib.rs", "// Derives the API.\n");
    workspace.krate("prisma-sql", "");
    workspace.write(
        "crates/prisma-sql/src/lib.rs",
        "//! Makes statements out of plans.\n",
    );
    workspace.krate("prisma-cli", "");
    workspace.write("crates/prisma-cli/src/main.rs", "//! x\nfn main() {}\n");
    assert_eq!(
        workspace.tidy(),
        failed(
            3,
            "crates/prisma-api/src/lib.rs:1: error[header]: \
             starts without a `//!` header that says what the crate is for\n\
             crates/prisma-cli/src/main.rs:1: error[header]: \
             starts without a `//!` header that says what the crate is for\n\
             crates/prisma-sql/src/lib.rs:1: error[header]: \
             its header lacks the line `Must never know: …`\n"
        )
    );
}

#[test]
fn a_crate_takes_the_lints_of_the_workspace() {
    let workspace = Workspace::new();
    workspace.write(
        "crates/prisma-datamodel/Cargo.toml",
        "[package]\nname = \"prisma-datamodel\"\nedition = \"2024\"\n\n[lints]\n\n[dependencies]\n",
    );
    assert_eq!(
        workspace.tidy(),
        failed(
            1,
            "crates/prisma-datamodel/Cargo.toml: error[lints]: lacks `[lints] workspace = true`\n"
        )
    );
}

#[test]
fn a_source_file_is_short() {
    let workspace = Workspace::new();
    for lines in [600, 601, 800, 801] {
        workspace.write(
            &format!("crates/prisma-datamodel/src/of_{lines}.rs"),
            &"// line\n".repeat(lines),
        );
    }
    workspace.write("data/of_801.json", &"1\n".repeat(801));
    let Report { succeeded, text } = workspace.tidy();
    assert!(!succeeded);
    assert_eq!(
        text,
        "crates/prisma-datamodel/src/of_601.rs: warning[long]: 601 lines, more than 600\n\
         crates/prisma-datamodel/src/of_800.rs: warning[long]: 800 lines, more than 600\n\
         crates/prisma-datamodel/src/of_801.rs: error[too-long]: 801 lines, 800 at most: split it\n\
         tidy: errors 1, warnings 2\n"
    );
}

#[test]
fn a_warning_alone_does_not_fail() {
    let workspace = Workspace::new();
    workspace.write("crates/prisma-datamodel/src/long.rs", &"\n".repeat(700));
    let Report { succeeded, text } = workspace.tidy();
    assert!(succeeded);
    assert!(text.ends_with("tidy: errors 0, warnings 1\n"), "{text}");
}

#[test]
fn unsafe_stands_nowhere_in_the_code() {
    let workspace = Workspace::new();
    workspace.append(
        "crates/prisma-datamodel/src/lib.rs",
        "#![forbid(unsafe_code)]
/* It is unsafe to say unsafe. */
const WORD: &str = r#\"unsafe \"here\" {}\"#;
unsafe fn f() {}
",
    );
    assert_eq!(
        workspace.tidy(),
        failed(
            1,
            "crates/prisma-datamodel/src/lib.rs:7: error[unsafe]: `unsafe`\n"
        )
    );
}

#[test]
fn nothing_is_left_for_later() {
    let workspace = Workspace::new();
    let note = concat!("TO", "DO");
    workspace.append(
        "crates/prisma-datamodel/src/lib.rs",
        &format!(
            "
/// A {note}S list, and todo != done.
fn f(todo: u8) -> bool {{
    dbg!(todo);
    /* Here
       a {note}. */
    assert!(todo != 0, \"{note}\");
    todo!()
}}
"
        ),
    );
    workspace.append(
        "crates/prisma-datamodel/Cargo.toml",
        &format!("# {note}: more\n"),
    );
    workspace.write("notes.md", &format!("No {note} in the code.\n"));
    assert_eq!(
        workspace.tidy(),
        failed(
            4,
            &format!(
                "crates/prisma-datamodel/Cargo.toml:9: error[leftover]: {note}\n\
                 crates/prisma-datamodel/src/lib.rs:7: error[leftover]: `dbg!`\n\
                 crates/prisma-datamodel/src/lib.rs:9: error[leftover]: {note}\n\
                 crates/prisma-datamodel/src/lib.rs:11: error[leftover]: `todo!`\n"
            )
        )
    );
}

#[test]
fn no_text_knows_a_machine() {
    let workspace = Workspace::new();
    let path = ["", "home", "alice", "prisma"].join("/");
    workspace.write("guide.md", &format!("# Guide\n\nGo to `{path}` first.\n"));
    workspace.write("ignored/guide.md", &path);
    workspace.write(".gitignore", "/ignored\n");
    assert_eq!(
        workspace.tidy(),
        failed(
            1,
            &format!("guide.md:3: error[machine-path]: a path of one machine: `{path}`\n")
        )
    );
}

#[test]
fn colors_are_for_those_who_want_them() {
    let workspace = Workspace::new();
    let forced = workspace.tidy_with(&[("CLICOLOR_FORCE", "1")]);
    assert!(forced.text.contains("\u{1b}["), "{}", forced.text);
    let refused = workspace.tidy_with(&[("NO_COLOR", "1")]);
    assert_eq!(refused, passed(""));
}

fn passed(findings: &str) -> Report {
    Report {
        succeeded: true,
        text: format!("{findings}tidy: errors 0, warnings 0\n"),
    }
}

fn failed(errors: usize, findings: &str) -> Report {
    Report {
        succeeded: false,
        text: format!("{findings}tidy: errors {errors}, warnings 0\n"),
    }
}
