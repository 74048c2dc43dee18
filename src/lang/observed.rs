//! What an observation says in English, told in the reader's language.
//!
//! Observations and saved cases hold one language, so that a case reads the same everywhere; a report translates these sentences where it
//! shows them. What is not in the table (the system's own words, say) is shown as it is.

use std::borrow::Cow;

use super::{Lang, verdicts};

/// English, Japanese, Chinese; `{}` stands for whatever the sentence is about.
const SENTENCES: &[[&str; 3]] = &[
    ["no answer in time", "時間内に応答がありませんでした", "超时无应答"],
    ["{}: no answer in time", "{}: 時間内に応答がありませんでした", "{}：超时无应答"],
    ["{}: no answer", "{}: 応答がありません", "{}：没有应答"],
    ["connection refused", "接続が拒否されました", "连接被拒绝"],
    ["{}: connection refused", "{}: 接続が拒否されました", "{}：连接被拒绝"],
    ["connection reset", "接続がリセットされました", "连接被重置"],
    ["{}: connection reset", "{}: 接続がリセットされました", "{}：连接被重置"],
    ["closed without an answer", "応答なしで切断されました", "未应答即断开"],
    ["plaintext HTTP", "平文の HTTP です", "明文 HTTP"],
    ["no TLS", "TLS ではありません", "没有使用 TLS"],
    ["no handshake was tried", "ハンドシェイクは試していません", "没有尝试握手"],
    ["no handshake in time", "時間内にハンドシェイクが終わりませんでした", "握手超时"],
    ["no certificate was presented", "証明書が提示されませんでした", "没有出示证书"],
    ["the server sent the alert {}", "サーバーがアラート {} を送りました", "服务器发来警报 {}"],
    ["the server closed the connection", "サーバーが接続を閉じました", "服务器关闭了连接"],
    [
        "the server closed the connection without an alert",
        "サーバーがアラートなしで接続を閉じました",
        "服务器未发警报即关闭连接",
    ],
    ["the server reset the connection", "サーバーが接続をリセットしました", "服务器重置了连接"],
    ["what answers does not speak TLS", "応答しているのは TLS ではありません", "应答方不使用 TLS"],
    [
        "etcd itself: the server is not trusted",
        "etcd 自体: サーバーを信頼できません",
        "etcd 本身：服务器不受信任",
    ],
    ["presenting the client certificate: {}", "クライアント証明書の提示: {}", "出示客户端证书：{}"],
    ["certificate or key can't be read", "証明書または鍵を読めません", "证书或私钥无法读取"],
    [
        "the key doesn't belong to the certificate",
        "鍵が証明書と対になっていません",
        "私钥与证书不匹配",
    ],
    ["not tried: {}", "試していません: {}", "未尝试：{}"],
    ["it is empty", "空です", "内容为空"],
    ["it contains white space", "空白が含まれています", "含有空白字符"],
    [
        "the scheme {} is none of http, https, unix, unixs",
        "スキーム {} は http、https、unix、unixs のどれでもありません",
        "协议 {} 不是 http、https、unix、unixs 之一",
    ],
    [
        "{} follows the address; an endpoint has no path",
        "アドレスの後に {} があります。エンドポイントにパスは指定できません",
        "地址之后有 {}；端点不应带路径",
    ],
    [
        "it holds a user name; use --user",
        "ユーザー名が含まれています。--user を使ってください",
        "含有用户名；请使用 --user",
    ],
    ["`[` is never closed", "`[` が閉じられていません", "`[` 没有闭合"],
    ["{} is no IPv6 address", "{} は IPv6 アドレスではありません", "{} 不是 IPv6 地址"],
    ["the port is missing", "ポートがありません", "缺少端口"],
    ["an IPv6 address needs brackets", "IPv6 アドレスには角括弧が必要です", "IPv6 地址需要方括号"],
    ["the host is missing", "ホストがありません", "缺少主机"],
    ["{} can't stand in a host name", "{} はホスト名に使えません", "{} 不能出现在主机名中"],
    [
        "{} is no port from 1 to 65535",
        "{} は 1 から 65535 のポート番号ではありません",
        "{} 不是 1 到 65535 之间的端口",
    ],
    [
        "an unspecified address leads clients to themselves",
        "未指定アドレスでは、クライアントは自分自身に接続してしまいます",
        "未指定地址（如 0.0.0.0）会让客户端连到自己",
    ],
    [
        "a loopback address leads clients to themselves",
        "ループバックアドレスでは、クライアントは自分自身に接続してしまいます",
        "回环地址会让客户端连到自己",
    ],
    ["without content type", "Content-Type なし", "没有 Content-Type"],
    [
        "a gRPC call is answered with {}",
        "gRPC の呼び出しに {} が返りました",
        "gRPC 调用得到的应答是 {}",
    ],
    [
        "no such file or directory",
        "そのようなファイルやディレクトリはありません",
        "没有那个文件或目录",
    ],
    ["found in {}", "{} で見つかりました", "在 {} 中找到"],
    ["member list of {}", "{} のメンバー一覧", "{} 的成员列表"],
    ["is a directory", "ディレクトリです", "是一个目录"],
    ["is not a directory", "ディレクトリではありません", "不是目录"],
    ["is no regular file", "通常のファイルではありません", "不是普通文件"],
    ["is no regular file but a {}", "通常のファイルではありません ({})", "不是普通文件（{}）"],
    [
        "a passphrase protects it, and neither etcd nor etcdctl can ask for one",
        "パスフレーズで保護されています。etcd も etcdctl もパスフレーズを入力できません",
        "受口令保护，而 etcd 和 etcdctl 都无法输入口令",
    ],
    [
        "larger than any TLS peer takes",
        "どの TLS 実装でも使えない大きさです",
        "超出任何 TLS 实现可接受的长度",
    ],
    [
        "its numbers do not belong together",
        "鍵を構成する数値が互いに整合していません",
        "私钥中的数值互不对应",
    ],
    ["it does not name its curve", "曲線が指定されていません", "没有指明曲线"],
    [
        "its number is out of the curve's range",
        "数値が曲線の範囲を超えています",
        "数值超出曲线范围",
    ],
    [
        "no PKCS#1, PKCS#8 or SEC1 private key",
        "PKCS#1、PKCS#8、SEC1 のどの秘密鍵でもありません",
        "不是 PKCS#1、PKCS#8 或 SEC1 私钥",
    ],
    ["{} is not for TLS in Go", "{} は Go の TLS では使えません", "Go 的 TLS 不支持 {}"],
    ["Go's TLS has no DSA", "Go の TLS は DSA に対応していません", "Go 的 TLS 不支持 DSA"],
    [
        "the stream ended before its first block",
        "最初のブロックの前にストリームが終わりました",
        "数据流在第一个数据块之前就结束了",
    ],
    [
        "no further block came in 30 s",
        "30 秒間、次のブロックが届きませんでした",
        "30 秒内没有收到下一个数据块",
    ],
];

/// The sentence in one language; as it is where it is not known.
pub fn observed(sentence: &str, lang: Lang) -> Cow<'_, str> {
    let mut known = SENTENCES.iter().chain(verdicts::SENTENCES);
    let known = known.find_map(|known| Some((known, about(known[0], sentence)?)));
    let (into, about) = match (lang, known) {
        (Lang::En, _) | (_, None) => return Cow::Borrowed(sentence),
        (Lang::Ja, Some((known, about))) => (known[1], about),
        (Lang::Zh, Some((known, about))) => (known[2], about),
    };
    Cow::Owned(into.replace("{}", &observed(about, lang)))
}

/// What stands in the place of `{}`; nothing where a sentence is another one.
fn about<'s>(pattern: &str, sentence: &'s str) -> Option<&'s str> {
    match pattern.split_once("{}") {
        None => (pattern == sentence).then_some(""),
        Some((before, after)) => sentence.strip_prefix(before)?.strip_suffix(after),
    }
}

#[cfg(test)]
mod tests {
    use super::{Lang, SENTENCES, observed, verdicts};

    #[test]
    fn sentences_are_told_with_what_they_are_about() {
        let told = |sentence, lang| observed(sentence, lang).into_owned();
        assert_eq!(
            told("10.0.0.1:2379: connection refused", Lang::Zh),
            "10.0.0.1:2379：连接被拒绝"
        );
        let nested = "presenting the client certificate: the key doesn't belong to the certificate";
        assert_eq!(
            told(nested, Lang::Ja),
            "クライアント証明書の提示: 鍵が証明書と対になっていません"
        );
        assert_eq!(told("the port is missing", Lang::En), "the port is missing");
        assert_eq!(
            told("Network is unreachable (os error 101)", Lang::Ja),
            "Network is unreachable (os error 101)"
        );
    }

    #[test]
    fn what_a_sentence_is_about_is_kept_in_every_language() {
        for [en, ja, zh] in SENTENCES.iter().chain(verdicts::SENTENCES) {
            let holes = [en, ja, zh].map(|text| text.matches("{}").count());
            assert!(holes.iter().all(|count| *count == holes[0]), "{en}");
            assert!(en != ja && en != zh && ja != zh, "{en}");
        }
    }
}
