//! Payloads: typed data that one exhibit's model and view share, and that everyone between them passes on unread.

use std::{any::Any, fmt, sync::Arc};

/// What a payload may hold.
pub trait Content: Any + Send + Sync + fmt::Debug {
    /// The name of this kind of data, such as `recommender.taste`; no two kinds of the program share one.
    const KIND: &'static str;

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
    fn bytes(&self) -> usize;
    fn says_the_same(&self, other: &dyn Held) -> bool;
    fn as_any(&self) -> &dyn Any;
    fn as_debug(&self) -> &dyn fmt::Debug;
}

impl<C: Content> Held for Arc<C> {
    fn kind(&self) -> &'static str {
        C::KIND
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

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
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

    #[derive(Debug)]
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
