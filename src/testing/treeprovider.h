// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "testing/nativeprovider.h"

namespace QAsyncMySql::Internal {

//! A server that lies unpacked in the cache (or where the options say) and is run in place, with its own
//! libraries.
class TreeProvider final : public NativeProvider
{
public:
    using NativeProvider::NativeProvider;
    QString name() const override { return QStringLiteral("tree"); }

protected:
    ServerInstallation findInstallation(QString *reason) override;
};

} // namespace QAsyncMySql::Internal
