# 命令：名称、表单、结果与拒绝说明。

commands-title = 命令

command-verify = 实名验证
command-verify-about = 证明您的身份，一次即可，之后就能参与群组
command-status = 我的状态
command-status-about = 查看等级、限额、处罚，以及可以向谁询问
command-rules = 平台规则
command-rules-about = 阅读并同意平台规则
command-my-rooms = 我的群
command-my-rooms-about = 查看您加入的群，并可退出
command-room-rules = 本群规则
command-room-rules-about = 为您管理的群设置规则（群主与群管理）
command-person = 查询用户
command-person-about = 查看某人的状态与记录（管理员）
command-room = 查询群
command-room-about = 查看群的成员、在场者与案件（管理员）
command-classify = 群分类
command-classify-about = 设定群的类别和规模等级（管理员）
command-sanction = 处罚
command-sanction-about = 警告、禁言、移出或封禁某人（管理员）
command-lift = 解除处罚
command-lift-about = 提前结束一项处罚，或撤销有误的处罚（管理员）
command-held = 待审内容
command-held-about = 同意或拒绝等待审核的内容（管理员）
command-cases = 案件
command-cases-about = 查看未结案件及证据，并结案（管理员）
command-retract = 撤回消息
command-retract-about = 撤回某人在群里发的消息（管理员）
command-blacklist = 黑名单
command-blacklist-about = 将帐号、用户或群列入或移出黑名单（管理员）
command-adjust-credit = 调整信用
command-adjust-credit-about = 提高或降低某人的信用分（管理员）
command-rule-stats = 规则统计
command-rule-stats-about = 查看每条规则命中多少次、错判多少次（管理员）
command-audit = 查阅审计记录
command-audit-about = 查看谁做了什么，并核对记录未被改动（审计员）
command-reload = 重新加载设置
command-reload-about = 重新读取配置文件，并查看变化（系统管理员）

# 多个命令共用

nothing = 无
and-more = 另有 { $count } 个
confirm = 确认执行
confirm-instructions = 请核对即将执行的操作，并确认。
not-confirmed = 尚未执行任何操作。请勾选确认后继续，或取消。
yes-is = 是
no-is = 否

kind-notice = 警告
kind-manage = 暂停管理权
kind-create = 暂停建群
kind-mute = 禁言
kind-suspend = 暂停发言
kind-kick = 移出
kind-remove = 移除成员
kind-ban = 封禁

field-target = 帐号（name@example.org）或用户编号
field-room = 群地址或群号
field-room-or-all = 群地址或群号（留空：所有群）
field-kind = 处罚种类
field-length = 时长，如 10m（分）、12h（时）、7d（天）；留空：直到解除
field-reason = 原因（对方会看到）
field-sanction = 处罚
field-wrong = 处罚是否正确
wrong-nothing = 正确，只是提前结束
wrong-last = 有误：最近导致处罚的内容并不违规
wrong-all = 有误：据以处罚的全部内容均不违规
field-entry = 哪一项
field-decision = 决定
field-reason-optional = 原因（对方会看到）
field-writer = 谁的消息：帐号（name@example.org）或用户编号
field-within = 追溯多久，如 10m（分）或 2h（时）
field-stanza-id = 或单条消息：其 stanza id
field-barred = 帐号（name@example.org）、用户编号，或群地址、群号
field-deed = 要执行的操作
field-delta = 变动分数，-100 到 +100
field-expiry = 多久之后不再计算，如 30d（天）；留空：一直有效
field-subject = 帐号、用户编号或群地址（留空：全部）
field-verify = 核对全部记录未被改动（需要较长时间）
field-category = 类别
field-scale = 规模等级
field-matcher = 规则要查找什么？
field-own-rule = 哪条规则？
field-rule-name = 规则名称（成员会看到）：文字、数字和连字符
field-words = 词语，用逗号分隔
field-pattern = 正则表达式（RE2）
field-links = 哪些链接？
field-domains = 网站，用逗号分隔，如 example.org
field-letters = 至少多少个字母才算大写刷屏？
field-characters = 一条消息最多多少个字符
field-file-kinds = 文件种类，用逗号分隔。可选：{ $kinds }
field-action = 违反后如何处理？
field-mute-length = 如果禁言，时长如 10m（分）、2h（时）；留空：{ $longest }
field-exempt = 对谁不适用？
field-try = 要试验的内容
field-page = 下一步

form-missing = 请填写“{ $field }”。
form-too-long = “{ $field }”最多 { $limit } 个字符。
form-unprintable = “{ $field }”中有无法书写的字符，请用普通文字写在一行内。
form-not-boolean = 请用“是”或“否”回答“{ $field }”。
form-not-an-option = 请从给出的选项中选择“{ $field }”。

person-name = { $number ->
    [none] { $account }
   *[other] { $account ->
        [none] 用户 { $number }
       *[other] 用户 { $number }（{ $account }）
    }
}
no-such-person = 没有编号为 { $number } 的用户。
not-a-target = 请填写帐号（如 name@example.org）或用户编号。
room-is-no-person = 这是群地址。请填写帐号或用户编号。
no-such-room = 这里没有群“{ $room }”。请核对群地址或群号。
not-a-room = 请填写群地址（如 room@rooms.example.org）或群号。
not-a-length = 请用数字加单位填写时长：s（秒）、m（分）、h（时）、d（天）、w（周），如 10m、12h、7d。

sanction-line = 编号 { $number }：{ $kind }，{ in-room }，{ $until ->
    [none] 直到解除
   *[other] 至 { $until }
}。规则：{ rule-name }。原因：{ $reason }
membership-line = { $room } · 群号 { $code } · { $category } · { $scale } · { $role ->
    [creator] 创建者
   *[member] 成员
}，自 { $since }
ledger-line = { $at }：{ $delta }，{ $cause }（操作者 { $by }）{ $until ->
    [none] {""}
   *[other] ，有效至 { $until }
}
strike-line = { $at }：在 { $room } 违反 { $rule }，{ $until ->
    [none] 已撤销
   *[other] 计算至 { $until }
}
case-line = 编号 { $number }：{ $rule }，{ in-room }，{ $at }
occupant-line = { $nick } · { $account } · { $role } · { $affiliation }
score-of = { $score }（满分 100）
used-of = { $used } / { $limit }
tier-since = { $name }，自 { $since }
tier-locked = { $name }，自 { $since } 起锁定

fact-verified = 实名验证
fact-tier = 等级
fact-score = 信用分
fact-rules = 平台规则
fact-created = 已创建的群
fact-joined = 已加入的群
fact-sanctions = 处罚
fact-contact = 异议与咨询
fact-rooms = 群
fact-person = 用户编号
fact-accounts = 帐号
fact-blacklisted = 黑名单
fact-ledger = 信用记录
fact-strikes = 违规记录
fact-now-in = 目前所在的群
fact-cases = 案件
fact-code = 群号
fact-status = 状态
fact-category = 类别
fact-scale = 规模等级
fact-own-rules = 本群自己的规则
fact-own-rules-of = { $room } 自己的规则（由群主与群管理设置）
fact-hits = 命中的规则
fact-creator = 创建者
fact-members = 成员数
fact-occupants = 目前在群内
fact-entries = 记录
fact-rules-met = 有命中的规则
fact-rules-idle = 无命中的规则
fact-rules-added = 新增的规则
fact-rules-removed = 移除的规则
fact-rules-changed = 改动的规则
fact-sections = 改动的部分
fact-resting = 以下处罚仍然有效，也以此为依据
fact-closed-cases = 最近结案
fact-problems = 问题所在

document-type = { $type ->
    [id-card] 身份证
    [passport] 护照
    [residence-permit] 居留许可
    [driving-licence] 驾驶证
    [student-card] 学生证
    [staff-card] 工作证
    [other] 其他证件
   *[any] { $type }
}

# verify

verify-instructions = 请填写您在这里登记的证件。信息加密保存，群里的人不会看到您的真实身份。
verify-type = 证件类型
verify-number = 证件号码
verify-name = 姓名（与证件一致）
verify-already = 您已通过实名验证，无需再做什么。{ $tier ->
    [none] {""}
   *[other] 您的等级：{ tier-name }。
}{ $until ->
    [none] {""}
   *[other] 有效至 { $until }，到期前会提醒您。
}
verify-done = 谢谢，您已通过实名验证，现在可以建群和加入群了。
verify-done-accept-rules = 谢谢，您已通过实名验证。还差一步：请用命令“规则”（rules）阅读并同意平台规则。
verify-refused = 未能确认。请核对证件类型、号码和姓名，须与证件完全一致。{ $window }内可以尝试 { $attempts } 次；如仍不成功，请询问为您登记的人。
verify-too-many = 已有 { $attempts } 次未能确认。请等待{ $window }后再试，其间请核对您的证件。如果一直无法通过，请询问为您登记的人。
verify-full = 这份证件已绑定了每人允许的全部帐号（{ $limit } 个）。请使用其中之一，或给 { $service } 发消息“状态”，查看可以向谁询问。

# status

status-good = 一切正常，您没有受到任何限制。
status-unverified = 您尚未完成实名验证。{ how-to-verify }
status-lapsed = 您的实名验证已到期。{ how-to-renew }
status-blacklisted = 您已不能在这里参与群组。如果您认为有误，请使用命令“申诉”，也可以联系下面的地址。
status-sanctioned = 您目前受到 { $count } 项处罚。如果您认为有误，请使用命令“申诉”。
status-not-verified = 未验证
status-since = 自 { $since }{ $until ->
    [none] {""}
   *[other] ，至 { $until }
}
rules-state-current = 已同意（第 { $version } 版）
rules-state-due = 第 { $version } 版待您同意：请发送“规则”
contact-none = { $muc } 的运营人员

# rules

rules-title = 平台规则，第 { $version } 版
rules-accept = 我已阅读并同意平台规则
rules-none = 这里尚未公布平台规则。
rules-unwritten = 平台规则未以这种方式公布，请向 { $service } 的运营人员索取。
rules-verify-first = 这是平台规则第 { $version } 版。完成实名验证后即可同意。{ how-to-verify }
rules-already = 您已同意平台规则（第 { $version } 版），谢谢。
rules-accepted = 谢谢，您已同意平台规则第 { $version } 版。
rules-not-accepted = 您没有同意平台规则。您可以随时用命令“规则”（rules）再来查看。

# my-rooms

my-rooms-none = 您还没有加入任何群。
my-rooms-instructions = 您加入了 { $count } 个群。如果想永久退出某个群，请选择它。
my-rooms-field = 退出哪个群？
my-rooms-leave-none = 不退出，只是看看
my-rooms-kept = 这些是您的群，没有退出任何一个。
my-rooms-not-in = 您已不是 { $room } 的成员。
my-rooms-leave = 您将永久退出 { $room }：您会离开该群，名额随之释放。之后如有名额，可以再次加入。
my-rooms-leave-created = { $room } 是您创建的，您将永久退出：您会离开该群，创建名额随之释放，该群留给其他成员。之后如有名额，可以作为成员再次加入。
my-rooms-left = 您已退出 { $room }。

# room-rules

room-rules-none = 您不是任何群的群主或群管理。
room-rules-instructions = 针对哪个群？
room-rules-not-yours = 您不是（或不再是）这个群的群主或群管理，没有执行任何操作。
room-rules-closed = 这个群已关闭，没有执行任何操作。
room-rules-meanwhile = 没有执行任何操作：其间有人更改了本群的规则。请重新开始，查看目前的情况。
room-rules-not-allowed = 这个类别的群不能设置自己的规则。
room-rules-overview = { $room } 自己的规则：{ $count } 条，最多 { $most } 条。它们只在本群有效，与平台规则同时适用。
room-rules-looked = 这些是 { $room } 自己的规则。
room-rules-choose = 请选择。
room-rules-deed = { $deed ->
    [add] 新增规则
    [change] 修改规则
    [remove] 移除规则
    [try] 用一段内容试验规则
    [lift] 解除规则造成的禁言
   *[look] 不操作，只是看看
}
room-rules-write = { $rule ->
    [none] 新规则。违反者会被告知规则名称，以及这是本群自己的规则。
   *[other] 规则“{ $rule }”。
}
room-rule-added = 已执行：规则“{ $rule }”从现在起在 { $room } 生效。
room-rule-changed = 已执行：规则“{ $rule }”按新的内容在 { $room } 生效。
room-rule-removed = 已执行：规则“{ $rule }”在 { $room } 不再生效。
room-rules-try = 内容将按普通成员发言来试验本群自己的规则。没有人会看到，也不会留下记录；不检查平台规则。
room-rules-tried = { $count ->
    [0] 本群自己的规则没有一条命中这段内容。
   *[other] 本群自己的规则有 { $count } 条命中这段内容。
}
room-rules-hit = “{ $rule }”（{ $action ->
    [note] 仅记录
    [mute] 拒绝并禁言
   *[reject] 拒绝
}）{ $item ->
    [none] {""}
   *[other] ：“{ $item }”
}
room-rules-no-mutes = 目前没有您可以解除的、由本群规则造成的禁言。
room-rules-lifted = 已执行：禁言（编号 { $number }）已解除，并已通知对方。
room-option = { $room } · 群号 { $code }
own-rule-line = “{ $rule }”：{ $what }；{ $then }{ $exempt ->
    [owners] ，群主与群管理除外
    [moderators] ，群主、群管理与主持人除外
   *[nobody] {""}
}{ $rest ->
    [none] {""}
   *[other] 。{ own-rule-rests }
}
own-rule-rests = 目前不生效：{ $rest ->
    [matcher] 平台不再允许查找这类内容的规则
    [action] 平台不再允许这种处理方式
    [length] 平台不再允许这么长的禁言
    [exempt] 平台不再允许例外
    [rules] 规则数量超过了平台允许的上限
    [words] 规则中的词语超过了平台允许的上限
   *[faulty] 这条规则无法使用
}
own-rule-what = { $matcher ->
    [words] { $count } 个词语
    [patterns] 一个正则表达式
    [links] { $others ->
        [others] { $count ->
            [0] 任何链接
           *[other] 任何链接，部分网站除外
        }
       *[none] 指向部分网站的链接
    }
    [caps] 大写刷屏（{ $least } 个字母起）
    [length] { $least } 个字符及以上的内容
    [attachments] 部分种类的文件
   *[mixed_script] 混入其他文字的形近字母
}{ $items ->
    [none] {""}
   *[other] （{ $items }）
}
own-rule-then = { $action ->
    [note] 仅记录
    [mute] 拒绝，并禁言 { $length }
   *[reject] 拒绝
}
own-rule-matcher = { $matcher ->
    [words] 词语
    [patterns] 正则表达式
    [links] 链接
    [caps] 大写刷屏
    [length] 过长的消息
    [attachments] 文件
   *[mixed_script] 混入其他文字的形近字母
}
own-rule-action = { $action ->
    [note] 只为管理员记录
    [mute] 拒绝，并在本群禁言发送者
   *[reject] 拒绝
}
own-rule-exempt-who = { $exempt ->
    [owners] 群主与群管理
    [moderators] 群主、群管理与主持人
   *[nobody] 对所有人适用
}
links-others = 除下列网站外的所有链接
links-these = 只限指向下列网站的链接
file-kind = { $kind ->
    [image] 图片
    [audio] 音频
    [video] 视频
    [document] 文档
    [archive] 压缩包
    [program] 程序
   *[other] 其他
}
not-a-rule-name = 名称请用文字和数字，词之间用连字符，最多 { $limit } 个字符。
rule-name-taken = 本群已有规则“{ $rule }”。请换一个名称，或修改那条规则。
not-in-words = 无法查找“{ $item }”：超过 60 个字符，或没有可见内容。
not-in-domains = “{ $item }”不是网站地址。请写成 example.org 的形式，不带 http:// 和路径。
not-in-kinds = “{ $item }”不是文件种类，请从列出的种类中选择。
not-in-list = 请至少填写一个。
not-in-range = 请填写 { $least } 到 { $most } 之间的整数。
mute-too-long = 群自己的规则最长只能禁言{ $longest }。
own-rule-faulty = { $matcher ->
    [links] 有的网站不能放行：任何人都可以在其下注册名称。请填写实际注册的网站，如 example.org。
   *[other] { not-a-pattern }
}
not-a-pattern = 这个正则表达式无法使用：不符合 RE2 的写法，或者匹配可能太慢。请写得简单一些。
word-never-found = “{ $item }”永远不会被找到。请按人们的写法填写，或去掉它。
own-rules-too-costly = 没有执行任何操作：加上这条规则后，判断某些消息会耗时过久。请减少词语，并避免互相包含的词语。
own-rule-beyond = { $rest ->
    [rules] 一个群最多可以有 { $rules } 条自己的规则，请先移除一条。
    [words] 一个群的全部规则最多可以有 { $words } 个词语，请去掉一些。
   *[other] 平台不允许在这里设置这样的规则。请重新开始，查看允许的范围。
}

# classify

classify-instructions = 要为哪个群分类？
classify-now = { $room }：{ $category }，{ $scale }，成员 { $members } 人。要改成什么，原因是什么？超出较小规模上限的成员可以留下，但在有名额之前无人可以再加入。
classify-closed = 这个群已关闭，保持原样。
classify-meanwhile = 没有执行任何操作：设置其间有变化，请重新开始。
classify-done = 已执行：{ $room } 的分类已设定。
scale-option = { $scale }（最多 { $members } 名成员）

# person, room

person-instructions = 您想查询谁？查询会留下记录。
person-note = { $name }
room-instructions = 您想查询哪个群？
room-note = { $room }
room-open = 开放
room-suspended = 已暂停发言
room-closed = 已关闭
room-blacklisted = 已列入黑名单

# sanction, lift

sanction-instructions = 请填写对象、种类、范围、时长和原因。执行之前您会先看到将要发生什么。
sanction-summary = { $kind ->
    [notice] { $name } { in-room }受到警告，没有其他处罚。
    [manage] { $name }{ in-room }不能管理群，{ sanction-length }。
    [create] { $name } 不能建群，{ sanction-length }。
    [suspend] { $name } { in-room }被暂停发言，{ sanction-length }；仍可阅读。
    [remove] { $name } 被移出{ from-room }，不再是成员：名额释放，身份取消。可以重新加入。
    [mute] { $name } { in-room }可以阅读但不能发言，{ sanction-length }。
    [kick] { $name } 被移出{ from-room }，可以再次加入。
   *[ban] { $name } 被移出{ from-room }，且不能再加入，{ sanction-length }。
}原因：{ $reason }。对方会收到通知，包括原因和提出异议的方式。
sanction-length = { $length ->
    [none] 直到有人解除
   *[other] 时长 { $length }
}
sanction-done = 已执行：对 { $name } 的处罚，编号 { $number }。可用“解除”提前结束。
sanction-self = 您不能处罚自己。如果您的帐号有问题，请找其他管理员。
sanction-staff = 对方在这里担任职务，只有超级管理员可以处罚。请找一位超级管理员。
lift-instructions = 要解除谁的处罚？请填写帐号、用户编号，或写成 #7 的处罚编号。
lift-choose = { $name } 目前或近期的处罚。要解除哪一项，是否有误，原因是什么？有误的会被撤销：违规记录不再计算，信用分退还。
lift-none = { $name } 目前和近期没有任何处罚。
lift-no-such = 没有编号为 { $number } 的处罚。请填写帐号、用户编号，或写成 #7 的处罚编号。
lift-over = 编号 { $number } 的处罚已不再生效，或不存在。如果处罚有误，请选择有误，其后果会被撤销。
lift-self = 您不能解除对自己的处罚，请找其他管理员。
lift-done = 已执行：对 { $name } 的处罚（编号 { $number }）已解除，并已通知对方。

lift-overruled = 已执行：对 { $name } 的处罚（编号 { $number }）已撤销，并已通知对方。不再计算的违规记录：{ $strikes }。退还的信用分：{ $credit }。

# held, cases

held-instructions = 有 { $count } 条内容等待审核，没有任何人看到。命中之处标在 ⟦ 与 ⟧ 之间。同意之后，同一用户可以发送同样的内容；拒绝需要说明原因。
held-line = 编号 { $number } · { $at } · { $rules } · { $room ->
    [none] 无群
   *[other] { $room }
} · { $person ->
    [none] 未实名验证
   *[other] 用户 { $person }，{ $tier }
}
held-approve = 同意
held-refuse = 拒绝
held-turn = { $first ->
    [newest] 从最新的开始显示
   *[oldest] 从最早的开始显示
}
held-none = 没有等待审核的内容。
held-over = 编号 { $number } 不再等待审核：已有人决定，或已过期。
held-own = 这是您自己写的，请交给其他管理员。
held-reason = 请填写原因，对方会看到。
held-done = { $decision ->
    [approve] 已执行：编号 { $number } 已获同意，并已通知对方。
   *[refuse] 已执行：编号 { $number } 已被拒绝，并已把原因通知对方。
}{ $count ->
    [0] 没有其他待审内容。
   *[other] 还有 { $count } 条待审。
}
cases-instructions = 最新的未结案件。命中之处标在 ⟦ 与 ⟧ 之间。结案需要说明原因。
docket-case-line = 编号 { $number } · { $at } · { $rule } · { $room ->
    [none] 无群
   *[other] { $room }
} · { $person ->
    [none] { $account ->
        [none] { case-about-nobody }
       *[other] { $account }
    }
   *[other] 用户 { $person }
}
closed-case-line = { $line }：{ $outcome ->
    [upheld] 违规成立
   *[overruled] 不违规
}（操作者 { $by }）
cases-upheld = 结案：违规成立
cases-overruled = 结案：并不违规，撤销由此产生的一切后果
cases-older = 显示更早的
cases-closed = 显示已结案的
cases-closed-note = 没有更多未结案件。以下是最近结案的。
cases-over = 编号 { $number } 的案件已结案，或不存在。
cases-own = 这个案件与您自己有关，请交给其他管理员。
cases-reason = 请填写原因：会记录在案，当事人可能看到。
cases-done = { $outcome ->
    [upheld] 已执行：案件 { $number } 以违规成立结案。
   *[overruled] 已执行：案件 { $number } 以不违规结案。不再计算的违规记录：{ $strikes }。退还的信用分：{ $credit }。
}

# retract

retract-instructions = 要撤回谁在哪里、多久以内的消息；或按编号撤回单条消息。执行之前您会先看到将要发生什么。撤回后无法恢复。
retract-which = 请填写是谁的消息，或单条消息的编号，二者选一。
retract-where = 请填写消息所在的群。
retract-summary = { $name ->
    [none] { in-room }的消息 { $id } 将被撤回。
   *[other] { $name } 最近 { $length }{ in-room }所写的一切将被撤回。
}存档中和新成员看到的内容会被替换，并请各人的设备将其隐藏。原因：{ $reason }。
retract-done = { $count ->
    [0] 没有可以撤回的消息。
   *[other] 已执行：撤回了 { $count } 条消息。
}
retract-forgotten = 服务器只记得 { $since } 以来谁写了什么：更早的消息可以按 stanza id 逐条撤回。
retract-unannounced = 服务器没有存档（mod_muc_mam），消息没有编号：新成员看不到这些消息，但无法通知已收到它们的设备。
retract-failed = 服务器没有回应，可能什么都没有撤回。请通知 { $service } 的运营者，并再试一次。

# blacklist

blacklist-instructions = 针对谁，或哪个群？您会先看到是否已在黑名单中；确认之前不会执行任何操作。
blacklist-choose = 要执行什么操作，原因是什么？
blacklist-state = { $kind ->
    [person] { $name }及其全部帐号
    [account] 帐号 { $name }（仅此帐号）
   *[room] 群 { $name }
}：{ $state ->
    [on] 在黑名单中
   *[off] 不在黑名单中
}。
blacklist-deed = { $deed ->
    [bar-person] 将{ $name }及其全部帐号列入黑名单
    [bar-account] 仅将帐号 { $name } 列入黑名单
    [bar-room] 将群 { $name } 列入黑名单
    [lift-person] 将{ $name }移出黑名单
    [lift-account] 将帐号 { $name } 移出黑名单
   *[lift-room] 将群 { $name } 移出黑名单
}
blacklist-summary = { $deed ->
    [bar-person] { $name }不能再参与任何群，无论使用哪个帐号，包括以后用同一证件验证的帐号；并会被移出目前所在的所有群。对方会收到通知，包括原因和可以向谁询问。
    [bar-account] 帐号 { $name } 不能再参与任何群，并会被移出目前所在的所有群。该帐号会收到通知，包括原因和可以向谁询问。同一用户的其他帐号不受影响。
    [bar-room] 任何人都不能再进入群 { $name } 或在其中发言，也不能用这个地址建群。群内所有人会被移出，他们和创建者会收到通知，包括原因。
    [lift-person] { $name }将移出黑名单，可以重新参与，并会收到通知。单独列入黑名单的帐号和群不受影响。
    [lift-account] 帐号 { $name } 将移出黑名单；如因此可以重新参与，会收到通知。
   *[lift-room] 群 { $name } 将移出黑名单，可以重新使用，创建者会收到通知。
}原因：{ $reason }。
blacklist-done = { $deed ->
    [bar-person] 已执行：{ $name } 已列入黑名单。
    [bar-account] 已执行：帐号 { $name } 已列入黑名单。
    [bar-room] 已执行：群 { $name } 已列入黑名单。
    [lift-person] 已执行：{ $name } 已移出黑名单。
    [lift-account] 已执行：帐号 { $name } 已移出黑名单。
   *[lift-room] 已执行：群 { $name } 已移出黑名单。
}
blacklist-meanwhile = 没有执行任何操作：其间有人更改了这一项。请重新开始，查看目前的情况。
blacklist-self = 您不能将自己列入或移出黑名单，请找其他管理员。
blacklist-staff = 对方在这里担任职务，只有超级管理员可以将其列入或移出黑名单。请找一位超级管理员。

# adjust-credit

credit-instructions = 请填写对象、分数、有效时间和原因。执行之前您会先看到将要发生什么。
credit-summary = { $name } 的信用分变动 { $delta }，从 { $score } 到 { $after }，{ $length ->
    [none] 一直有效
   *[other] 有效 { $length }
}。原因：{ $reason }。
credit-done = 已执行：{ $name } 的信用分现为 { $score }。
credit-self = 您不能调整自己的信用分，请找其他管理员。
credit-no-person = { $name } 尚未完成实名验证，没有信用分。
not-a-delta = 请填写 -{ $most } 到 +{ $most } 之间的整数，且不为 0。

# rule-stats

rule-stats-note = 最近 { $days } 天，命中最多的排在最前。经常被管理员推翻的规则，请告知运营人员。
rule-stats-line = { $rule }：命中 { $hits } 次，拒绝 { $refused } 条，推翻 { $overruled } 次{ $shadow ->
    [0] {""}
   *[other] ；试运行命中 { $shadow } 次
}

# audit

audit-instructions = 最新的记录排在最前。
audit-page = 选择“更早”查看下一页。
audit-older = 更早
audit-enough = 不再查看
audit-end = 查阅结束。
audit-last = { $count ->
    [0] 没有相关记录。
   *[other] 共 { $count } 条，没有更早的了。
}
audit-line = { $number } · { $at } · { $actor } · { $deed } · { $subject } · { $detail ->
    [none] {""}
   *[other] { $detail }
}
audit-whole = 审计记录完整：{ $count } 条，环环相接。最新哈希：{ $head }
audit-forged = 审计记录被改动过：第 { $number } 条没有正确的签名。请保留数据库副本，并立即告知 { $service } 的运营人员。
audit-broken = 审计记录被改动过：第 { $number } 条与写入时不符。请保留数据库副本，并立即告知 { $service } 的运营人员。

# reload

reload-refused = 没有任何变化：配置文件有误。请改正下列问题后再次执行。
reload-unchanged = 配置文件已重新读取，内容没有变化。
reload-done = 新设置已生效。
reload-restart = 新设置已生效，但 [xmpp] 和 [storage] 中的改动需要重启。

# 边界处的错误

error-not-a-set = 命令须以 set 类型的 IQ 发送。
error-not-a-get = 服务发现须以 get 类型的 IQ 查询。
error-nobody-here = 这个地址没有人。请直接询问 { $service }。
error-no-such-command = 这里没有这个命令。请向 { $service } 查询命令列表。
error-too-fast = 有点太快了。请稍等几秒再试。
error-bad-action = 这个操作在此不适用，请选择给出的操作。
error-bad-session = 找不到这个会话，请重新开始命令。
error-session-ended = 这个会话已结束：已完成、已取消，或等待太久。请重新开始命令。
error-bad-form = 返回的内容不是表单，请重新开始命令。
error-forbidden = 您无权运行这个命令。如果您应当有权，请询问 { $service } 的运营人员。
error-crowded = 此刻正在运行命令的人太多，请过几分钟再试。
error-busy = 您上一次的回答还在处理中，请稍候。
