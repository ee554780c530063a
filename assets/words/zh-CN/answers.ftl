# exhibits/health.rs
answers-health-is-answered-in-words = --health用文字回答：请同时使用--mode terminal。

# exhibits/landscape.rs
answers-landscape-is-answered-in-words = --landscape用文字回答：请同时使用--mode terminal。

# exhibits/open.rs
answers-edit-cannot-be-so = --edit不能这样写：{ $why }。
answers-the-model-has-not-answered = 模型没有回答：请报告这个问题。

# exhibits/points.rs
answers-points-is-answered-in-words = --points用文字回答：请同时使用--mode terminal。

# exhibits/robust.rs
answers-robust-is-answered-in-words = --robust用文字回答：请同时使用--mode terminal。

# exhibits/taught.rs
answers-taught-is-answered-in-words = --taught用文字回答：请同时使用--mode terminal。

# exhibits/test_image.rs
answers-is-one-image = 只有1张图片
answers-are = 只有{ $count }
answers-is-but-there-to-be = { $option }是{ $index }，但{ $value }可供测试，从0数起。
answers-test-image-which-is-is = 测试图片{ $index }是{ $called }，识别为{ $read_as }{"\u000A"}{ $trim_end }

# exhibits/units.rs
answers-units-is-answered-in-words = --units用文字回答：请同时使用--mode terminal。

# exhibits/why.rs
answers-why-is-answered-in-words = --why用文字回答：请同时使用--mode terminal。
