//! What the record of certificates says of itself.

messages! { LedgerMessage, "What the record of certificates says of itself.";
    NoAnswer { endpoint }: "{endpoint}: no answer", "{endpoint}: 応答がありません", "{endpoint}：没有应答";
}
