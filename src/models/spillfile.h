// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/rowbatch.h>

#include <QtCore/QTemporaryFile>

#include <memory>

namespace QAsyncMySql::Internal {

/*!
    A temporary file for rows that do not fit into memory and cannot be asked for again.

    It is made with the first write, in the folder for temporary files, readable for its owner only, and goes
   with this object. What is written stays where it is until clear().
*/
class SpillFile
{
public:
    //! Where a batch lies in the file.
    class Place
    {
    public:
        Place() noexcept = default;
        Place(qint64 offset, qint64 size) noexcept
            : m_offset(offset)
            , m_size(size)
        {
        }
        bool isValid() const noexcept { return m_offset >= 0; }
        qint64 offset() const noexcept { return m_offset; }
        //! In bytes.
        qint64 size() const noexcept { return m_size; }

    private:
        qint64 m_offset = -1;
        qint64 m_size = 0;
    };

    //! Where \a batch was put; not valid, and error() says why, when that was not possible.
    Place write(const RowBatch &batch);
    //! The batch at \a place, with the columns of \a like; empty, and error() says why, if it cannot be read.
    RowBatch read(const Place &place, const RowBatch &like);
    void clear();
    //! Bytes that were written.
    qint64 size() const noexcept { return m_end; }
    Error error() const { return m_error; }

private:
    bool open();

    std::unique_ptr<QTemporaryFile> m_file;
    qint64 m_end = 0;
    Error m_error;
};

} // namespace QAsyncMySql::Internal
