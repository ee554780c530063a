# exhibits/recommender/data/broken.rs
recommender-model-of-lines-are-broken-and = { $of }行中有{ $lines }行有误，第一处在第{ $line }行，{ $why }
recommender-model-line-of = 共{ $of }行中的第{ $line }行{ $why }
recommender-model-correct-it-only-where-at = 请改正；只有出错的行不超过1 %时，才会略去它们
recommender-model-it-was-left-out = 已略去
recommender-model-they-were-left-out = 均已略去

# exhibits/recommender/data/forms.rs
recommender-model-it-is-of-the-form = 它是Netflix Prize的格式，每部电影自成一行，后面才是它的评分
recommender-model-write-a-line-user-film = 请把每条评分写成一行user,film,rating,date，并在最前面加一行这些列名
recommender-model-it-is-an-atomic-file = 它是RecBole的atomic文件，列名中带有类型
recommender-model-take-the-types-out-of = 请去掉首行中的类型，如把user_id:token改为user_id
recommender-model-it-is-one-persons-own = 它只含一个人在{ $site }上的评分
recommender-model-give-ratings-of-at-least = 请提供至少两位用户的评分；也可以在展厅里的“你”一页给这些电影评分

# exhibits/recommender/data/mod.rs
recommender-model-all-its-ratings-are-of = 其中的评分全都属于同一个{ $what }：{ $names }
recommender-model-give-ratings-of-at-least-two = 请提供至少两位用户对两个物品的评分
recommender-model-the-one-given-last-counts = 以最后给出的为准
recommender-model-the-last-in-the-file = 以文件中最后的为准
recommender-model-1-rating-is-of-a = 1条评分与另一条的用户和物品都相同：{ $which }
recommender-model-ratings-are-of-a-person = { $replaced }条评分与另一条的用户和物品都相同：{ $which }

# exhibits/recommender/data/rating_columns.rs
recommender-model-it-has-no-column-for = 其中没有{ $what }列，只有{ $listed }
recommender-model-name-the-column-with = 请用{ $options }指定该列
recommender-model-its-column-cannot-stand-for = 列{ $name }不能同时表示两样东西
recommender-model-name-another-with = 请用{ $wanted }指定另一列

# exhibits/recommender/data/ratings.rs
recommender-model-it-has-no-ratings-below = 首行以下没有评分
recommender-model-name-a-file-with-ratings = 请指定有评分的文件
recommender-model-names-no = 没有写明{ $what }
recommender-model-it-has-more-than-ratings = 其中的评分超过{ $most_ratings }条
recommender-model-give-a-smaller-file = 请提供小一些的文件
recommender-model-is-too-large-for-a = 作为评分太大
recommender-model-correct-the-line-or-name = 请改正该行，或用--rating-column指定另一个评分列
recommender-model-is-outside-the-scale = 超出评分范围{ $start }..{ $end }
recommender-model-correct-the-line-or-give = 请改正该行，或用--scale另给范围
recommender-model-the-rating-in-line = 第{ $of }行的评分{ $stars }{ $why }
recommender-model-without-a-rating-left-out = { $unrated }没有评分：已略去
recommender-model-the-rating-in-line-2 = 第{ $row }行的评分{ $fact }
recommender-model-or-name-another-column-with = { $remedy }，或用--rating-column指定另一个评分列
recommender-model-in-line-is-neither-seconds = 第{ $of }行的{ $text }既不是1970年以来的秒数，也不是日期
recommender-model-in-line-does-not-tell = 第{ $of }行的{ $text }分不清月和日
recommender-model-in-line-has-the-month = 第{ $of }行的{ $one }月在前，第{ $of2 }行的{ $other }日在前
recommender-model-times-are-left-out-for = 时间已略去，因为{ $why }

# exhibits/recommender/data/scale.rs
recommender-model-the-most-stars-must-be = 最多的星数必须大于最少的，如0.5..5
recommender-model-every-rating-in-it-is = 其中每条评分都是{ $low }
recommender-model-give-ratings-that-differ-or = 请提供有高有低的评分，或用--scale给出范围

# exhibits/recommender/data/source.rs
recommender-model-name-a-folder-or-a = 请用--data指定评分文件或其文件夹
recommender-model-there-is-no-such-file = 没有这个文件或文件夹
recommender-model-it-holds-no-ratings-csv = 其中没有评分文件ratings.csv、u.data或ratings.dat（gzip压缩的.gz也没有）
recommender-model-name-another-folder-or-the = 请用--data指定另一个文件夹或评分文件本身

# exhibits/recommender/data/title_columns.rs
recommender-model-correct-its-first-line-or = 请改正它的首行，或把它移走，不用标题

# exhibits/recommender/data/titles.rs
recommender-model-has-instead-of = 有{ $fields }，而不是{ $columns }个
recommender-model-of-genres-only-the-commonest = { $genres }个类型中只保留最常见的{ $most_genres }个
recommender-model-item-has-no-title-and = 个物品没有标题
recommender-model-items-have-no-title-and = 个物品没有标题
recommender-model-by-the-name-in-the = { $count }{ $go }，改用评分文件中的名称，如{ $first }
recommender-model-item-has-no-rating-and = 个物品没有评分
recommender-model-items-have-no-rating-and = 个物品没有评分
recommender-model-left-out = { $unrated }{ $are }，已略去

# exhibits/recommender/errand.rs
recommender-model-stars = { $rank }  { $stars }星  { $title }{"\u000A"}
recommender-model-mean-person-film-taste = {" "}      = { $mean }（均值）{ $person }（用户）{ $item }（电影）{ $taste }（口味）
recommender-model-for-stars = {" "}      { $moved }来自《{ $title }》（{ $stars }星）

# exhibits/recommender/files/mod.rs
recommender-model-cannot-read-name-a-profile = 无法读取{ $path }：{ $reason }；请指定在这里保存的档案
recommender-model-cannot-write-name-a-file = 无法写入{ $path }：{ $reason }；请指定可写文件夹中的文件
recommender-model-is-not-a-profile-name = { $path }不是档案：{ $reason }；请指定在这里保存的档案
recommender-model-is-a-profile-of-version = { $path }是第{ $version }版的档案，而本程序读取第{ $version2 }版；请重新保存
recommender-model-was-made-for-the-data = { $path }是为数据集{ $made_for }保存的，其中的物品与{ $here }的不同；请用--data打开那个数据集，或指定另一个档案
recommender-model-rates-id-which-is-not = { $path }给{ $title }（id { $id }）评了分，而此数据集中没有它；请删去该条目
recommender-model-gives-stars-to-outside-the = { $path }给{ $title }评了{ $stars }星，超出范围{ $low }..{ $high }；请改正该条目

# exhibits/recommender/files/profile.rs
recommender-model-it-is-no-text = 它不是文本
recommender-model-in-line-column = 第{ $line }行第{ $column }列：{ $start }{ $more }

# exhibits/recommender/files/tables.rs
recommender-model-there-is-no-item = 没有物品{ $item }
recommender-model-sums-for-people = { $people }位用户却有{ $terms_count }个和
recommender-model-biases-and-factors-for-rows = { $rows }行却有{ $biases }个偏置和{ $factors }个因子

# exhibits/recommender/mod.rs
recommender-model-taste-takes-shape-from-ratings = 口味从评分中成形
recommender-model-the-recommender = 推荐系统
recommender-model-ratings-as-movielens-or-a = MovieLens或CSV形式的评分
recommender-model-is-for-what-learns-in = 用于按批学习的展品，而推荐系统一次只学一条评分：请去掉它
recommender-model-films-find-their-place-by = 电影按口味各归其位，主动自荐

# exhibits/recommender/model/answer.rs
recommender-model-people-cannot-choose-together = { $people_count }位用户不能一起选
recommender-model-there-is-no-item-only = 没有物品{ $item }，只有{ $items }个
recommender-model-there-is-no-person-only = 没有用户{ $person }，只有{ $people }位
recommender-model-there-is-no-item-to = 没有物品{ $item }可评，只有{ $items }个
recommender-model-is-no-rating-stars-go = { $stars }不是评分：星数从{ $low }到{ $high }

# exhibits/recommender/model/fold.rs
recommender-model-fold-diverged-at-a-learning = 第{ $number }折在学习率{ $learning }下发散；请选小一些的

# exhibits/recommender/model/layout.rs
recommender-model-films-have-ratings-it-takes = { $items }部电影有{ $known }条以上评分；需要{ $least_items }部
recommender-model-no-taste-has-been-learned = 还没有学到能区分电影的口味
recommender-model-the-layout-broke-off-in = 布局因出错中断；请再试一次
recommender-model-no-thread-could-be-had = 没有可用的线程：{ $error }
recommender-model-the-films-flew-apart-their = 电影四散飞开：它们的因子太相像

# exhibits/recommender/model/settings.rs
recommender-model-there-can-be-from-1 = 因子只能有1到1,000个
recommender-model-it-must-be-a-finite = 它必须是有限的非负数
recommender-model-there-can-be-from-2 = 只能有2到100折，且不多于评分数
recommender-model-a-single-rating-teaches-nothing = 只有一条评分，什么也学不到；请多给一些

# exhibits/recommender/model/trainable.rs
recommender-model-unrated-pairs = 未评分的对
recommender-model-mean-rating = 平均评分
recommender-model-stars-2 = { $mean }星
recommender-model-to-stars = { $low }到{ $high }星
recommender-model-the-factors-have-not-been = 还没有抽取因子
recommender-model-mean-two-biases-taste = 均值 + 两个偏置 + 口味
recommender-model-a-recommender-is-asked-for = 向推荐系统要问的是口味，不是图片
recommender-model-stars-3 = { $rmse }星
recommender-model-stars-4 = { $mae }星
recommender-model-rmse-from-fold-to-fold = 各折RMSE的差别
recommender-model-stars-5 = ± { $rmse_std }星
recommender-model-rmse-of-the-biases-alone = 仅偏置的RMSE
recommender-model-stars-6 = { $bias_rmse }星
recommender-model-precision-at-10 = 前10精确率
recommender-model-recall-at-10 = 前10召回率
recommender-model-ndcg-at-10 = 前10的NDCG
recommender-model-ndcg-at-10-of-the = 评分最多者前10的NDCG

# exhibits/recommender/narrator.rs
recommender-model-of-by-people-to-stars = { $name }：{ $people_count }位用户给{ $items_count }的{ $ratings_count }，{ $low }到{ $high }星；{ $sparsity } %的用户与物品对没有评分
recommender-model-epoch-training-rmse-nearest-rating = {" "}    轮       训练RMSE          最近评分正确    评分/秒
recommender-model-rmse-ratings-s = RMSE { $sqrt }  { $speed }条评分/秒
recommender-model-fold-rmse-mae-biases-rmse = {" "}   折    RMSE     MAE     偏置RMSE     精确率@10  召回率@10  NDCG@10
recommender-model-precision-10-recall-10-ndcg = {" "} { $name } 精确率@10 { $precision }  召回率@10 { $recall }  NDCG@10 { $ndcg }
recommender-model-ratings-s = ，{ $speed }条评分/秒
recommender-model-fold-cross-validation-in-s = { $folds }折交叉验证用时{ $seconds }秒：RMSE { $rmse } ± { $rmse_std }星，MAE { $mae } ± { $mae_std }星；仅偏置的RMSE为{ $bias_rmse }
recommender-model-its-lists = 本模型列表
recommender-model-what-biases-predict = 偏置的预测
recommender-model-what-most-people-rated = 最多人评的
recommender-model-rmse = RMSE { $rmse }

# exhibits/recommender/open.rs
recommender-model-top-save-list-and-save = --top、--save-list和--save-factors用文字和文件回答：请再加上--mode terminal。
recommender-model-a-list-is-made-for = 列表总是为某个人做的：请用--user ID说明是谁。
recommender-model-there-is-no-person-in = { $name2 }中没有用户{ $name }：--user须是其中{ $people_count }位用户之一，如{ $first }。
recommender-model-would-write-over-which-lies = { $option }会覆盖你数据中的{ $path }：请换个名字。

# exhibits/recommender/options.rs
recommender-model-give-the-fewest-and-the = 请给出最少和最多的星数，如0.5..5，从-{ $most_stars }到{ $most_stars }

# exhibits/recommender/data/mod.rs
recommender-model-person = 用户
recommender-model-item = 物品

# exhibits/recommender/data/rating_columns.rs
recommender-model-user = 用户
recommender-model-rating = 评分

# exhibits/recommender/data/title_columns.rs
recommender-model-title = 标题

# exhibits/recommender/model/trainable.rs
recommender-model-ratings = 评分
recommender-model-people = 用户
recommender-model-scale = 分值范围
recommender-model-factors = 因子
recommender-model-parameters = 参数
recommender-model-prediction = 预测
recommender-model-regularisation = 正则化
recommender-model-biases = 偏置
recommender-model-zero = 零
recommender-model-seed = 随机种子
recommender-model-rmse-2 = RMSE
recommender-model-mae = MAE
recommender-model-folds = 折数
recommender-model-items = 物品
recommender-model-films = 电影
