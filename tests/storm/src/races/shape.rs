//! The shapes of relations that are raced for, each with two models of its own.

/// How many nodes of the other side a node has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arity {
    One,
    Required,
    Many,
}

/// Where the links are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Links {
    Table,
    /// In the row of the parent.
    Parent,
    /// In the row of the child.
    Child,
}

/// A relation between a parent and a child.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Both models are named after it.
    pub(super) name: &'static str,
    /// The parent's field `child`.
    pub(super) child: Arity,
    /// The child's field `parent`.
    pub(super) parent: Arity,
    pub(super) links: Links,
}

const fn shape(name: &'static str, child: Arity, parent: Arity, links: Links) -> Shape {
    Shape {
        name,
        child,
        parent,
        links,
    }
}

/// All but those whose links can never move, as both sides are required.
pub(super) const SHAPES: [Shape; 11] = [
    shape("PairTable", Arity::One, Arity::One, Links::Table),
    shape("PairParent", Arity::One, Arity::One, Links::Parent),
    shape("PairChild", Arity::One, Arity::One, Links::Child),
    shape("NeedTable", Arity::Required, Arity::One, Links::Table),
    shape("NeedParent", Arity::Required, Arity::One, Links::Parent),
    shape("NeedChild", Arity::Required, Arity::One, Links::Child),
    shape("ListTable", Arity::Many, Arity::One, Links::Table),
    shape("ListChild", Arity::Many, Arity::One, Links::Child),
    shape("OwnTable", Arity::Many, Arity::Required, Links::Table),
    shape("OwnChild", Arity::Many, Arity::Required, Links::Child),
    shape("NetTable", Arity::Many, Arity::Many, Links::Table),
];

/// One of the two models of a shape, with its field to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Parent,
    Child,
}

impl Side {
    pub(super) const BOTH: [Self; 2] = [Self::Parent, Self::Child];

    pub(super) fn other(self) -> Self {
        match self {
            Self::Parent => Self::Child,
            Self::Child => Self::Parent,
        }
    }

    /// The name of the field that leads here.
    pub(super) fn field(self) -> &'static str {
        match self {
            Self::Parent => "parent",
            Self::Child => "child",
        }
    }
}

impl Shape {
    /// The name of a model; its plural is a regular one.
    pub(super) fn model(&self, side: Side) -> String {
        match side {
            Side::Parent => format!("{}Parent", self.name),
            Side::Child => format!("{}Kid", self.name),
        }
    }

    /// The query of all nodes of a model, by pages.
    pub(super) fn connection(&self, side: Side) -> String {
        let model = self.model(side);
        let (first, rest) = model.split_at(1);
        format!("{}{rest}sConnection", first.to_lowercase())
    }

    /// How many of the other side a node of this side has.
    pub(super) fn arity(&self, side: Side) -> Arity {
        match side {
            Side::Parent => self.child,
            Side::Child => self.parent,
        }
    }

    /// Is either side required?
    pub(super) fn is_required(&self) -> bool {
        [self.child, self.parent].contains(&Arity::Required)
    }

    /// Both models.
    pub(super) fn datamodel(&self) -> String {
        Side::BOTH.map(|side| self.model_text(side)).concat()
    }

    fn model_text(&self, side: Side) -> String {
        let (model, other) = (self.model(side), self.model(side.other()));
        let ty = match self.arity(side) {
            Arity::One => other,
            Arity::Required => format!("{other}!"),
            Arity::Many => format!("[{other}]"),
        };
        let links = match (self.links, side) {
            (Links::Table, Side::Parent) => " @relation(link: TABLE)",
            (Links::Parent, Side::Parent) | (Links::Child, Side::Child) => {
                " @relation(link: INLINE)"
            }
            _ => "",
        };
        let field = side.other().field();
        format!("type {model} {{ id: ID! @id  name: String! @unique  {field}: {ty}{links} }}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_is_two_models() {
        let text = shape("Own", Arity::Many, Arity::Required, Links::Child).datamodel();
        assert_eq!(
            text,
            "type OwnParent { id: ID! @id  name: String! @unique  child: [OwnKid] }\n\
             type OwnKid { id: ID! @id  name: String! @unique  parent: OwnParent! @relation(link: INLINE) }\n"
        );
    }
}
