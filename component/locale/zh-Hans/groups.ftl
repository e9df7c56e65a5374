# 群：查找、群页面与名额例外。

command-find = 找群
command-find-about = 按群号或名称找群，得到加入地址
command-info = 群信息
command-info-about = 查看群的页面：成员数、管理者、群号
command-override = 名额例外
command-override-about = 为某人或某群单独放宽或收紧名额（管理员）

words-find = 找群 查找 搜索 搜群
words-info = 群信息 群资料
words-override = 名额 名额例外

field-find = 群号，或名称的一部分
field-quota = 哪种名额
field-places = 名额数（留空：与其他人相同）
field-override-length = 时长，如 7d（天）、12w（周）；留空：没有期限

fact-found = 找到的群
fact-name = 名称
fact-address = 地址
fact-founded = 登记时间
fact-join = 加入方式
fact-managers = 管理者
fact-overrides = 名额例外

quota-created = 可创建的群
quota-joined = 可加入的群
quota-members = 成员

# find, info

find-instructions = 请填写群号（如 7K2M-9QXD-4）或名称的一部分。按名称只能找到公开的群；也可以只选分类。
find-any-category = 不限
find-no-code = 没有群号为 { $code } 的群，请再核对一次。
find-closed = 群号为 { $code } 的群已{ $at ->
    [none] {""}
   *[other] 于 { $at }
}关闭，群号不会再用。
find-too-short = 请至少填写名称中的 { $least } 个字，或完整的群号。
find-none = 没有名称中含“{ $what }”的公开群。如果您知道群号，请填写群号。
find-note = 找到 { $count } 个群。打开地址即可加入。
find-more = 找到的群超过 { $count } 个，这里是人数最多的。请填写更完整的名称。
find-line = { $name } · { $address } · 群号 { $code } · { $members } 名成员
info-instructions = 您想了解哪个群？
manager-line = { $nick }（{ $role ->
    [founder] 创建者
    [owner] 群主
   *[admin] 管理员
}）
managers-unseen = 另有 { $count } 位尚未来过

# override

override-instructions = 要调整谁的名额？您会先看到目前的情况。
override-choose = { $name }：哪种名额、多少、多久、什么原因？
override-none = 与其他人相同，没有例外。
override-line = { $quota }：{ $places }，{ $until ->
    [none] 没有期限
   *[other] 至 { $until }
}。操作者 { $by }：{ $reason }
override-summary = { $name } 今后的名额为 { $places }（{ $quota }），{ $until ->
    [none] 没有期限
   *[other] 至 { $until }
}。已超出的可以保留，但不再增加。原因：{ $reason }。
override-ends = { $name } 的名额恢复为与其他人相同（{ $quota }）。已超出的可以保留，但不再增加。原因：{ $reason }。
override-done = 已执行：{ $name } 的名额已调整。
override-closed = { $room } 已关闭，没有成员。
override-self = 您不能调整自己的名额，请找其他管理员。
override-staff = 对方在这里担任职务，只有超级管理员可以调整其名额。请找一位超级管理员。
notice-override = 管理员调整了{ $room ->
    [none] 您
   *[other] 您的群 { $room }
}的名额（{ $quota }）：现为 { $places }，{ $until ->
    [none] 没有期限
   *[other] 至 { $until } 为止
}。原因：{ $reason }。
notice-override-ended = 管理员结束了{ $room ->
    [none] 您
   *[other] 您的群 { $room }
}的名额例外（{ $quota }），现与其他人相同，已有的不受影响。原因：{ $reason }。
not-a-number-of-places = 请填写 0 到 { $most } 之间的整数，或留空。

# 扩容

notice-room-growing = 您的群 { $room } 现有 { $members } 名成员，上限为 { $limit } 名{ $state ->
    [full] ，已经满员，其他人无法再加入。
    [nearly] ，即将满员。
   *[growing] 。
}{ $way ->
    [apply] 如需容纳更多成员，请给 { $service } 发消息“扩容”申请更大的规模。
   *[ask] 已没有更大的规模；请移除不再活跃的成员，或请管理员给予名额例外。
}

# 活跃度

fact-activity = 活跃度
activity-line = { $week ->
    [this] 本周
   *[last] 上周
}：{ $messages } 条消息，{ $members } 名成员发言

# 头衔

hat-founder = 创建者
hat-manager = 管理者
hat-verified = 已实名

# 远程搜索（XEP-0433）

search-title = 公开群
search-by-members = 按成员数
search-by-address = 按地址
field-search-words = 名称或地址中的词，或群号
field-search-all = 列出全部公开群
field-search-name = 搜索名称
field-search-text = 搜索简介（此处不保存简介）
field-search-address = 搜索地址
field-search-key = 排序方式
error-search-too-fast = 操作太快，请过几秒再搜索。
error-search-conflict = 不能同时按关键词搜索和列出全部群，请只选一项。
error-search-nothing = 请填写关键词、选择类别，或要求列出全部公开群。
error-search-terms = 请至少填写一个两个字以上的关键词。
error-search-category = 没有这个类别，请重新获取表单。
error-search-key = 不支持这种排序方式，请按成员数或地址排序。
error-search-page = 没有这一页，请从第一页开始。
error-search-backwards = 只能从第一页向后翻页。
