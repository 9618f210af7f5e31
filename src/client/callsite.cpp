// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/callsite.h>

namespace QAsyncMySql {

QString CallSite::toString() const
{
    if (!isValid())
        return {};
    const QString path = QString::fromUtf8(m_file);
    const qsizetype slash = std::max(path.lastIndexOf(u'/'), path.lastIndexOf(u'\\'));
    return QStringLiteral("%1:%2 (%3)")
        .arg(path.mid(slash + 1), QString::number(m_line), QString::fromUtf8(m_function));
}

} // namespace QAsyncMySql
