//! Networks that weights fit, and what is said where they do not.

use super::*;

#[test]
fn safetensors_hold_the_same_by_name() {
    let state = arrays("state.pt");
    let read = read_bytes(&safe(&state)).unwrap();
    assert!(!read.in_order);
    let network = network(NET, 4);
    assert_eq!(network.with_weights(read).unwrap(), network.with_weights(state).unwrap());
}

#[test]
fn a_network_takes_its_parameters_and_running_statistics() {
    let (network, state) = (network(NET, 4), arrays("state.pt"));
    let given = network.with_weights(state.clone()).unwrap();
    assert!(given.remarks.is_empty(), "{:?}", given.remarks);
    let by_name = |name: &str| state.arrays.iter().find(|array| array.name == name).unwrap();
    for (parameter, numbers) in network.parameters().zip(&given.parameters) {
        assert_eq!(numbers.as_ref(), Some(&by_name(&parameter.name).numbers), "{}", parameter.name);
    }
    let kept: Vec<_> = given.running.iter().flatten().collect();
    assert_eq!(kept.len(), 3);
    assert_eq!(kept[1][0], by_name("layer1.0.bn1.running_mean").numbers);
    assert_eq!(kept[1][1], by_name("layer1.0.bn1.running_var").numbers);
    // As DataParallel and torch.compile save it.
    let mut wrapped = state;
    wrapped.arrays.iter_mut().for_each(|array| array.name.insert_str(0, "module._orig_mod."));
    assert_eq!(network.with_weights(wrapped).unwrap(), given);
}

#[test]
fn other_names_are_matched_by_their_order() {
    let (network, state) = (network(NET, 4), arrays("state.pt"));
    let mut other = state.clone();
    for (at, array) in other.arrays.iter_mut().enumerate() {
        array.name = format!("stage.{at}");
    }
    let given = network.with_weights(other.clone()).unwrap();
    assert_eq!(given.parameters, network.with_weights(state).unwrap().parameters);
    assert_eq!(given.remarks, ["Weights were matched by their order: the names are others"]);
    // Sorted by name, as safetensors are, the order says nothing.
    let sorted = NamedArrays { in_order: false, ..other.clone() };
    assert_eq!(
        misfit(&network, sorted),
        "no name fits and the file does not tell the order: the file has “stage.0”, “stage.1”, “stage.2” and so on, the \
         network “conv1.weight”, “bn1.weight”, “bn1.bias” and so on"
    );
    other.arrays.swap(0, 1);
    let said = misfit(&network, other);
    assert!(said.starts_with("no name fits and neither do the sizes in their order: "), "{said}");
}

#[test]
fn a_last_layer_for_other_classes_begins_anew() {
    let state = arrays("state.pt");
    let given = network(NET, 10).with_weights(state.clone()).unwrap();
    let new = given.parameters.iter().filter(|numbers| numbers.is_none()).count();
    assert_eq!(new, 2);
    assert_eq!(
        given.remarks,
        ["The last layer is new: the file's tells 4 classes, the data have 10"]
    );
    let head = NET.replace("\"fc\"", "\"head\"");
    let given = network(&head, 10).with_weights(state).unwrap();
    assert_eq!(
        given.remarks,
        [
            "Weights were matched by their order: the names are others",
            "The last layer is new: the file's tells 4 classes, the data have 10"
        ]
    );
}

#[test]
fn misfits_are_sentences_with_layer_sizes_and_the_nearest_name() {
    let state = arrays("state.pt");
    let of = |from: &str, to: &str| misfit(&network(&NET.replacen(from, to, 1), 4), state.clone());
    assert_eq!(
        of(
            "out_channels = 3\nkernel_size = 3\nstride",
            "out_channels = 3\nkernel_size = 5\nstride"
        ),
        "layer “conv1”: its conv1.weight is 3 × 1 × 5 × 5, but in the weights “conv1.weight” is 3 × 1 × 3 × 3"
    );
    let mut short = state.clone();
    short.arrays.retain(|array| array.name != "bn1.bias");
    short.arrays.push(NamedArray { name: "bn1.beta".into(), dims: vec![3], numbers: vec![0.0; 3] });
    assert_eq!(
        misfit(&network(NET, 4), short),
        "layer “bn1”: the weights have no “bn1.bias” of 3; the nearest is “bn1.beta” of 3"
    );
    assert_eq!(
        of(
            "padding = 1\n[[layers.layers]]\nkind = \"batch_norm\"",
            "padding = 1\nbias = false\n[[layers.layers]]\nkind = \"batch_norm\""
        ),
        "layer “layer1.0.conv1”: the weights have a “layer1.0.conv1.bias” of 3, but it has none: leave bias = false out"
    );
    let spoilt = |name: &str, number: f32| {
        let mut spoilt = state.clone();
        let array = spoilt.arrays.iter_mut().find(|array| array.name == name).unwrap();
        array.numbers[0] = number;
        misfit(&network(NET, 4), spoilt)
    };
    assert_eq!(
        spoilt("conv1.weight", f32::NAN),
        "layer “conv1”: “conv1.weight” of the weights has numbers that are not finite"
    );
    assert_eq!(
        spoilt("bn1.running_var", -1.0),
        "layer “bn1”: “bn1.running_var” of the weights has variances below 0"
    );
}

#[test]
fn what_is_left_and_what_lacks_is_remarked_on() {
    let mut state = arrays("state.pt");
    state.arrays.retain(|array| !array.name.contains("running"));
    state.arrays.push(NamedArray { name: "aux.weight".into(), dims: vec![1], numbers: vec![1.0] });
    let given = network(NET, 4).with_weights(state).unwrap();
    assert_eq!(
        given.remarks,
        [
            "The file has no running means and variances of “bn1”, “layer1.0.bn1”, “layer1.1.bn1”: they begin at 0 and 1",
            "Not taken from the weights: “aux.weight”"
        ]
    );
    assert!(given.running.iter().all(Option::is_none));
    // Half of them are none.
    let mut state = arrays("state.pt");
    state.arrays.retain(|array| array.name != "bn1.running_var");
    let given = network(NET, 4).with_weights(state).unwrap();
    assert_eq!(given.running.iter().flatten().count(), 2);
    assert_eq!(
        given.remarks,
        ["The file has no running means and variances of “bn1”: they begin at 0 and 1"]
    );
}
