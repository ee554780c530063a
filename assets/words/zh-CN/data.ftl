# learning/data/cifar/mod.rs
data-it-is-cifars-version-for = 这是CIFAR的Python版，其中的pickle无法读取
data-it-holds-no-files-of = 其中没有CIFAR的文件
data-name-a-folder-that-does = 请指定含有这些文件的文件夹
data-fetch-the-files-again = 请重新下载这些文件
data-there-is-no-such-file = 没有这个文件
data-put-it-there-or-name = 请把它放到那里，或用--data指定另一个文件夹
data-it-is-longer-than-1 = 它超过1 GiB
data-fetch-the-file-again = 请重新下载该文件
data-its-bytes-are-no-whole = 其{ $bytes_count }字节不是每张图片{ $record }字节的整数倍
data-it-is-cut-short-or = 文件不完整或属于别的数据集：请重新下载
data-make-it-a-readable-text = 请换成可读的文本文件，或删去它
data-it-names-classes-instead-of = 其中列出{ $names_count }个类别，而应有{ $classes }个
data-fetch-it-again-or-remove = 请重新下载，或删去它

# learning/data/defect.rs
data-of-its = 其中的{ $name }：{ $fact }

# learning/data/fingerprint.rs
data-passages-of-of-characters = { $train } + { $test }个文段，每段{ $columns }个字符，共{ $classes }种字符
data-images-of-and-classes = { $train } + { $test }张{ $channels } × { $rows } × { $columns }的图片，{ $classes }个类别

# learning/data/foreign/text.rs
data-it-is-a-web-page = 这是一个网页
data-fetch-the-file-again-not = 请重新下载文件本身，而不是介绍它的网页
data-it-is-a-servers-error = 这是服务器的出错信息
data-fetch-the-file-again-from = 请从能取得它的地方重新下载
data-it-is-json = 这是JSON
data-convert-it-to-csv = 请转换成CSV
data-it-is-a-git-lfs = 这是Git LFS指针，不是文件本身
data-fetch-the-file-with-git = 请用git lfs pull取得文件
data-it-is-a-document-rtf = 这是一份文档（RTF）
data-save-its-table-as-csv = 请把其中的表格存成CSV
data-it-is-xml = 这是XML
data-it-is-an-arff-file = 这是Weka的ARFF文件
data-save-it-as-csv-the = 请存成CSV：第一行写@attribute后面的名称，下面各行写@data后面的内容

# learning/data/foreign/zip.rs
data-it-is-a-document-of = 这是办公软件的文档
data-it-is-an-archive-of = 这是NumPy数组的压缩包
data-it-is-a-zip-archive = 这是ZIP压缩包

# learning/data/foreign.rs
data-unpack-it-and-name-the = 请解压并指定解压后的文件夹
data-load-it-in-python-and = 请在Python中读入并存成CSV
data-save-it-as-utf-8 = 请存成UTF-8
data-it-is-a-workbook = 这是电子表格工作簿
data-save-the-sheet-as-csv = 请把工作表存成CSV
data-it-is-a-picture = 这是一张图片
data-name-a-table-such-as = 请指定一个表格，例如CSV文件
data-it-is-gzipped-twice = 它用gzip压缩了两次
data-unpack-it-once = 请解压一次
data-it-is-a-7z-archive = 这是7z压缩包
data-it-is-a-rar-archive = 这是RAR压缩包
data-it-is-packed-by-xz = 它是用xz压缩的
data-unpack-it = 请先解压
data-it-is-packed-by-zstd = 它是用zstd压缩的
data-it-is-packed-by-lz4 = 它是用LZ4压缩的
data-it-is-a-numpy-array = 这是NumPy数组
data-it-is-an-hdf5-file = 这是HDF5文件
data-it-is-an-sqlite-database = 这是SQLite数据库
data-export-a-table-of-it = 请把其中一个表导出为CSV
data-it-is-a-parquet-file = 这是Parquet文件
data-it-is-an-arrow-feather = 这是Arrow（Feather）文件
data-it-is-a-feather-file = 这是Feather文件
data-it-is-a-matlab-file = 这是MATLAB文件
data-save-its-variables-as-csv = 请把其中的变量存成CSV
data-it-is-a-file-of = 这是R的文件（RData）
data-save-it-as-csv-with = 请用write.csv存成CSV
data-it-is-a-file-of-r = 这是R的文件（RDS）
data-it-is-an-spss-file = 这是SPSS文件
data-save-it-as-csv = 请存成CSV
data-it-is-a-stata-file = 这是Stata文件
data-it-is-an-idx-file = 这是IDX文件，例如MNIST的文件
data-name-its-folder-to-an = 请在从图片学习的展品中指定它所在的文件夹
data-it-is-a-tar-archive = 这是tar归档
data-it-is-a-pickle-of = 这是Python的pickle
data-it-is-no-text = 这不是文本
data-it-is-packed-by-bzip2 = 它是用bzip2压缩的
data-it-is-a-pdf-document = 这是PDF文档
data-save-the-table-in-it = 请把其中的表格存成CSV，或下载数据本身
data-its-text-is-utf-16 = 文本的编码是UTF-16
data-its-text-is-utf-32 = 文本的编码是UTF-32

# learning/data/idx.rs
data-put-the-file-there-or = 请把文件放到那里，或用--data指定另一个文件夹
data-make-it-readable-or-name = 请设为可读，或用--data指定另一个文件夹
data-its-gzip-stream-is-damaged = 其gzip数据流已损坏或不完整（{ $error }）
data-it-unpacks-to-more-than = 解压后超过2 GiB
data-give-a-smaller-data-set = 请换一个小些的数据集
data-images-of-pixels = { $count }张{ $rows } × { $columns }像素的图片
data-its-header-says-images-of = 其文件头写的是{ $a } × { $b } × { $c }的图片，通道数不是1或3
data-write-grey-images-or-red = 请写成灰度图，或红、绿、蓝三色图
data-images-of-pixels-in-channels = { $count }张{ $rows } × { $columns }像素、{ $channels }个通道的图片
data-its-header-says-images-of-rows = 其文件头写的是{ $rows }行{ $columns }列的图片
data-labels = { $count }个标签
data-it-is-empty = 它是空的
data-it-ends-within-its-header = 文件头还没写完就结束了
data-idx-values-of-type-in = { $dimensions }维、类型为{ $kind }的IDX数值
data-something-that-is-not-idx = 不是IDX的内容（开头是{ $zero }{ $zero_too }{ $kind }{ $dimensions }）
data-it-should-hold-as-unsigned = 其中应是以无符号字节存放的{ $wanted }，实际却是{ $held }
data-check-which-file-is-which = 请检查文件是否弄混，或转换成无符号字节的IDX
data-it-holds-no = 其中没有{ $wanted }
data-give-a-set-with-at = 请给出至少有一个样本的数据集
data-its-header-promises-but-only = 其文件头写着{ $promise }，后面却只有{ $present }字节，应有{ $expected }字节
data-the-file-is-truncated-fetch = 文件不完整：请重新下载
data-its-header-promises-but-instead = 其文件头写着{ $promise }，后面却有{ $present }字节，而应有{ $expected }字节
data-the-file-is-too-long = 文件比文件头所写的长：请重新下载

# learning/data/images/classes.rs
data-correct-the-labels-or-name = 请改正标签，或在classes.txt中列出更多类别
data-it-names-classes = 其中列出{ $names_count }个类别
data-write-one-name-a-line = 请每行写一个名称，共1到256个
data-label-of-image-would-make = 图片{ $at }的标签是{ $highest }，这样就有{ $classes }个类别，而有图片的只有{ $met }个
data-correct-the-labels-or-name-the = 请改正标签，或在classes.txt中列出类别
data-label-of-image-is-outside = 图片{ $at }的标签{ $label }超出了{ $classes }个类别

# learning/data/images/dataset.rs
data-there-is-no-such-folder = 没有这个文件夹
data-name-a-folder-of-idx = 请用--data指定IDX文件所在的文件夹
data-its-training-images-are-pixels = 其中的训练图片是{ $train_size }像素，测试图片是{ $test_size }像素
data-take-both-from-the-same = 两者请取自同一个数据集

# learning/data/images/files.rs
data-it-holds-several-splits-of = 其中有EMNIST的几种划分：{ $names }
data-put-the-four-files-of = 请把其中一种的四个文件单独放进一个文件夹
data-it-is-a-folder-not = 这是文件夹，不是文件
data-there-is-no-such-file-gzipped = 没有这个文件，也没有它的gzip压缩文件（.gz）

# learning/data/images/part.rs
data-it-holds-labels-for-images = 其中有{ $labels_count }个标签，图片却有{ $count }张
data-take-images-and-labels-from = 图片和标签请取自同一个数据集

# learning/data/not_idx.rs
data-name-a-folder-with-train = 请指定含有train-images-idx3-ubyte、train-labels-idx1-ubyte、t10k-images-idx3-ubyte和t10k-labels-idx1-ubyte的文件夹，用不用gzip压缩（.gz）都可以
data-convert-it-to-idx-files = 请转换成无符号字节的IDX文件，图片为28 × 28，标签为0到9
data-it-is-one-idx-file = 这只是一个IDX文件
data-name-the-folder-that-holds = 请指定四个文件所在的文件夹
data-it-is-a-csv-of = 这是一个有{ $columns }列的CSV
data-it-is-not-a-folder = 这不是文件夹
data-name = 请指定{ $within }
data-the-idx-files-lie-in = IDX文件在它里面的一个文件夹中
data-it-holds-no-idx-files = 其中没有IDX文件，只有{ $archive }
data-unpack-it-and-name-the-folder = 请解压，并指定含有IDX文件的文件夹
data-it-holds-pictures-in-files = 其中每张图片是一个单独的文件
data-it-holds-no-idx-files-but = 其中没有IDX文件，只有{ $table }
data-it-holds-no-idx-files-of = 其中没有按MNIST命名的IDX文件

# learning/data/npz/archive.rs
data-it-is-no-whole-zip = 这不是完整的ZIP压缩包
data-save-it-with-fewer-or = 请减少或缩小数组后再保存
data-it-is-a-zip-archive-of = 这是超过4 GiB的ZIP压缩包
data-its-directory-does-not-lie = 其目录超出了文件的范围
data-its = 其中的{ $name }{ $fact }
data-is-encrypted = 已加密
data-save-it-without-a-password = 请去掉密码后保存
data-unpacks-to-bytes-more-than = 解压后有{ $size }字节，超过2 GiB
data-is-not-where-the-directory = 不在目录所写的位置
data-is-packed-in-an-unusual = 用了少见的压缩方式
data-save-it-with-np-savez = 请用np.savez保存
data-is-damaged-or-cut-short = 已损坏或不完整
data-its-directory-is-damaged = 其目录已损坏
data-make-it-readable-or-name-another = 请设为可读，或用--data另外指定

# learning/data/npz/array.rs
data-save-it-again-with-np = 请用np.savez重新保存
data-cast-it-with-astype-uint8 = 请用.astype("uint8")转换后重新保存
data-it-is-cut-short-within = 文件头不完整
data-it-is-no-array-of = 这不是NumPy数组
data-its-header-is-of-no = 其文件头的版本不在1到3之间
data-its-header-does-not-say = 其文件头没有写明类型、顺序和形状
data-save-it-again-after-np = 请用np.ascontiguousarray处理后重新保存
data-its-numbers-are-in-fortrans = 其中的数按Fortran的顺序存放
data-its-header-promises-but-bytes = 其文件头写着{ $shape }，后面却有{ $bytes_count }字节
data-number-is-outside-of-0 = 编号{ $at }的数是{ $value }，不在0到255之间
data-its-numbers-are-big-endian = 其中的数是大端序
data-its-numbers-are-of-type = 其中的数的类型是{ $written }
data-one-number = 一个数

# learning/data/npz/mod.rs
data-save-images-as-count-rows = 请把图片存成“数量 × 行 × 列”，也可以有1个或3个通道，放在行列之前或之后
data-its-training-images-are-its = 其中的训练图片是{ $train_size }，测试图片是{ $test_size }
data-give-both-the-same-size = 请让两者大小相同
data-its-holds-labels-for-images = 其中的{ $name }有{ $labels_count }个标签，图片却有{ $images }张
data-save-images-and-labels-of = 请保存同一个数据集的图片和标签
data-it-holds-no-arrays = 其中没有数组
data-it-holds = 其中有{ $names }
data-save-it-by-np-savez = 请用np.savez保存x_train、y_train、x_test和y_test
data-its-is = 其中的{ $name }是{ $shape }
data-save-the-number-of-each = 请保存每张图片的类别编号
data-its-has-for-image = 其中的{ $name }给图片{ $at }的值是{ $value }
data-number-the-classes-from-0 = 请从0开始给类别编号，最多256个

# learning/data/open.rs
data-there-is-no-such-file-or = 没有这个文件或文件夹

# learning/data/pictures/columns.rs
data-it-has-columns = 它有{ $fields }列
data-a-list-of-pictures-has = 图片清单应有一列图片名和一列类别
data-line = 第{ $line }行{ $wrong }
data-put-a-name-and-a = 请在每一行写上图片名和类别
data-it-has-more-than-rows = 它超过{ $most_rows }行
data-column = 第{ $at }列
data-it-has-no-column-of = 其中没有图片名这一列，只有{ $written }
data-call-the-one-with-the = 请把图片文件名那一列命名为“file”
data-it-has-no-column-of-labels = 其中没有标签这一列，只有{ $all }
data-call-the-one-with-the-classes = 请把类别标签那一列命名为“label”
data-line-is-for = 第{ $line }行的用途写的是{ $field }
data-write-train-val-or-test = 请在那里写train、val或test

# learning/data/pictures/folders.rs
data-left-out-the-folder-as = 未采用：文件夹{ $name }，因为测试用的是{ $used }
data-it-holds-more-than-pictures = 其中的图片超过{ $most_pictures }张

# learning/data/pictures/labelled.rs
data-it-holds-several-tables = 其中有几个表格：{ $names }
data-name-the-one-with-the = 请指定写有图片类别的那一个
data-line-leads-to = 第{ $line }行指向{ $field }
data-write-each-name-as-a = 请把每个名称都写成表格所在文件夹内的路径
data-it-has-no-label = 它没有标签
data-it-is-named-a-second = 它重复出现
data-left-out-of-as-is = 未采用：{ $part }的{ $count }，因为测试用的是{ $used }
data-none-of-its-rows-is = 其中没有一行用于学习
data-write-train-in-some = 请在一些行里写上train
data-none-of-its-is-there = 其中列出的{ $pictures }一张也找不到，第一张是{ $first }
data-put-them-beside-it-or = 请把图片放在表格旁边，或一起放进那里的一个文件夹
data-is-its-only-class = 其中只有{ $one }一个类别
data-name-pictures-of-two-or = 请列出两个以上类别的图片
data-it-has-classes = 它有{ $train_count }个类别
data-give-at-most-256-classes = 请给出最多256个类别

# learning/data/pictures/mod.rs
data-put-the-pictures-of-each = 请把每个类别的图片放进以该类别命名的文件夹
data-tested-on-a-fifth-of = 测试用：每个类别的五分之一，按种子{ $seed }抽取
data-none-of-its-pictures-is = 没有剩下可用于测试的图片
data-give-each-class-two-pictures = 请给每个类别两张能读取的图片
data-it-holds-pictures-but-no = 其中有图片，却没有按类别分的文件夹
data-name-2 = 请指定{ $folder }
data-the-classes-lie-in-a = 各类别在它里面的一个文件夹中
data-is-its-only-class-2 = 其中只有{ $name }一个类别
data-give-it-a-folder-for = 请为两个以上的类别各建一个文件夹
data-it-has-folders-of-classes = 其中有{ $more_count }个类别文件夹
data-it-has-which-the-training = 其中的{ $unknown }在训练部分里没有
data-give-both-the-same-classes = 请让两者的类别相同
data-its-of-pixels-would-take = 其中的{ $pictures }按{ $rows } × { $columns }像素会占用1 GiB以上
data-give-fewer-or-say-smaller = 请减少图片，或在网络描述的输入部分[input]里把行数和列数写小些
data-of = （类别{ $name }）
data-none-of-its-can-be = 其中的{ $count }{ $of }全都无法读取，例如{ $name }：{ $why }
data-it-holds-no-pictures = 其中没有图片
data-put-pictures-of-that-class = 请放入这个类别的图片（PNG、JPEG、WebP、BMP或GIF），或删去这个类别

# learning/data/pictures/part.rs
data-its-decoder-gave-up = 解码器无法继续
data-left-out-the-first = 未采用：{ $count }，包括{ $named }

# learning/data/pictures/picture.rs
data-it-is-damaged-or-cut = 已损坏或不完整
data-it-is-no-file = 这不是文件
data-it-is-longer-than-256 = 它超过256 MiB
data-it-cannot-be-made-that = 无法把它变得那么大
data-its-format-is-not-read = 无法读取它的格式{ $other }
data-it-is-no-png-jpeg = 它不是PNG、JPEG、WebP、BMP或GIF
data-it-has-no-pixels = 它没有像素
data-it-has-pixels-more-than = 它有{ $height } × { $width }像素，超过{ $most_pixels }像素
data-it-has-more-than-pixels = 它超过{ $most_pixels }像素
data-its-format-has-a-part = 它的格式中有无法读取的部分

# learning/data/pictures/places.rs
data-several-pictures-have-that-name = 有几张图片同名：请连扩展名一起写
data-there-is-no-such-picture = 没有这张图片

# learning/data/pictures/single.rs
data-give-a-png-jpeg-webp = 请给出能打开的PNG、JPEG、WebP、BMP或GIF
data-the-colours-of-are-made = { $name }已转成灰度，因为学习用的图片是灰度的
data-is-read-as-it-is = { $name }按原样读取：它的平均亮度是{ $own }，学习用的图片是{ $learned }；如果一个是浅底深色，另一个是深底浅色，请改用它的反色图

# learning/data/table/column/fault.rs
data-is-not-utf-8 = 不是UTF-8
data-holds-which-is-not-finite = 是{ $field }，不是有限的数
data-in-line = 第{ $row }行的{ $word }
data-then = ，还有{ $others }
data-is-a-number = 是数
data-are-numbers = 都是数
data-holds-but-there = 是{ $first }{ $also }，而这一列的{ $values }{ $are }
data-holds-but-in-line = 是{ $other }，第{ $one2 }行却是{ $one }
data-holds-but-in-line-one = 是{ $first }，第{ $second2 }行却是{ $second }：一个用小数逗号，另一个用小数点
data-holds-which-does-not-fit = 是{ $field }，与--decimal-mark所说的不符
data-holds-whose-mark-may-stand = 是{ $field }，其中的符号可能是小数点，也可能是千位分隔符：从这一列看不出来
data-save-the-file-as-utf = 请把文件存成UTF-8
data-give-a-finite-number-or = 请写有限的数，缺失时让该字段空着
data-give-a-number-or-leave = 请写一个数，缺失时让该字段空着
data-write-all-its-numbers-with = 请给这一列的数都写上同样的符号
data-write-all-its-numbers-in = 请用同一种写法写这一列的数
data-leave-decimal-mark-out-or = 请去掉--decimal-mark，或改正这个数
data-say-decimal-mark-comma-or = 请写明--decimal-mark comma或--decimal-mark point

# learning/data/table/heading.rs
data-fetch-it-again-or-name = 请重新下载，或指定另一个文件
data-line-seems-to-hold-values = 第{ $line }行本该是列名，看上去却是数据：{ $first }
data-say-no-header-if-it = 如果它就是第一行数据，请加--no-header；如果这些是列名，请加--header
data-line-is-a-single-field = 第{ $line }行只有{ $only }一个字段，下面各行却有{ $fields }个
data-take-out-what-stands-before = 请删去列名前面的内容
data-what-comes-after-the-last = ：最后一列之后还有{ $field }
data-has-instead-of = 有{ $fields }，而应有{ $columns }个{ $beyond }
data-it-has-no-column-only = 其中没有{ $name }这一列，只有{ $listed }
data-name-one-of-these-with = 请用{ $option }指定其中一列
data-or-say-no-header-if = { $remedy }，如果第一行就是数据，请改加--no-header

# learning/data/table/opened.rs
data-put-it-there-or-name-another = 请把它放到那里，或用--data另外指定
data-you-may-not-read-it = 没有读取它的权限
data-it-is-a-folder = 这是文件夹
data-name-a-file-in-it = 请用--data指定其中的一个文件
data-at-line = 在第{ $line }行处
data-its-gzip-stream-is-damaged-or = 其gzip数据流{ $place }已损坏或不完整（{ $error }）

# learning/data/table/rows.rs
data-line-column-is-not-utf = 第{ $line }行第{ $at }列不是UTF-8
data-the-quotation-mark-in-line = 第{ $line }行{ $first }前面的引号在字段末尾没有闭合
data-close-it-or-leave-it = 请补上另一半引号，或把它去掉
data-the-row-at-line-goes = 从第{ $line }行开始的一行数据超过1 MiB
data-close-the-quotation-mark-that = 请把那里没有闭合的引号补全

# learning/data/table/sheet.rs
data-give-each-row-as-many = 请让每行的字段数与列名数相同，含有分隔符的内容要加引号
data-line-2 = 第{ $line }行{ $why }
data-it-has-too-many-rows = 它的行数太多
data-give-a-part-of-it = 请只用其中一部分
data-it-names-columns-but-holds = 其中有列名，却没有一行数据
data-name-another-file-with-data = 请用--data指定另一个文件
data-the-first-column-has-no = 第一列没有列名，只是行号：不采用
data-columns-are-called-by-their = 文件里没有列名，所以各列按位置称呼
data-text-that-differs-from-row = 每行都不同的文字不用于学习：{ $texts }
data-no-row-has-a-value = { $empty }没有一行有值
data-in = { $name }中有{ $missing }个
data-and-more-in-others = ，另有{ $more }列也有
data-missing-values = 缺失值：{ $named }{ $more }
data-the-numbers-in-are-in = { $column }中的数以{ $sign }为单位
data-in-this-counts-as-missing = { $column }中的这些算作缺失：{ $words }
data-is-no-column-of-numbers = { $column }不是数值列：{ $numbers }个值中有{ $words }个不是数，第一个是第{ $of }行的{ $word }
data-line-column = 第{ $row }行的{ $name }列{ $fact }
data-its-first-row-is-a = 其第一行只有{ $name }一个字段
data-put-commas-semicolons-tabs-or = 请用逗号、分号、制表符或竖线代替空格来分隔字段
data-give-a-table-with-commas = 请给出用逗号、分号、制表符或竖线分隔字段的表格
data-it-is-a-folder-with = 这个文件夹里有{ $tables_count }个.csv文件
data-name-the-file-itself-with = 请用--data指定文件本身

# learning/data/text/alphabet.rs
data-left-out-of-the-text = 未采用：{ $characters }，占文本的{ $stand } %，一律记作“{ $rare }”，因为{ $why }。
data-at-most-are-told-apart = 最多区分{ $most }种字符
data-the-network-knows-no-others = 网络不认识其他字符

# learning/data/text/mod.rs
data-it-has-characters-that-the = 其中有网络不认识的字符：{ $strange }
data-write-them-otherwise-or-let = 请换一种写法，或用网络描述让网络从头学习这段文本
data-it-has-characters-but-the = 它有{ $places_count }个字符，而网络一次要看{ $context }个
data-name-a-text-of-at = 请指定至少{ $least }个字符的文本，或把context调小
data-is-nowhere-in-the-text = 学习的文本里没有“{ $letter }”：请去掉它

# learning/data/text/read.rs
data-name-a-file-of-text = 请指定UTF-8文本文件，或含有.txt文件的文件夹
data-it-holds-no-file-that = 其中没有.txt文件
data-it-is-no-plain-file = 这不是普通文件
data-with-it-the-text-is = 加上它，文本就超过{ $most_bytes } MiB
data-is-no-text = { $path }不是文本
data-it-is-no-text-in = 这不是UTF-8文本

# learning/data/unknown.rs
data-name-a-folder-of-idx-files = 请指定一个文件夹（含IDX文件，或CIFAR的二进制版，或每个类别一个图片文件夹），或列出图片及其类别的CSV，或含有x_train、y_train、x_test和y_test的.npz文件
data-it-is-neither-a-file = 这既不是文件，也不是文件夹
data-it-is-of-no-kind = 无法识别它的类型
data-it-is-a-text = 这是文本
data-name-3 = 请指定{ $known }
data-the-data-lie-within-it = 数据在它里面
data-it-holds-no-images-but = 其中没有图片，只有{ $archive }
data-unpack-that-and-name-the = 请解压它，并指定解压得到的文件夹
data-it-holds-no-images-that = 其中没有能识别的图片，只有{ $first }

# learning/data/idx.rs
data-images = 图片
data-labels-2 = 标签

