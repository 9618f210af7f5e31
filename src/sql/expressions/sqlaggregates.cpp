// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/sqlaggregates.h>

#include "sql/expressions/clauses.h"

namespace QAsyncMySql::Sql {

namespace {

QByteArray bound(qint64 rows, const char *direction)
{
    if (rows == 0)
        return QByteArrayLiteral("CURRENT ROW");
    return (rows < 0 ? QByteArrayLiteral("UNBOUNDED") : QByteArray::number(rows)) + direction;
}

} // namespace

Window::Window() = default;

void Window::addPartition(const Fragment &expression)
{
    Internal::appendListItem(m_partition, expression);
}

void Window::addOrder(const Fragment &order)
{
    Internal::appendListItem(m_order, order);
}

Window Window::rows(qint64 from, qint64 to) const
{
    Window window(*this);
    window.m_frame = "ROWS BETWEEN " + bound(from, " PRECEDING") + " AND " + bound(to, " FOLLOWING");
    return window;
}

Fragment Window::fragment() const
{
    Fragment window;
    window.append("(");
    const char *separator = "";
    const auto append = [&](const char *name, const Fragment &clause) {
        if (clause.isEmpty())
            return;
        window.append(separator).append(name).append(clause);
        separator = " ";
    };
    append("PARTITION BY ", m_partition);
    append("ORDER BY ", m_order);
    append("", Fragment(m_frame));
    return window.append(")");
}

WindowFunction<qint64> ntile(int buckets)
{
    return WindowFunction<qint64>(Fragment(QByteArray("NTILE(" + QByteArray::number(buckets) + ')')));
}

namespace Internal {

Fragment distinctCall(std::string_view name, std::initializer_list<Operand> arguments)
{
    Fragment fragment;
    fragment.append(name).append("(DISTINCT ");
    appendArguments(fragment, arguments);
    return fragment.append(")");
}

Fragment groupConcat(const Operand &value, bool distinct, std::span<const Fragment> order,
                     QAnyStringView separator)
{
    Fragment fragment;
    fragment.append(distinct ? "GROUP_CONCAT(DISTINCT " : "GROUP_CONCAT(").append(value, Precedence::Or);
    const char *before = " ORDER BY ";
    for (const Fragment &item : order) {
        fragment.append(before).append(item);
        before = ", ";
    }
    // SEPARATOR takes a literal only. In hexadecimal digits it means the same in every sql_mode.
    const QByteArray text = separator.toString().toUtf8();
    if (text.isEmpty())
        return fragment.append(" SEPARATOR '')");
    return fragment.append(" SEPARATOR 0x").append(Fragment(text.toHex())).append(")");
}

} // namespace Internal

} // namespace QAsyncMySql::Sql
