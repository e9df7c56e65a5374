# 进入不对所有人开放的群。

command-join = 申请入群
command-join-about = 回答群的问题，或请群主、群管理批准您入群
command-join-mode = 入群方式
command-join-mode-about = 设定谁可以进入您管理的群（群主与群管理）
command-applicants = 入群申请
command-applicants-about = 批准或拒绝申请加入您所管理的群的人（群主与群管理）
words-join = 加群 入群 申请 申请入群 加入 申請
words-join-mode = 入群方式 加群方式
words-applicants = 入群申请 审批 申请人 入群申請

# 入群被拒时的说明

how-to-ask-in = 给 { $service } 发消息“加群 { $room }”，或在那里运行命令“join”
deny-join-question = 加入这个群需要先回答问题：“{ $question }”请{ how-to-ask-in }来回答，也可以在客户端里向该群注册。
deny-join-wrong = 这不是本群认可的答案，请再试一个。
deny-join-spent = 您尝试的次数太多了。请过一小时左右再试，或请一位群主邀请您。
deny-join-approval = 加入这个群需要群主或群管理批准。请{ how-to-ask-in }来申请。
deny-join-invite = 只有受到群主或群管理邀请的人才能加入这个群，请向他们索取邀请。
deny-application-filed = 加入这个群需要群主或群管理批准。已替您提出申请，请等待通知，之后再加入。如需说明您是谁，下次请向该群注册，或使用命令“加群”。
deny-application-waiting = 您的入群申请正等待群主或群管理处理。请等待通知，无需其他操作。
deny-application-paused = 这个群的群主或群管理不久前拒绝了您的申请，请在 { $until } 之后再申请。
deny-application-too-many = 您最多可以同时有 { $limit } 个待处理的申请。请等其中一些处理完再试。
deny-application-crowded = 等待加入这个群的人太多了，请过几天再试。
deny-config = 没有保存，因为这个群不允许这样设置：{ config-field }。请修改后再保存。

# 群主提交群设置后得到的说明

config-yes-no = { $value ->
    [1] 是
   *[other] 否
}
config-field = { $field ->
    [maxusers] 最多在场人数：{ $value }
    [publicroom] 公开列出：{ config-yes-no }
    [membersonly] 仅限成员：{ config-yes-no }
    [moderatedroom] 发言需获准：{ config-yes-no }
    [persistentroom] 无人时保留：{ config-yes-no }
    [whois] 谁能看到真实地址：{ $value }
   *[other] 密码：无
}
notice-config-corrected = 群 { $room } 的设置已保存，但其中有些不由群主决定，现为：
    { $fields }

# 注册表单与命令“加群”

field-nick = 您在群里的昵称
field-why = 您是谁，为什么想加入（可不填）
join-register-question = 加入这个群需要先回答问题。
join-register-approval = 加入这个群需要群主或群管理批准，他们会看到您写的内容。
join-instructions = 您想加入哪个群？
join-question = 加入 { $room } 需要先回答问题。
join-approval = 加入 { $room } 需要群主或群管理批准，他们会看到您写的内容。
join-free = 您现在可以加入 { $room }：在客户端里打开它即可。
join-admitted = 回答正确。您现在可以加入 { $room }，有效期至 { $until }。
join-filed = 已向 { $room } 的群主和群管理提出申请。有结果时会通知您，无需其他操作。
join-waiting = 您于 { $since } 申请加入 { $room }，尚未处理；有结果时会通知您。

# 命令“入群方式”

field-join-mode = 谁可以进入
join-mode-option = { $mode ->
    [open] 所有人
    [question] 正确回答问题的人
    [approval] 群主或群管理批准的人
   *[invite] 群主或群管理邀请的人
}
join-mode-now = { $room } 目前允许进入的是：{ join-mode-option }。{ $question ->
    [none] {""}
   *[other] 问题：“{ $question }”
}{ $until ->
    [none] {""}
   *[other] 在 { $until } 之前，无论您如何选择，未经批准都不能进入。
}成员总是可以自由进入。
join-mode-question = 请写一个自己人能回答的问题，以及正确的答案，答案之间用“；”隔开（最多 { $most } 个）。大小写、空格和标点不影响判断。之后任何人都看不到答案，包括您自己。
field-question = 问题
field-answers = 正确答案，用“；”隔开
join-mode-answers = 请至少给出一个、最多 { $most } 个答案，用“；”隔开。
join-mode-refused = 这个问题违反规则，请修改。
join-mode-not-allowed = 这个类别的群不能采用这种入群方式，没有执行任何操作。
join-mode-done = 已设置。今后可以进入 { $room } 的是：{ join-mode-option }。

# 命令“入群申请”

applicants-none = 没有人等待加入 { $room }。
applicants-instructions = 以下的人想加入 { $room }。您的决定会通知他们，被拒绝的人还会看到您的理由。
applicant-line = { $number }：{ $account }，{ $since } 申请{ $words ->
    [none] {""}
   *[other] ——“{ $words }”
}
field-applicants = 要处理的编号，或“全部”
field-applicants-reason = 理由（拒绝时必填，对方会看到）
applicants-deed = { $deed ->
    [approve] 批准
   *[refuse] 拒绝
}
applicants-which = 请填写列表中的编号，用空格隔开，或填“全部”。
applicants-why = 请填写理由：被拒绝的人会看到。
applicants-done = { $deed ->
    [approve] 已批准 { $count } 人，将通知他们可以加入。
   *[refuse] 已拒绝 { $count } 人，将通知他们。
}
fact-missed = 未处理（已由他人处理或已过期）

# 主动发出的通知

notice-applicants = { $count ->
   *[other] 有 { $count } 人想加入您管理的群 { $room }。
}给 { $service } 发消息“入群申请”即可查看。
notice-application-approved = 您加入 { $room } 的申请已获批准，请在 { $until } 之前加入。
notice-application-refused = 您加入 { $room } 的申请被拒绝。理由：{ $reason }。
notice-application-granted = 您现在是 { $room } 的成员，随时可以加入。
notice-application-expired = 您加入 { $room } 的申请已失效：没有人及时处理，或群已关闭。如果群还在，您可以再次申请。
