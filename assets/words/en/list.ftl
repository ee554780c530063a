# What stands between things that are listed.
list-between = ,{" "}
list-and = {" "}and{" "}
list-or = {" "}or{" "}
# A list from which some are left out.
list-and-more = { $named } and { $more } more
# The end of a sentence.
list-stop = .
# Between two texts on a line: what it is, and how it is.
list-of = { $name }: { $value }
# Two statements in one sentence, such as what is wrong and what to do about it.
list-apart = { $first }; { $second }
# What something is, and in brackets what is to be said of it.
list-within = { $whole } ({ $of })
# A sentence.
list-sentence = { $text }.
list-comma = { $first }, { $second }
list-plus = {" "}(+{ $more })
list-both = { $first } and { $second }
