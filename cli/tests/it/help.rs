//! What the binary says about itself.

use crate::program::Folder;

fn help(arguments: &[&str]) -> String {
    let ended = Folder::new().run(arguments);
    assert_eq!((ended.code, ended.stderr.as_str()), (0, ""));
    ended.stdout
}

#[test]
fn help_is_stable() {
    insta::assert_snapshot!("help", help(&["--help"]));
    insta::assert_snapshot!("help_server", help(&["server", "--help"]));
    insta::assert_snapshot!("help_dev", help(&["dev", "--help"]));
    insta::assert_snapshot!("help_format", help(&["format", "--help"]));
    insta::assert_snapshot!("help_generate", help(&["generate", "--help"]));
}

#[test]
fn wrong_usage_exits_with_2_and_suggests() {
    let folder = Folder::new();
    for (arguments, suggestion) in [
        (&["serve"][..], "server"),
        (&["formt"], "format"),
        (&["server", "--prot", "1"], "--port"),
        (&["server", "--port", "many"], "--port"),
        (&["server", "--log", "xml"], "plain, json"),
        (&["generate"], "--out-dir <DIR>"),
        (&["generate", "--out-dri", "d"], "--out-dir"),
        (
            &["generate", "--out-dir", "d", "--rename", "Db"],
            "write two names with `=` between them",
        ),
        (&[], "Usage: prisma"),
    ] {
        let ended = folder.run(arguments);
        assert_eq!(ended.code, 2, "{arguments:?}");
        assert!(
            ended.stderr.contains(suggestion),
            "{arguments:?}: {}",
            ended.stderr
        );
        assert_eq!(ended.stdout, "");
    }
}

#[test]
fn the_version_is_printed() {
    let ended = Folder::new().run(&["--version"]);
    assert_eq!(
        ended.stdout,
        concat!("prisma ", env!("CARGO_PKG_VERSION"), "\n")
    );
}
