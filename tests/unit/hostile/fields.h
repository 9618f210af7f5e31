// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArrayList>
#include <QtCore/QList>

#include <functional>

/*!
    A packet as a list of fields, each with a good value and with those at the edges of what its kind can
    hold or say.
*/
class Fields
{
public:
    //! A number of \a bytes bytes, little-endian.
    Fields &number(quint64 good, int bytes);
    //! A length-encoded number.
    Fields &counted(quint64 good);
    //! A text with its length-encoded length.
    Fields &text(const QByteArray &good);
    //! A text that ends with a NUL.
    Fields &terminated(const QByteArray &good);
    //! Bytes without any length.
    Fields &bytes(const QByteArray &good);

    QByteArray good() const;
    //! Calls \a use with each packet in which one field, or two, are not as they should be, and with each
    //! beginning of the good one.
    void each(const std::function<void(const QByteArray &packet)> &use) const;

private:
    QByteArray with(qsizetype field, qsizetype value, qsizetype otherField, qsizetype otherValue) const;

    QList<QByteArrayList> m_fields; // the good value comes first
};
