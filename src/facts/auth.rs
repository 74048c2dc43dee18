//! What etcd's own authentication makes of this client: behind TLS, and told apart only by asking for one's own user.
//!
//! etcd `server/auth/store.go`: with `--client-cert-auth` the CN of a verified certificate is the user's name; a token
//! from a login goes before it. Through the gRPC gateway and grpc-proxy the CN doesn't count.

use super::{Endpoint, Facts, Subject};
use crate::{
    observation::endpoint::{AuthSeen, GrpcError},
    x509::Certificate,
};

/// Why etcd's authentication keeps this client from reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthFault {
    /// The name or the password of `--user` is wrong.
    LoginFailed,
    /// The certificate has a CN, and etcd takes no user from it.
    CnIgnored,
    /// etcd knows no such user, or was given none.
    UserMissing,
    /// The user has no role at all.
    NoRole,
}

impl Endpoint<'_> {
    /// What authentication holds against this client; `None` when it is off, or lets it do what it may.
    pub fn auth_fault(&self, facts: &Facts<'_>) -> Option<AuthFault> {
        let etcd = self.seen.etcd.as_ref()?;
        if self.login_error().is_some() {
            return Some(AuthFault::LoginFailed);
        }
        let refused = etcd.read.as_ref()?.as_ref().err()?;
        let cn = facts.client.leaf().and_then(Certificate::common_name);
        if refused.message.contains("user name is empty") {
            let named = cn.is_some_and(|cn| !cn.is_empty());
            return Some(if named { AuthFault::CnIgnored } else { AuthFault::UserMissing });
        }
        let Some(user) = self.own_user() else {
            // Without a CN there is no name to ask for, nor one that etcd could know.
            return (refused.code == "PermissionDenied").then_some(AuthFault::UserMissing);
        };
        match &user.roles {
            Ok(roles) => roles.is_empty().then_some(AuthFault::NoRole),
            Err(error) if error.message.contains("user name not found") => {
                Some(AuthFault::UserMissing)
            }
            Err(_) => None,
        }
    }

    /// Why the login was refused; that authentication is off is no reason.
    pub fn login_error(&self) -> Option<&GrpcError> {
        let error = self.seen.etcd.as_ref()?.login.as_ref()?.as_ref().err()?;
        (error.code == "InvalidArgument" || error.message.contains("authentication failed"))
            .then_some(error)
    }

    /// Our own user, where etcd was asked about it.
    pub fn own_user(&self) -> Option<&AuthSeen> {
        self.seen.etcd.as_ref()?.own_user.as_ref()
    }

    /// etcd's words when it refused a read.
    pub fn read_error(&self) -> Option<&GrpcError> {
        self.seen.etcd.as_ref()?.read.as_ref()?.as_ref().err()
    }
}

impl<'a> Facts<'a> {
    /// The endpoints at which authentication holds this against us.
    pub fn unauthorised(&self, fault: AuthFault) -> impl Iterator<Item = &Endpoint<'a>> {
        self.endpoints.iter().filter(move |endpoint| endpoint.auth_fault(self) == Some(fault))
    }

    /// Who gives our user name: `--user`, else the file of `--cert`, else nothing does.
    pub fn user_giver(&self) -> Option<Subject> {
        let target = &self.observation.target;
        let user = target.user.as_ref().map(|_| Subject::Flag("--user".to_owned()));
        user.or_else(|| self.client.cert.map(|cert| Subject::File(cert.to_owned())))
    }
}
