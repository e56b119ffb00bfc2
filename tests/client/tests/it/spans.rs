//! Spans of requests, as a subscriber sees them.

use std::{
    collections::BTreeMap,
    fmt::Debug,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use prisma_runtime::{
    BoxFuture, Bytes, Client, ErrorKind, Request, Result, Session, TransactionOptions, Transport,
    TransportError, TxError, new,
};
use prisma_tests_client::blog::{Db, Models, user};
use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
    level_filters::LevelFilter,
    span::{Attributes, Id, Record},
    subscriber::DefaultGuard,
};
use tracing_subscriber::{
    Layer,
    layer::{Context, SubscriberExt},
    registry::LookupSpan,
};

use crate::{
    recorder::Recorder,
    transports::{both, datamodel},
};

type Fields = BTreeMap<String, String>;

/// Keeps the spans of requests, and events within them.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Vec<(Option<Id>, Fields)>>>);

impl Spans {
    /// Takes spans and events of the client up to this level, on this thread.
    fn listen(level: Level) -> (Self, DefaultGuard) {
        let spans = Self::default();
        let level = LevelFilter::from_level(level);
        let subscriber = tracing_subscriber::registry()
            .with(level)
            .with(spans.clone());
        (spans, tracing::subscriber::set_default(subscriber))
    }

    fn take(&self) -> Vec<Fields> {
        let taken = std::mem::take(&mut *self.0.lock().unwrap());
        taken.into_iter().map(|(_, fields)| fields).collect()
    }
}

struct Taker<'a>(&'a mut Fields);

impl Visit for Taker<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}

impl<S: Subscriber + for<'s> LookupSpan<'s>> Layer<S> for Spans {
    fn on_new_span(&self, span: &Attributes<'_>, id: &Id, _: Context<'_, S>) {
        if span.metadata().name() == "prisma.request" {
            let mut fields = Fields::new();
            span.record(&mut Taker(&mut fields));
            self.0.lock().unwrap().push((Some(id.clone()), fields));
        }
    }

    fn on_record(&self, id: &Id, record: &Record<'_>, _: Context<'_, S>) {
        let mut spans = self.0.lock().unwrap();
        if let Some((_, fields)) = spans.iter_mut().find(|(of, _)| of.as_ref() == Some(id)) {
            record.record(&mut Taker(fields));
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let within = context.event_span(event).map(|span| span.name());
        if within == Some("prisma.request")
            && event.metadata().target().starts_with("prisma_runtime")
        {
            let mut fields = Fields::new();
            event.record(&mut Taker(&mut fields));
            self.0.lock().unwrap().push((None, fields));
        }
    }
}

/// What differs from run to run or between transports, checked and taken out.
fn steady(mut fields: Fields) -> Fields {
    let elapsed = fields.remove("elapsed").unwrap();
    assert!(elapsed.parse::<u64>().unwrap() > 0, "{elapsed}");
    let transport = fields.remove("transport").unwrap();
    assert!(
        ["http", "embedded"].contains(&transport.as_str()),
        "{transport}"
    );
    fields
}

#[tokio::test]
async fn requests() {
    let said = both(&datamodel("blog"), async |client: Client, journal| {
        let db = Db::from(client);
        let (spans, _listening) = Spans::listen(Level::INFO);
        let ann = || {
            new!(user::New {
                email: "a@b",
                name: "Ann"
            })
        };
        db.user().create(ann()).await.unwrap();
        db.user().create(ann()).await.unwrap_err();
        db.user().find_many().await.unwrap();
        db.user().find_unique(user::by_id("nobody")).await.unwrap();
        db.user().connection().await.unwrap();
        db.batch((db.user().find_many(), db.user().count()))
            .await
            .unwrap();
        db.batch((db.user().find_many(), db.tag().find_many()))
            .await
            .unwrap();
        db.raw("{ nothing }", ()).await.unwrap_err();
        let nothing = serde_json::json!({});
        db.raw("{ a: users { id } b: users { id } }", nothing)
            .await
            .unwrap();
        for fields in spans.take() {
            journal.note(Ok(steady(fields)));
        }
    })
    .await;
    insta::assert_snapshot!(said);
}

/// Values show at TRACE, where somebody asked for them.
#[tokio::test]
async fn values() {
    let db = Db::custom(Recorder::answering(r#"{"data":{"users":[]}}"#));
    let query = || db.user().find_many().filter(|u| u.name.eq("secret"));
    let (spans, listening) = Spans::listen(Level::DEBUG);
    query().await.unwrap();
    assert!(!format!("{:?}", spans.take()).contains("secret"));
    drop(listening);
    let (spans, _listening) = Spans::listen(Level::TRACE);
    query().await.unwrap();
    let [span, event] = spans.take().try_into().unwrap();
    assert_eq!(span["transport"], "custom");
    assert_eq!(event["variables"], r#"{"where":{"name":"secret"}}"#);
    assert!(event["query"].starts_with("query($where: UserWhereInput)"));
}

/// Begins a transaction at the second time.
#[derive(Clone)]
struct Busy(Recorder, Arc<AtomicBool>);

impl Transport for Busy {
    fn send(&self, request: Request) -> BoxFuture<'_, Result<Bytes, TransportError>> {
        self.0.send(request)
    }

    fn begin(&self, _: TransactionOptions) -> BoxFuture<'_, Result<Arc<dyn Session>>> {
        let was_busy = self.1.swap(false, Ordering::Relaxed);
        let session = Arc::new(self.clone()) as Arc<dyn Session>;
        let failure = ErrorKind::Transaction(TxError::NotBegun);
        Box::pin(async move {
            if was_busy {
                Err(failure.into())
            } else {
                Ok(session)
            }
        })
    }
}

impl Session for Busy {
    fn lease(&self) -> Duration {
        Duration::from_secs(60)
    }

    fn commit(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async { Ok(()) })
    }

    fn roll_back(&self) -> BoxFuture<'_, Result<()>> {
        Box::pin(async { Ok(()) })
    }

    fn abandon(&self) {}
}

#[tokio::test]
async fn what_is_tried_again() {
    let recorder = Recorder::answering(r#"{"data":{"users":[]}}"#);
    let db = Db::custom(Busy(recorder, Arc::new(AtomicBool::new(true))));
    let (spans, _listening) = Spans::listen(Level::INFO);
    let tried = db.transactions().retry(3);
    tried
        .run(async |tx| tx.user().find_many().await)
        .await
        .unwrap();
    db.user().find_many().await.unwrap();
    let retries: Vec<String> = spans
        .take()
        .into_iter()
        .map(|span| span["retry"].clone())
        .collect();
    assert_eq!(retries, ["1", "0"]);
}

/// A request takes the header of the span that it has.
#[tokio::test]
async fn headers_of_the_span() {
    let (_, _listening) = Spans::listen(Level::INFO);
    let span = || {
        tracing::Span::current()
            .metadata()
            .map(|span| span.name().to_owned())
    };
    let head = crate::http::head(|builder| builder.header_with("traceparent", span)).await;
    assert!(head.contains("traceparent: prisma.request"), "{head}");
    let head = crate::http::head(|builder| builder.header_with("traceparent", || None)).await;
    assert!(!head.contains("traceparent"), "{head}");
}
