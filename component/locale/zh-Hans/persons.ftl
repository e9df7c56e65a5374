# 用户及其帐号：合并、拆分、更换、更正、披露、删除。

chat-needs-form = 此命令会显示个人信息，而聊天记录会保存它。请用支持 ad-hoc 命令的客户端执行。
domain-not-bound = { $domain } 的帐号不能在这里验证。请使用其他服务器的帐号，或给 { $service } 发消息“状态”查看可以向谁询问。
rights-not-verified = 这个帐号背后没有已验证的用户，因此没有以用户编号保存您的信息。{ how-to-verify }
not-verified-target = { $name } 未经验证。请填写已验证用户的帐号或编号。
not-an-account = 请填写帐号，如 name@example.org。
person-own = 您不能决定自己的事。请联系另一位身份管理员。
person-erasing = { $name } 已申请删除。请等待删除完成或取消。

document-gb11643-form = 号码应为 18 位：17 位数字，最后一位为数字或 X。请对照证件重新填写。
document-gb11643-date = 号码第 7 至 14 位应为出生日期，如 19900307。请对照证件重新填写。
document-mrz-form = 请按证件机读区填写号码：最多九位字母或数字，最后加上校验位。
document-check-digit = 最后一位与其余各位不符，说明其中有误。请对照证件重新填写。
document-pattern-form = 这种证件的号码不是这个样子。请对照证件重新填写。

words-merge = 合并
words-split = 拆分
words-unbind = 解绑
words-move-account = 更换帐号 换帐号
words-erase = 删除我 注销
words-correct = 更正
words-corrections = 处理更正
words-disclose = 申请披露
words-disclosures = 披露
words-my-data = 我的数据

command-merge = 合并用户
command-merge-about = 将确认为同一人的两个用户合并（身份管理员）
command-split = 拆分用户
command-split-about = 撤销合并，或将帐号从用户名下移除（身份管理员）
command-unbind = 解绑帐号
command-unbind-about = 使您的一个帐号不再代表您
command-move-account = 更换帐号
command-move-account-about = 用新帐号取代旧帐号
command-erase = 删除我的信息
command-erase-about = 删除关于您的一切信息，或取消删除
command-correct = 更正身份信息
command-correct-about = 说明身份记录中的错误
command-corrections = 处理更正申请
command-corrections-about = 查看用户的更正申请并作出决定（身份管理员）
command-disclose = 申请披露身份
command-disclose-about = 申请查看某人的真实身份（身份管理员）
command-disclosures = 身份披露
command-disclosures-about = 审批他人的披露申请，查看自己已获批准的披露（身份管理员）
command-my-data = 我的数据
command-my-data-about = 获取这里保存的关于您的全部信息

field-one = 其中一个：帐号或用户编号
field-other = 另一个：帐号或用户编号
field-part = 要拆分的部分
field-account = 帐号
field-new-account = 您的新帐号，如 name@example.org
field-code = 旧帐号得到的验证码
field-remark = 错在哪里，如何核实（可留空）
field-person = 用户
field-case = 案件编号
field-disclosure = 披露申请

fact-code-move = 验证码
fact-identity = 身份
fact-data = 数据
fact-kept = 删除后仍保留的内容

# 合并、拆分

merge-instructions = 哪两个用户是同一人，原因是什么？执行之前您会看到保留哪一个。
merge-same = 这本来就是同一个用户。
merge-summary = { $merged } 并入 { $survivor }：帐号、群位置、违规、处罚、信用和黑名单一并转移。不会失去任何群；超出限额期间不再增加。原因：{ $reason }。所有帐号都会收到通知。可用“拆分”撤销。
merge-done = 完成：用户 { $merged } 已并入用户 { $survivor }。
split-instructions = 要从谁名下拆分？请填写帐号或用户编号。
split-choose = 要从 { $name } 名下拆分什么，原因是什么？
split-merge = 用户 { $merged }，合并于 { $at }（{ $accounts }）
split-account = 仅帐号 { $account }，它不属于此人
split-nothing = { $name } 名下没有可拆分的内容：没有帐号，也从未合并。
split-meanwhile = 尚未执行任何操作：情况已被他人改动。请重新开始，查看当前情况。
split-summary = 从 { $name } 名下拆分：{ $part }。原属于它的内容，以及此后用这些帐号所做的，都随之转移。原因：{ $reason }。相关帐号会收到通知。
split-done = 完成：用户 { $merged } 已与用户 { $survivor } 分开。
split-unbound = 完成：帐号 { $account } 不再属于任何人，用它所做的随之转移。

notice-merged = 您在这里的两份登记经确认属于同一人，已合并：群、信用以及处罚合并计算。原因：{ $reason }。{ how-to-ask }
notice-split = 曾经合并的两份登记已重新分开，各自恢复原有内容。原因：{ $reason }。{ how-to-ask }
notice-data-exported = 这里保存的关于您的全部信息（包括用于验证的证件）刚刚显示给了您的另一个帐号 { $account }。如果不是您本人操作，说明有人在使用该帐号：请更改其密码，并用命令“解绑”将其移除。
notice-unbound = 这个帐号背后不再有已验证的用户。原因：{ $reason }。{ how-to-verify }
notice-moved = 您的帐号 { $account } 已取代这个帐号。如果不是您本人操作，请立即给 { $service } 发消息“状态”，查看可以向谁询问。

# 解绑、更换帐号

unbind-instructions = 您的哪个帐号不再代表您？您的群和信用不受影响。
unbind-summary = { $kind ->
    [last] { $account } 将不再代表您。这是您的最后一个帐号：群和信用仍然保留，用证件验证任一帐号即可恢复使用。如要删除一切，请改用“删除我”。
   *[one] { $account } 将不再代表您，并被移出所在的群。您仍可用其他帐号使用您的群和信用。
}
unbind-done = 完成：{ $account } 不再代表您。
unbind-sanctioned = 处罚或黑名单有效期间不能解绑帐号。请发送“状态”查看期限以及可以向谁询问。您随时可以申请删除。
unbind-not-bound = { $account } 不（再）代表您。请重新开始，查看您现有的帐号。

move-instructions = 用哪个帐号取代 { $account }？您会得到一个验证码，请用新帐号把它发给我。
move-code-instructions = 请填写旧帐号得到的验证码。如果没有旧帐号，请改用“验证”。
move-same = 这就是当前的帐号。请填写新帐号。
move-summary = { $new } 将取代 { $old }：它将代表您，您在各群的角色随之转移。此后 { $old } 不再代表您。
move-begun = 请在 { $window }内用 { $account } 给 { $service } 发送“更换帐号”，并填写这个验证码。在此之前一切不变；重新申请会使它失效。
move-done = 谢谢，这个帐号现在代表您了。您在各群的角色很快会随之转移。
move-refused = 验证码与这个帐号不符，或已过期。请核对；输错五次后，请用旧帐号重新获取。
move-bound = { $account } 已属于某个用户。请使用其他帐号，或先解绑。

# 删除

erase-summary = { $window }后将删除关于您的一切：您的身份、帐号、群、信用和违规记录。在此之前您可以用“删除我”取消。仍会保留一个由证件号码算出、本身不透露任何信息的代码：如果您再用同一证件回来，有效的处罚和黑名单仅凭它认出您。审计记录保留帐号和编号，从不包含您的身份。
erase-waits = 您已申请删除，仍可改变主意。
erase-cancel = 取消原定于 { $until } 的删除，一切保持不变。
erase-asked = 您的信息将于 { $until } 删除。已通知您的所有帐号。在此之前可用“删除我”取消。
erase-cancelled = 已取消删除，一切保持不变。
erase-too-late = 已经太晚：您的信息已被删除。

notice-erasure-asked = 您已申请删除这里的信息，将于 { $until } 执行。如果不是您本人操作，或您改变了主意，请在此之前给 { $service } 发送“删除我”。
notice-erasure-cancelled = 已取消删除，一切保持不变。
notice-erased = 关于您的一切信息已被删除，您在群里的位置已空出。如果当时有处罚有效，您再用同一证件回来时它仍然有效。欢迎随时重新验证。

# 更正

correct-instructions = 您的身份记录应当是怎样的？请按证件完整填写。身份管理员会核对您的证件并作出决定；在此期间加密保存。
correct-incomplete = 请用文字和数字填写号码和姓名。
correct-asked = 谢谢。身份管理员会作出决定，并通知您。
corrections-none = 没有等待您决定的申请。（您不能决定自己的记录。）
corrections-instructions = 要查看哪一个？您的查看会被记录。
corrections-line = 用户 { $number }，{ $at }
corrections-decide = 用户 { $number } 希望将记录改为如下内容。请与证件本身核对。
corrections-changes = 与记录不同之处：{ $changes }
corrections-remark = 说明：{ $remark ->
    [none] 无
   *[other] { $remark }
}
corrections-gone = 此申请已不再等待：另一位管理员已决定，或用户已重新申请。尚未执行任何操作。
corrections-taken = 这个证件属于这里的另一个用户。如果是同一人，请用“合并”；否则请拒绝。
corrections-done = { $decision ->
    [accept] 完成：用户 { $number } 的记录已更正，并已通知本人。
   *[refuse] 完成：用户 { $number } 的记录保持不变，并已通知本人。
}
change-type = 证件类型
change-number = 号码
change-name = 姓名
correction-accept = 同意：证件如此
correction-refuse = 拒绝
notice-corrected = 您的身份记录已更正。原因：{ $reason }。
notice-correction-refused = 您的身份记录保持不变。原因：{ $reason }。您可以用“更正”再次申请，或给 { $service } 发消息“状态”查看可以向谁询问。

# 披露

disclose-instructions = 需要查看谁的身份，为了哪个案件，原因是什么？须由另一位管理员批准，本人之后会得到通知。
disclose-verify-first = 披露需要两个不同的人，因此您须先验证自己的身份。{ how-to-verify }
disclose-own = 这涉及您本人。请由其他管理员处理；您可以用“我的数据”查看所保存的信息。
disclose-summary = 请求另一位身份管理员允许您查看 { $name } 的身份。案件：{ $case }。原因：{ $reason }。批准后，您可在从现在起 { $window }内查看一次。{ $told ->
    [none] 此案件属于不通知本人的案件。
   *[other] 您查看 { $told }后会通知本人。
}以上全部记录在案。
disclose-asked = 完成：披露申请 { $number } 等待另一位管理员处理，结果会通知您。
disclosures-none = 没有等待决定或查看的披露申请。
disclosures-instructions = 请选择：他人的申请等待您决定，您自己的等待查看。
disclosure-line = 编号 { $number }：用户 { $person }，申请人 { $account }，{ $state ->
    [approved] 已批准
   *[waiting] 等待决定
}
disclosure-asked = { $account } 于 { $at } 申请查看用户 { $person } 的身份。案件：{ $case }。原因：{ $reason }
disclosure-decide = 请决定案件是否需要。如果批准，{ $service } 会向申请人显示一次，不会向您显示。
disclosure-approve = 批准
disclosure-refuse = 拒绝
disclosure-decided = { $decision ->
    [approve] 完成：披露申请 { $number } 已批准，并已通知申请人。
   *[refuse] 完成：披露申请 { $number } 已拒绝，并已通知申请人。
}
disclosure-waits = 须先由另一位管理员决定，结果会通知您。
disclosure-gone = 此披露申请已结束：已决定、已查看或已过期。您可以用“申请披露”重新申请。
disclosure-same-person = 这是您自己（无论用哪个帐号）的申请，须由另一个人决定。
disclosure-not-yours = 此披露申请已批准，只有申请人 { $account } 可以查看。
disclosure-no-officer = { $account } 已不再是身份管理员，此申请不再有效。请用“申请披露”重新申请。
disclosure-once = 披露 { $number } 将显示一次，此后不再显示。可查看至 { $until }。
disclosed = 披露 { $number }：这是用户 { $person }。此后不再显示；除不通知本人的案件外，届时会通知本人。
disclosed-line = { $name } · { $type } · { $number }
notice-disclosure-asked = 披露申请 { $number } 等待身份管理员处理。请在 { $service } 执行命令“身份披露”。
notice-disclosure-approved = 披露申请 { $number } 已批准。请在 { $until } 之前在 { $service } 执行命令“身份披露”查看，仅限一次。
notice-disclosure-refused = 披露申请 { $number } 已被拒绝。
notice-disclosed = 您的身份于 { $since } 经另一位管理员批准，向这里的一位身份管理员披露。案件：{ $case }。原因：{ $reason }。{ how-to-ask }

# 我的数据

my-data-note = 这是这里保存的关于您的全部信息（第 { $piece } 部分，共 { $count } 部分），格式为 JSON；请按顺序拼接。时间为自 1970 年起的秒数（UTC）。
my-data-more = 这里保存的关于您的全部信息，第 { $piece } 部分，共 { $count } 部分。
my-data-next = 继续下一部分？
my-data-enough = 好的，到此为止。一切保持不变。
my-data-changed = 内容已有变化。请重新开始，以取得完整副本。
my-data-kept = 删除后会保留一个由证件号码算出、本身不透露任何信息的代码，以便有效的处罚和黑名单能再次认出您，并使导入不会恢复您的信息；此外，审计记录依法保留帐号和编号，从不包含您的身份。
