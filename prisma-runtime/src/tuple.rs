//! The lengths of tuples that traits are implemented for.

/// Hands a macro the parameter lists `(A) (A B) (A B C) …` up to sixteen.
macro_rules! up_to_16 {
    ($then:ident) => {
        $then! {
            (A)
            (A B)
            (A B C)
            (A B C D)
            (A B C D E)
            (A B C D E F)
            (A B C D E F G)
            (A B C D E F G H)
            (A B C D E F G H I)
            (A B C D E F G H I J)
            (A B C D E F G H I J K)
            (A B C D E F G H I J K L)
            (A B C D E F G H I J K L O)
            (A B C D E F G H I J K L O P)
            (A B C D E F G H I J K L O P Q)
            (A B C D E F G H I J K L O P Q R)
        }
    };
}

pub(crate) use up_to_16;
