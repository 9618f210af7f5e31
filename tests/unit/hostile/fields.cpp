// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "fields.h"

#include "protocol/packetwriter.h"

using QAsyncMySql::Protocol::PacketWriter;

namespace {

QByteArray little(quint64 value, int bytes)
{
    QByteArray result;
    for (int i = 0; i < bytes; ++i)
        result += char(quint8(value >> (8 * i)));
    return result;
}

QByteArray lengthEncoded(quint64 value)
{
    QByteArray result;
    PacketWriter(result, 0).lenenc(value);
    return result;
}

} // namespace

Fields &Fields::number(quint64 good, int bytes)
{
    const quint64 largest = bytes == 8 ? ~quint64(0) : (quint64(1) << (8 * bytes)) - 1;
    QByteArrayList values{little(good, bytes)};
    for (const quint64 value :
         {quint64(0), quint64(1), quint64(8), largest / 2, largest / 2 + 1, largest - 1, largest})
        values.append(little(value, bytes));
    m_fields.append(values);
    return *this;
}

Fields &Fields::counted(quint64 good)
{
    QByteArrayList values{lengthEncoded(good)};
    for (const quint64 value : {quint64(0), quint64(250), quint64(251), quint64(0xFFFF), quint64(0x1'0000),
                                quint64(0xFF'FFFF), quint64(1) << 32, quint64(1) << 63, ~quint64(0)})
        values.append(lengthEncoded(value));
    // NULL, what is no length at all, lengths that are cut, and one that is longer than it need be.
    values << "\xFB"
           << "\xFF"
           << "\xFC"
           << "\xFD\x01"
           << "\xFE\x01\x02" << QByteArray("\xFC\x05\x00", 3);
    m_fields.append(values);
    return *this;
}

Fields &Fields::text(const QByteArray &good)
{
    const auto size = quint64(good.size());
    QByteArrayList values{lengthEncoded(size) + good};
    for (const quint64 length :
         {quint64(0), size + 1, size + 100, quint64(0xFFFF), quint64(1) << 31, quint64(1) << 63, ~quint64(0)})
        values.append(lengthEncoded(length) + good);
    values << "\xFB" << QByteArray("\xFF") + good << QByteArray(1, '\0')
           << lengthEncoded(300) + QByteArray(300, 'x') << lengthEncoded(3) + QByteArray("\0\xFF\xFE", 3);
    m_fields.append(values);
    return *this;
}

Fields &Fields::terminated(const QByteArray &good)
{
    const QByteArray nul(1, '\0');
    m_fields.append({good + nul, good, nul, QByteArray(), QByteArray(300, 'x') + nul, "\x1B[31m" + nul,
                     "\xFF\xFE" + nul});
    return *this;
}

Fields &Fields::bytes(const QByteArray &good)
{
    m_fields.append({good, QByteArray(), good.chopped(qMin<qsizetype>(1, good.size())), good + 'x',
                     QByteArray(good.size(), '\0'), QByteArray(good.size(), '\xFF')});
    return *this;
}

QByteArray Fields::with(qsizetype field, qsizetype value, qsizetype otherField, qsizetype otherValue) const
{
    QByteArray result;
    for (qsizetype i = 0; i < m_fields.size(); ++i)
        result += m_fields[i][i == field ? value : i == otherField ? otherValue : 0];
    return result;
}

QByteArray Fields::good() const
{
    return with(-1, 0, -1, 0);
}

void Fields::each(const std::function<void(const QByteArray &)> &use) const
{
    const QByteArray whole = good();
    for (qsizetype size = 0; size < whole.size(); ++size)
        use(whole.first(size));
    use(whole + 'x');
    for (qsizetype i = 0; i < m_fields.size(); ++i) {
        for (qsizetype value = 1; value < m_fields[i].size(); ++value) {
            use(with(i, value, -1, 0));
            for (qsizetype other = i + 1; other < m_fields.size(); ++other) {
                for (qsizetype otherValue = 1; otherValue < m_fields[other].size(); ++otherValue)
                    use(with(i, value, other, otherValue));
            }
        }
    }
}
