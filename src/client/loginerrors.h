// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/connectoptions.h>
#include <QAsyncMySql/error.h>

namespace QAsyncMySql::Internal {

//! \a error of a login, with what can be done about it behind the server's words.
Error explainLogin(const Error &error);

} // namespace QAsyncMySql::Internal
