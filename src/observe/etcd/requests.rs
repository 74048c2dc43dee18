//! What etcd answers over gRPC on the observed connection: status, alarms, a linearizable read, members.

use std::future::Future;

use etcd_client::{AlarmAction, AlarmType, Channel, Client, Error, ResponseHeader};
use tokio::time::{Instant, timeout_at};
use tower::util::BoxCloneSyncService;

use crate::observation::endpoint::{AuthSeen, EtcdSeen, GrpcError, MemberSeen, StatusSeen};
use crate::observe::wire::client::client_options;
use crate::observe::wire::credentials::Login;
use crate::observe::wire::exchange::PATIENCE;
use crate::observe::wire::http2::Http2;
use crate::observe::wire::http2::NotGrpc;

/// Who asks.
pub(crate) struct Caller<'a> {
    pub(crate) login: Option<&'a Login>,
    /// The user that etcd should take us for: that of the login, else the CN of our certificate.
    pub(crate) name: Option<String>,
}

/// Asks all at once; what is silent at the deadline is a timeout.
pub(crate) async fn ask(http2: &Http2, caller: &Caller<'_>, deadline: Instant) -> EtcdSeen {
    let login = caller.login;
    let channel = Channel::Custom(BoxCloneSyncService::new(http2.clone()));
    let connect = Client::from_channel(channel, client_options(login));
    let (client, login_seen) = match within(deadline, connect).await {
        Ok(client) => (client, login.map(|_| Ok(()))),
        Err(error) => {
            // Status needs no login, and is worth having all the same.
            let anonymous = Client::from_channel(
                Channel::Custom(BoxCloneSyncService::new(http2.clone())),
                None,
            );
            match within(deadline, anonymous).await {
                Ok(client) => (client, Some(Err(error))),
                Err(error) => return EtcdSeen { login: Some(Err(error)), ..EtcdSeen::default() },
            }
        }
    };
    let (mut maintenance, mut alarms) = (client.maintenance_client(), client.maintenance_client());
    let (mut kv, mut cluster) = (client.kv_client(), client.cluster_client());
    // Each member answers these two by itself: a serializable list is read from its own state.
    let own = async {
        tokio::join!(
            within(deadline, maintenance.status()),
            within(deadline, cluster.member_list()),
        )
    };
    let agreed = async {
        tokio::join!(
            within(deadline, alarms.alarm(AlarmAction::Get, AlarmType::None, None)),
            within(deadline, kv.get("health", None)),
        )
    };
    tokio::pin!(own, agreed);
    let ((status, members), (alarms, read)) = tokio::select! {
        (status, members) = &mut own => {
            // Without a leader a linearizable read hangs until someone gives up; the status has said why.
            let leaderless = status.as_ref().is_ok_and(|status| status.leader() == 0);
            let until = if leaderless { deadline.min(Instant::now() + PATIENCE) } else { deadline };
            let agreed = timeout_at(until, agreed).await;
            ((status, members), agreed.unwrap_or_else(|_| (Err(timed_out()), Err(timed_out()))))
        }
        agreed = &mut agreed => (own.await, agreed),
    };
    let own_user = match &read {
        Err(error) if is_refusal(error) => own_user(&client, caller, deadline).await,
        _ => None,
    };
    let not_grpc = http2.not_grpc();
    let blame = |error: GrpcError| of_answer(error, not_grpc.as_ref());
    EtcdSeen {
        status: Some(status.map(|answer| status_seen(&answer)).map_err(blame)),
        alarms: Some(alarms.map(|answer| alarm_names(&answer)).map_err(blame)),
        read: Some(read.map(|_| ()).map_err(blame)),
        members: Some(
            members.map(|answer| answer.members().iter().map(member_seen).collect()).map_err(blame),
        ),
        login: login_seen,
        own_user,
    }
}

/// Whether authentication is on and does not let us read: no rights, or no user at all (etcd
/// `server/auth/store.go`, `ErrPermissionDenied` and `ErrUserEmpty`).
fn is_refusal(error: &GrpcError) -> bool {
    error.code == "PermissionDenied" || error.message.contains("user name is empty")
}

/// Everybody may ask etcd about his own user.
async fn own_user(client: &Client, caller: &Caller<'_>, deadline: Instant) -> Option<AuthSeen> {
    let name = caller.name.clone()?;
    let answer = within(deadline, client.auth_client().user_get(name.clone())).await;
    Some(AuthSeen { name, roles: answer.map(|user| user.roles().to_vec()) })
}

pub(crate) async fn within<T>(
    deadline: Instant,
    call: impl Future<Output = Result<T, Error>>,
) -> Result<T, GrpcError> {
    match timeout_at(deadline, call).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) => Err(grpc_error(error)),
        Err(_) => Err(timed_out()),
    }
}

fn timed_out() -> GrpcError {
    GrpcError { code: "Timeout".to_owned(), ..GrpcError::default() }
}

pub(crate) fn grpc_error(error: Error) -> GrpcError {
    match error {
        Error::GRpcStatus(status) => GrpcError {
            code: format!("{:?}", status.code()),
            message: status.message().to_owned(),
            ..GrpcError::default()
        },
        other => GrpcError {
            code: "Unknown".to_owned(),
            message: other.to_string(),
            ..GrpcError::default()
        },
    }
}

/// An error on a connection that answers calls with something else than gRPC is that answer's.
fn of_answer(error: GrpcError, not_grpc: Option<&NotGrpc>) -> GrpcError {
    match not_grpc {
        Some(answer) => GrpcError {
            http_status: Some(answer.status),
            content_type: answer.content_type.clone(),
            ..error
        },
        None => error,
    }
}

fn status_seen(answer: &etcd_client::StatusResponse) -> StatusSeen {
    let header = answer.header();
    StatusSeen {
        version: answer.version().to_owned(),
        member_id: header.map(|header| hex(header.member_id())).unwrap_or_default(),
        cluster_id: header.map(|header| hex(header.cluster_id())).unwrap_or_default(),
        leader: hex(answer.leader()),
        db_size_bytes: answer.db_size(),
        db_size_in_use_bytes: answer.raft_used_db_size(),
        is_learner: answer.is_learner(),
        raft_term: answer.raft_term(),
        raft_index: answer.raft_index(),
        raft_applied_index: answer.raft_applied_index(),
        revision: header.map(ResponseHeader::revision).unwrap_or_default(),
        errors: answer.errors().to_vec(),
    }
}

fn alarm_names(answer: &etcd_client::AlarmResponse) -> Vec<String> {
    let name = |alarm: AlarmType| match alarm {
        AlarmType::None => "NONE".to_owned(),
        AlarmType::Nospace => "NOSPACE".to_owned(),
        AlarmType::Corrupt => "CORRUPT".to_owned(),
    };
    answer.alarms().iter().map(|member| name(member.alarm())).collect()
}

fn member_seen(member: &etcd_client::Member) -> MemberSeen {
    MemberSeen {
        id: hex(member.id()),
        name: member.name().to_owned(),
        peer_urls: member.peer_urls().to_vec(),
        client_urls: member.client_urls().to_vec(),
        is_learner: member.is_learner(),
    }
}

/// Ids as etcdctl prints them.
fn hex(id: u64) -> String {
    format!("{id:x}")
}
