# shellcheck shell=bash
# What scripts/demo, scripts/test and .ci/run need on a fresh Debian machine with a Rust toolchain. Sourced by them.
# Installs what is missing and only that; says so first; stops with the command to type where it can't.

bold='' plain=''
if [[ -t 1 && -t 2 && -z ${NO_COLOR:-} ]]; then bold=$'\e[1m' plain=$'\e[0m'; fi

say() { echo "$bold==> $*$plain" >&2; }

stop() { # MESSAGE [COMMAND TO TYPE]
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  [[ $# -lt 2 ]] || printf 'Type this, then run %s again:\n\n    %s\n\n' "$0" "$2" >&2
  exit 3
}

oldest_rust=1.88

need_rust() {
  local version
  command -v cargo >/dev/null || stop "there is no Rust toolchain (cargo) on PATH" \
    "apt-get install rustup && rustup default stable"
  version=$(cargo --version | cut -d' ' -f2)
  [[ $(printf '%s\n' "$oldest_rust" "$version" | sort -V | head -n 1) == "$oldest_rust" ]] ||
    stop "cargo $version is too old: at least $oldest_rust is needed" "rustup update stable"
}

need_rust_components() { # COMPONENT …, as rustup names them; each comes with cargo's command of the same name
  local component missing=()
  for component in "$@"; do
    cargo "${component#rust}" --version >/dev/null 2>&1 || missing+=("$component")
  done
  [[ ${#missing[@]} -gt 0 ]] || return 0
  command -v rustup >/dev/null || stop "this toolchain lacks ${missing[*]}" "apt-get install rustup"
  say "installing with rustup: ${missing[*]}"
  rustup component add "${missing[@]}" </dev/null >&2 ||
    stop "rustup could not add ${missing[*]}" "rustup component add ${missing[*]}"
}

links_c() { echo 'int main(void) { return 0; }' | cc -x c -o /dev/null - 2>/dev/null; }

# etcd's protocol imports Google's own messages, which Debian ships apart from the compiler.
compiles_protocols() { protoc -o/dev/null google/protobuf/descriptor.proto 2>/dev/null; }

need_packages() { # TOOL …: cc (for aws-lc), protoc (for etcd-client), or a command that Debian packages under its own name
  local tool missing=() sudo=()
  for tool in "$@"; do
    case $tool in
      cc) links_c || missing+=(gcc libc6-dev) ;;
      protoc) compiles_protocols || missing+=(protobuf-compiler libprotobuf-dev) ;;
      *) command -v "$tool" >/dev/null || missing+=("$tool") ;;
    esac
  done
  [[ ${#missing[@]} -gt 0 ]] || return 0
  local install="apt-get install --no-install-recommends -y ${missing[*]}"
  command -v apt-get >/dev/null || stop "missing: ${missing[*]} (Debian's names), and there is no apt-get here" \
    "install ${missing[*]} with this system's package manager"
  if [[ $(id -u) -ne 0 ]]; then
    # -n: a script must not sit at a password prompt that nobody sees.
    sudo -n true 2>/dev/null || stop "missing: ${missing[*]}; installing them needs root" "sudo $install"
    sudo=(sudo -n)
  fi
  say "installing Debian packages: ${missing[*]}"
  "${sudo[@]}" apt-get update -qq </dev/null >&2 || stop "apt-get update failed" "apt-get update"
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends -y \
    "${missing[@]}" </dev/null >&2 || stop "apt-get could not install ${missing[*]}" "$install"
}

# Prints the path of a tool that comes from the crates registry: built once a version, under target.
registry_tool() { # CRATE VERSION [CARGO FLAG …]
  local crate=$1 version=$2 root=${CARGO_TARGET_DIR:-target}/$1
  if [[ $("$root/bin/$crate" --version 2>/dev/null || true) != "$crate "*"$version" ]]; then
    cargo install "$crate" --quiet --locked --version "$version" --root "$root" "${@:3}" </dev/null >&2
  fi
  echo "$root/bin/$crate"
}

# Where unpacked and built etcd releases are kept; the tests look there too.
etcd_store() { echo "${CARGO_TARGET_DIR:-target}/etcd"; }

# Prints the version of an etcd binary, such as 3.4.23; nothing if it doesn't run.
etcd_version() { # BINARY
  { "$1" --version 2>/dev/null || true; } | sed -n "s/^etcd Version: //p"
}
