//! What the certificate authority did, left out or refused.

messages! { CaMessage, "What the certificate authority did, left out or refused.";
    Dropped { what }: "dropped {what}, which the request asks for", "CSR で要求された {what} は取り除きました", "已去掉 CSR 所请求的 {what}";
}
