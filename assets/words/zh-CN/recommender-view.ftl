# exhibits/recommender/view/dome_families.rs
recommender-animation = 动画
recommender-sci-fi = 科幻
recommender-thriller = 惊悚
recommender-romance = 爱情
recommender-action = 动作
recommender-comedy = 喜剧
recommender-drama = 剧情
recommender-other = 其他

# exhibits/recommender/view/dome_people.rs
recommender-you = 你
recommender-person = 用户{ $known }

# exhibits/recommender/view/dome_pointing.rs
recommender-predicted-stars = 预测星级
recommender-predicted = { $name }：预测{ $stars }星

# exhibits/recommender/view/film_card.rs
recommender-predicted-for-you = 预测你会给{ $stars }星
recommender-predicted-for = 预测{ $who }会给{ $stars }星
recommender-never-rated = 还没有人评过
recommender-rated-once = 1人评过：{ $mean }
recommender-mean-of-ratings = { $count }条评分的均值：{ $mean }

# exhibits/recommender/view/learning/collect.rs
recommender-people-films = { $people_count }位用户，{ $items_count }部电影
recommender-stars = { $mean } ± { $spread }星
recommender-stars-given = 星级分布
recommender-of-pairs-are-unrated = { $pairs }个用户–电影对中，{ $share }没有评分
recommender-half-of-the-films-have = 半数电影最多有{ $half }

# exhibits/recommender/view/learning/evaluate.rs
recommender-folds-in-s = { $folds }折，用时{ $seconds }秒
recommender-after-the-training = 训练完成后，在这里逐折评估误差
recommender-of-folds = 完成{ $done }/{ $folds }折
recommender-fold = 折
recommender-mean = 均值
recommender-biases = 仅偏置
recommender-best = 最好
recommender-worst = 最差
recommender-lists-of-10 = 前10名列表
recommender-precision = 精确率
recommender-recall = 召回率
recommender-this-model = 本模型
recommender-biases-alone = 仅偏置
recommender-most-rated = 评分最多
recommender-ndcg-of-the-most-rated = 评分最多的NDCG为{ $popular }，胜过{ $own }：
recommender-training-asks-for-ratings-not = 训练关心的是评分，而不是看了哪些
recommender-ndcg-is-no-worse-than = NDCG为{ $own }，不低于{ $popular }：在这里，口味
recommender-says-as-much-as-what = 透露的信息不少于“多数人看过什么”

# exhibits/recommender/view/learning/facts.rs
recommender-decade = { $decade }年代
recommender-ratings = 评分数
recommender-no-year = 无年份
recommender-to = 至{ $name }

# exhibits/recommender/view/learning/films.rs
recommender-decades = 年代
recommender-genres = 类型
recommender-liking = 偏好
recommender-films-mean-stars = 电影数，平均星级
recommender-films = { $films }，{ $group }
recommender-the-largest-of-genres = { $genres_count }个类型中最大的{ $room }个
recommender-stars-against-all-ratings-of = 与全体相差的星数，评分数；{ $all }个中的{ $room }个
recommender-stars-more-or-less-than = 比全体多或少的星数，评分数

# exhibits/recommender/view/learning/matrix.rs
recommender-true-and-predicted = 真实与预测
recommender-true = 真实
recommender-true-predicted = 真实{ $truth }，预测{ $said }：{ $count }
recommender-predicted-brightest = 预测；最亮处{ $most }

# exhibits/recommender/view/learning/mod.rs
recommender-collect = 收集
recommender-people = 用户
recommender-films-2 = 电影
recommender-train = 训练
recommender-evaluate = 评估
recommender-learning-board = 学习面板

# exhibits/recommender/view/learning/people.rs
recommender-their-stars = 此人的星级
recommender-of-all = 全体
recommender-half-of-the-people-gave = 半数用户最多给出{ $half }
recommender-stars-mean-spread = 星数，均值 ± 标准差
recommender-theirs = 此人
recommender-all = 全体
recommender-fewer = 少
recommender-more = 多
recommender-than-all = 比全体{ $word }{ $more }星
recommender-learned-b = 学到：bᵤ = { $bias }
recommender-when-is-not-known = 时间未知
recommender-per-up-to = 每{ $unit }，最多{ $most }

# exhibits/recommender/view/learning/person.rs
recommender-nobody = 无人
recommender-person-2 = 用户{ $name }
recommender-day = 日
recommender-month = 月
recommender-year = 年

# exhibits/recommender/view/learning/rule.rs
recommender-r-b-b-q-p = r̂ = μ + bᵤ + bᵢ + qᵢ·pᵤ
recommender-person-gave = 用户{ $person }给{" "}
recommender-b-b-e-b-b = bᵤ ← bᵤ + { $rate } (e − { $weight } bᵤ)，bᵢ同理
recommender-p-p-e-q-p = pᵤ ← pᵤ + { $rate } (e qᵢ − { $weight } pᵤ)
recommender-q-q-e-p-q = qᵢ ← qᵢ + { $rate } (e pᵤ − { $weight } qᵢ)

# exhibits/recommender/view/learning/tail.rs
recommender-rank = 名次
recommender-ratings-of = 评分数：
recommender-films-3 = 电影，
recommender-people-2 = 用户
recommender-no = 第{ $number }名：
recommender-film = 电影{ $per_item }，
recommender-person-3 = 用户{ $per_person }

# exhibits/recommender/view/learning/train.rs
recommender-stars-2 = 星
recommender-at-epoch-ratings = 学了{ $epoch }轮，{ $ratings }条评分
recommender-epochs-grey-biases-alone = { $epochs }轮；灰线：仅偏置，{ $bias_rmse }
recommender-epoch-of-ratings = 已学{ $epoch }轮，共{ $epochs }轮；{ $ratings }条评分
recommender-training = 训练
recommender-held-out = 留出

# exhibits/recommender/view/legend.rs
recommender-people-too = 显示用户
recommender-of-films-drawn = 画出{ $all }部电影中的{ $seen }部
recommender-lit-by-the-filter = { $drawn }，筛选点亮{ $passing }部
recommender-area-number-of-ratings-up = 面积：评分数，最多{ $most }
recommender-both = 两人
recommender-you-2 = 你
recommender-light-predicted-for-to = 亮度：预测{ $whose }给的星级，{ $low }到{ $high }
recommender-ring-on-the-list-two = 单环：在列表上；双环：你评过分
recommender-ring-on-the-list = 圆环：在列表上

# exhibits/recommender/view/map_switch.rs
recommender-most-variance-pca = 方差最大（PCA）
recommender-neighbours-t-sne = 近邻（t-SNE）
recommender-map-the-3-axes-along = 地图：电影差别最大的3条轴
recommender-map-this-picture-is-still = 地图：眼前仍是按轴排布的图
recommender-step-neighbours-of-of = 第{ $of }步：已找近邻{ $done }/{ $all }
recommender-step-epoch-of = 第{ $of }步：第{ $epoch }/{ $epochs }轮
recommender-of-step-press-again-to = 这是第{ $of }步的；再按可更新
recommender-far-says-nothing-near-kept = 远处距离无意义；近处保留{ $kept }，PCA为{ $kept_before }

# exhibits/recommender/view/pull.rs
recommender-both-move-nearer-together = 两者互相靠近
recommender-both-move-further-apart = 两者互相远离
recommender-person-gave-to = 用户{ $person }打{ $stars }星{"\u000A"}《{ $film }》
recommender-predicted-error = 预测{ $predicted }，误差{ $error }{"\u000A"}{ $way }

# exhibits/recommender/view/sculpt.rs
recommender-as-if-you-had-given = 相当于你给1部电影{ $high }星
recommender-as-if-you-had-given-films = 相当于你给{ $films }部电影{ $low }到{ $high }星

# exhibits/recommender/view/taste/filters_page.rs
recommender-years-and-more = 年份等
recommender-no-filter = 取消筛选
recommender-from-the-year = 起始年份
recommender-to-the-year = 截止年份
recommender-least-ratings = 最少评分数
recommender-unlike-each-other = 彼此不同
recommender-of-genres-here = { $said }；此处列出{ $genres_count }个类型中的{ $chips_count }个

# exhibits/recommender/view/taste/find_page.rs
recommender-find-a-film = 查找电影
recommender-rated = 已评
recommender-rate-these-first = 先给这些评分
recommender-of-films = { $all }部电影中的{ $of }部
recommender-any-genre = 所有类型
recommender-any-decade = 所有年代
recommender-rated-2 = 已评{ $entries_count }
recommender-you-3 = 你：{ $stars } ★
recommender-ratings-2 = { $count }条评分
recommender-known-by-opinions = { $ratings }人评过，看法 ± { $spread } ★，{ $apart }
recommender-close-to-others = 与其他相近
recommender-unlike-others = 与其他不同
recommender-far-off = 相距很远

# exhibits/recommender/view/taste/keeping.rs
recommender-save = 保存
recommender-load = 载入
recommender-save-list = 保存列表
recommender-your-ratings-are-in = 你的{ $count }条评分已存入{ $path }
recommender-ratings-are-taken-from = 已从{ $path }载入{ $count }条评分
recommender-the-list-of-is-in = { $count }部的列表已存入{ $path }

# exhibits/recommender/view/taste/list_page.rs
recommender-new = 新
recommender-the-model-has-not-answered = 模型还没有回答

# exhibits/recommender/view/taste/pager.rs
recommender-of = { $first }–{ $first2 }，共{ $of }

# exhibits/recommender/view/taste/people_page.rs
recommender-least-misery = 最小痛苦
recommender-mean-of-both = 两人平均
recommender-of-2 = 为
recommender-and = 和
recommender-none = 无
recommender-one-list-by = 合成列表
recommender-any = 随机
recommender-nobody-is-called-in = { $name }中没有叫{ $wanted }的用户
recommender-none-2 = 无
recommender-what-rated = { $ratings }评过的电影
recommender-nothing-rated = 还没评过
recommender-all-2 = ；全体{ $mean } ± { $spread }
recommender-rated-mean = 已评{ $rated_count }，均值{ $mean } ± { $spread }{ $all }

# exhibits/recommender/view/taste/rated_page.rs
recommender-raise = 抬高
recommender-lower = 压低
recommender-off = 关
recommender-find-films = 查找电影
recommender-sculpt-on-the-map = 在地图上塑造
recommender-start-over = 重新开始
recommender-sculpted = 塑造 {" "}
recommender-you-have-rated-nothing-yet = 你还没有评过分

# exhibits/recommender/view/taste/rating.rs
recommender-unrate = 撤销
recommender-choose-a-film-to-rate = 选一部电影来评分
recommender-not-rated = 未评分
recommender-you-4 = 你：{ $stars }

# exhibits/recommender/view/taste/tabs.rs
recommender-list = 列表
recommender-why = 为何
recommender-filters = 筛选

# exhibits/recommender/view/taste/why_page.rs
recommender-mean-2 = 均值μ
recommender-person-4 = 用户
recommender-film-2 = 电影
recommender-taste = 口味
recommender-prediction = 预测
recommender-rated-films = 已评电影
recommender-near-in-taste = 口味相近
recommender-also-liked = 还喜欢
recommender-by = { $ratings }所评
recommender-choose-a-film-on-the = 在地图或列表上选一部电影
recommender-no-number = 不是数

# exhibits/recommender/view/taste/why_words.rs
recommender-gave = 评{ $stars }星：{ $stars2 }
recommender-of-3 = { $of }人中{ $people }人，×{ $lift }
recommender-each-of-ratings = 全部{ $of }条评分
recommender-of-ratings = { $of }条评分中的{ $tried }条
recommender-left-out-in-turn-from = 只重新拟合此人：{ $fitted }；{ $tried }，少一条变多少：
recommender-there-is-no-rating-yet = 还没有评分可以支持或反对它
recommender-distance-0-is-the-same = 距离：0为口味相同，1为毫无关系
recommender-of-those-who-liked-it = 在喜欢它的人中；×为相对全体评分者的倍数

# exhibits/recommender/view/taste/words.rs
recommender-item = 物品{ $item }
recommender-nobody-rated-it = 还没有人评过
recommender-one-rating-stars = 1条评分，{ $mean }星
recommender-ratings-3 = { $mean } ★，{ $count }条评分
recommender-person-5 = 用户{ $name }
recommender-for = 为{ $first }推荐
recommender-for-and = 为{ $first }和{ $ratings }推荐，{ $how }
recommender-least-misery-2 = 最小痛苦
recommender-mean-of-both-2 = 两人平均
recommender-from-of-films = { $of }部中的{ $eligible }部
recommender-or = { $a }或{ $b }
recommender-or-more = { $a }或另外{ $genres_count }类
recommender-ratings-4 = 至少{ $least_ratings }条评分
recommender-diversity = 多样性{ $diversity } %
recommender-answered-at-step-as-it = 按目前第{ $step }步的模型回答
recommender-on-its-plinth = 推荐系统

# exhibits/recommender/view/learning/mod.rs
recommender-how-it-learns = 怎样学习

# exhibits/recommender/view/taste/mod.rs
recommender-films-for-whom = 为谁推荐
recommender-of-films-with = { $all }部中的{ $seen }部：至少{ $least }条评分
