# shellcheck shell=bash
# Everything that the commands in setup/ share.
# shellcheck source=setup/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=setup/lib/debian.sh
. "$REPO/setup/lib/debian.sh"
# shellcheck source=setup/lib/python.sh
. "$REPO/setup/lib/python.sh"
# shellcheck source=setup/lib/odoo.sh
. "$REPO/setup/lib/odoo.sh"
# shellcheck source=setup/lib/postgres.sh
. "$REPO/setup/lib/postgres.sh"
# shellcheck source=setup/lib/database.sh
. "$REPO/setup/lib/database.sh"
# shellcheck source=setup/lib/server.sh
. "$REPO/setup/lib/server.sh"
# shellcheck source=setup/lib/node.sh
. "$REPO/setup/lib/node.sh"
# shellcheck source=setup/lib/selection.sh
. "$REPO/setup/lib/selection.sh"
