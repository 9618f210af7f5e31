// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

namespace QAsyncMySql::Internal {

class PoolCore;

/*! Has PoolCore::programExits() called when the program ends by std::exit(), which destroys no pool, and runs
    no post routine of the application. \a encrypted: the pool has connections over TLS, whose library must
   not have been cleaned up by then. Again does no harm. */
void watchProgramExit(const std::weak_ptr<PoolCore> &pool, bool encrypted);

} // namespace QAsyncMySql::Internal
