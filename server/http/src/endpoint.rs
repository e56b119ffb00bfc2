//! What a path of a POST names (server.md §1.2).

use prisma_connector::ServiceName;

/// What a path names.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Endpoint {
    /// The management API.
    Management,
    /// The API of a service.
    Api(ServiceName),
    /// The deployed datamodel of a service.
    Datamodel(ServiceName),
    /// A part of a service that this server does not have, by its word.
    Unserved(&'static str),
    /// More parts than a service has.
    Unknown,
}

impl Endpoint {
    /// Reads a path. Valid names need no percent-encoding, so none is undone. Empty parts do not count, which
    /// tolerates a slash at the end.
    pub(crate) fn of_path(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            // `cluster` is what clients of early servers call it.
            ["management" | "cluster"] => Self::Management,
            [service @ .., "_datamodel"] => named(service).map_or(Self::Unknown, Self::Datamodel),
            [.., "private"] => Self::Unserved("private"),
            [.., "import"] => Self::Unserved("import"),
            [.., "export"] => Self::Unserved("export"),
            service => named(service).map_or(Self::Unknown, Self::Api),
        }
    }
}

fn named(parts: &[&str]) -> Option<ServiceName> {
    Some(match parts {
        [] => ServiceName::default(),
        [name] => ServiceName::new(*name, ServiceName::default().stage),
        [name, stage] => ServiceName::new(*name, *stage),
        [workspace, name, stage] => ServiceName::new(format!("{workspace}~{name}"), *stage),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn api(name: &str, stage: &str) -> Endpoint {
        Endpoint::Api(ServiceName::new(name, stage))
    }

    #[test]
    fn parts_name_a_service() {
        for (path, expected) in [
            ("", api("default", "default")),
            ("/", api("default", "default")),
            ("/blog", api("blog", "default")),
            ("/blog/dev", api("blog", "dev")),
            ("//blog//dev//", api("blog", "dev")),
            ("/team/blog/dev", api("team~blog", "dev")),
            ("/a/b/c/d", Endpoint::Unknown),
        ] {
            assert_eq!(Endpoint::of_path(path), expected, "{path}");
        }
    }

    #[test]
    fn reserved_words_count_at_their_place_only() {
        for (path, expected) in [
            ("/management", Endpoint::Management),
            ("/management/", Endpoint::Management),
            ("/cluster", Endpoint::Management),
            ("/management/dev", api("management", "dev")),
            ("/private/dev", api("private", "dev")),
            ("/blog/dev/private", Endpoint::Unserved("private")),
            ("/import", Endpoint::Unserved("import")),
            ("/_datamodel", Endpoint::Datamodel(ServiceName::default())),
            (
                "/w/blog/dev/_datamodel",
                Endpoint::Datamodel(ServiceName::new("w~blog", "dev")),
            ),
            ("/a/b/c/d/_datamodel", Endpoint::Unknown),
        ] {
            assert_eq!(Endpoint::of_path(path), expected, "{path}");
        }
    }
}
