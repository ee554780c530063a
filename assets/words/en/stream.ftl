# stream/array.rs
stream-a-frame-holds-more-than = a frame holds more than { $most_arrays } arrays
stream-an-array-is-of-instead = an array is of { $dtype } instead of { $dtype2 }
stream-an-array-lies-in-no = an array lies in no body
stream-an-array-lies-from-byte = an array lies from byte { $start } to { $end } of a body of { $bytes_count }
stream-an-array-of-has-bytes = an array of { $count } { $dtype } has { $bytes_count } bytes

# stream/graph.rs
stream-two-tensors-or-two-nodes = two tensors or two nodes of a graph have one name
stream-a-graph-names-tensor-but = a graph names tensor { $id }, but has only { $tensors_count }
stream-comes-with-numbers-instead-of = { $name } comes with { $has } numbers instead of { $holds }
stream-has-not-the-dimensions-of = { $name } has not the dimensions of { $of }, which it belongs to
stream-tensor-is-too-large = { $name } has more numbers than any memory
stream-reads-what-nobody-has-made = { $path } reads what nobody has made before it

# stream/metric.rs
stream-metrics-but-at-most = { $count } metrics, but at most { $most_metrics }

# stream/steps.rs
stream-columns-of-steps-are-not = columns of { $count } steps are not of one length

# stream/names.rs
stream-a-name-has-bytes-but = a name has { $bytes } bytes, but at most { $longest_name } are allowed
stream-there-are-more-than-different = there are more than { $most_names } different names

# stream/number.rs
stream-a-number-is-neither-finite = a number is neither finite nor NaN, inf or -inf

# stream/payload.rs
stream-is-of-version-but-this = { $kind } is of version { $version }, but this program reads version { $version2 }
stream-there-is-no-payload-called = there is no payload called { $kind }

# stream/snapshot.rs
stream-layer-numbers-are-not = layer { $name }: { $values_count } numbers are not { $shape }
stream-layer-cells-are-not-the = layer { $name }: { $shape } cells are not the part that it says
stream-layer-peaks-for-cells = layer { $name }: { $peaks_count } peaks for { $values_count } cells

# stream/wire.rs
stream-these-bytes-are-no-frame = these bytes are no frame: they begin with { $value } instead of “PCPT”
stream-the-frame-is-of-version = the frame is of version { $value }, but this program reads version { $version }
stream-there-is-no-message-of = there is no message of kind { $value }
stream-a-message-of-kind-is = a message of kind { $value } is not for the { $value2 } that reads it
stream-the-has-bytes-but-at = the { $value } has { $value2 } bytes, but at most { $value3 } are allowed
stream-the-frame-is-damaged-its = the frame is damaged: its checksum is { $found } instead of { $said }
stream-a-message-of-kind-cannot = a message of kind { $value } cannot be read: { $value2 }
stream-a-message-of-kind-cannot-be = a message of kind { $value } cannot be written: { $value2 }

# stream/wire.rs
stream-viewer = viewer
stream-trainer = trainer
stream-recording = reader of a recording
stream-header = header
stream-body = body
stream-at-full-speed = At full speed
