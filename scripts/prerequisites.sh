# Sourced by ./failover and ./check: installs what a build needs and this machine lacks.
# Everything is said on standard error; nothing is installed silently.

say() { printf 'failover: %s\n' "$*" >&2; }

# 69 is EX_UNAVAILABLE of sysexits(3): a person has to provide something first.
unavailable() { say "$*"; exit 69; }

# Runs a line of shell as root: as it is, or through sudo if that can work; else says the line.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        say "running: $1"
        sh -c "$1" >&2 || unavailable "that failed; run it by hand, then try again"
    elif command -v sudo >/dev/null 2>&1 && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        say "running with sudo: $1"
        sudo sh -c "$1" >&2 || unavailable "that failed; run it as root, then try again"
    else
        unavailable "run this as root, then try again: $1"
    fi
}

has_libyaml() {
    for folder in /usr/include /usr/local/include; do
        [ -e "$folder/yaml.h" ] && return 0
    done
    return 1
}

require_libyaml() {
    if has_libyaml; then return 0; fi
    say "libyaml's header is missing; it reads the plans"
    case $(uname -s) in
    FreeBSD)
        as_root 'pkg install -y libyaml pkgconf'
        ;;
    *)
        command -v apt-get >/dev/null 2>&1 ||
            unavailable "install the development files of libyaml (yaml.h), then try again"
        # Another apt may be at work, as unattended upgrades are after a boot.
        as_root "apt-get update; DEBIAN_FRONTEND=noninteractive apt-get install -y \
--no-install-recommends -o DPkg::Lock::Timeout=300 libyaml-dev"
        ;;
    esac
    has_libyaml || unavailable "libyaml is installed, but its yaml.h is nowhere to be found"
}

require_swift() {
    if ! command -v swift >/dev/null 2>&1; then
        [ "$(uname -s)" != FreeBSD ] ||
            unavailable "no Swift tool chain on PATH; build on Linux, and copy the one file that comes \
of it (docs/freebsd.md), or put one of 6.2 or later on PATH"
        unavailable "no Swift tool chain on PATH; install 6.2 or later from https://swift.org/install"
    fi
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9]*\)\.\([0-9]*\).*/\1 \2/p')
    # shellcheck disable=SC2086 # two words on purpose
    set -- ${version:-0 0}
    if [ "$1" -lt 6 ] || { [ "$1" -eq 6 ] && [ "$2" -lt 2 ]; }; then
        unavailable "Swift $1.$2 is too old; install 6.2 or later from https://swift.org/install"
    fi
}
