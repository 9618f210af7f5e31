// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/parameters.h>

#include <QtCore/QString>

namespace QAsyncMySql::Internal {

//! A piece of SQL with the values of its placeholders, which are joined in the order of the text.
class SqlFragment
{
public:
    SqlFragment() = default;
    explicit SqlFragment(const QString &sql)
        : text(sql)
    {
    }

    bool isEmpty() const noexcept { return text.isEmpty(); }
    SqlFragment &operator<<(QStringView sql)
    {
        text += sql;
        return *this;
    }
    SqlFragment &operator<<(const SqlFragment &other)
    {
        text += other.text;
        values += other.values;
        return *this;
    }

    QString text;
    Parameters values;
};

//! A placeholder for \a value.
inline SqlFragment bound(const Parameter &value)
{
    SqlFragment placeholder(QStringLiteral("?"));
    placeholder.values.append(value);
    return placeholder;
}

//! "a AND b", or the one of them that is not empty.
inline SqlFragment operator&&(const SqlFragment &a, const SqlFragment &b)
{
    if (a.isEmpty() || b.isEmpty())
        return a.isEmpty() ? b : a;
    SqlFragment both;
    both << u"(" << a << u") AND (" << b << u")";
    return both;
}

} // namespace QAsyncMySql::Internal
