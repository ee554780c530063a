# What stands between things that are listed.
list-between = 、
list-and = 和
list-or = 或
# A list from which some are left out.
list-and-more = { $named }，另有{ $more }个
# The end of a sentence.
list-stop = 。
# Between two texts on a line: what it is, and how it is.
list-of = { $name }：{ $value }
# Two statements in one sentence, such as what is wrong and what to do about it.
list-apart = { $first }；{ $second }
# What something is, and in brackets what is to be said of it.
list-within = { $whole }（{ $of }）
# A sentence.
list-sentence = { $text }。
list-comma = { $first }，{ $second }
list-plus = （另{ $more }条）
list-both = { $first }和{ $second }
