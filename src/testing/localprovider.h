// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "testing/nativeprovider.h"

namespace QAsyncMySql::Internal {

//! The mariadbd or mysqld that is installed on this machine.
class LocalProvider final : public NativeProvider
{
public:
    using NativeProvider::NativeProvider;
    QString name() const override { return QStringLiteral("local"); }

protected:
    ServerInstallation findInstallation(QString *reason) override;
};

} // namespace QAsyncMySql::Internal
