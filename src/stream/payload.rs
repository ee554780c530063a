//! Payloads: typed data that one exhibit's model and view share, and that everyone between them passes on unread.

use std::{any::Any, cell::RefCell, collections::BTreeMap, fmt, sync::Arc};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned, de::Error as _,
};

/// What a payload may hold.
pub trait Content: Any + Send + Sync + fmt::Debug + Serialize + DeserializeOwned {
    /// The name of this kind of data, such as `recommender.taste`; no two kinds of the program share one.
    const KIND: &'static str;
    /// Which form of it is written; it grows whenever older readers would misread it.
    const VERSION: u16 = 1;

    /// Memory that it takes beyond its own size, in bytes, as far as that is worth counting.
    fn bytes(&self) -> usize {
        0
    }

    /// Whether it says the same as another; what is not compared by value is the same only as itself.
    fn says_the_same(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// A piece of data whose type only its exhibit knows; clones share it.
#[derive(Clone)]
pub struct Payload(Arc<dyn Held>);

/// A shared content behind its kind.
trait Held: Send + Sync {
    fn kind(&self) -> &'static str;
    fn version(&self) -> u16;
    fn as_serialize(&self) -> &dyn erased_serde::Serialize;
    fn bytes(&self) -> usize;
    fn says_the_same(&self, other: &dyn Held) -> bool;
    fn as_any(&self) -> &dyn Any;
    fn as_debug(&self) -> &dyn fmt::Debug;
}

impl<C: Content> Held for Arc<C> {
    fn kind(&self) -> &'static str {
        C::KIND
    }

    fn version(&self) -> u16 {
        C::VERSION
    }

    fn as_serialize(&self) -> &dyn erased_serde::Serialize {
        self
    }

    fn bytes(&self) -> usize {
        size_of::<C>() + C::bytes(self)
    }

    fn says_the_same(&self, other: &dyn Held) -> bool {
        let other = other.as_any().downcast_ref::<Self>();
        other.is_some_and(|other| Self::ptr_eq(self, other) || C::says_the_same(self, other))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_debug(&self) -> &dyn fmt::Debug {
        self
    }
}

impl Payload {
    /// Holds this.
    pub fn new<C: Content>(content: C) -> Self {
        Self::shared(Arc::new(content))
    }

    /// Holds what others hold, too.
    pub fn shared<C: Content>(content: Arc<C>) -> Self {
        Self(Arc::new(content))
    }

    /// What it holds, if it is of this kind.
    pub fn get<C: Content>(&self) -> Option<&Arc<C>> {
        self.0.as_any().downcast_ref()
    }

    /// The name of its kind.
    pub fn kind(&self) -> &'static str {
        self.0.kind()
    }

    /// Memory that it takes, in bytes; what clones share is counted for each.
    pub fn bytes(&self) -> usize {
        self.0.bytes()
    }
}

impl PartialEq for Payload {
    fn eq(&self, other: &Self) -> bool {
        self.0.says_the_same(&*other.0)
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_debug().fmt(f)
    }
}

/// Which payloads can be read, by their kind.
#[derive(Clone, Debug, Default)]
pub struct PayloadKinds(Arc<BTreeMap<&'static str, Decode>>);

impl PayloadKinds {
    /// Those of these contents.
    pub fn of(kinds: impl IntoIterator<Item = PayloadKind>) -> Self {
        let kinds = kinds.into_iter().map(|PayloadKind(kind, decode)| (kind, decode));
        Self(Arc::new(kinds.collect()))
    }
}

/// A kind of payload that can be read.
#[derive(Clone, Copy, Debug)]
pub struct PayloadKind(&'static str, Decode);

impl PayloadKind {
    /// That of a type.
    pub const fn of<C: Content>() -> Self {
        Self(C::KIND, Payload::decode::<C>)
    }
}

/// Reads the content of a payload of a version.
pub(super) type Decode = fn(u16, serde_json::Value) -> Result<Payload, String>;

impl Payload {
    /// Reads what it holds, of a version.
    pub(super) fn decode<C: Content>(
        version: u16,
        content: serde_json::Value,
    ) -> Result<Self, String> {
        if version != C::VERSION {
            return Err(say!(
                "stream-is-of-version-but-this",
                kind = C::KIND,
                version,
                version2 = C::VERSION
            ));
        }
        let content: C =
            serde_json::from_value(content).map_err(|why| format!("{}: {why}", C::KIND))?;
        Ok(Self::new(content))
    }
}

thread_local! {
    /// The kinds that this thread can read now.
    static KINDS: RefCell<PayloadKinds> = RefCell::default();
}

/// Runs something while payloads of these kinds can be read.
pub(super) fn with_kinds<R>(kinds: &PayloadKinds, what: impl FnOnce() -> R) -> R {
    let outer = KINDS.replace(kinds.clone());
    let result = what();
    KINDS.replace(outer);
    result
}

/// A payload as it is written: its kind and version, and its content for those who know it.
#[derive(Serialize)]
struct WrittenPayload<'a> {
    kind: &'static str,
    version: u16,
    content: &'a dyn erased_serde::Serialize,
}

#[derive(Deserialize)]
struct Read {
    kind: String,
    version: u16,
    content: serde_json::Value,
}

impl Serialize for Payload {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (kind, version) = (self.kind(), self.0.version());
        WrittenPayload { kind, version, content: self.0.as_serialize() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Payload {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Read { kind, version, content } = Read::deserialize(deserializer)?;
        let decode = KINDS.with_borrow(|kinds| kinds.0.get(kind.as_str()).copied());
        let decode = decode.ok_or_else(|| {
            D::Error::custom(say!(
                "stream-there-is-no-payload-called",
                kind = crate::sentence::shown(&kind)
            ))
        })?;
        decode(version, content).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Pears(Vec<u8>);

    impl Content for Pears {
        const KIND: &'static str = "test.pears";

        fn bytes(&self) -> usize {
            self.0.len()
        }

        fn says_the_same(&self, other: &Self) -> bool {
            self == other
        }
    }

    #[derive(Debug, Serialize, Deserialize)]
    struct Apples;

    impl Content for Apples {
        const KIND: &'static str = "test.apples";
    }

    #[test]
    fn only_who_knows_the_type_reads_it() {
        let payload = Payload::new(Pears(vec![1, 2, 3]));
        assert_eq!(payload.get::<Pears>().unwrap().0, [1, 2, 3]);
        assert!(payload.get::<Apples>().is_none());
        assert_eq!((payload.kind(), payload.bytes()), ("test.pears", size_of::<Pears>() + 3));
    }

    #[test]
    fn payloads_are_compared_by_what_they_say() {
        let pears = |seed| Payload::new(Pears(vec![seed]));
        assert_eq!(pears(1), pears(1));
        assert_ne!(pears(1), pears(2));
        let apples: Arc<Apples> = Arc::new(Apples);
        assert_eq!(Payload::shared(apples.clone()), Payload::shared(apples));
        assert_ne!(Payload::new(Apples), Payload::new(Apples));
        assert_ne!(Payload::new(Apples), pears(1));
    }
}
