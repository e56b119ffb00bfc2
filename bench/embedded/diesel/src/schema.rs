//! The tables as the server lays them out.

use diesel::{allow_tables_to_appear_in_same_query, table};

table! {
    #[sql_name = "Artist"]
    artist (id) {
        id -> Integer,
        name -> Nullable<Text>,
    }
}

table! {
    #[sql_name = "Album"]
    album (id) {
        id -> Integer,
        title -> Text,
        artist -> Integer,
    }
}

table! {
    #[sql_name = "Track"]
    track (id) {
        id -> Integer,
        name -> Text,
        album -> Nullable<Integer>,
        composer -> Nullable<Text>,
        milliseconds -> Integer,
        #[sql_name = "unitPrice"]
        unit_price -> Double,
    }
}

table! {
    #[sql_name = "Customer"]
    customer (id) {
        id -> Integer,
        #[sql_name = "firstName"]
        first_name -> Text,
        #[sql_name = "lastName"]
        last_name -> Text,
        email -> Text,
        city -> Nullable<Text>,
        country -> Nullable<Text>,
    }
}

allow_tables_to_appear_in_same_query!(artist, album, track);
