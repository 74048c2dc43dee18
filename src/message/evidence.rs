//! What a finding shows in words of ours.

messages! { EvidenceMessage, "What a finding shows in words of ours.";
    Bytes { bytes }: "{bytes} bytes", "{bytes} バイト", "{bytes} 字节";
    IssuedBy { subject, issuer }: "{subject}, issued by {issuer}", "{subject} (発行者 {issuer})", "{subject}（颁发者 {issuer}）";
}
