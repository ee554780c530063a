# serve
serve-cannot-listen = 无法监听{ $address }：{ $why }。请关闭占用它的程序，或用--listen指定另一个地址和端口。
serve-no-signals = 无法接收用来结束服务的信号：{ $why }

# serve/news.rs
serve-watched = { $program }正在观看。
serve-left = 观看者已离开；训练照常进行。
serve-sent-away = 观看者已被断开：{ $why }。训练照常进行。
serve-refused = 有一个连接被拒绝。{ $why }

# serve/door.rs
serve-another-token = 这不是本服务的口令。
serve-another-version = 观看者使用的协议是版本{ $theirs }，而本服务是版本{ $ours }：请在两边使用同一版本的程序。
serve-somebody-watches = 已经有人在观看这个训练，它一次只给一个观看者看。
serve-too-many-connections = 已有{ $most }个连接，不能同时处理更多：请过一秒再试。

# serve/watching.rs
serve-it-does-not-read = 它不读取发给它的内容
serve-it-says-nothing = 它已有{ $seconds }秒没有发来任何内容
serve-too-much-is-asked = 不能同时询问这么多

# serve/predicting.rs
serve-another-run = 刚刚开始了另一次使用其他图像的运行：请再问一次。
serve-too-much-is-asked-now = 向训练提出的问题已经太多：请过一秒再问。
serve-no-answer = 训练在{ $seconds }秒内没有回答：它的每一步耗时较长，或者它已经结束。

# serve/http
serve-head-too-long = 请求的头部最多{ $most }字节。
serve-body-too-long = 请求的正文最多{ $most }字节。
serve-request-too-slow = 请求必须在{ $seconds }秒内发送完整。
serve-too-many-headers = 一个请求最多有{ $most }个头部字段。
serve-no-request = 这既不是HTTP请求，也不是本协议的帧：{ $why }。
serve-no-length = Content-Length不能是{ $value }。
serve-say-the-length = 请用Content-Length说明正文的长度；长度未知的分块不予读取。
serve-nothing-here = 这里什么也没有：请使用{ $paths }。
serve-another-method = { $path }要用{ $method }来请求。
serve-too-often = 每秒最多回答{ $most }个请求：请过一秒再试。
serve-name-the-token = 请给出本服务的口令：Authorization: Bearer后接32位十六进制数字。
serve-not-begun = 训练还没有开始：请等它读完数据后再问。
serve-no-images = 展品{ $name }学习的内容与图像无关，无法判断图像。
serve-no-image = 请以PNG或JPEG文件发送图像，或以JSON列表发送它的像素。
serve-too-many-wait = 等待识别的图像太多：请过一秒再问。

# serve/sent_image.rs
serve-image-unreadable = 无法读取图像：{ $why }。
serve-image-too-large = 图像有{ $width } × { $height }像素，但最多读取{ $most }像素。
serve-no-pixels = 像素不是JSON的数字列表，例如[0, 0.5, 1]或{"{"}"pixels": [0, 0.5, 1]{"}"}。
serve-other-pixels = 发来了{ $found }个像素，而模型读取{ $wanted }个：{ $channels } × { $rows } × { $columns }，逐通道、逐行排列。
serve-pixels-beyond = 像素的取值从0（黑）到1：取值到255的，请除以255。

# program/serving.rs
serve-serving = { $name }的训练在{ $address }提供服务。
serve-how-to-watch = 用perceptarium --connect { $address }来观看，并在那里以及在Authorization: Bearer中给出这个口令：{ $token }
serve-not-encrypted = 那里传送的内容没有加密，口令也没有：经过不属于自己的网络时，请在127.0.0.1提供服务，并使用ssh -L。
serve-stopping = 正在停止训练；再来一个信号，程序会立即结束。
serve-farewell = 服务已在它运行的机器上被停止；在那里重新启动之后，这里会再找到它
serve-stopped = 训练停在第{ $step }步；没有保存，原因：{ $why }。
serve-stopped-saved = 训练停在第{ $step }步，并已保存：{ $place }。
serve-stopped-unheard = 训练在{ $seconds }秒内没有停下，所以没有保存。

# program/connected.rs
serve-say-the-token = 请用--token给出{ $address }处的服务显示的32位十六进制数字。
serve-another-exhibit-there = 那里提供的是展品{ $name }：请写这个展品，或者不写。
