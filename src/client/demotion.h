// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/error.h>

namespace QAsyncMySql::Internal {

/*! The server refuses for a reason that may be that it is no longer the primary, or of no use at all. Most of
   these numbers have other reasons, too. */
inline bool mayBeDemotion(const Error &error)
{
    if (error.kind() != Error::Kind::Server)
        return false;
    switch (error.code()) {
    case 1047: // ER_UNKNOWN_COM_ERROR: a node of Galera that is not ready
    case 1290: // ER_OPTION_PREVENTS_STATEMENT: read_only, super_read_only, and others
    case 1792: // ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION
    case 1836: // ER_READ_ONLY_MODE
    case 3100: // ER_RUN_HOOK_ERROR: a group that has lost its majority, at commit
    case 3101: // ER_TRANSACTION_ROLLBACK_DURING_COMMIT of the same
        return true;
    default:
        return false;
    }
}

} // namespace QAsyncMySql::Internal
