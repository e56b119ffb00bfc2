//! Where things are stored: names of containers, tables and columns, and column types (deploy.md §2.1 to §2.9).

use prisma_connector::ServiceName;
use prisma_datamodel::{Datamodel, FieldId, FieldType, ModelId, ScalarType};

use crate::{ddl, store};

/// The layout that one kind of database has, as data.
#[derive(Debug)]
pub struct Layout {
    /// Stands between service and stage in the id of a project.
    pub separator: char,
    /// The container of the management store.
    pub management: &'static str,
    /// Column types.
    pub types: Types,
    /// Tables, columns and indexes as statements.
    pub(crate) ddl: &'static ddl::Style,
    /// A query for tables and their columns; where tables are named with their container, it is the one value.
    pub(crate) columns_there: &'static str,
    /// A query for tables and their indexes, likewise.
    pub(crate) indexes_there: &'static str,
    /// The tables of the management store.
    pub(crate) store: store::Columns,
}

/// Column types (deploy.md §2.2).
#[derive(Debug)]
pub struct Types {
    /// `ID`
    pub id: &'static str,
    /// `UUID`
    pub uuid: &'static str,
    /// `String`
    pub string: &'static str,
    /// `Int`
    pub int: &'static str,
    /// `Float`
    pub float: &'static str,
    /// `Boolean`
    pub boolean: &'static str,
    /// `DateTime`
    pub date_time: &'static str,
    /// `Json`
    pub json: &'static str,
    /// Enums.
    pub enumeration: &'static str,
    /// Ids and UUIDs in a list that `JSON_TABLE` takes apart: it would cut longer texts, and what is left could be equal
    /// to an id.
    pub listed_id: &'static str,
    /// Whole numbers there: it would replace greater ones by the greatest.
    pub listed_int: &'static str,
}

/// SQLite.
pub static SQLITE: Layout = Layout {
    separator: '_',
    management: "management",
    types: Types {
        id: "char(25)",
        uuid: "char(36)",
        string: "mediumtext",
        int: "int",
        float: "Decimal(65,30)",
        boolean: "boolean",
        date_time: "datetime(3)",
        json: "mediumtext",
        enumeration: "varchar(191)",
        listed_id: "char(25)",
        listed_int: "int",
    },
    ddl: &ddl::SQLITE,
    columns_there: "SELECT m.name, c.name FROM sqlite_master AS m \
                    JOIN pragma_table_info(m.name) AS c WHERE m.type = 'table'",
    indexes_there: "SELECT tbl_name, name FROM sqlite_master WHERE type = 'index'",
    store: store::SQLITE,
};

/// PostgreSQL.
pub static POSTGRES: Layout = Layout {
    separator: '$',
    management: "management",
    types: Types {
        id: "varchar (25)",
        uuid: "uuid",
        string: "text",
        int: "int",
        float: "Decimal(65,30)",
        boolean: "boolean",
        date_time: "timestamp (3)",
        json: "text",
        enumeration: "text",
        listed_id: "text",
        listed_int: "int",
    },
    ddl: &ddl::POSTGRES,
    columns_there: "SELECT table_name::text, column_name::text FROM information_schema.columns \
                    WHERE table_schema = $1",
    indexes_there: "SELECT tablename::text, indexname::text FROM pg_catalog.pg_indexes \
                    WHERE schemaname = $1",
    store: store::POSTGRES,
};

/// MySQL and MariaDB.
pub static MYSQL: Layout = Layout {
    separator: '@',
    management: "prisma",
    types: Types {
        id: "char(25) CHARACTER SET utf8 COLLATE utf8_general_ci",
        uuid: "char(36) CHARACTER SET utf8 COLLATE utf8_general_ci",
        string: "mediumtext CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
        int: "int",
        float: "Decimal(65,30)",
        boolean: "boolean",
        date_time: "datetime(3)",
        json: "mediumtext CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
        enumeration: "varchar(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci",
        listed_id: "varchar(191) CHARACTER SET utf8 COLLATE utf8_general_ci",
        listed_int: "bigint",
    },
    ddl: &ddl::MYSQL,
    columns_there: "SELECT table_name, column_name FROM information_schema.columns \
                    WHERE table_schema = ?",
    indexes_there: "SELECT DISTINCT table_name, index_name FROM information_schema.statistics \
                    WHERE table_schema = ?",
    store: store::MYSQL,
};

/// Stands in for a separator that a stage contains; service names and stages never contain it.
const CLEAR_SEPARATOR: char = '$';

impl Layout {
    /// The id of a project, which is also the name of its container (deploy.md §2.1).
    ///
    /// An id is read by splitting at its last separator, so that every id that Prisma 1 could read, and every
    /// service name with a separator in it, stays as it is. Only a stage that contains the separator would be cut
    /// in the wrong place; such an id has a `$` instead: `blog` at `my_stage` is `blog$my_stage` on SQLite.
    #[must_use]
    pub fn project_id(&self, service: &ServiceName) -> String {
        let separator = if service.stage.contains(self.separator) {
            CLEAR_SEPARATOR
        } else {
            self.separator
        };
        format!("{}{separator}{}", service.name, service.stage)
    }

    /// The reverse of [`Layout::project_id`]; none for a text that is no id of a project.
    #[must_use]
    pub fn service_name(&self, project_id: &str) -> Option<ServiceName> {
        project_id
            .split_once(CLEAR_SEPARATOR)
            .or_else(|| project_id.rsplit_once(self.separator))
            .map(|(name, stage)| ServiceName::new(name, stage))
    }

    /// The column type of a scalar or enum; none for relations.
    #[must_use]
    pub fn column_type(&self, ty: FieldType) -> Option<&'static str> {
        let types = &self.types;
        Some(match ty {
            FieldType::Relation(..) => return None,
            FieldType::Enum(_) => types.enumeration,
            FieldType::Scalar(scalar) => match scalar {
                ScalarType::Id => types.id,
                ScalarType::Uuid => types.uuid,
                ScalarType::String => types.string,
                ScalarType::Int => types.int,
                ScalarType::Float => types.float,
                ScalarType::Boolean => types.boolean,
                ScalarType::DateTime => types.date_time,
                ScalarType::Json => types.json,
            },
        })
    }

    /// The type of values of a scalar or enum in a list that `JSON_TABLE` takes apart.
    pub(crate) fn listed_type(&self, ty: FieldType) -> &'static str {
        match ty {
            FieldType::Scalar(ScalarType::Id | ScalarType::Uuid) => self.types.listed_id,
            FieldType::Scalar(ScalarType::Int) => self.types.listed_int,
            other => self.column_type(other).unwrap_or_default(),
        }
    }
}

/// The table of a list of scalars (deploy.md §2.7).
pub(crate) fn list_table(datamodel: &Datamodel, field: FieldId) -> String {
    let field = &datamodel[field];
    format!("{}_{}", datamodel[field.model].table(), field.column())
}

/// The column of a model's id.
pub(crate) fn id_column(datamodel: &Datamodel, model: ModelId) -> &str {
    datamodel[datamodel[model].id].column()
}
