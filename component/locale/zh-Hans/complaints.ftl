# 举报及其处理。

command-report = 举报
command-report-about = 向负责者举报一条消息、群里的某人或一个群
command-reports = 我的群收到的举报
command-reports-about = 查看并处理您管理的群里的举报（群主、群管理）
words-report = 举报
words-reports = 举报处理

field-report-subject = 举报对象
field-report-grounds = 举报原因
field-report-quote = 该消息的原文
field-report-id = 或其 stanza id（如果客户端能显示）
field-report-who = { $subject ->
    [message] 作者：其群内昵称
   *[occupant] 对象：其群内昵称
}
field-report-words = 其他需要说明的情况
field-report-handling = 已采取的措施

report-subject-name = { $name ->
    [message] 一条消息
    [occupant] 群里的某人
   *[room] 群本身
}
report-grounds-name = { $name ->
    [abuse] 辱骂、威胁或骚扰
    [spam] 广告或刷屏
    [fraud] 诈骗
    [sexual] 色情内容
    [privacy] 泄露他人隐私
    [illegal] 违法内容
   *[other] 其他
}
report-instructions = 是哪个群？
report-subject = { $room }：您要举报什么？
report-particulars = 处理者会看到您在此填写的内容，但不会知道您是谁。
report-which = 请复制该消息的原文，或填写其 stanza id。
report-self = 这是您自己。
report-too-many = 一段时间内最多可以举报 { $most } 次，您已达到上限。请稍后再试；紧急情况下，“状态”会显示可以联系谁。
report-known = 您已经举报过：编号为 { $number }，处理结果会通知您。
report-done = 谢谢。您的举报编号为 { $number }。{ $by ->
    [managers] 先由群主和群管理处理，逾期则由管理员处理。
   *[moderators] 将由管理员处理。
}处理结果会通知您。
complaint-line = – { report-grounds-name }{ $words ->
    [none] {""}
   *[other] ：“{ $words }”
}

reports-instructions = 以下是关于 { $room } 的、由您处理的举报。请先处理，再在此说明措施；逾期未处理的，会记为群管理者的一次违规。
reports-none = 没有关于 { $room } 的举报等待您处理。
reports-over = 这项举报不再由您处理：已有别人处理，或已经逾期。
reports-line = 编号 { $number }：{ $subject ->
    [message] 一条消息
    [occupant] 群里的某人
   *[room] 群本身
}，须在 { $until } 前处理
reports-deed = { $deed ->
    [muted] 已禁言
    [removed] 已移出或封禁
    [warned] 已警告
    [nothing-wrong] 没有问题
   *[pass-on] 交给管理员
}
reports-done = 谢谢：举报 { $number } 已处理，举报人会收到通知。{ $credit ->
    [0] {""}
   *[other] 为您增加信用分 { $credit } 分。
}
reports-passed-on = 举报 { $number } 已交给管理员。
case-reported = 用户举报
case-about-nobody = 无法确定是谁

notice-reports = 您管理的群 { $room } 收到 { $count } 项举报，请及时处理：给 { $service } 发消息“举报处理”，或使用该群的命令“举报处理”。
notice-cases-reported = 有 { $count } 项用户举报等待管理员处理。请给 { $service } 发消息“案件”，或使用命令“案件”。
notice-report-decided = 您关于 { $room } 的举报（编号 { $number }）已由{ $by ->
    [managers] 群主或群管理
   *[moderators] 管理员
}处理：{ $outcome ->
    [upheld] 情况属实，已采取措施。谢谢您。
   *[overruled] 未发现违规。仍然感谢您。
}
reason-left-standing = 您负责的群 { $room } 有一项举报逾期未处理
reason-report-baseless = 举报 { $number } 所涉内容并未违规

# 任何待办中等待过久的事项。

notice-overdue = 下列事项等待已超过 { $length }，已逾期：
    { $lines }
    请给 { $service } 发送括号中的词，或使用相应命令处理。每项只提醒一次。
overdue-line = { $name }：{ $count } 项（{ $command }）
entry-waits = { $state ->
    [overdue] { $label }；已等待 { $length }，逾期
   *[waiting] { $label }；已等待 { $length }
}
