# 被退回的内容附带的说明。每一条都告诉对方接下来可以怎么做。

how-to-verify = 请在 { $service } 运行命令“verify”，或给 { $service } 发消息“验证”来完成实名验证。只需一分钟，群里的人不会看到您的真实身份。
how-to-renew = 您仍是原有各群的成员。请在 { $service } 运行命令“verify”，或给 { $service } 发消息“验证”，重新完成验证。
how-to-object = 如需查看详情，请给 { $service } 发消息“状态”；如有异议，请发“申诉”。
how-to-see-quotas = 给 { $service } 发消息“状态”，可以查看您的全部限额。

tier-name = { $tier ->
    [restricted] 受限
    [limited] 有限
    [standard] 标准
    [trusted] 信任
   *[other] { $tier }
}

deny-unverified = { $deed ->
    [create] 完成实名验证后才能在这里建群。{ how-to-verify }
    [join] 完成实名验证后才能在这里加入群组。{ how-to-verify }
   *[other] 完成实名验证后才能参与这里的群组。{ how-to-verify }
}
deny-lapsed = { $deed ->
    [create] 您的实名验证已到期，重新验证后才能在这里建群。{ how-to-renew }
    [join] 您的实名验证已到期，重新验证后才能在这里加入群组。{ how-to-renew }
   *[other] 您的实名验证已到期，重新验证后才能参与这里的群组。{ how-to-renew }
}
deny-blacklisted = 您的帐号已不能在这里参与群组。{ how-to-object }
deny-room-blacklisted = 这个群已不能使用，请选择其他群，或新建一个。如果您认为有误，群主和群管理可以给 { $service } 发消息“申诉”；发“状态”可以看到还能向谁询问。
deny-banned = { $until ->
    [none] 您已被封禁，直到管理员解除为止。原因：{ $reason }。{ how-to-object }
   *[other] 您已被封禁，至 { $until } 为止。原因：{ $reason }。到期后欢迎您回来。{ how-to-object }
}
deny-muted = { $until ->
    [none] 您目前可以阅读但不能发言，直到管理员解除为止。原因：{ $reason }。{ how-to-object }
   *[other] 您目前可以阅读但不能发言，至 { $until } 为止。原因：{ $reason }。{ how-to-object }
}
deny-posting-suspended = { $until ->
    [none] 您已被暂停发言，直到管理员解除为止，仍可阅读。原因：{ $reason }。{ how-to-object }
   *[other] 您已被暂停发言，至 { $until } 为止，仍可阅读。原因：{ $reason }。{ how-to-object }
}
deny-held = 根据规则“{ $rule }”，这条内容正在等待管理员审核，目前没有任何人看到。请等待，不必再次发送：一有结果，{ $service } 就会通知您。
deny-too-fast = 您发送得太快，这条内容没有送出。请稍等几秒再发一次。
deny-created-full = { $limit ->
    [0] 您目前的等级不能建群，但仍可以加入别人创建的群。{ how-to-see-quotas }
   *[other] 您最多可以创建 { $limit } 个群，现在已有 { $used } 个。请先关闭一个不再需要的群，然后再试。{ how-to-see-quotas }
}
deny-joined-full = { $limit ->
    [0] 您目前的等级暂时不能加入群。{ how-to-see-quotas }
   *[other] 您最多可以加入 { $limit } 个群，现在已加入 { $used } 个。请给 { $service } 发消息“我的群”退出一个，然后再试。{ how-to-see-quotas }
}
deny-members-full = 这个群已满，最多 { $limit } 名成员。请等有人退出后再试，或选择其他群。
deny-content = 这条内容违反了规则“{ $rule }”，没有任何人看到。请修改后再发。想了解规则，请给 { $service } 发消息“规则”。
deny-own-rule = 这条内容违反了本群自己的规则“{ $rule }”，没有任何人看到。请修改后再发。如果您认为这条规则不合适，请向设置它的群主或群管理询问。
deny-links = 您目前的等级（{ tier-name }）不能发送链接，这条内容没有送出。请去掉链接后再发。{ how-to-see-quotas }
deny-files = 您目前的等级（{ tier-name }）不能发送文件，这条内容没有送出。请改用文字说明。{ how-to-see-quotas }
deny-invitations = 您目前的等级（{ tier-name }）不能邀请他人。请把群地址告诉对方，由对方自行加入。{ how-to-see-quotas }
deny-encrypted = 这里的群不允许加密消息，这条内容没有送出。请为这个群关闭加密后再发。
deny-rules-unaccepted = 请先同意平台规则：在 { $service } 运行命令“rules”，或给 { $service } 发消息“规则”，然后再试。
deny-suspended = 这个群已暂停发言，仍可阅读。请等待恢复，或选择其他群。
deny-closed = 这个群已永久关闭。请选择其他群，或新建一个。
deny-too-long = 内容超过 { $limit } 个字符，没有送出。请缩短，或分几次发送。
deny-too-many = 一次涉及的人超过 { $limit } 个，操作没有执行。请分几次进行。
deny-target-unverified = { $account } 尚未完成实名验证，还不能加入。请对方给 { $service } 发消息“验证”，然后再试。
deny-target-barred = { $account } 目前不能参与群组，因此不能加入。对方可以给 { $service } 发消息“状态”查看原因。
deny-target-standing = { $account } 目前在这里受到处罚，不能成为群主或群管理。对方可以给 { $service } 发消息“状态”查看处罚及其期限。
deny-target-unnamed = 请用地址（如 name@example.org）指明对方：执行时，昵称可能已属于其他人。
deny-target-joined-full = { $account } 加入的群已达上限。请对方给 { $service } 发消息“我的群”退出一个，然后再试。
deny-target-created-full = { $account } 拥有的群已达上限，没有把这个群交给对方。请对方先关闭或退出一个群，或另选他人。
deny-target-members-full = 这个群已满，最多 { $limit } 名成员，没有添加任何人。如需扩容，请给 { $service } 发消息“扩容”申请更大的规模，或移除不再活跃的成员。
deny-adopting = 正在清点原有的群。请过一两分钟再试。
deny-room-signs = 群名称或简介中含有看不见或会颠倒文字顺序的字符，请去掉后再提交。
deny-lookalike = 这个地址与另一个群看起来相似。请换一个不会混淆的地址。
deny-fault = 我们这边出了问题，操作没有执行。请过一分钟再试；如果一直如此，请告诉 { $service } 的运营人员。
