# 对群的处置。

command-group = 处置群
command-group-about = 警告、暂停、关闭或拉黑一个群，解除或撤销处置（管理员）
words-group = 处置
command-rectified = 整改完成
command-rectified-about = 说明您的群已完成整改（群主、群管理）
words-rectified = 整改 整改完成

deny-closed-for = 这个群已被永久关闭。原因：{ $reason }。请选择其他群，或用其他地址新建一个。
deny-reserved = 这个群正在重新开放。请等创建者先进入。

reason-group-strikes = 群内违规过多
reason-group-overruled = 其所依据的违规记录已被撤销
reason-group-deadline = 未在期限内完成整改

group-set-right = { $checklist ->
    [none] { group-deadline }
   *[other] 请整改：{ $checklist }。{ group-deadline }
}
group-deadline = { $until ->
    [none] 完成后请给 { $service } 发消息“整改”。
   *[other] 完成后请在 { $until } 之前给 { $service } 发消息“整改”，否则将采取更严重的处置。
}
notice-group-warned = 您的群 { $room }（群号 { $code }）被警告。原因：{ $reason }。{ group-set-right }{ how-to-appeal }
notice-group-suspended = 您的群 { $room }（群号 { $code }）被暂停发言，仍可阅读。原因：{ $reason }。{ group-set-right }{ how-to-appeal }
notice-group-closed = 您的群 { $room }（群号 { $code }）已被关闭，其地址不能再用。原因：{ $reason }。{ how-to-appeal }
notice-group-blacklisted = 您的群 { $room }（群号 { $code }）已被关闭并列入黑名单。原因：{ $reason }。{ how-to-appeal }
notice-group-closed-member = 群 { $room } 已被关闭。原因：{ $reason }。您在其中的名额已释放。
notice-group-released = 对您的群 { $room } 的处置已解除：整改完成。{ $why }。
notice-group-undone = 对您的群 { $room } 的处置（{ measure-verb }）已撤销。原因：{ $why }。给您带来不便，敬请谅解。
measure-verb = { $kind ->
    [warn] 警告
    [suspend] 暂停发言
    [close] 关闭
   *[blacklist] 列入黑名单
}
notice-group-reopened = 您的群 { $room } 可以重新开放。原因：{ $why }。请创建者先加入；成员的名额已恢复。
notice-group-claim-refused = 您的群 { $room } 尚未完成整改。原因：{ $why }。{ group-set-right }
notice-group-claim = { $account } 说群 { $room }（群号 { $code }）已完成整改：“{ $words }”。请查看，并用命令“处置”答复。
notice-group-missed = 群 { $room }（群号 { $code }）未在期限 { $until } 前完成整改。命令“处置”可以看到现在的情况。

measure-line = 第 { $number } 号，{ $at }：{ measure-name }，{ measure-by }：{ $reason }{ $end ->
    [none] { $until ->
        [none] （生效中）
       *[other] （生效中，须在 { $until } 前整改）
    }
    [released] （已整改）
    [undone] （已撤销）
    [missed] （逾期未整改）
   *[replaced] （已由其他处置取代）
}
measure-name = { $kind ->
    [warn] 警告
    [suspend] 暂停发言
    [close] 关闭
   *[blacklist] 关闭并列入黑名单
}
measure-by = { $rule ->
    [moderator] 由管理员决定
    [deadline] 逾期未整改
   *[strikes] 因群内违规
}

group-instructions = 要处置哪个群？
group-never-was = 这个地址从未有过群。请用命令“黑名单”禁用它。
group-closed-otherwise = 这个群已经关闭，且并非因处置而关闭，无事可做。
group-own = 这是您自己管理的群。请联系其他管理员处理。
group-meanwhile = 什么也没有做：期间已有别人处理或期限已到。请重新开始，查看现在的情况。
group-status = { $room } · 群号 { $code } · { $status ->
    [open] 开放
    [suspended] 暂停发言
   *[closed] 已关闭
}
group-claimed-line = { $account } 于 { $at } 说已完成整改：“{ $words }”
group-choose = 以下是对它的处置，最新的在前。要做什么？
group-deed = { $deed ->
    [warn] 警告
    [suspend] 暂停发言
    [close] 关闭：销毁该群，地址不能再用
    [blacklist] 关闭并把地址列入黑名单
    [release] 已完成整改：解除处置
    [refuse] 尚未完成整改：期限继续
   *[undo] 撤销：恢复之前的状态
}
group-details = { $room }：请说明原因，群主和群管理会看到。
field-deadline = 整改期限，如 3d（留空：无期限）
field-checklist = 需要整改的内容
group-people = 同时把创建者、群主和群管理列入黑名单
group-summary = { $deed ->
    [warn] { $room } 将被警告。
    [suspend] { $room } 将暂停发言，仍可阅读。
    [close] { $room } 将被销毁，地址不能再用。成员会收到通知。
    [blacklist] { $room } 将被销毁，地址列入黑名单。成员会收到通知。
    [release] 对 { $room } 的处置将解除。
    [refuse] { $room } 尚未完成整改，期限继续。
   *[undo] 对 { $room } 的处置将撤销，恢复之前的状态。
}{ $until ->
    [none] {""}
   *[other] 须在 { $until } 前整改。
}原因：{ $reason }。
group-done = { $deed ->
    [warn] 完成：{ $room } 已被警告。
    [suspend] 完成：{ $room } 已暂停发言。
    [close] 完成：{ $room } 已关闭。
    [blacklist] 完成：{ $room } 已关闭并列入黑名单。
    [release] 完成：对 { $room } 的处置已解除。
    [refuse] 完成。
   *[undo] 完成：已撤销。
}已通知群主和群管理。

rectified-none = 您管理的群没有可以整改的处置，或者您已经说过了。
rectified-over = 已经结束或期限已过。什么也没有做。
rectified-instructions = 哪个群已完成整改？
rectified-words = { $room }：您做了什么整改？
field-rectified = 整改情况
rectified-done = 谢谢。管理员会查看 { $room }；在此期间期限暂停。
fact-measures = 处置记录

deny-managing = { $until ->
    [none] 您不能管理这个群，直到管理员重新允许为止。原因：{ $reason }。{ how-to-object }
   *[other] 您不能管理这个群，至 { $until } 为止。原因：{ $reason }。{ how-to-object }
}
deny-creating = { $until ->
    [none] 您不能建群，直到管理员重新允许为止。原因：{ $reason }。您仍可以加入群。{ how-to-object }
   *[other] 您不能建群，至 { $until } 为止。原因：{ $reason }。您仍可以加入群。{ how-to-object }
}
notice-managing-withdrawn = { $until ->
    [none] 您{ in-room }不能再管理群，直到管理员重新允许为止。原因：{ $reason }。{ objection }
   *[other] 您{ in-room }不能再管理群，至 { $until } 为止。原因：{ $reason }。{ objection }
}
notice-creating-withdrawn = { $until ->
    [none] 您不能再建群，直到管理员重新允许为止。原因：{ $reason }。{ objection }
   *[other] 您不能再建群，至 { $until } 为止。原因：{ $reason }。{ objection }
}
reason-managers = 您负责的群 { $room } 被{ $kind ->
    [suspend] 暂停发言
    [close] 关闭
   *[blacklist] 关闭并列入黑名单
}
fact-manager-strikes = 作为管理者的违规
manager-strike-line = { $at }：{ $room }，{ $kind ->
    [report] 第 { $number } 号举报逾期未处理
   *[measure] 第 { $number } 号处置
}，计至 { $until }{ $overruled ->
    [none] {""}
   *[other] （已撤销）
}

standing-good = 没有针对 { $room } 的处置。
standing-held = 目前有针对 { $room } 的处置。{ $claimed ->
    [none] { group-deadline }
   *[other] 您已说明完成整改；在管理员查看之前，期限暂停。
}{ how-to-appeal }
fact-waiting-reports = 待处理的举报（“举报处理”）
fact-waiting-applicants = 入群申请（“入群申请”）
