//! What a value begins with.

pub(crate) const NULL: u8 = 0;
pub(crate) const FALSE: u8 = 1;
pub(crate) const TRUE: u8 = 2;
pub(crate) const INT: u8 = 3;
pub(crate) const FLOAT: u8 = 4;
pub(crate) const TEXT: u8 = 5;
pub(crate) const JSON: u8 = 6;
pub(crate) const LIST: u8 = 7;
pub(crate) const RECORD: u8 = 8;
pub(crate) const END: u8 = 9;
