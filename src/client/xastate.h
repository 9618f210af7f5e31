// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

namespace QAsyncMySql::Internal {

/*!
    Whether a session may have a transaction of XA that is neither committed nor rolled back. The
    server's status does not tell, and COM_RESET_CONNECTION leaves one that is prepared behind with its
    locks; so the statements do.
*/
class XaState
{
public:
    //! \a sql has been run, and \a succeeded or not.
    void note(const QString &sql, bool multiStatements, bool succeeded);
    bool isOpen() const noexcept { return m_open; }

private:
    bool m_open = false;
};

} // namespace QAsyncMySql::Internal
