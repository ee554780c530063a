//! Sizes, mistakes in words, and that no text does harm.

use super::*;

const MNIST: [usize; 3] = [1, 28, 28];

fn shipped(name: &str) -> Description {
    let path = format!("{}/assets/networks/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    description(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn read(text: &str) -> Result<Network, Fault> {
    description(text)?.network(MNIST, 10)
}

fn refused(text: &str) -> String {
    read(text).unwrap_err().to_string()
}

#[test]
fn lenet_has_the_sizes_of_the_paper() {
    let network = shipped("lenet5").network(MNIST, 10).unwrap();
    // 6·25+6, 16·6·25+16, 400·120+120, 120·84+84, 84·10+10.
    assert_eq!(network.learned(), 61_706);
    assert_eq!(network.layers[3].size.to_string(), "16 × 10 × 10");
    assert_eq!(network.layers.last().unwrap().size, Size::Vector(10));
    // 28²·150 + 10²·2400 + the linear layers' weights.
    assert_eq!(network.multiply_adds(), 117_600 + 240_000 + 48_000 + 10_080 + 840);
}

#[test]
fn all_that_ship_take_grey_and_coloured_images_of_many_sizes() {
    for name in ["perceptron", "lenet5", "vgg", "resnet"] {
        for (size, classes) in [(MNIST, 10), ([3, 32, 32], 100), ([1, 20, 36], 2)] {
            let network = shipped(name).network(size, classes).unwrap();
            let graph = network.graph().unwrap();
            assert_eq!(graph.parameters(), network.learned(), "{name}");
            let (_, shares) = graph.called(PROBABILITIES).unwrap();
            assert_eq!(shares.len(), classes);
        }
    }
}

#[test]
fn repeated_blocks_have_numbers_and_read_each_other() {
    let network = shipped("resnet").network(MNIST, 10).unwrap();
    let at = network.by_path();
    let add = &network.layers[at["layer1.1.add"]];
    // What the second block reads is the end of the first.
    assert_eq!(add.from, [at["layer1.1.bn2"] + 1, at["layer1.0.relu2"] + 1]);
    let shortcut = &network.layers[at["layer2.shortcut"]];
    assert_eq!(shortcut.from, [at["layer1.1.relu2"] + 1]);
    assert_eq!(shortcut.size.to_string(), "16 × 14 × 14");
}

#[test]
fn mistakes_are_sentences_with_layer_sizes_and_the_nearest_word() {
    let layer = |text: &str| format!("[[layers]]\n{text}\n");
    let of = |text: &str| refused(&layer(text));
    let conv = "kind = \"conv2d\"\nout_channels = 4\nkernel_size = 3\n";
    for (text, said) in [
        ("", "it has no layers: begin each with [[layers]]"),
        ("[[layers]\n", "line 1 is no TOML"),
        (
            "nmae = \"x\"\n[[layers]]\nkind = \"relu\"\n",
            "there is no setting “nmae” here; did you mean “name”?",
        ),
        (
            "[training]\noptimiser = \"adma\"\n",
            "[training]: there is no optimiser “adma”; did you mean “adam”?",
        ),
        ("[training]\nlearning_rate = -1\n", "[training]: learning_rate is -1, but it must be"),
    ] {
        assert!(refused(text).starts_with(said), "{}", refused(text));
    }
    assert_eq!(
        of("kind = \"con2d\""),
        "layer “con2d1”: there is no kind “con2d”; did you mean “conv2d”?"
    );
    assert_eq!(of("name = \"x\""), "layer 1 of the network: it needs a kind");
    assert_eq!(
        of(&format!("{conv}kernal_size = 3")),
        "layer “conv1”: there is no setting “kernal_size” here; did you mean “kernel_size”?"
    );
    assert_eq!(
        of("kind = \"conv2d\"\nout_channels = 4\nkernel_size = 29"),
        "layer “conv1”: its window of 29 × 29 does not fit into 1 × 28 × 28: make it smaller, or pad more"
    );
    assert_eq!(
        of("kind = \"linear\""),
        "layer “linear1”: it reads 1 × 28 × 28, but a linear layer takes a row of numbers: put a flatten before it"
    );
    assert_eq!(
        of("kind = \"flatten\""),
        "the last layer makes 784 numbers, but the data have 10 classes: end with a linear layer without out_features"
    );
    assert_eq!(
        of("kind = \"relu\"\nfrom = \"inptu\""),
        "layer “relu1”: no layer before it is called “inptu”; did you mean “input”?"
    );
    let adds = format!("{}{}", layer(conv), layer("kind = \"add\"\nfrom = [\"conv1\", \"input\"]"));
    assert_eq!(
        refused(&adds),
        "layer “add1”: it adds 4 × 26 × 26 and 1 × 28 × 28, but takes equal sizes: let a convolution of kernel_size 1 \
         make them equal"
    );
    assert_eq!(
        of("kind = \"conv2d\"\nout_channels = 1000000\nkernel_size = 1000000\npadding = 1000000"),
        "layer “conv1”: it would learn more than 268435456 numbers: make it smaller"
    );
    assert_eq!(
        of("kind = \"block\"\nrepeat = 5000\n[[layers.layers]]\nkind = \"relu\""),
        "layer “block1.4096.relu1”: a network has at most 4096 layers"
    );
}

#[test]
fn what_is_for_other_images_says_so() {
    let text =
        "[input]\nrows = 32\n[[layers]]\nkind = \"flatten\"\n[[layers]]\nkind = \"linear\"\n";
    assert!(
        refused(text)
            .starts_with("[input] is for images of 32 rows, but those of the data have 28")
    );
}

#[test]
fn schedules_change_the_rate_as_they_say() {
    assert_eq!(Schedule::Constant.factor(3.0, 10.0), 1.0);
    assert!((Schedule::Cosine.factor(5.0, 10.0) - 0.5).abs() < 1e-12);
    assert!(Schedule::Cosine.factor(10.0, 10.0).abs() < 1e-12);
    let step = Schedule::Step { epochs: 2, gamma: 0.1 };
    assert!((step.factor(5.9, 10.0) - 0.01).abs() < 1e-12);
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "\\PC*", cut in 0_usize..2000, with in "[a-z0-9=\"\\[\\]\\n. -]{0,12}") {
        drop(read(&text));
        let whole = std::fs::read_to_string(
            concat!(env!("CARGO_MANIFEST_DIR"), "/assets/networks/resnet.toml"),
        ).unwrap();
        let cut = (0..=cut.min(whole.len())).rev().find(|at| whole.is_char_boundary(*at)).unwrap();
        drop(read(&format!("{}{with}{}", &whole[..cut], &whole[cut..])));
    }
}

#[test]
fn a_text_is_read_token_by_token() {
    let network = shipped("transformer").text_network(72).unwrap();
    assert_eq!(network.input.to_string(), "64 characters");
    let at = network.by_path();
    let weights = &network.layers[at["h.1.attn.weights"]];
    assert_eq!(weights.size, Size::Maps { channels: 4, rows: 64, columns: 64 });
    assert_eq!(weights.from, [at["h.1.attn.in_proj"] + 1]);
    // What the block read is added to what its attention made of it.
    assert_eq!(
        network.layers[at["h.1.attended"]].from,
        [at["h.1.attn.out_proj"] + 1, at["h.0.thought"] + 1]
    );
    assert_eq!(
        network.layers[at["h.1.attn.in_proj"]].parameters[0].name,
        "h.1.attn.in_proj_weight"
    );
    // Tables, two blocks of two normalisations and 12 · 64² weights with biases, a normalisation and the end.
    let block = 4 * 64 + 12 * 64 * 64 + (3 + 1 + 4 + 1) * 64;
    assert_eq!(network.learned(), 72 * 64 + 64 * 64 + 2 * block + 2 * 64 + 72 * 64);
    let attention = 2 * 64 * 64 * 64;
    assert_eq!(network.multiply_adds(), 64 * (2 * 12 * 64 * 64 + 72 * 64) + 2 * attention);
    let plan = network.plan().unwrap();
    assert_eq!((plan.answers(), plan.input_dims(3)), (64, vec![3, 64]));
    assert_eq!(plan.graph.parameters(), network.learned());
    assert!(plan.graph.called(TEXT).is_some() && plan.graph.called(INPUT).is_none());
    assert!(shipped("transformer").network(MNIST, 10).is_err());
}

#[test]
fn mistakes_in_networks_for_text_are_sentences() {
    let of = |layers: &str| {
        let start = "[input]\ncontext = 8\n[[layers]]\nkind = \"embedding\"\nembedding_dim = 6\n";
        let whole = layers.strip_prefix('!').map(str::to_owned);
        let text = whole.unwrap_or_else(|| format!("{start}{layers}"));
        description(&text).and_then(|read| read.text_network(5)).unwrap_err().to_string()
    };
    let layer = |text: &str| of(&format!("[[layers]]\n{text}\n"));
    assert!(
        layer("kind = \"multihead_attention\"\nnum_heads = 4")
            .contains("4 heads do not divide its 6")
    );
    assert!(layer("kind = \"multihead_attention\"").contains("it needs num_heads"));
    assert!(
        layer("kind = \"multihead_attention\"\nnum_heads = 2\nheads = 1")
            .contains("no setting “heads”")
    );
    assert!(
        layer("kind = \"conv2d\"\nout_channels = 1\nkernel_size = 1")
            .contains("takes maps, as of images")
    );
    assert!(layer("kind = \"flatten\"").contains("a linear layer takes each token by itself"));
    assert!(layer("kind = \"batch_norm\"").contains("use layer_norm for tokens"));
    assert!(
        layer("kind = \"relu\"")
            .contains("the last layer makes 8 tokens × 6, but the text has 5 characters")
    );
    assert!(layer("kind = \"linear\"\n[input]\n").contains("no TOML"));
    assert!(
        of("![input]\ncontext = 8\n[[layers]]\nkind = \"linear\"")
            .contains("begin with an embedding")
    );
    assert!(
        of("![input]\ncontext = 8\nrows = 3\n[[layers]]\nkind = \"linear\"").contains("say either")
    );
    let images = "[[layers]]\nkind = \"embedding\"\nembedding_dim = 4";
    assert!(refused(images).contains("say context in [input]"), "{}", refused(images));
    let vast = "kind = \"linear\"\nout_features = 200000000";
    assert!(layer(vast).contains("would learn more than"), "{}", layer(vast));
}

#[test]
fn grey_images_are_given_to_all_colours_that_a_network_is_for() {
    let text = "[input]\nchannels = 3\n[[layers]]\nkind = \"conv2d\"\nout_channels = 2\nkernel_size = 1\n\
                [[layers]]\nkind = \"add\"\nfrom = [\"conv1\", \"conv1\"]\n[[layers]]\nkind = \"flatten\"\n\
                [[layers]]\nkind = \"linear\"\n";
    let network = description(text).unwrap().network([1, 4, 4], 2).unwrap();
    assert_eq!(network.layers[0].path, "input.colours");
    assert_eq!(network.layers[1].parameters[0].dims, [2, 3, 1, 1]);
    assert_eq!(network.size_of(0), Some(Size::Maps { channels: 1, rows: 4, columns: 4 }));
    // Images that have the colours need no such layer, and others do not fit.
    let coloured = description(text).unwrap().network([3, 4, 4], 2).unwrap();
    assert_eq!(coloured.layers.len() + 1, network.layers.len());
    let said = description(text).unwrap().network([2, 4, 4], 2).unwrap_err().to_string();
    assert!(
        said.contains("[input] is for images of 3 channels, but those of the data have 2"),
        "{said}"
    );
}
