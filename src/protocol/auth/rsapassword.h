// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/fault.h"

#include <QAsyncMySql/secret.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

namespace QAsyncMySql::Protocol {

/*!
    The password, NUL-terminated and XORed with the challenge, encrypted by RSA with OAEP for the
    public key in \a pem. On a fault the result is null. Keys other than RSA of 2048 to 8192 bits are
    refused.
*/
QByteArray rsaEncryptPassword(QByteArrayView pem, QByteArrayView challenge, const Secret &password,
                              Fault &fault);

} // namespace QAsyncMySql::Protocol
