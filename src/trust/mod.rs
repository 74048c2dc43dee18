//! What Go's crypto/x509 and etcd would decide about a chain, and why. Pure: no files, no network, no clock.
