// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/resultset.h>

#include "values/columnlookup.h"
#include "values/rowblock.h"

namespace QAsyncMySql {

namespace {
constexpr quint16 StatusOutParameters = 0x1000; // SERVER_PS_OUT_PARAMS
} // namespace

ResultSet::ResultSet() = default;
ResultSet::ResultSet(ResultSetData *data)
    : d(data)
{
}
ResultSet::ResultSet(const ResultSet &other) noexcept = default;
ResultSet::ResultSet(ResultSet &&other) noexcept = default;
ResultSet &ResultSet::operator=(const ResultSet &other) noexcept = default;
ResultSet &ResultSet::operator=(ResultSet &&other) noexcept = default;

ResultSet::~ResultSet()
{
    // A CALL may give thousands of results: let go of the chain link by link, not by recursion.
    while (d && d->ref.loadRelaxed() == 1 && d->hasNext) {
        ResultSet rest = std::move(d->next);
        d->hasNext = false;
        d = std::move(rest.d);
    }
}

int ResultSet::indexOf(QAnyStringView name) const noexcept
{
    return Internal::columnIndex(columns(), name);
}

const RowBatch &ResultSet::rows() const noexcept
{
    static const RowBatch none;
    return d ? d->rows : none;
}

quint64 ResultSet::affectedRows() const noexcept
{
    return d ? d->affectedRows : 0;
}

quint64 ResultSet::lastInsertId() const noexcept
{
    return d ? d->lastInsertId : 0;
}

int ResultSet::warningCount() const noexcept
{
    return d ? d->warningCount : 0;
}

QString ResultSet::info() const
{
    return d ? QString::fromUtf8(d->info) : QString();
}

QList<Warning> ResultSet::warnings() const
{
    return d ? d->warnings : QList<Warning>();
}

quint16 ResultSet::serverStatus() const noexcept
{
    return d ? d->status : quint16(0);
}

bool ResultSet::isOutParameters() const noexcept
{
    return (serverStatus() & StatusOutParameters) != 0;
}

bool ResultSet::hasNext() const noexcept
{
    return d && d->hasNext;
}

ResultSet ResultSet::next() const
{
    return d && d->hasNext ? d->next : ResultSet();
}

} // namespace QAsyncMySql
