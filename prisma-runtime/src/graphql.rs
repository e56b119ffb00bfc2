//! Documents that `graphql!` checked: a text, variables, and an answer that is read by its keys.

mod answer;
mod variables;

pub use self::{
    answer::{AnswerObject, ReadAnswer, read_list, read_long, read_nullable},
    variables::{UpdateInput, UpdateManyInput, Variable, Variables},
};

use crate::{answer::data, client::Client, error::Result, transport::Request};

/// An operation of a [`graphql!`](crate::graphql) document: a struct of its variables.
pub trait GraphqlDocument: Sized + Send {
    /// The operation with the fragments that it uses, as it is sent.
    const TEXT: &'static str;

    /// What it gives.
    type Answer: ReadAnswer + Send;

    /// Sets the variables. Those that are left out are not sent.
    fn set_variables(self, variables: &mut Variables);
}

impl Client {
    /// Runs an operation of a [`graphql!`](crate::graphql) document.
    ///
    /// A mutation of several root fields writes one after the other, and what was written before one that fails stays;
    /// within a [transaction](Client::transaction) all of it is undone.
    ///
    /// # Errors
    /// Whatever the server says about it; [`ErrorKind::Decode`](crate::ErrorKind::Decode) if the answer does not fit.
    pub async fn run<D: GraphqlDocument>(&self, document: D) -> Result<D::Answer> {
        let mut variables = Variables::default();
        document.set_variables(&mut variables);
        let request = Request::new(D::TEXT.to_owned(), &variables.into_value());
        let bytes = self.send(request).await?;
        D::Answer::read(data(&bytes)?)
    }
}
