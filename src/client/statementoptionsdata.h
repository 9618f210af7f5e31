// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/statementoptions.h>

#include <QtCore/QSharedData>

#include <memory>

namespace QAsyncMySql {

namespace Internal {
class PreparedHandle;
}

//! What StatementOptions holds.
class StatementOptionsData : public QSharedData
{
public:
    //! \a options with the statement of \a handle in the place of the cache's.
    static StatementOptions withHandle(const StatementOptions &options,
                                       std::shared_ptr<Internal::PreparedHandle> handle);
    static std::shared_ptr<Internal::PreparedHandle> handle(const StatementOptions &options);

    std::shared_ptr<Internal::PreparedHandle> prepared;
    std::chrono::milliseconds timeout{0};
    LocalInfile localInfile;
    Parameters attributes;
    int fetchSize = 0;
    bool multiStatements = false;
    bool warnings = false;
    ServerAccess serverAccess = ServerAccess::ReadWrite;
};

} // namespace QAsyncMySql
