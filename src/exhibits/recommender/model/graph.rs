//! The factorisation as a graph: two lookups, a product, biases, and the squared error.

use crate::{
    exhibits::recommender::{ITEM_BIASES, ITEM_PLACES, LAST_RATING, PEOPLE_PLACES},
    stream::{
        Axis::{Coordinate, Feature, Item, Person},
        GraphBuilder, LayerId, ModelGraph, Op, Role,
    },
    words::Phrase,
};

const PERSON: LayerId = LayerId::new("Person");
const ITEM: LayerId = LayerId::new("Item");
const PERSON_FACTORS: LayerId = LayerId::new("Person factors");
const ITEM_FACTORS: LayerId = LayerId::new("Item factors");
const PERSON_BIASES: LayerId = LayerId::new("Person biases");
const PERSON_ROW: LayerId = LayerId::new("Factors of the person");
const ITEM_ROW: LayerId = LayerId::new("Factors of the item");
const TASTE: LayerId = LayerId::new("Taste");
const PREDICTION: LayerId = LayerId::new("Prediction");

/// The nodes in the order of computation; a snapshot shows the biases of the items, and where both lie on the map.
pub(super) fn graph(people: usize, items: usize, factors: usize) -> Result<ModelGraph, Phrase> {
    let mut graph = GraphBuilder::default();
    let person = graph.tensor(PERSON, Role::Input, &[]);
    let item = graph.tensor(ITEM, Role::Input, &[]);
    let of = |axis: crate::stream::Axis, count| [axis.of(count), Feature.of(factors)];
    let person_factors = graph.signed(PERSON_FACTORS, Role::Parameter, &of(Person, people));
    let item_factors = graph.signed(ITEM_FACTORS, Role::Parameter, &of(Item, items));
    let person_biases = graph.signed(PERSON_BIASES, Role::Parameter, &[Person.of(people)]);
    let item_biases = graph.signed(ITEM_BIASES, Role::Parameter, &[Item.of(items)]);
    let person_row = graph.signed(PERSON_ROW, Role::Activation, &[Feature.of(factors)]);
    let item_row = graph.signed(ITEM_ROW, Role::Activation, &[Feature.of(factors)]);
    let taste = graph.signed(TASTE, Role::Activation, &[]);
    let prediction = graph.tensor(PREDICTION, Role::Activation, &[]);
    graph.signed(ITEM_PLACES, Role::Statistic, &[Item.of(items), Coordinate.of(3)]);
    graph.signed(PEOPLE_PLACES, Role::Statistic, &[Person.of(people), Coordinate.of(3)]);
    graph.signed(LAST_RATING, Role::Statistic, &[Feature.of(5)]);

    graph.node("person", Op::Embedding, &[person, person_factors], &[person_row]);
    graph.node("item", Op::Embedding, &[item, item_factors], &[item_row]);
    let product = Op::Other { name: "dot_product".to_owned() };
    graph.node("taste", product, &[person_row, item_row], &[taste]);
    graph.node("prediction", Op::Add, &[taste, person_biases, item_biases], &[prediction]);
    graph.node("loss", Op::Loss { name: "mean_squared_error".to_owned() }, &[prediction], &[]);
    graph.build()
}
