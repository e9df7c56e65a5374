# 建群：谁可以建群、申请及其结果。

command-apply = 申请建群或扩容
command-apply-about = 申请建立某一类别和规模的群，或为自己管理的群申请更大的规模
command-applications = 建群申请
command-applications-about = 审批建群与扩容申请（管理员）
words-apply = 建群 申请建群 扩容
words-applications = 申请列表 申请审批

deny-founding-kept = 这个地址已为获批的申请人保留，请换一个地址。
deny-founding-unasked = 在这里建群需要管理员同意。请先申请：在 { $service } 运行命令“申请建群或扩容”，或给 { $service } 发消息“建群”。
deny-founding-scale = 您目前的等级不能拥有这种规模的群。请申请较小的规模：给 { $service } 发消息“建群”。{ how-to-see-quotas }
deny-founding-tier = 您目前的等级不能建立这种类别或规模的群。请给 { $service } 发消息“建群”，看看还有哪些可选。{ how-to-see-quotas }
deny-founding-early = 您加入的时间还不够长，暂不能建立这样的群。请在 { $until } 之后再试。

field-apply-room = 新群的名称或地址；或您管理的群的地址或群号
field-application-withdraw = 撤回申请
field-purpose = 建群目的
field-description = 其他需要管理员了解的情况（可选）
field-application = 申请
field-application-decision = 决定
field-application-reason = 理由（申请人会看到；拒绝时必填）

apply-instructions = 是哪个群？新群请选一个地址。这一步不会改变任何东西，下一步会问要建成什么样的群。
apply-new = { $room } 尚不存在。要建成什么样的群？
apply-existing = { $room } 已存在，由您管理。要改成什么样的群？
apply-keep = 不撤回
apply-option = { $number }：{ $room }
apply-line = { $number }：{ $room }，{ $category }，{ $scale }：{ $status ->
    [approved] 已批准，请在 { $until } 前建群
   *[other] 等待管理员处理，至 { $until } 为止
}
apply-no-address = 请填写一个名称，或形如 name@{ $muc } 的地址。
apply-barred = { $room } 不能再使用，请换一个地址。
apply-taken = { $room } 已被占用：已有群使用，或已为他人保留。请换一个地址；自己的群请由群主或群管理申请。
apply-twice = 您已经申请过 { $room }。一有结果就会告知您。
apply-too-many = 您已有 { $most } 项申请未结，不能再多。请等待结果，或撤回一项。
apply-same = { $room } 已经是这个类别和规模，请另选。
apply-over = 这项申请已经结束，没有执行任何操作。
apply-withdrawn = 申请 { $number } 已撤回。
apply-waits = 您的申请编号为 { $number }，等待管理员处理，至 { $until } 为止。一有结果就会告知您。
apply-approved = 您现在可以建立 { $room }：请在 { $until } 前进入这个地址，在此之前为您保留。
apply-granted = { $room } 已改为您所申请的类别和规模。

applications-none = 没有待处理的申请。
applications-instructions = 有 { $count } 项申请待处理。请选择一项，查看谁申请什么。
applications-line = { $number }：{ $kind ->
    [new] 新群
   *[existing] 已有的群
} { $room }，{ $category }，{ $scale }，申请于 { $since }
applications-purpose = 目的：{ $purpose }
applications-description = 其他：{ $description }
applications-tier = 等级：{ $tier }，信用分 { $score }，实名验证于 { $since }
applications-history = 记录：违规 { $strikes } 次，生效中的处罚 { $sanctions } 项，创建的群 { $rooms } 个，获批的申请 { $granted } 项，被拒 { $refused } 项
applications-decide = 请查看后决定。申请人会立即得到通知。
application-approve = 批准
application-refuse = 拒绝
applications-own = 这是您自己的申请，须由另一位管理员处理。
applications-over = 这项申请已被处理或撤回，没有执行任何操作。
applications-taken = 地址 { $room } 已被占用。请拒绝，让申请人另选地址。
applications-unknown = 设置中已没有所申请的类别或规模。请拒绝，让申请人重新申请。
applications-unmet = 申请人（已）不符合这种类别和规模的要求，只能拒绝。
applications-say-why = 请说明拒绝的理由，申请人会看到。
applications-done = 申请 { $number } 已{ $decision ->
    [approve] 批准
   *[refuse] 拒绝
}，申请人已收到通知。

notice-founding-waits = 有人申请 { $room }（{ $category }，{ $scale }）。请给 { $service } 发消息“申请列表”处理（编号 { $number }）。
notice-founding-approved = 您对 { $room }（{ $category }，{ $scale }）的申请已获批准。请在 { $until } 前进入这个地址建群，在此之前为您保留。{ $reason ->
    [none] {""}
   *[other] 附言：{ $reason }。
}
notice-founding-granted = 您对 { $room } 的申请已获批准，现在是 { $category }，{ $scale }。{ $reason ->
    [none] {""}
   *[other] 附言：{ $reason }。
}
notice-founding-refused = 您对 { $room }（{ $category }，{ $scale }）的申请被拒绝。理由：{ $reason }。您可以重新申请：给 { $service } 发消息“建群”。
notice-founding-lapsed = 您对 { $room } 的申请未能在期限内处理，已失效，非常抱歉。您可以重新申请：给 { $service } 发消息“建群”。
notice-founding-unused = 由于未在期限内建群，{ $room } 不再为您保留。您可以重新申请：给 { $service } 发消息“建群”。

# 分级方案文件

scheme-title = 群组分级分类方案
scheme-default = 未经申请建立的群，类别为“{ $category }”，规模等级为“{ $scale }”；创建者等级不足时，采用其可用的较小规模。
scheme-categories = 类别
scheme-scales = 规模等级
scheme-tiers = 用户等级
scheme-name = 名称
scheme-members = 成员上限
scheme-founders = 谁可以建群
scheme-decides = 由谁决定
scheme-score = 信用分下限
scheme-created = 建群上限
scheme-joined = 加群上限
scheme-largest = 最大规模
scheme-anybody = 所有等级
scheme-verified = 实名验证满 { $span }
scheme-tenure = 在该等级满 { $span }
scheme-semicolon = ；
scheme-moderator = 经申请由管理员审批
scheme-nobody = 符合条件即可
scheme-applications = 类别与规模的要求须同时满足。无人处理的申请在 { $expires } 后失效；获批的地址保留 { $valid }；每人未结的申请最多 { $most } 项。
scheme-activity = 按活跃度分级
scheme-messages = 每周消息数不少于
scheme-writers = 每周发言成员数不少于
scheme-reviews = 群的定期复核
scheme-every = 复核周期
scheme-managers = 应有群主和群管理
scheme-reviewed = 类别与等级各有周期时，以最短者为准。提前 { $before } 通知群主和群管理；管理员应在 { $within } 内完成复核。
scheme-ladder-member = 违规处置（成员）
scheme-ladder-group = 违规处置（群组）
scheme-ladder-manager = 群被暂停或关闭后的处置（群主与管理者）
scheme-strikes = 触发条件
scheme-sanction = 处置
scheme-lasts = 期限
scheme-within = 整改期限
scheme-deduct = 扣减信用分
scheme-count = { $span }内 { $count } 次
scheme-count-persons = { $span }内 { $persons } 人共 { $count } 次
scheme-missed = 逾期未完成上一级整改
scheme-without-end = 直至解除
scheme-at-once = —
scheme-everywhere = 所有群
scheme-there = 该群
scheme-kind-where = { $kind }（{ $where }）
