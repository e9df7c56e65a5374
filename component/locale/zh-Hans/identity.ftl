# 各种方式的实名验证，以及验证到期。

verify-choose = 您可以选择一种方式完成实名验证。
fact-link = 链接
field-provider = 方式
provider-name = { $provider ->
    [registry] 使用已在这里登记的证件
    [review] 由身份审核员审核您提交的资料
    [http] 由验证服务核实
    [oidc] 使用您已有的帐号登录
   *[any] { $provider }
}
verify-nobody = 目前无法在这里完成实名验证。请给 { $service } 发消息“状态”，查看可以向谁询问。
verify-impostor = 该帐号的地址容易与他人的地址混淆，因此无法验证。请使用其他帐号，或给 { $service } 发消息“状态”，查看可以向谁询问。
verify-provider-gone = 这种验证方式已不再提供，请重新开始。
verify-waits = 谢谢。您提交的资料正在核实；有结果后我会给您发消息。
verify-waits-since = 您于 { $at } 提交的资料正在等待{ $provider ->
    [review] 身份审核员处理
   *[other] 验证服务处理
}。您可以撤回，之后也可以重新提交。
verify-withdrawn = 已撤回，您提交的资料已销毁。
field-withdraw = 撤回
verify-incomplete = 请用文字和数字填写号码和姓名。
verify-renewed = 谢谢，您的实名验证已更新{ $until ->
    [none] 。
   *[other] ，有效至 { $until }。
}
verify-conflict = 无法与您的帐号关联：该身份属于这里的其他人，或登记的姓名不同。未作任何更改。请给 { $service } 发消息“状态”，查看可以向谁询问。

notice-verification-ends = 您的实名验证将于 { $until } 到期。到期后您将不能进行只有已验证用户才能进行的操作；您仍是原有各群的成员。现在即可重新验证：给 { $service } 发消息“验证”。
notice-verification-over = 您的实名验证已到期：重新验证之前，您不能进行只有已验证用户才能进行的操作。您仍是原有各群的成员。要重新验证，请给 { $service } 发消息“验证”。

# 方式“review”

review-submit-instructions = 请填写以下内容。身份审核员将查看并作出决定，结果会通知您。资料加密保存，作出决定后即销毁，最长保存{ $keep }。群里的人不会看到您的真实身份。
notice-review-refused = 您的实名验证未通过。原因：{ $reason }。您可以重新提交：给 { $service } 发消息“验证”。
notice-review-lapsed = 您的实名验证未能按时得到处理，您提交的资料已销毁，非常抱歉。请重新提交：给 { $service } 发消息“验证”。
notice-review-waits = { $count ->
   *[other] 有 { $count } 份新提交的资料等待审核。
}请在 { $service } 运行命令“review”。

words-review = 审核身份 身份审核
command-review = 审核身份资料
command-review-about = 查看申请人提交的资料并作出决定（身份审核员）
review-instructions = { $count ->
   *[other] 有 { $count } 份资料等待决定。
}您查看资料的行为会被记录。
review-none = 没有等待您决定的资料。（您不能审核自己提交的资料。）
review-line = 编号 { $number }：{ $account }，{ $at }
review-decide = { $account } 于 { $at } 提交了以下资料。作出决定后资料即销毁，仅加密保留其身份。
review-gone = 这份资料已有结果：其他审核员已作出决定，或申请人已撤回。未作任何操作。
review-approved = { $account } 已通过实名验证，并已通知对方。
review-refused = 已拒绝 { $account }，并已通知对方。提交的资料已销毁。
review-full = 此人的帐号数已达上限（{ $limit } 个），只能拒绝。
review-conflict = 该证件或帐号属于这里的其他人，或登记的姓名不同，或者就是您本人。请拒绝，或先行更正。
review-needs-reason = 请填写原因，让申请人知道该怎么做。
field-submission = 提交的资料
field-refusal = 拒绝的原因（申请人会看到）
decision-approve = 通过：确认其身份
decision-refuse = 拒绝

# 方式“http”

http-instructions = 请填写以下内容。资料将发送给验证服务核实，群里的人不会看到您的真实身份。
http-unreachable = 验证服务暂时没有响应。我会继续尝试，有结果后给您发消息；您无需再做什么。
http-unreachable-now = 验证服务暂时没有响应，请稍后再试。
http-refused = 验证服务未能确认。请核对您填写的内容后重试：给 { $service } 发消息“验证”。
http-code-instructions = 请填写验证服务发给您的验证码。
http-wrong-code = 验证码不正确，请重试。
http-code-over = 该验证码已失效，请重新开始：给 { $service } 发消息“验证”。
field-challenge = 验证码
notice-http-code = 验证服务还需要您提供一项信息。请给 { $service } 发消息“验证”继续。
notice-http-lapsed = 验证服务未能按时给出结果，您提交的资料已销毁，非常抱歉。请重新提交：给 { $service } 发消息“验证”。

# 方式“oidc”：命令、聊天和浏览器中的内容

oidc-link = 请在浏览器中打开该链接并登录。链接在{ $lasts }内有效，只能使用一次，并且只适用于您的帐号：请勿转给他人。完成后我会给您发消息。
oidc-unreachable = 登录服务暂时没有响应，未作任何操作。请稍后再试：给 { $service } 发消息“验证”。
oidc-start = 您即将证明帐号 { $account } 的使用者身份。请确认这是您自己的帐号，并且是您本人刚刚提出的请求，然后再继续。如果链接是别人发给您的，请关闭此页面。
oidc-sign-in = 继续，并在 { $host } 登录
oidc-unknown = 无法识别该链接。请给 { $service } 发消息“验证”获取新的链接。
oidc-used = 该链接已使用过。如果您尚未通过验证，请给 { $service } 发消息“验证”获取新的链接。
oidc-late = 该链接已过期。请给 { $service } 发消息“验证”获取新的链接。
oidc-other-browser = 未作任何操作：请在登录所用的同一浏览器中打开您收到的链接。
oidc-declined = 您没有登录，未作任何操作。如需重试，请给 { $service } 发消息“验证”。
oidc-not-believed = 无法确认登录服务的答复，未作任何操作。如需重试，请给 { $service } 发消息“验证”。
