// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/spillfile.h"

#include "models/batchrows.h"

#include <QtCore/QDir>

namespace QAsyncMySql::Internal {

namespace {

Error fileError(const QString &what, const QFileDevice &file)
{
    return Error(
        Error::Kind::Limit,
        QStringLiteral("%1 %2: %3. Free some space, set TMPDIR to a folder that has it, or raise the "
                       "model's memory limit.")
            .arg(what, file.fileName().isEmpty() ? QDir::tempPath() : file.fileName(), file.errorString()),
        Error::Outcome::Executed, Error::Phase::Result);
}

} // namespace

bool SpillFile::open()
{
    if (m_file)
        return true;
    auto file
        = std::make_unique<QTemporaryFile>(QDir::tempPath() + QLatin1String("/qasyncmysql-rows-XXXXXX"));
    if (!file->open()) {
        m_error = fileError(QStringLiteral("Rows cannot be put aside in"), *file);
        return false;
    }
    m_file = std::move(file);
    return true;
}

// As written: the number of rows, where each ends, and the rows; numbers of this machine, since the file does
// not leave it.
SpillFile::Place SpillFile::write(const RowBatch &batch)
{
    if (!open())
        return Place();
    const PackedRows packed = packRows(batch);
    const auto count = quint32(packed.ends.size());
    const auto endsBytes = qint64(packed.ends.size() * sizeof(quint32));
    const auto rowBytes = qint64(packed.bytes.size());
    const bool written = m_file->seek(m_end)
        && m_file->write(reinterpret_cast<const char *>(&count), sizeof(count)) == qint64(sizeof(count))
        && m_file->write(reinterpret_cast<const char *>(packed.ends.data()), endsBytes) == endsBytes
        && m_file->write(packed.bytes.data(), rowBytes) == rowBytes && m_file->flush();
    if (!written) {
        m_error = fileError(QStringLiteral("Rows cannot be put aside in"), *m_file);
        return Place();
    }
    const Place place(m_end, qint64(sizeof(count)) + endsBytes + rowBytes);
    m_end += place.size();
    return place;
}

RowBatch SpillFile::read(const Place &place, const RowBatch &like)
{
    quint32 count = 0;
    PackedRows packed;
    bool good = m_file && place.isValid() && m_file->seek(place.offset())
        && m_file->read(reinterpret_cast<char *>(&count), sizeof(count)) == qint64(sizeof(count));
    const qint64 endsBytes = qint64(count) * qint64(sizeof(quint32));
    const qint64 rowBytes = place.size() - qint64(sizeof(count)) - endsBytes;
    good = good && rowBytes >= 0;
    if (good) {
        packed.ends.resize(count);
        packed.bytes.resize(size_t(rowBytes));
        good = m_file->read(reinterpret_cast<char *>(packed.ends.data()), endsBytes) == endsBytes
            && m_file->read(packed.bytes.data(), rowBytes) == rowBytes
            && (packed.ends.empty() ? rowBytes == 0 : qint64(packed.ends.back()) == rowBytes);
    }
    if (!good) {
        if (m_file)
            m_error = fileError(QStringLiteral("Rows cannot be read again from"), *m_file);
        return RowBatch();
    }
    return unpackRows(std::move(packed), like);
}

void SpillFile::clear()
{
    m_file.reset();
    m_end = 0;
    m_error = Error();
}

} // namespace QAsyncMySql::Internal
