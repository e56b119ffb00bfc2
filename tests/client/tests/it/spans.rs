//! Spans of requests, as a subscriber sees them.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
    fmt::Debug,
    sync::{
        Arc, Once,
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
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    level_filters::LevelFilter,
    span::{Attributes, Id, Record},
    subscriber::Interest,
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

/// The fields of a span, which has an id, or of an event.
type Kept = (Option<Id>, Fields);

thread_local! {
    /// How much this thread listens to.
    static LEVEL: Cell<LevelFilter> = const { Cell::new(LevelFilter::OFF) };
    static KEPT: RefCell<Vec<Kept>> = const { RefCell::new(Vec::new()) };
}

/// Keeps the spans of requests on this thread, and events within them.
///
/// All tests have one subscriber: what is on and off is cached for all threads, and subscribers that come and go in other
/// tests change it under way.
struct Spans;

impl Spans {
    /// Takes spans and events of the client up to this level, on this thread.
    async fn listen(level: LevelFilter) {
        static SUBSCRIBER: Once = Once::new();
        LEVEL.set(LevelFilter::OFF);
        // A span whose place was never reached is not known yet.
        let db = Db::custom(Recorder::answering(r#"{"data":{"users":[]}}"#));
        db.user().find_many().await.unwrap();
        SUBSCRIBER.call_once(|| {
            let subscriber = tracing_subscriber::registry().with(Self);
            tracing::subscriber::set_global_default(subscriber).unwrap();
        });
        LEVEL.set(level);
    }

    fn take() -> Vec<Fields> {
        let taken = KEPT.take();
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
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }

    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        *metadata.level() <= LEVEL.get()
    }

    fn on_new_span(&self, span: &Attributes<'_>, id: &Id, _: Context<'_, S>) {
        if span.metadata().name() == "prisma.request" {
            let mut fields = Fields::new();
            span.record(&mut Taker(&mut fields));
            KEPT.with_borrow_mut(|kept| kept.push((Some(id.clone()), fields)));
        }
    }

    fn on_record(&self, id: &Id, record: &Record<'_>, _: Context<'_, S>) {
        KEPT.with_borrow_mut(|kept| {
            // Ids are used again.
            let mut newest = kept.iter_mut().rev();
            if let Some((_, fields)) = newest.find(|(of, _)| of.as_ref() == Some(id)) {
                record.record(&mut Taker(fields));
            }
        });
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let within = context.event_span(event).map(|span| span.name());
        if within == Some("prisma.request")
            && event.metadata().target().starts_with("prisma_runtime")
        {
            let mut fields = Fields::new();
            event.record(&mut Taker(&mut fields));
            KEPT.with_borrow_mut(|kept| kept.push((None, fields)));
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
        Spans::listen(LevelFilter::INFO).await;
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
        for fields in Spans::take() {
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
    Spans::listen(LevelFilter::DEBUG).await;
    query().await.unwrap();
    assert!(!format!("{:?}", Spans::take()).contains("secret"));
    Spans::listen(LevelFilter::TRACE).await;
    query().await.unwrap();
    let [span, event] = Spans::take().try_into().unwrap();
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
    Spans::listen(LevelFilter::INFO).await;
    let tried = db.transactions().retry(3);
    tried
        .run(async |tx| tx.user().find_many().await)
        .await
        .unwrap();
    db.user().find_many().await.unwrap();
    let retries: Vec<String> = Spans::take()
        .into_iter()
        .map(|span| span["retry"].clone())
        .collect();
    assert_eq!(retries, ["1", "0"]);
}

/// A request takes the header of the span that it has.
#[tokio::test]
async fn headers_of_the_span() {
    Spans::listen(LevelFilter::INFO).await;
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
