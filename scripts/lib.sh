# Sourced by the scripts beside it: brings a fresh machine to where they can run. Quick when nothing is missing.
# shellcheck shell=bash

set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH="$PWD/.venv/bin:$PATH" PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=

say() { if [ -t 2 ] && [ -z "${NO_COLOR:-}" ]; then printf '\033[1m== %s\033[0m\n' "$*"; else printf '== %s\n' "$*"; fi >&2; }
die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

# help "$@" <<TEXT: prints TEXT and ends when the first argument asks for it.
help() {
    case ${1:-} in -h | --help) cat; exit 0 ;; esac
}

find_python() {
    local python
    for python in python3 python3.{11..15}; do
        # Not the one of .venv: it may be about to be replaced.
        python=$(PATH=${PATH#"$PWD/.venv/bin:"} type -P "$python") || continue
        "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo "$python" && return
    done
    return 1
}

find_postgresql() { # as tests/support/postgres.py does
    [ -n "${ROOMKEEPER_POSTGRES:-}" ] || type -P initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null
}

missing_packages() { # what of prosody, luacheck, node, postgresql is wanted and not there, as names of Debian packages
    local want python
    python=$(find_python) || echo python3
    "${python:-python3}" -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
    for want; do
        case $want in
            prosody) type -P "${ROOMKEEPER_PROSODY:-prosody}" >/dev/null || echo prosody ;;
            luacheck) type -P luacheck >/dev/null || echo lua-check ;;
            postgresql) find_postgresql || echo postgresql ;;
            node)
                type -P node >/dev/null || echo nodejs
                type -P npm >/dev/null || echo npm
                ;;
        esac
    done
}

install_packages() { # by apt; fails where that is not possible
    local sudo=() guard= service
    type -P apt-get >/dev/null || return 1
    if [ "$(id -u)" != 0 ]; then
        type -P sudo >/dev/null || return 1
        sudo=(sudo)
    fi
    say "Installing system packages by ${sudo[*]:+sudo }apt-get: $*"
    "${sudo[@]}" true || return 1
    if [[ " $* " == *" prosody "* || " $* " == *" postgresql "* ]] && [ ! -e /usr/sbin/policy-rc.d ]; then
        # These packages start their services, which nobody asked for: Debian's own way to say no.
        guard=/usr/sbin/policy-rc.d
        printf '#!/bin/sh\nexit 101\n' | "${sudo[@]}" tee $guard >/dev/null
        "${sudo[@]}" chmod 755 $guard
    fi
    local result=0 log
    log=$(mktemp)
    {
        "${sudo[@]}" apt-get update -qq &&
            "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive \
                apt-get install -qq -y --no-install-recommends -o DPkg::Lock::Timeout=300 "$@" </dev/null
    } >"$log" 2>&1 || { result=1; cat "$log" >&2; }
    rm -f "$log"
    [ -z "$guard" ] || "${sudo[@]}" rm -f $guard
    for service in prosody postgresql; do
        if [ $result = 0 ] && [[ " $* " == *" $service "* ]] && type -P systemctl >/dev/null; then
            "${sudo[@]}" systemctl disable --quiet $service >/dev/null 2>&1 || true
            say "The system's $service service is left off; our scripts start servers of their own"
        fi
    done
    return $result
}

explain_missing() {
    cat >&2 <<TEXT
Not found, and not to be installed from here: $*
Install it by your system's package manager, as root, and start again. Prosody (0.12 or newer) may also stand anywhere:
name its program in ROOMKEEPER_PROSODY; so may PostgreSQL (15 or newer): name the folder of its programs in
ROOMKEEPER_POSTGRES. Node.js (18 or newer, with npm) runs an OpenID Provider for tests. Python must be 3.11 or newer, with
its venv module.
TEXT
}

set_up_system() { # needs: prosody, luacheck, node, postgresql
    local missing
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} = 0 ] && return
    install_packages "${missing[@]}" || true
    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} = 0 ] && return
    explain_missing "${missing[@]}"
    case " ${missing[*]} " in *" python3"*) exit 1 ;; esac
    [ "${CI:-}" != true ] || exit 1
}

set_up_python() {
    local python stamp requirement
    python=$(find_python)
    stamp=$({ cat setup.cfg pyproject.toml; echo "$PWD"; "$python" -V; } | sha256sum)
    [ "$(cat .venv/stamp 2>/dev/null)" = "$stamp" ] && return
    say "Installing Python packages into .venv"
    rm -rf .venv
    "$python" -m venv .venv
    .venv/bin/python -m pip install --quiet --editable '.[dev]'
    .venv/bin/python - <<'PYTHON' | while read -r requirement; do
import configparser
setup = configparser.ConfigParser()
setup.read("setup.cfg")
print(setup["options.extras_require"]["speed"].strip())
PYTHON
        .venv/bin/python -m pip install --quiet --only-binary :all: "$requirement" </dev/null 2>/dev/null ||
            say "$requirement has no build for this machine: going on without it, slower"
    done
    echo "$stamp" >.venv/stamp
}

# set_up NEEDS…: prosody, luacheck, postgresql and node (with npm) are what a script may need beside Python.
set_up() {
    # One at a time: the folder itself is the lock.
    { flock 9; set_up_system "$@"; set_up_python; } 9<.
}
