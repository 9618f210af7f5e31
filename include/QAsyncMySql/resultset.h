// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/resultinfo.h>
#include <QAsyncMySql/rowbatch.h>
#include <QAsyncMySql/warning.h>

#include <tuple>

QT_BEGIN_NAMESPACE
class QJsonArray;
QT_END_NAMESPACE

namespace QAsyncMySql {

class ResultSetData;

/*!
    What a statement gave: columns and rows, or the counts of a statement without rows.

    Implicitly shared. Where a statement gave several results (CALL, several statements), next()
    is the following one.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT ResultSet
{
    Q_GADGET
    Q_PROPERTY(quint64 affectedRows READ affectedRows CONSTANT FINAL)
    Q_PROPERTY(quint64 lastInsertId READ lastInsertId CONSTANT FINAL)
    Q_PROPERTY(int warningCount READ warningCount CONSTANT FINAL)
    Q_PROPERTY(QString info READ info CONSTANT FINAL)
    Q_PROPERTY(qsizetype size READ size CONSTANT FINAL)

public:
    ResultSet();
    explicit ResultSet(ResultSetData *data);
    ResultSet(const ResultSet &other) noexcept;
    ResultSet(ResultSet &&other) noexcept;
    ResultSet &operator=(const ResultSet &other) noexcept;
    ResultSet &operator=(ResultSet &&other) noexcept;
    ~ResultSet();
    void swap(ResultSet &other) noexcept { d.swap(other.d); }

    //! True if the statement gave columns (even with no row).
    bool hasColumns() const noexcept { return !columns().isEmpty(); }
    const QList<Column> &columns() const noexcept { return rows().columns(); }
    int columnCount() const noexcept { return int(columns().size()); }
    //! The number of the column with this \a name (exact first, then ignoring case), or -1.
    int indexOf(QAnyStringView name) const noexcept;

    const RowBatch &rows() const noexcept;
    qsizetype size() const noexcept { return rows().size(); }
    bool isEmpty() const noexcept { return size() == 0; }
    Row at(qsizetype index) const { return rows().at(index); }
    Row operator[](qsizetype index) const { return rows().at(index); }
    RowBatch::const_iterator begin() const { return rows().begin(); }
    RowBatch::const_iterator end() const { return rows().end(); }

    //! The first cell of the first row as a T; an Error of kind Conversion if there is no row.
    template <class T> Result<T> scalar() const
    {
        if (isEmpty() || columns().isEmpty())
            return Error(Error::Kind::Conversion,
                         QStringLiteral("The result has no row to take a value from."),
                         Error::Outcome::Executed, Error::Phase::Value);
        return at(0).template tryGet<T>(0);
    }

    //! All rows as values of T: a tuple, a struct, a Q_GADGET (see RowBatch::to()).
    template <class T> Result<QList<T>> to() const;
    //! All rows as tuples: \c{for (const auto &[id, name] : *result.rows<qint64, QString>())}.
    template <class First, class... More> Result<QList<std::tuple<First, More...>>> rows() const;

    //! Rows changed, inserted or deleted; as the server counts (see ConnectOptions::setFoundRows).
    quint64 affectedRows() const noexcept;
    //! The first AUTO_INCREMENT value the statement made, or 0.
    quint64 lastInsertId() const noexcept;
    //! Warnings that \c{SHOW WARNINGS} would list, 0 to 65,535.
    int warningCount() const noexcept;
    //! The server's words on the statement: "Rows matched: 1  Changed: 1  Warnings: 0".
    QString info() const;
    //! The numbers in them.
    ResultInfo parsedInfo() const { return ResultInfo::fromText(info()); }
    /*! The warnings themselves, where StatementOptions::setWarnings() asked for them, at most
       max_error_count. Of several results the last has them, for the server keeps those of the last statement
       only. */
    QList<Warning> warnings() const;
    //! The server's status flags after this result (SERVER_STATUS_...).
    quint16 serverStatus() const noexcept;
    //! True if this result holds the OUT parameters of a procedure.
    bool isOutParameters() const noexcept;

    bool hasNext() const noexcept;
    //! The following result of the same statement; an empty one if there is none.
    ResultSet next() const;

private:
    QExplicitlySharedDataPointer<ResultSetData> d;
};

} // namespace QAsyncMySql

Q_DECLARE_SHARED(QAsyncMySql::ResultSet)
