// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/transferformat.h>

#include <QtCore/QList>
#include <QtCore/QStringList>

#include <memory>

namespace QAsyncMySql::Internal {

//! A value of a file, and how it is written there.
class Field
{
public:
    enum class Kind : quint8
    {
        Null,
        Text, // of bytes, 0x and hexadecimal digits
        Raw, // of bytes, these
        Number, // of JSON
        True,
        False,
        Structure, // JSON text of an object or array
    };

    Field() { }
    Field(Kind what, QByteArray value)
        : bytes(std::move(value))
        , kind(what)
    {
    }

    QByteArray bytes;
    Kind kind = Kind::Null;
};

//! A line of a file, or several where a field has ends of lines.
class Record
{
public:
    QList<Field> fields;
    QStringList names; // of the fields, in JSON lines
    QString fault; // why it cannot be read; empty if it can
    QByteArray text; // its beginning, for a report
    qint64 line = 0; // where it begins, from 1
};

/*!
    Takes a file apart, whose bytes come in any portions.

    A record with a fault ends where it ends: the next one is read as it should be.
*/
class RecordReader
{
public:
    enum class Status : quint8
    {
        Record,
        Wanting, // feed() or finish()
        End,
        Failed, // see failure(): nothing more can be read
    };
    //! A record with more bytes than this ends it all: a quote that is never closed must not fill the memory.
    static constexpr qsizetype MaximumRecord = 64 << 20;
    //! Bytes of Record::text.
    static constexpr qsizetype ShownText = 200;

    static std::unique_ptr<RecordReader> create(const TransferFormat &format);
    virtual ~RecordReader() = default;
    RecordReader(const RecordReader &) = delete;
    RecordReader &operator=(const RecordReader &) = delete;

    void feed(QByteArrayView bytes);
    void finish() { m_finished = true; }
    //! How many fields a record has, once it is known: of one only, an empty line is a record.
    void setColumnCount(qsizetype count) { m_columnCount = count; }
    Status next(Record &record);
    const QString &failure() const noexcept { return m_failure; }

protected:
    RecordReader() = default;
    /*! Looks for the end of a record from \a from on; goes on there with the next bytes. Gives the place of
       its LF, or -1. */
    virtual qsizetype findEnd(QByteArrayView bytes, qsizetype from) = 0;
    //! A new record begins.
    virtual void restart() { }
    //! Takes a record without its end of line apart.
    virtual void parse(QByteArrayView text, Record &record) const = 0;
    //! Whether an empty line is a record with one field.
    virtual bool emptyIsRecord() const { return m_columnCount == 1; }

private:
    Status begin();

    QByteArray m_buffer;
    QString m_failure;
    qsizetype m_start = 0; // of the record
    qsizetype m_scanned = 0;
    qsizetype m_columnCount = -1;
    qint64 m_line = 1;
    bool m_begun = false;
    bool m_finished = false;
};

} // namespace QAsyncMySql::Internal
