//! What etcd says behind a handshake that worked: space, leader, users, members, clocks.
//!
//! etcd: `api/v3rpc/rpctypes/error.go`, `server/etcdserver/api/rafthttp`, `server/auth/store.go`.

use super::super::{
    complaint::{Complaint, Kind},
    decide::Decide,
    voice::Voice::{Client, PeerOut},
};
use crate::{diagnoses::engine::Severity, message::Phrase};

pub(super) static ALL: &[&Complaint] = &[
    &SPACE, &CORRUPT, &CLOCK, &GATEWAY, &NAMELESS, &STRANGER, &DENIED, &LEARNER, &BUSY, &PEER_GONE,
    &PASSED, &LEADER, &WAITED,
];

static SPACE: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "mvcc: database space exceeded",
        "alarm raised…NOSPACE",
        "alarm NOSPACE raised",
        "Active Alarm(s): NOSPACE",
        "alarm:NOSPACE",
        "NOSPACE",
        "etcdserver: no space",
    ],
    only: None,
    causes: &[(Client, &["alarm-nospace"])],
    severity: None,
    decide: Decide::Alarms,
    what: Phrase {
        en: "etcd has used up its space quota and refuses every write",
        ja: "etcd が容量の上限に達し、すべての書き込みを拒否しています",
        zh: "etcd 已用完空间配额，拒绝所有写入",
    },
    proves: Phrase {
        en: "TLS and certificates are in order; the alarm NOSPACE is or was raised.",
        ja: "TLS と証明書に問題はなく、NOSPACE アラームが発生しています (または発生していました)。",
        zh: "TLS 和证书没有问题；NOSPACE 告警已经触发，或曾经触发。",
    },
    open: Phrase {
        en: "It does not say whether it is still raised. It stays until `alarm disarm`, also when there is room again.",
        ja: "今も続いているかはわかりません。空きができても `alarm disarm` するまで解除されません。",
        zh: "它没有说明告警现在是否仍然存在。即使又有了空间，也要执行 `alarm disarm` 才会解除。",
    },
};

static CORRUPT: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "etcdserver: corrupt cluster",
        "alarm:CORRUPT",
        "alarm CORRUPT raised",
        "alarm raised…CORRUPT",
    ],
    only: None,
    causes: &[(Client, &["alarm-corrupt"])],
    severity: None,
    decide: Decide::Alarms,
    what: Phrase {
        en: "etcd found that the data of its members differs, and refuses every request",
        ja: "etcd がメンバー間のデータの不一致を検出し、すべてのリクエストを拒否しています",
        zh: "etcd 发现各成员的数据不一致，并拒绝所有请求",
    },
    proves: Phrase {
        en: "TLS and certificates are in order; the alarm CORRUPT is or was raised.",
        ja: "TLS と証明書に問題はありません。CORRUPT アラームが発生しているか、発生していました。",
        zh: "TLS 和证书没有问题；CORRUPT 告警现在或曾经被触发。",
    },
    open: Phrase {
        en: "It does not say which member holds the wrong data.",
        ja: "どのメンバーのデータが誤っているかはわかりません。",
        zh: "它没有说明哪个成员的数据有误。",
    },
};

static CLOCK: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "prober found high clock drift",
        "the clock difference against peer",
        "clock difference against peer",
    ],
    only: None,
    causes: &[(Client, &["clock-skew"])],
    severity: None,
    decide: Decide::Members,
    what: Phrase {
        en: "The clocks of two members differ by more than a second",
        ja: "2 つのメンバーの時計が 1 秒以上ずれています",
        zh: "两个成员的时钟相差超过一秒",
    },
    proves: Phrase {
        en: "etcd measured it over a peer connection that works.",
        ja: "動作しているピア接続で etcd が測定しました。",
        zh: "这是 etcd 通过正常的对等连接测得的。",
    },
    open: Phrase {
        en: "It does not say which clock is wrong. Certificates are judged by the clock of whoever checks them.",
        ja: "どちらの時計が誤りかはわかりません。証明書は検証する側の時計で判定されます。",
        zh: "它没有说明哪个时钟有误。证书按检查一方的时钟判断。",
    },
};

static GATEWAY: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "CommonName of client sending a request against gateway",
        "ignoring common name in gRPC-gateway proxy request",
    ],
    only: None,
    causes: &[(Client, &["auth-cn-ignored"])],
    severity: None,
    decide: Decide::User,
    what: Phrase {
        en: "The HTTP gateway does not take the certificate's CN as a user",
        ja: "gRPC ゲートウェイは証明書の CN をユーザーとして扱いません",
        zh: "HTTP 网关不把证书的 CN 当作用户",
    },
    proves: Phrase {
        en: "With authentication on, a request over the gateway refuses any client certificate that has a CN.",
        ja: "認証が有効なとき、ゲートウェイ経由のリクエストでは、CN を持つクライアント証明書が拒否されます。",
        zh: "启用认证后，经由网关的请求只要使用带 CN 的客户端证书，就会被拒绝。",
    },
    open: Phrase {
        en: "Over gRPC the same certificate can be a user.",
        ja: "gRPC なら同じ証明書の CN がユーザーとして扱われます。",
        zh: "通过 gRPC 时，同一证书的 CN 可以作为用户。",
    },
};

static NAMELESS: Complaint = Complaint {
    kind: Kind::Fault,
    said: &["etcdserver: user name is empty"],
    only: None,
    causes: &[(Client, &["auth-cn-ignored", "auth-user-missing"])],
    severity: None,
    decide: Decide::User,
    what: Phrase {
        en: "etcd wants a user, and this client is none",
        ja: "etcd はユーザーを求めていますが、このクライアントはどのユーザーとしても認証されていません",
        zh: "etcd 要求请求带有用户，而此客户端不对应任何用户",
    },
    proves: Phrase {
        en: "TLS works. Authentication is on, and etcd got neither --user nor a CN that it counts: it takes the CN only with --client-cert-auth.",
        ja: "TLS は動作しています。認証は有効で、--user も有効な CN もありません。CN が使われるのは --client-cert-auth があるときだけです。",
        zh: "TLS 正常。认证已启用，而 etcd 既没有得到 --user，也没有得到有效的 CN：只有设置 --client-cert-auth 时才采用 CN。",
    },
    open: Phrase {
        en: "It does not say whether the certificate has a CN.",
        ja: "証明書に CN があるかはわかりません。",
        zh: "它没有说明证书是否有 CN。",
    },
};

static STRANGER: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "cannot find a user for permission check",
        "etcdserver: user name not found",
        "etcdserver: authentication failed, invalid user ID or password",
        "invalid user ID or password",
        "auth: user not found",
        "cannot find a user",
    ],
    only: None,
    causes: &[(Client, &["auth-user-missing"])],
    severity: None,
    decide: Decide::User,
    what: Phrase {
        en: "etcd knows no such user",
        ja: "etcd にそのユーザーがいません",
        zh: "etcd 中没有该用户",
    },
    proves: Phrase {
        en: "TLS works. Authentication is on, and the certificate's CN or the --user given is no user of this cluster.",
        ja: "TLS は動作しています。認証は有効で、証明書の CN または --user がこのクラスターのユーザーではありません。",
        zh: "TLS 正常。认证已启用，而证书的 CN 或给出的 --user 不是此集群的用户。",
    },
    open: Phrase {
        en: "For a user with a password it does not say whether the name or the password is wrong.",
        ja: "パスワードを使うユーザーの場合、名前とパスワードのどちらが誤りかはわかりません。",
        zh: "对使用密码的用户，它没有说明是名称还是密码有误。",
    },
};

static DENIED: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "etcdserver: permission denied",
        "etcdserver: invalid auth token",
        "etcdserver: invalid auth management",
        "auth: permission denied",
    ],
    only: None,
    causes: &[(Client, &["auth-permission-denied", "auth-user-missing"])],
    severity: None,
    decide: Decide::User,
    what: Phrase {
        en: "etcd refuses the request: the user has no right to these keys",
        ja: "etcd がリクエストを拒否しました。ユーザーにこのキーへの権限がありません",
        zh: "etcd 拒绝了请求：该用户对这些键没有权限",
    },
    proves: Phrase {
        en: "TLS works and the client was taken for a user, or for a name that is none.",
        ja: "TLS は動作しており、クライアントはユーザー (または未登録の名前) として扱われました。",
        zh: "TLS 正常；etcd 已把客户端当作某个用户，只是该用户名也可能并不存在。",
    },
    open: Phrase {
        en: "The text is the same for a user without a role and for a name that is no user.",
        ja: "ロールのないユーザーでも、存在しないユーザーでも同じ文言です。",
        zh: "对于没有角色的用户和不存在的用户，报错文字是一样的。",
    },
};

static LEARNER: Complaint = Complaint {
    kind: Kind::Fault,
    said: &["etcdserver: rpc not supported for learner"],
    only: None,
    causes: &[(Client, &["learner-endpoint"])],
    severity: None,
    decide: Decide::Members,
    what: Phrase {
        en: "The member is a learner and refuses this request",
        ja: "このメンバーは learner で、このリクエストを拒否しました",
        zh: "该成员是学习者 (learner)，拒绝了此请求",
    },
    proves: Phrase {
        en: "TLS works. A learner answers only status requests and serializable reads.",
        ja: "TLS は正常です。learner が答えるのは Status と直列化可能な読み取りだけです。",
        zh: "TLS 正常。学习者只应答 Status 和可串行化读取。",
    },
    open: Phrase {
        en: "It does not say whether the member has caught up and can be promoted.",
        ja: "このメンバーが追いついていて昇格できるかどうかはわかりません。",
        zh: "它没有说明该成员是否已追上进度、可以提升。",
    },
};

static BUSY: Complaint = Complaint {
    kind: Kind::Fault,
    said: &["etcdserver: too many requests"],
    only: None,
    causes: &[(Client, &["read-failed"])],
    severity: None,
    decide: Decide::Members,
    what: Phrase {
        en: "The member has more requests than it can apply and refuses new ones",
        ja: "適用しきれないリクエストが溜まっているため、メンバーは新しいリクエストを拒否しています",
        zh: "该成员积压的请求过多，拒绝新的请求",
    },
    proves: Phrase {
        en: "TLS works, and the member answered.",
        ja: "TLS は正常で、メンバーは応答しました。",
        zh: "TLS 正常，该成员作出了应答。",
    },
    open: Phrase {
        en: "It does not say whether the load is too high or the disk too slow.",
        ja: "負荷が高すぎるのか、ディスクが遅いのかはわかりません。",
        zh: "它没有说明是负载过高还是磁盘过慢。",
    },
};

static PEER_GONE: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "publish error: etcdserver: request timed out",
        "could not publish",
        "failed to publish local member",
    ],
    only: None,
    causes: &[
        (Client, &["no-leader", "peer-ca-mismatch"]),
        (PeerOut, &["no-leader", "peer-ca-mismatch"]),
    ],
    severity: None,
    decide: Decide::Members,
    what: Phrase {
        en: "This member cannot join: it finds no majority",
        ja: "このメンバーは参加できません。過半数が見つかりません",
        zh: "此成员无法加入：找不到过半数成员",
    },
    proves: Phrase {
        en: "The member runs, and its peers do not answer it.",
        ja: "メンバーは動いていますが、ピアが応答しません。",
        zh: "成员在运行，但其对等成员没有应答。",
    },
    open: Phrase {
        en: "It does not say why; the lines about the single peers do.",
        ja: "理由はわかりません。個々のピアについての行に書かれています。",
        zh: "它没有说明原因；原因在有关各个对等成员的日志行里。",
    },
};

/// What a member logs of the moment in which the leader was another one: requests are sent again, and the cluster goes on.
static PASSED: Complaint = Complaint {
    said: &[
        "etcdserver: leader changed",
        "took too long…etcdserver: request timed out",
        "took too long…etcdserver: no leader",
        "etcdserver: request timed out…took too long",
        "etcdserver: no leader…took too long",
    ],
    causes: &[(Client, &["no-leader", "slow-storage"])],
    severity: Some(Severity::Warning),
    ..LEADER
};

static LEADER: Complaint = Complaint {
    kind: Kind::Fault,
    said: &[
        "etcdserver: no leader",
        "RAFT NO LEADER",
        "etcdserver: request timed out, possibly due to",
        "no leader",
    ],
    only: Some(about_etcd),
    causes: &[(Client, &["no-leader"])],
    severity: None,
    decide: Decide::Members,
    what: Phrase {
        en: "The cluster has, or had, no leader",
        ja: "クラスターにリーダーがいません (またはいませんでした)",
        zh: "集群没有（或曾经没有）领导者",
    },
    proves: Phrase {
        en: "TLS works and the member answered, but a majority of members was not in touch.",
        ja: "TLS は動作し、メンバーは応答しましたが、過半数のメンバーが互いに通信できていません。",
        zh: "TLS 正常，成员也有应答，但能互相联系的成员没有过半数。",
    },
    open: Phrase {
        en: "It does not say whether members are down, their peer connections are refused, or a disk is slow.",
        ja: "メンバーの停止、ピア接続の拒否、ディスクの遅延のどれかはわかりません。",
        zh: "它没有说明是成员停止、对等连接被拒绝，还是磁盘过慢。",
    },
};

/// The words that are left when nothing is known of the leader (`ErrTimeout` in `server/etcdserver/errors`).
pub(in crate::logs) static WAITED: Complaint = Complaint {
    said: &[
        "etcdserver: request timed out",
        "timed out waiting for read index response",
        "timed out waiting for applied index",
        "QGET failed etcdserver",
    ],
    causes: &[(Client, &["no-leader", "slow-storage"])],
    what: Phrase {
        en: "A request was not carried out in time",
        ja: "リクエストが時間内に処理されませんでした",
        zh: "请求没有在时限内完成",
    },
    proves: Phrase {
        en: "TLS works and the member answered. The request waited for a leader, or for a disk or CPU that is too slow.",
        ja: "TLS は動作し、メンバーは応答しました。リクエストはリーダー、または遅いディスクや CPU を待っていました。",
        zh: "TLS 正常，成员也有应答。请求在等待领导者，或在等待太慢的磁盘或 CPU。",
    },
    open: Phrase {
        en: "It does not say which. Lines such as \"slow fdatasync\" or \"took too long\" near it tell that it was the disk or the CPU.",
        ja: "どちらかはわかりません。近くに slow fdatasync や took too long の行があれば、ディスクまたは CPU です。",
        zh: "它没有说明是哪一种。附近若有 slow fdatasync 或 took too long 的行，就是磁盘或 CPU。",
    },
    ..LEADER
};

fn about_etcd(text: &str) -> bool {
    text.contains("etcd") || text.contains("RAFT NO LEADER")
}
