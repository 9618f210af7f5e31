// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

QT_BEGIN_NAMESPACE
class QSslCertificate;
QT_END_NAMESPACE

namespace QAsyncMySql::Transport {

//! \a certificate in a few words, for errors: its subject, its issuer, and how long it is valid.
QString describe(const QSslCertificate &certificate);

} // namespace QAsyncMySql::Transport
