//! The users and groups of the machine that is looked at, by its own files: passwd(5), group(5).

use std::path::Path;

use super::{Disk, read_text};

/// A user and the groups that it has.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) uid: u32,
    /// Its own group first, then those that list it as a member.
    pub(super) gids: Vec<u32>,
    pub(super) home: String,
}

/// A user by name or number; `None` if the machine doesn't have it.
pub(super) fn account(user: &str, disk: &Disk) -> Option<Account> {
    let passwd = lines("/etc/passwd", disk);
    let fields = passwd.iter().find(|fields| fields.first().is_some_and(|name| name == user));
    let fields = fields
        .or_else(|| passwd.iter().find(|fields| fields.get(2).is_some_and(|uid| uid == user)));
    let Some(fields) = fields else {
        let uid = user.parse().ok()?;
        return Some(Account { uid, gids: Vec::new(), home: "/".to_owned() });
    };
    let (name, own) = (fields.first()?, fields.get(3)?.parse().ok()?);
    let groups = lines("/etc/group", disk);
    let lists = |group: &&Vec<String>| {
        group.get(3).is_some_and(|members| members.split(',').any(|one| one == name))
    };
    let others = groups.iter().filter(lists).filter_map(|group| group.get(2)?.parse().ok());
    Some(Account {
        uid: fields.get(2)?.parse().ok()?,
        gids: std::iter::once(own).chain(others.filter(|gid| *gid != own)).collect(),
        home: fields.get(5).cloned().unwrap_or_default(),
    })
}

/// A group by name or number.
pub(super) fn group(name: &str, disk: &Disk) -> Option<u32> {
    name.parse().ok().or_else(|| {
        let groups = lines("/etc/group", disk);
        groups
            .iter()
            .find(|group| group.first().is_some_and(|known| known == name))?
            .get(2)?
            .parse()
            .ok()
    })
}

fn lines(path: &str, disk: &Disk) -> Vec<Vec<String>> {
    let text = read_text(Path::new(&disk.path(path))).unwrap_or_default();
    text.lines().map(|line| line.split(':').map(str::to_owned).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_and_groups_are_those_of_the_machine() {
        let root = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            std::fs::create_dir_all(root.path().join("etc")).unwrap();
            std::fs::write(root.path().join("etc").join(name), text).unwrap();
        };
        write("passwd", "root:x:0:0::/root:/bin/sh\netcd:x:998:997::/var/lib/etcd:/sbin/nologin\n");
        write("group", "root:x:0:\netcd:x:997:\nssl-cert:x:110:www,etcd\n");
        let disk = Disk::new(Some(root.path().to_owned()));
        let etcd = Account { uid: 998, gids: vec![997, 110], home: "/var/lib/etcd".to_owned() };
        assert_eq!(account("etcd", &disk).as_ref(), Some(&etcd));
        assert_eq!(account("998", &disk), Some(etcd));
        let unlisted = Account { uid: 65_532, gids: Vec::new(), home: "/".to_owned() };
        assert_eq!(account("65532", &disk), Some(unlisted));
        assert_eq!(account("nobody-here", &disk), None);
        assert_eq!((group("ssl-cert", &disk), group("7", &disk)), (Some(110), Some(7)));
    }
}
